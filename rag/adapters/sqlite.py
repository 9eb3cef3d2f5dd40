"""The truth: one SQLite database (WAL) with articles, versions, passages, embeddings, the ledger and the epoch.

`SqliteStore` is what readers hold, in as many processes as they like; `SqliteWriter` (in `sqlite_writer.py`) adds what
the one writer may do. Both may be shared between threads, which take turns on the one connection.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from rag.adapters.schema import MIGRATIONS
from rag.adapters.selection import CURRENT, where
from rag.errors import ArticleNotFound, CorpusNotFound, SchemaMismatch, StoreError
from rag.model import Article, Filters, Passage, Version
from rag.ports import CorpusStatus, EmbedderInfo, Facet, Vectors

DATABASE = "byline.sqlite3"

_WITH_TEXT = "versions v JOIN texts t ON t.version_key = v.key"
_ARTICLE = "v.article_id, v.url, v.title, v.source, v.authors, v.published_at, v.updated_at, v.category, v.language"
_VERSION = f"{_ARTICLE}, v.number, t.text, v.fetched_at, v.current"
PASSAGE = f'{_ARTICLE}, v.number, p.id, p.start, p."end", substr(t.text, p.start + 1, p."end" - p.start)'

# CROSS JOIN keeps SQLite to this order: else it may begin with every current version, where a few ids are asked for.
FROM_IDS = """json_each(:ids) AS wanted CROSS JOIN passages p ON p.id = wanted.value
    CROSS JOIN versions v ON v.key = p.version_key CROSS JOIN texts t ON t.version_key = v.key"""
_FACETS = {"source", "category", "language"}

Row = tuple[Any, ...]
Parameters = Sequence[object] | Mapping[str, object]


class SqliteStore:
    """The truth, read only."""

    def __init__(self, folder: Path) -> None:
        """Raises CorpusNotFound when `folder` holds no corpus, SchemaMismatch when a newer Byline made it."""
        self.path = folder / DATABASE
        if not self.path.is_file():
            raise CorpusNotFound(folder)
        self._one_at_a_time = threading.RLock()
        with translated(self.path):
            self._connection = connect(self.path)
        (version,) = self._one("PRAGMA user_version") or (0,)
        if version == 0:  # another process is making it right now
            raise CorpusNotFound(folder)
        if version > len(MIGRATIONS):
            raise SchemaMismatch(version, len(MIGRATIONS))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """In the `with` block, every call sees one and the same epoch; other threads wait."""
        with self._one_at_a_time:
            self._all("BEGIN")
            try:
                yield
            finally:
                self._all("COMMIT")

    def epoch(self) -> int:
        """A number that rises with every change that readers can see."""
        return int(self.fact("epoch") or 0)

    def fact(self, name: str) -> str | None:
        """What the corpus records of itself under this name."""
        row = self._one("SELECT value FROM facts WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def embedder(self) -> EmbedderInfo | None:
        """The embedder that made the corpus's vectors; None before the first passage."""
        recorded = self.fact("embedder")
        return None if recorded is None else EmbedderInfo(**json.loads(recorded))

    def status(self) -> CorpusStatus:
        """What the corpus holds, counted in one snapshot."""
        row = self._one(
            """SELECT (SELECT COUNT(*) FROM versions WHERE current),
                      (SELECT COUNT(*) FROM versions),
                      (SELECT TOTAL(passages) FROM versions WHERE current),
                      (SELECT COUNT(*) FROM articles WHERE withdrawn_at IS NOT NULL),
                      (SELECT value FROM facts WHERE name = 'epoch'),
                      (SELECT published_at FROM versions WHERE current AND published_s IS NOT NULL
                       ORDER BY published_s LIMIT 1),
                      (SELECT published_at FROM versions WHERE current AND published_s IS NOT NULL
                       ORDER BY published_s DESC LIMIT 1)"""
        )
        articles, versions, passages, withdrawn, epoch, first, last = row or (0, 0, 0, 0, 0, None, None)
        return CorpusStatus(
            articles=articles,
            versions=versions,
            passages=int(passages),
            withdrawn=withdrawn,
            epoch=int(epoch or 0),
            embedder=self.embedder(),
            first_published=_time(first),
            last_published=_time(last),
        )

    def version(self, reference: str, number: int | None = None) -> Version:
        """A version of the article with this id or url: this number, else the current one, else the last."""
        row = self._one(
            f"""SELECT {_VERSION} FROM {_WITH_TEXT}
                WHERE v.article_id IN (SELECT id FROM articles WHERE id = :reference OR url = :reference)
                AND (:number IS NULL OR v.number = :number)
                ORDER BY v.article_id = :reference DESC, v.current DESC, v.number DESC LIMIT 1""",
            {"reference": reference, "number": number},
        )
        if row is None:
            raise ArticleNotFound(reference if number is None else f"{reference} version {number}")
        return _version(row)

    def versions(self, reference: str) -> tuple[Version, ...]:
        """All versions of the article with this id or url, first to last."""
        article_id = self.version(reference).article.id
        rows = self._all(f"SELECT {_VERSION} FROM {_WITH_TEXT} WHERE v.article_id = ? ORDER BY v.number", (article_id,))
        return tuple(map(_version, rows))

    def articles(
        self, filters: Filters = Filters(), matching: str = "", offset: int = 0, limit: int = 50
    ) -> list[Article]:
        """A page of articles, newest first; those without a date come last."""
        condition, parameters = where(filters, matching)
        rows = self._all(
            f"""SELECT {_ARTICLE} FROM versions v WHERE {condition}
                ORDER BY v.published_s IS NULL, v.published_s DESC, v.article_id LIMIT :limit OFFSET :offset""",
            parameters | {"limit": limit, "offset": offset},
        )
        return [_article(row) for row in rows]

    def count_articles(self, filters: Filters = Filters(), matching: str = "") -> int:
        """How many articles `articles` would page through."""
        condition, parameters = where(filters, matching)
        row = self._one(f"SELECT COUNT(*) FROM versions v WHERE {condition}", parameters)
        return 0 if row is None else int(row[0])

    def facets(self, field: str) -> list[Facet]:
        """The values of source, category or language among current versions, most articles first."""
        if field not in _FACETS:
            raise ValueError(f"no facet {field!r}; known: {', '.join(sorted(_FACETS))}")
        rows = self._all(
            f"""SELECT v.{field}, COUNT(*) FROM versions v WHERE {CURRENT} AND v.{field} IS NOT NULL
                GROUP BY v.{field} ORDER BY COUNT(*) DESC, v.{field}"""
        )
        return [Facet(value, articles) for value, articles in rows]

    def passages(self, ids: Collection[str], filters: Filters = Filters()) -> dict[str, Passage]:
        """Those of the passages that search may see under these filters, by id."""
        condition, parameters = where(filters)
        rows = self._all(
            f"""SELECT {PASSAGE} FROM {FROM_IDS} WHERE {condition}""",
            parameters | {"ids": json.dumps(list(ids))},
        )
        return {passage.id: passage for passage in map(passage_of, rows)}

    def count_passages(self, filters: Filters) -> int:
        """How many passages search may see under these filters."""
        condition, parameters = where(filters)
        row = self._one(f"SELECT TOTAL(v.passages) FROM versions v WHERE {condition}", parameters)
        return 0 if row is None else int(row[0])

    def version_keys(self, filters: Filters) -> list[str]:
        """The keys of the versions that search may see under these filters."""
        condition, parameters = where(filters)
        return [key for (key,) in self._all(f"SELECT v.key FROM versions v WHERE {condition}", parameters)]

    def embeddings(self, filters: Filters, *, superseded_only: bool = False) -> tuple[list[str], Vectors]:
        """Ids and vectors (one row each) of the passages under these filters, or of the superseded ones alone."""
        condition, parameters = where(filters)
        rows = self._all(
            f"""SELECT p.id, p.vector FROM versions v JOIN passages p ON p.version_key = v.key
                WHERE {condition} {"AND v.current = 0" if superseded_only else ""}""",
            parameters,
        )
        return [passage_id for passage_id, _ in rows], vectors_of([vector for _, vector in rows])

    def _all(self, query: str, parameters: Parameters = ()) -> list[Row]:
        with self._one_at_a_time, translated(self.path):
            return self._connection.execute(query, parameters).fetchall()

    def _one(self, query: str, parameters: Parameters = ()) -> Row | None:
        rows = self._all(query, parameters)
        return rows[0] if rows else None


