"""The truth: one SQLite database (WAL) with articles, versions, passages, embeddings, the ledger and the epoch.

`SqliteStore` is what readers hold, in as many processes as they like; `SqliteWriter` (in `sqlite_writer.py`) adds what
the one writer may do. Both may be shared between threads, which take turns on the one connection.
"""

import json
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rag.adapters.connection import DATABASE, connect, translated
from rag.adapters.grouping import count_articles_of_stories, count_copied, count_copy_groups, groupings
from rag.adapters.rows import (
    ARTICLE,
    NUMBER,
    PASSAGE,
    VERSION,
    VERSION_WITHOUT_TEXT,
    Row,
    article_of,
    passage_of,
    time_of,
    vectors_of,
    version_of,
)  # fmt: skip
from rag.adapters.schema import MIGRATIONS
from rag.adapters.selection import CURRENT, where
from rag.errors import ArticleNotFound, CorpusNotFound, SchemaMismatch
from rag.identity import url_key
from rag.model import Article, Filters, Grouping, Passage, Version
from rag.records import CorpusStatus, EmbedderInfo, Facet, Known, Scope, Statement, Vectors, Visit, Withdrawal

_WITH_TEXT = "versions v JOIN texts t ON t.version_key = v.key"

# CROSS JOIN keeps SQLite to this order: else it may begin with every current version, where a few ids are asked for.
FROM_IDS = """json_each(:ids) AS wanted CROSS JOIN passages p ON p.id = wanted.value
    CROSS JOIN versions v ON v.key = p.version_key CROSS JOIN texts t ON t.version_key = v.key"""
_FACETS = {"source", "category", "language", "author"}

Parameters = Sequence[object] | Mapping[str, object]


