"""What the one writer may do to the truth."""

import json
import os
import socket
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rag.adapters.schema import MIGRATIONS, migrate
from rag.adapters.sqlite import DATABASE, FROM_IDS, PASSAGE, SqliteStore, connect, passage_of, translated, vectors_of
from rag.errors import CorpusBusy, StoreError
from rag.model import Version, version_key
from rag.ports import EmbedderInfo, Known, NewVersion, Standing

LOCK = "corpus.lock"


class SqliteWriter(SqliteStore):
    """The truth, to be changed by whoever holds `lock()`."""

    def __init__(self, folder: Path, *, lock_seconds: float = 10.0) -> None:
        """Makes the corpus when there is none yet. Raises StoreError when the folder cannot be written."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The corpus folder {folder} cannot be made: {error.strerror}.") from error
        self._lock = FileLock(folder / LOCK)
        self._holder = folder / f"{LOCK}.holder"
        self._lock_seconds = lock_seconds
        if _is_outdated(folder / DATABASE):
            with self.lock("making the corpus"), translated(folder / DATABASE):
                _bring_up_to_date(folder / DATABASE)
        super().__init__(folder)

    @contextmanager
    def lock(self, purpose: str) -> Iterator[None]:
        """Hold the writer lock; the operating system frees it when the process dies, however it dies.

        Raises CorpusBusy, saying who holds it, after waiting `lock_seconds`.
        """
        try:
            self._lock.acquire(timeout=self._lock_seconds)
        except Timeout:
            raise CorpusBusy(f"Another process is writing to this corpus{self._held_by()}. Try again later.") from None
        except OSError as error:
            raise StoreError(f"The writer lock {self._lock.lock_file} cannot be taken: {error.strerror}.") from error
        try:
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            self._holder.write_text(f"{purpose}, process {os.getpid()} on {socket.gethostname()}, since {now}")
            yield
        finally:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _held_by(self) -> str:
        try:
            return f" ({self._holder.read_text()})"
        except OSError:
            return ""

    def known(self, article_id: str) -> Known | None:
        """What is stored of an article; None when it is new."""
        article = self._one("SELECT withdrawn_at FROM articles WHERE id = ?", (article_id,))
        if article is None:
            return None
        rows = self._all(
            """SELECT content_hash, number FROM versions WHERE article_id = :id
               UNION ALL SELECT content_hash, 0 FROM withdrawals WHERE article_id = :id""",
            {"id": article_id},
        )
        hashes = frozenset(content_hash for content_hash, _ in rows)
        return Known(hashes, max((number for _, number in rows), default=0), withdrawn=article[0] is not None)

    def record_making(self, embedder: EmbedderInfo, splitter: str) -> None:
        """Record what the corpus's passages and vectors are made with."""
        facts = {"embedder": json.dumps(asdict(embedder)), "splitter": splitter}
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def unsettle(self, passage_ids: Sequence[str]) -> None:
        """Note that the derived rows of these passages are about to change."""
        with self._transaction() as connection:
            _unsettle(connection, passage_ids)

    def unsettled(self) -> list[str]:
        """The passages whose derived rows may not match the truth."""
        return [identifier for (identifier,) in self._all("SELECT passage_id FROM unsettled")]

    def settle(self, passage_ids: Sequence[str]) -> None:
        """Note that the derived rows of these passages match the truth."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM unsettled WHERE passage_id = ?", [(i,) for i in passage_ids])

    def unsettle_all(self) -> None:
        """Note that the derived rows of every passage may be missing."""
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM passages")

    def standing(self, passage_ids: Sequence[str]) -> Standing:
        """What should be in the derived indexes of these passages."""
        rows = self._all(
            f"""SELECT {PASSAGE}, v.current, p.vector FROM {FROM_IDS} CROSS JOIN articles a ON a.id = v.article_id
                WHERE a.withdrawn_at IS NULL""",
            {"ids": json.dumps(list(passage_ids))},
        )
        current = [row for row in rows if row[-2]]
        return Standing(
            tuple(passage_of(row[:-2]) for row in current),
            vectors_of([row[-1] for row in current]),
            tuple(passage_of(row[:-2]) for row in rows if not row[-2]),
        )

    def commit(self, versions: Sequence[NewVersion]) -> None:
        """Make these versions current and raise the epoch, in one transaction; unsettles what they supersede."""
        with self._transaction() as connection:
            for new in versions:
                article_id = new.version.article.id
                _unsettle(connection, _passages_to_supersede(connection, article_id))
                connection.execute(
                    """INSERT INTO articles (id, url) VALUES (:id, :url)
                       ON CONFLICT (id) DO UPDATE SET url = :url, withdrawn_at = NULL""",
                    {"id": article_id, "url": new.version.article.url},
                )
                connection.execute("UPDATE versions SET current = 0 WHERE article_id = ? AND current", (article_id,))
                _insert_version(connection, new)
                connection.executemany(
                    "DELETE FROM unsettled WHERE passage_id = ?", [(passage.id,) for passage in new.passages]
                )
            _raise_epoch(connection)

    def withdraw(self, article_id: str, content_hash: str) -> bool:
        """Take an article out of every search, keep its versions readable; whether it was not withdrawn before."""
        now = datetime.now(UTC).isoformat()
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO articles (id, url) VALUES (?, '')", (article_id,))
            connection.execute("INSERT OR IGNORE INTO withdrawals VALUES (?, ?)", (article_id, content_hash))
            _unsettle(connection, _all_passages(connection, article_id))
            connection.execute("UPDATE versions SET current = 0 WHERE article_id = ?", (article_id,))
            withdrawn = connection.execute(
                "UPDATE articles SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL", (now, article_id)
            ).rowcount
            if withdrawn:
                _raise_epoch(connection)
        return bool(withdrawn)

    def delete(self, article_ids: Sequence[str]) -> int:
        """Remove articles with all their versions, passages and vectors; how many there were."""
        with self._transaction() as connection:
            deleted = 0
            for article_id in article_ids:
                _unsettle(connection, _all_passages(connection, article_id))
                deleted += connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount
            if deleted:
                _raise_epoch(connection)
        return deleted

    def record_run(self, started_at: datetime, report: Mapping[str, object]) -> None:
        """Add a finished run to the ledger."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO runs (started_at, finished_at, report) VALUES (?, ?, ?)",
                (started_at.isoformat(), datetime.now(UTC).isoformat(), json.dumps(report, ensure_ascii=False)),
            )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        with self._one_at_a_time, translated(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled the transaction back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _is_outdated(path: Path) -> bool:
    if not path.is_file():
        return True
    with translated(path), closing(connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return bool(version < len(MIGRATIONS))


def _bring_up_to_date(path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection)


def _raise_epoch(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE facts SET value = CAST(value AS INTEGER) + 1 WHERE name = 'epoch'")


def _unsettle(connection: sqlite3.Connection, passage_ids: Sequence[str]) -> None:
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(i,) for i in passage_ids])


def _passages_to_supersede(connection: sqlite3.Connection, article_id: str) -> list[str]:
    """Of the current version; of all when the article was withdrawn: its old ones come back for as-of searches."""
    rows = connection.execute(
        """SELECT p.id FROM passages p JOIN versions v ON v.key = p.version_key JOIN articles a ON a.id = v.article_id
           WHERE a.id = ? AND (v.current OR a.withdrawn_at IS NOT NULL)""",
        (article_id,),
    )
    return [identifier for (identifier,) in rows]


def _all_passages(connection: sqlite3.Connection, article_id: str) -> list[str]:
    rows = connection.execute(
        "SELECT p.id FROM passages p JOIN versions v ON v.key = p.version_key WHERE v.article_id = ?", (article_id,)
    )
    return [identifier for (identifier,) in rows]


def _insert_version(connection: sqlite3.Connection, new: NewVersion) -> None:
    version, article = new.version, new.version.article
    key = version_key(article.id, version.number)
    values = {
        "key": key,
        "article_id": article.id,
        "number": version.number,
        "current": 1,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "category": article.category,
        "language": article.language,
        "published_at": _iso(article.published_at),
        "updated_at": _iso(article.updated_at),
        "fetched_at": version.fetched_at.isoformat(),
        "published_s": None if article.published_at is None else article.published_at.timestamp(),
        "known_s": _known_since(connection, version),
        "passages": len(new.passages),
        "content_hash": new.content_hash,
    }
    columns = ", ".join(values)
    connection.execute(f"INSERT INTO versions ({columns}) VALUES ({', '.join(':' + c for c in values)})", values)
    connection.execute("INSERT INTO texts VALUES (?, ?)", (key, version.text))
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(p.id, key, p.start, p.end, v.tobytes()) for p, v in zip(new.passages, new.vectors, strict=True)],
    )


def _known_since(connection: sqlite3.Connection, version: Version) -> float | None:
    """When the world could have read this text, in seconds since 1970; None when its article has no date.

    When it was published, or updated if that is later, since the text we hold is the updated one. A later version
    whose times are no later than those of the one before says nothing of when it changed: then when we fetched it.
    """
    times = [time for time in (version.article.published_at, version.article.updated_at) if time is not None]
    if version.article.published_at is None:
        return None
    known = max(times).timestamp()
    (before,) = connection.execute(
        "SELECT MAX(known_s) FROM versions WHERE article_id = ?", (version.article.id,)
    ).fetchone()
    return version.fetched_at.timestamp() if before is not None and known <= before else known


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()
