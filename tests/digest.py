"""What a corpus holds, by content: two corpora of one digest answer alike, whatever happened while they were made."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import chromadb
import numpy as np
import tantivy
from chromadb.api.client import Client

from rag.adapters.chroma import COLLECTION
from rag.adapters.connection import DATABASE

_TABLES = (
    "SELECT id, url, withdrawn_why FROM articles ORDER BY id",
    "SELECT key, article_id FROM identities ORDER BY key",
    "SELECT article_id, content_hash FROM withdrawals ORDER BY article_id, content_hash",
    "SELECT key, etag, last_modified, stamp FROM visits ORDER BY key",
    """SELECT key, article_id, number, current, url, title, source, authors, category, language, published_at,
              updated_at, passages, content_hash, text_hash, stub, dates, revision, embargoed_until, note, furniture
       FROM versions ORDER BY key""",  # all but when it was fetched
    "SELECT version_key, text FROM texts ORDER BY version_key",
    'SELECT id, version_key, start, "end", hex(vector) FROM passages ORDER BY id',
    "SELECT passage_id FROM unsettled",
    "SELECT passage_id FROM unerased",
    "SELECT key, version_key FROM sketches ORDER BY key, version_key",
    "SELECT key, version_key FROM event_keys ORDER BY key, version_key",
    "SELECT kind, version_key, other_key FROM links ORDER BY kind, version_key, other_key",
    "SELECT version_key FROM unlinked",
    "SELECT name, value FROM facts WHERE name <> 'epoch' ORDER BY name",
)


def content_digest(folder: Path) -> str:
    """Of articles, versions, passages, links, what is unsettled, and the rows of both derived indexes."""
    held = {
        "truth": [rows(folder, table) for table in _TABLES],
        "vectors": sorted(vector_ids(folder)),
        "searchable": sorted(searchable_ids(folder)),
        "current words": sorted(lexical_ids(folder, "current")),
        "superseded words": sorted(lexical_ids(folder, "superseded")),
    }
    return sha256(json.dumps(held).encode()).hexdigest()


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return connection.execute(query).fetchall()


def current_ids(folder: Path) -> set[str]:
    """The passages of current versions, as the truth has them: what the derived indexes should hold as current."""
    found = rows(folder, "SELECT p.id FROM passages p JOIN versions v ON v.key = p.version_key WHERE v.current = 1")
    return {str(identifier) for (identifier,) in found}


def vector_ids(folder: Path) -> set[str]:
    with _collection(folder) as collection:
        return set(collection.get(include=[])["ids"])


def searchable_ids(folder: Path) -> set[str]:
    """Those that a search can find: a row can be there, and yet be missing among the neighbours."""
    stored = rows(folder, "SELECT id, vector FROM passages")
    with _collection(folder) as collection:
        if not stored or not collection.count():
            return set()
        vectors = [np.frombuffer(vector, dtype=np.float32) for _, vector in stored]  # type: ignore[call-overload]
        return {i for found in collection.query(query_embeddings=vectors, n_results=5)["ids"] for i in found}


def lexical_ids(folder: Path, state: str) -> set[str]:
    if not tantivy.Index.exists(str(folder / "lexical")):
        return set()
    index = tantivy.Index.open(str(folder / "lexical"))
    searcher = index.searcher()
    query = tantivy.Query.term_query(index.schema, "state", state)
    found = searcher.search(query, limit=max(1, searcher.num_docs)).hits
    return {str(searcher.doc(address)["id"][0]) for _, address in found}


@contextmanager
def _collection(folder: Path) -> Iterator[chromadb.Collection]:
    settings = chromadb.config.Settings(
        is_persistent=True, persist_directory=str(folder / "chroma"), anonymized_telemetry=False
    )
    client = Client(settings=settings)
    try:
        yield client.get_or_create_collection(COLLECTION, embedding_function=None)
    finally:
        client.close()
