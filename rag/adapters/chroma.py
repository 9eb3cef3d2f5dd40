"""Vectors in Chroma, embedded in the process: approximate nearest neighbours (HNSW) by cosine similarity.

What was measured of Chroma 1.5.9, and what follows from it here:

- A reader does not see what another process writes until its client is closed and opened again: `refresh`.
- Clients of one path in one process share what is loaded, and so one keeps another's stale index alive. Each opening
  therefore spells the path in a way of its own.
- To load an index while another process writes it may fail, crash, or cost the writer vectors. So loading and writing
  take turns under a file lock; searching what is loaded waits for nobody.
- `upsert` merges metadata, so the full set of keys is always written; a batch holds at most 5,461 rows.
- Text given as `documents` is put into a trigram index that Byline has no use for, at a millisecond and some 8 kB a
  passage, so the text travels in the metadata.
- `ef_search` was chosen by `benchmarks/ann_recall.py`.
- Damaged vector files end the process that loads them, so their checksums are looked at before (`seal.py`).
- A removed or replaced passage stays in the vector files for good: `waste` says how much of them is of no use.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from itertools import count, islice
from pathlib import Path
from typing import Self

import numpy as np
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from rag.adapters.seal import Seal
from rag.adapters.swap import MENDED_BY, Turns
from rag.errors import StoreError
from rag.model import Passage
from rag.ports import Scored
from rag.records import Vectors

FOLDER = "chroma"
COLLECTION = "passages"
EF_SEARCH = 400
_BATCH = 5_000
_SPELLINGS = 500
_TRIED = 300
_TRIAL = """
import pathlib, sys
from rag.adapters.chroma import ChromaIndex
ChromaIndex(pathlib.Path(sys.argv[1])).try_out()
"""
_openings = count()


class ChromaIndex:
    """The vectors of the passages of current versions, with metadata for other programs that open the collection."""

    def __init__(self, folder: Path) -> None:
        """Opens nothing yet: the collection is opened by the first search or write."""
        self._path = folder / FOLDER
        self._turns = Turns(self._path)
        self._seal = Seal(self._path, _is_lasting)
        self._loaded = self._written = False
        self._client: Client | None = None
        self._opened: Collection | None = None
        self._opened_folder = 0

    def close(self) -> None:
        """Let go of the collection; the next use opens it anew."""
        if self._client is not None:
            self._client.close()
        self._client = self._opened = None
        self._loaded = False
        if self._written:
            self._written = False
            with suppress(OSError):  # on a full disk the seal stays open, which says nothing wrong
                self._seal.close()

    def refresh(self) -> None:
        """See what other processes have written."""
        self.close()

    def search(self, vector: Vectors, k: int) -> Scored:
        """The k passages nearest to one vector (shape (dimension,)), by cosine similarity."""
        return self.search_each(vector[np.newaxis], k)[0]

    def search_each(self, vectors: Vectors, k: int) -> list[Scored]:
        """What `search` finds for each of these vectors, one a row."""
        if not len(vectors) or not self.exists():
            return [[] for _ in vectors]
        if self._opened is not None and self._turns.which() != self._opened_folder:
            self.close()  # another process has made the index anew
        with self._translated(), nullcontext() if self._loaded else self._turns.take():
            found = self._collection.query(query_embeddings=vectors.tolist(), n_results=k, include=["distances"])
            self._loaded = True
        return [
            [(identifier, 1.0 - distance) for identifier, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def exists(self) -> bool:
        """Whether there is an index."""
        if not self._is_there():
            with self._turns.take():  # it may have been about to be replaced
                return self._is_there()
        return True

    def _is_there(self) -> bool:
        with suppress(FileNotFoundError):
            return (self._path / "chroma.sqlite3").stat().st_size > 0
        return False

    def damage(self, *, thorough: bool = False) -> str | None:
        """What is wrong with the files, if anything. The writer lock must be held.

        What a killed writer left is tried out in a process of its own, since damage may end it.
        """
        if found := self._seal.damage():
            return found
        if self._seal.is_doubtful():
            command = [sys.executable, "-c", _TRIAL, str(self._path.parent)]
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            if subprocess.run(command, env=environment, capture_output=True, check=False).returncode:
                return "a writer was killed while it wrote the vectors, and they cannot be loaded"
            self._seal.close()
        return self._damage_of_rows() if thorough and self._is_there() else None

    def _damage_of_rows(self) -> str | None:
        rows = self._path / "chroma.sqlite3"
        try:
            with closing(sqlite3.connect(rows, timeout=30)) as database:
                (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error as error:
            said = str(error)
        return None if said == "ok" else f"{rows.name}: {said}"

    def try_out(self) -> None:
        """Load the index and search it for some of its own vectors. Damage may end the process."""
        with self._translated(), self._turns.take():
            some = self._collection.get(limit=_TRIED, include=["embeddings"])["embeddings"]
            if some is not None and len(some):
                self._collection.query(query_embeddings=some, n_results=1, include=[])

    def waste(self) -> int:
        """How many rows of the vector files are of passages that were removed or replaced."""
        rows = sum(path.stat().st_size for path in self._path.glob("*/length.bin")) // 4
        if not rows:
            return 0
        with self._translated(), closing(sqlite3.connect(self._path / "chroma.sqlite3", timeout=30)) as database:
            (used,) = database.execute("SELECT COUNT(*) FROM embeddings").fetchone()
        return max(0, rows - int(used))

    def ids(self) -> list[str]:
        """The passages that it has rows of."""
        if not self.exists():
            return []
        with self._translated(), self._turns.take():
            return self._collection.get(include=[])["ids"]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vector by which each of these passages is found; without those that no search can find."""
        if not ids or not self.exists():
            return {}
        try:
            with self._translated(), self._turns.take():
                found = self._collection.get(ids=list(ids), include=["embeddings"])
        except StoreError:  # one row without a vector is enough
            half = len(ids) // 2
            return self.vectors(ids[:half]) | self.vectors(ids[half:]) if half else {}
        return dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))

    def altered(self, passages: Sequence[Passage]) -> list[str]:
        """Those of these passages whose row says something else of them than `add` would write."""
        if not passages or not self.exists():
            return []
        with self._translated(), self._turns.take():
            found = self._collection.get(ids=[passage.id for passage in passages], include=["metadatas"])
        rows = dict(zip(found["ids"], found["metadatas"] or [], strict=True))
        return [each.id for each in passages if each.id in rows and rows[each.id] != _metadata(each)]

    @contextmanager
    def rebuilt(self) -> Iterator[Self]:
        """A new index, to be filled in the `with` block, which then takes the place of this one."""
        with self._translated(), self._turns.replacing() as folder:
            with closing(type(self)(folder)) as fresh:
                fresh._writing()  # so that it is there, even without a passage
                yield fresh
            self.close()

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put passages in with their vectors (one row each), or replace those of the same id whole."""
        with self._translated(), self._turns.take():
            for first in range(0, len(passages), _BATCH):
                batch = passages[first : first + _BATCH]
                self._writing().upsert(
                    ids=[passage.id for passage in batch],
                    embeddings=vectors[first : first + _BATCH],
                    metadatas=[_metadata(passage) for passage in batch],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Take passages out; ids that are not there are no error."""
        remaining = iter(ids)
        with self._translated(), self._turns.take():
            while batch := list(islice(remaining, _BATCH)):
                self._writing().delete(ids=batch)

    def erase(self, ids: Sequence[str]) -> None:
        """Leave nothing in the files of passages that were removed: Chroma keeps what was written in a queue."""
        self.close()
        path = self._path / "chroma.sqlite3"
        if not path.is_file():
            return
        with (
            self._translated(),
            self._turns.take(),
            closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as rows,
        ):
            # What put a removed passage in may go: the order to remove it stands behind, and finds nothing then.
            rows.executemany("DELETE FROM embeddings_queue WHERE id = ? AND vector IS NOT NULL", [(i,) for i in ids])
            rows.execute("VACUUM")

    def _writing(self) -> Collection:
        """The collection, about to be changed."""
        collection = self._collection
        if not self._written:
            self._seal.open()
            self._written = True
        return collection

    @property
    def _collection(self) -> Collection:
        if self._opened is None:
            if damage := self._seal.damage():
                raise StoreError(f"The vector index {self._path} is damaged: {damage}. {MENDED_BY}")
            spelled = f"{self._path}{'/.' * (next(_openings) % _SPELLINGS)}"
            settings = ChromaSettings(is_persistent=True, persist_directory=spelled, anonymized_telemetry=False)
            self._client = Client(settings=settings)
            try:  # to get it or create it in one call would write to it each time
                self._opened = self._client.get_collection(COLLECTION, embedding_function=None)
            except NotFoundError:
                self._opened = self._client.create_collection(
                    COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}},
                )
            self._opened_folder = self._turns.which()
        return self._opened

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, OSError, sqlite3.Error) as error:
            raise StoreError(f"The vector index {self._path} cannot be used: {error}. {MENDED_BY}") from error