def connect(path: Path) -> sqlite3.Connection:
    """A connection with our pragmas and `casefold(text)`, in autocommit mode."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.create_function(
        "casefold", 1, lambda text: None if text is None else text.casefold(), deterministic=True
    )
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, with what to do about them."""
    try:
        yield
    except sqlite3.Error as error:
        message = str(error)
        hint = next((hint for sign, hint in _HINTS.items() if sign in message), "")
        raise StoreError(f"The corpus database {path} cannot be used: {message}.{hint}") from error


_HINTS = {
    "full": " Free some disk space and run the same command again; nothing stored is lost.",
    "readonly": " Make the folder writable.",
    "malformed": " The file is damaged; restore it from a copy.",
    "not a database": " The file is damaged; restore it from a copy.",
}


def _article(row: Row) -> Article:
    article_id, url, title, source, authors, published_at, updated_at, category, language = row[:9]
    return Article(
        id=article_id,
        url=url,
        title=title,
        source=source,
        authors=tuple(json.loads(authors)),
        published_at=_time(published_at),
        updated_at=_time(updated_at),
        category=category,
        language=language,
    )


def _version(row: Row) -> Version:
    number, text, fetched_at, current = row[9:]
    return Version(_article(row), number, text, datetime.fromisoformat(fetched_at), bool(current))


def passage_of(row: Row) -> Passage:
    """A row of the columns PASSAGE."""
    number, passage_id, start, end, text = row[9:]
    return Passage(passage_id, _article(row), number, start, end, text)


def vectors_of(blobs: Sequence[bytes]) -> Vectors:
    """Stored embeddings as rows, shape (blobs, dimension)."""
    return np.frombuffer(b"".join(blobs), dtype=np.float32).reshape(len(blobs), -1 if blobs else 0)


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