class SqliteStore:
    """The truth, read only."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Raises CorpusNotFound when `folder` holds no corpus, SchemaMismatch when a newer Byline made it.

        `clock` gives the present in seconds since 1970: embargoes end by it.
        """
        self.path = folder / DATABASE
        if not self.path.is_file():
            raise CorpusNotFound(folder)
        self._one_at_a_time = threading.RLock()
        with translated(self.path):
            self._connection = connect(self.path, clock)
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

    def arithmetic(self) -> dict[str, int]:
        """How many passages were embedded with which arithmetic; empty where that was not recorded."""
        return dict(json.loads(self.fact("arithmetic") or "{}"))

    def status(self) -> CorpusStatus:
        """What the corpus holds, counted in one snapshot."""
        with self.snapshot():
            return self._counted()

    def _counted(self) -> CorpusStatus:
        dated = f"SELECT v.published_at FROM versions v WHERE {CURRENT} AND v.published_s IS NOT NULL"
        row = self._one(
            f"""SELECT (SELECT COUNT(*) FROM versions v WHERE {CURRENT}),
                       (SELECT COUNT(*) FROM versions),
                       (SELECT TOTAL(v.passages) FROM versions v WHERE {CURRENT}),
                       (SELECT COUNT(*) FROM articles WHERE withdrawn_at IS NOT NULL),
                       (SELECT COUNT(*) FROM versions WHERE current = 1 AND embargo_s > now_s()),
                       (SELECT value FROM facts WHERE name = 'epoch'),
                       ({dated} ORDER BY v.published_s LIMIT 1),
                       ({dated} ORDER BY v.published_s DESC LIMIT 1)"""
        )
        articles, versions, passages, withdrawn, embargoed, epoch, first, last = row or (0,) * 6 + (None, None)
        return CorpusStatus(
            articles=articles,
            versions=versions,
            passages=int(passages),
            withdrawn=withdrawn,
            embargoed=embargoed,
            epoch=int(epoch or 0),
            embedder=self.embedder(),
            first_published=time_of(first),
            last_published=time_of(last),
            arithmetic=self.arithmetic(),
            copy_groups=count_copy_groups(self._all),
            articles_of_stories=count_articles_of_stories(self._all),
        )

    def version(self, reference: str, number: int | None = None) -> Version:
        """A version of the article with this id or url: this number, else the one to be seen, else the last to be."""
        row = self._one(
            f"""SELECT {VERSION} FROM {_WITH_TEXT}
                WHERE v.article_id IN (SELECT id FROM articles WHERE id = :reference
                                       UNION SELECT article_id FROM identities WHERE key IN (:id_key, :url_key))
                AND (:number IS NULL OR v.number = :number)
                ORDER BY v.article_id = :reference DESC, {CURRENT} DESC, v.current != 0 DESC, v.number DESC LIMIT 1""",
            {
                "reference": reference,
                "id_key": f"id:{reference}",
                "url_key": f"url:{url_key(reference)}",
                "number": number,
            },
        )
        if row is None:
            raise ArticleNotFound(reference if number is None else f"{reference} version {number}")
        return version_of(row)

    def versions(self, reference: str) -> tuple[Version, ...]:
        """All versions of the article with this id or url, first to last."""
        article_id = self.version(reference).article.id
        rows = self._all(f"SELECT {VERSION} FROM {_WITH_TEXT} WHERE v.article_id = ? ORDER BY v.number", (article_id,))
        return tuple(map(version_of, rows))

    def visible(self, article_ids: Collection[str], filters: Filters = Filters()) -> list[Version]:
        """Of each of these articles the version that search may see under these filters, if there is one."""
        condition, parameters = where(filters)
        rows = self._all(
            f"""SELECT {VERSION} FROM json_each(:ids) AS wanted CROSS JOIN {_WITH_TEXT}
                WHERE v.article_id = wanted.value AND {condition}""",
            parameters | {"ids": json.dumps(list(article_ids))},
        )
        return [version_of(row) for row in rows]

    def articles(
        self, filters: Filters = Filters(), matching: str = "", offset: int = 0, limit: int = 50
    ) -> list[Article]:
        """A page of articles, newest first; those without a date come last."""
        condition, parameters = where(filters, matching)
        rows = self._all(
            f"""SELECT {ARTICLE} FROM versions v WHERE {condition}
                ORDER BY v.published_s IS NULL, v.published_s DESC, v.article_id LIMIT :limit OFFSET :offset""",
            parameters | {"limit": limit, "offset": offset},
        )
        return [article_of(row) for row in rows]

    def count_articles(self, filters: Filters = Filters(), matching: str = "") -> int:
        """How many articles `articles` would page through."""
        condition, parameters = where(filters, matching)
        row = self._one(f"SELECT COUNT(*) FROM versions v WHERE {condition}", parameters)
        return 0 if row is None else int(row[0])

    def facets(self, field: str) -> list[Facet]:
        """The values of source, author, category or language among current versions, most articles first."""
        if field not in _FACETS:
            raise ValueError(f"no facet {field!r}; known: {', '.join(sorted(_FACETS))}")
        table, value = ("versions v", f"v.{field}")
        if field == "author":
            table, value = "versions v CROSS JOIN json_each(v.authors) author", "author.value"
        rows = self._all(
            f"""SELECT {value}, COUNT(*) FROM {table} WHERE {CURRENT} AND {value} IS NOT NULL
                GROUP BY {value} ORDER BY COUNT(*) DESC, {value}"""
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

    def passages_of(self, article_id: str, filters: Filters = Filters()) -> tuple[Passage, ...]:
        """The passages of an article that search may see under these filters, in the order of its text."""
        condition, parameters = where(filters)
        rows = self._all(
            f"""SELECT {PASSAGE} FROM {_WITH_TEXT} JOIN passages p ON p.version_key = v.key
                WHERE v.article_id = :article_id AND {condition} ORDER BY p.start""",
            parameters | {"article_id": article_id},
        )
        return tuple(map(passage_of, rows))

    def groups(self, article_ids: Collection[str], filters: Filters = Filters()) -> dict[str, Grouping]:
        """What stands beside each of these articles (an empty Grouping where nothing does), under these filters."""
        return groupings(self._all, article_ids, filters)

    def count_copied(self, article_ids: Collection[str]) -> int:
        """How many of these articles have a copy that search may see."""
        return count_copied(self._all, article_ids)

    def count_passages(self) -> int:
        """How many passages search may see when nothing is filtered."""
        row = self._one(f"SELECT TOTAL(v.passages) FROM versions v WHERE {CURRENT}")
        return 0 if row is None else int(row[0])

    def has_passages(self, filters: Filters) -> bool:
        """Whether search may see any passage under these filters."""
        condition, parameters = where(filters)
        found = self._one(f"SELECT 1 FROM versions v WHERE v.passages > 0 AND {condition} LIMIT 1", parameters)
        return found is not None

    def scope(self, filters: Filters) -> Scope:
        """The versions that search may see under these filters."""
        condition, parameters = where(filters)
        rows = self._all(f"SELECT v.key, v.passages, v.current = 0 FROM versions v WHERE {condition}", parameters)
        return Scope({key: passages for key, passages, _ in rows}, [key for key, _, superseded in rows if superseded])

    def embeddings(self, version_keys: Collection[str]) -> tuple[list[str], Vectors]:
        """Ids and vectors (one row each) of all passages of these versions."""
        rows = self._all(
            """SELECT p.id, p.vector FROM json_each(:keys) AS wanted
               CROSS JOIN passages p ON p.version_key = wanted.value""",
            {"keys": json.dumps(list(version_keys))},
        )
        return [passage_id for passage_id, _ in rows], vectors_of([vector for _, vector in rows])

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages, one row each, in order; raises KeyError for one that there is not."""
        rows = self._all(
            """SELECT p.id, p.vector FROM json_each(:ids) AS wanted CROSS JOIN passages p ON p.id = wanted.value""",
            {"ids": json.dumps(list(ids))},
        )
        found: dict[str, bytes] = dict(rows)
        return vectors_of([found[each] for each in ids])

    def known(self, keys: Sequence[str]) -> Known | None:
        """What is stored of the article that goes by any of these keys, or None."""
        article_id = self._article_of(keys)
        if article_id is None:
            return None
        rows = self._all(
            f"""SELECT {VERSION_WITHOUT_TEXT}, v.content_hash, v.text_hash, v.current != 0 FROM versions v
                WHERE v.article_id = ? ORDER BY v.current != 0, v.number""",
            (article_id,),
        )
        notices = self._all("SELECT content_hash FROM withdrawals WHERE article_id = ?", (article_id,))
        return Known(
            article_id,
            statements=frozenset(map(_statement, rows)),
            notices=frozenset(notice for (notice,) in notices),
            last=version_of(rows[-1][:-3]) if rows else None,
            last_text_hash=rows[-1][-2] if rows else "",
            last_number=max((row[NUMBER] for row in rows), default=0),
            withdrawal=self.withdrawal(article_id),
        )

    def seen(self, item_hash: str) -> bool:
        """Whether an item of this hash has been taken, and what it made is still there."""
        row = self._one(
            """SELECT 1 FROM versions WHERE item_hash = :hash UNION ALL
               SELECT 1 FROM withdrawals WHERE item_hash = :hash LIMIT 1""",
            {"hash": item_hash},
        )
        return row is not None

    def _article_of(self, keys: Sequence[str]) -> str | None:
        """The article that goes by one of these keys; by an address only if not both have ids of their own."""
        rows = self._all(
            """SELECT i.key, i.article_id, EXISTS (
                   SELECT 1 FROM identities own WHERE own.article_id = i.article_id AND own.key LIKE 'id:%')
               FROM json_each(:keys) AS wanted CROSS JOIN identities i ON i.key = wanted.value ORDER BY wanted.key""",
            {"keys": json.dumps(list(keys))},
        )
        has_id = any(key.startswith("id:") for key in keys)
        return next((article for key, article, own in rows if key.startswith("id:") or not (has_id and own)), None)

    def withdrawal(self, article_id: str) -> Withdrawal | None:
        """Why an article is out of every search; None if it is not."""
        row = self._one(
            """SELECT withdrawn_why, withdrawal_stated_at, withdrawal_revision FROM articles
               WHERE id = ? AND withdrawn_at IS NOT NULL""",
            (article_id,),
        )
        return None if row is None else Withdrawal(row[0], time_of(row[1]), row[2])

    def visit(self, url: str) -> Visit | None:
        """What is remembered of an address, or None."""
        row = self._one("SELECT etag, last_modified, stamp, fetched_at FROM visits WHERE key = ?", (url_key(url),))
        if row is None:
            return None
        etag, last_modified, stamp, fetched_at = row
        return Visit(url, etag, last_modified, stamp, datetime.fromisoformat(fetched_at))

    def _all(self, query: str, parameters: Parameters = ()) -> list[Row]:
        with self._one_at_a_time, translated(self.path):
            return self._connection.execute(query, parameters).fetchall()

    def _one(self, query: str, parameters: Parameters = ()) -> Row | None:
        rows = self._all(query, parameters)
        return rows[0] if rows else None


def _statement(row: Row) -> Statement:
    """What a row of `known` was stored for."""
    version = version_of(row[:-3])
    return row[-3], version.revision, version.article.updated_at, version.embargoed_until