def _is_lasting(path: Path) -> bool:
    """Whether a file is only changed by who writes: readers touch the rows, and vectors that were not yet written out,
    and what length.bin says is left to chance."""
    return path.name != "length.bin" and (path.parent / "index_metadata.pickle").is_file()


def _metadata(passage: Passage) -> dict[str, str | int | float]:
    """What other programs can filter by, and the passage as the node that LlamaIndex's ChromaVectorStore reads.

    Built by hand: importing LlamaIndex for its serialiser would cost every process over a second.
    """
    article = passage.article
    plain: dict[str, str | int | float] = {
        "article": article.id,
        "version": passage.version,
        "start": passage.start,
        "end": passage.end,
        "url": article.url,
        "title": article.title,
        "source": article.source or "",
        "category": article.category or "",
        "published_at": article.published_at.isoformat() if article.published_at else "",
        "published_s": article.published_at.timestamp() if article.published_at else 0.0,
    }
    node = {
        "class_name": "TextNode",
        "id_": passage.id,
        "text": passage.text,
        "start_char_idx": passage.start,
        "end_char_idx": passage.end,
        "metadata": plain,
        "relationships": {"1": {"class_name": "RelatedNodeInfo", "node_id": article.id, "metadata": {}}},
    }
    content = json.dumps(node, ensure_ascii=False)
    return plain | {"_node_content": content, "_node_type": "TextNode", "doc_id": article.id, "ref_doc_id": article.id}
