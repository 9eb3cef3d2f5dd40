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
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from itertools import count, islice
from pathlib import Path

from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError
from filelock import FileLock

from rag.errors import StoreError
from rag.model import Passage
from rag.ports import Scored, Vectors

FOLDER = "chroma"
COLLECTION = "passages"
EF_SEARCH = 400
_BATCH = 5_000
_SPELLINGS = 500
_openings = count()


class ChromaIndex:
    """The vectors of the passages of current versions, with metadata for other programs that open the collection."""

    def __init__(self, folder: Path) -> None:
        """Opens nothing yet: the collection is opened by the first search or write."""
        self._path = folder / FOLDER
        self._turn = FileLock(folder / f"{FOLDER}.lock")
        self._loaded = False
        self._client: Client | None = None
        self._opened: Collection | None = None

    def close(self) -> None:
        """Let go of the collection; the next use opens it anew."""
        if self._client is not None:
            self._client.close()
        self._client = self._opened = None
        self._loaded = False

    def refresh(self) -> None:
        """See what other processes have written."""
        self.close()

    def search(self, vector: Vectors, k: int) -> Scored:
        """The k passages nearest to one vector (shape (dimension,)), by cosine similarity."""
        with self._translated(), nullcontext() if self._loaded else self._turn:
            found = self._collection.query(query_embeddings=[vector.tolist()], n_results=k, include=["distances"])
            self._loaded = True
        distances = found["distances"] or [[]]
        return [
            (identifier, 1.0 - distance) for identifier, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def exists(self) -> bool:
        """Whether there is an index."""
        return (self._path / "chroma.sqlite3").is_file()

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put passages in with their vectors (one row each), or replace those of the same id whole."""
        with self._translated(), self._turn:
            for first in range(0, len(passages), _BATCH):
                batch = passages[first : first + _BATCH]
                self._collection.upsert(
                    ids=[passage.id for passage in batch],
                    embeddings=vectors[first : first + _BATCH],
                    metadatas=[_metadata(passage) for passage in batch],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Take passages out; ids that are not there are no error."""
        remaining = iter(ids)
        with self._translated(), self._turn:
            while batch := list(islice(remaining, _BATCH)):
                self._collection.delete(ids=batch)

    def erase(self, ids: Sequence[str]) -> None:
        """Leave nothing in the files of passages that were removed: Chroma keeps what was written in a queue."""
        self.close()
        path = self._path / "chroma.sqlite3"
        if not path.is_file():
            return
        with self._translated(), self._turn, closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as rows:
            # What put a removed passage in may go: the order to remove it stands behind, and finds nothing then.
            rows.executemany("DELETE FROM embeddings_queue WHERE id = ? AND vector IS NOT NULL", [(i,) for i in ids])
            rows.execute("VACUUM")

    @property
    def _collection(self) -> Collection:
        if self._opened is None:
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
        return self._opened

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, OSError, sqlite3.Error) as error:
            raise StoreError(f"The vector index {self._path} cannot be used: {error}.") from error


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
