"""What the one writer may do to the truth."""

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rag.adapters.audit import audit
from rag.adapters.changes import (
    CURRENT,
    SUPERSEDED,
    all_passages,
    end_withdrawal,
    forget_visits,
    identify,
    insert_version,
    make_way,
    raise_epoch,
    unsettle,
)
from rag.adapters.connection import DATABASE, connect, translated
from rag.adapters.linking import link, relink
from rag.adapters.rows import PASSAGE, passage_of, vectors_of, written
from rag.adapters.schema import MIGRATIONS, migrate
from rag.adapters.sqlite import FROM_IDS, SqliteStore
from rag.adapters.writer_lock import WriterLock
from rag.errors import StoreError
from rag.identity import url_key
from rag.model import Version
from rag.records import EmbedderInfo, Fault, NewVersion, Standing, Vectors, Visit, Withdrawal


class SqliteWriter(SqliteStore):
    """The truth, to be changed by whoever holds `lock()`."""

    def __init__(self, folder: Path, *, lock_seconds: float = 10.0, clock: Callable[[], float] = time.time) -> None:
        """Makes the corpus when there is none yet. Raises StoreError when the folder cannot be written."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The corpus folder {folder} cannot be made: {error.strerror}.") from error
        self._lock = WriterLock(folder, lock_seconds)
        if _is_outdated(folder / DATABASE):
            with self.lock("making the corpus"), translated(folder / DATABASE):
                _bring_up_to_date(folder / DATABASE)
        super().__init__(folder, clock=clock)
        # A commit must outlast the power: the indexes change by what it says, and what they are owed is forgotten.
        self._all("PRAGMA synchronous = FULL")
        self._clock = clock

    def lock(self, purpose: str) -> AbstractContextManager[None]:
        """Hold the writer lock. Raises CorpusBusy, saying who holds it, after waiting `lock_seconds`."""
        return self._lock.hold(purpose)

    def record_making(self, embedder: EmbedderInfo, splitter: str) -> None:
        """Record what the corpus's passages and vectors are made with."""
        facts = {"embedder": json.dumps(asdict(embedder)), "splitter": splitter}
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def unsettle(self, passage_ids: Sequence[str]) -> None:
        """Note that the derived rows of these passages are about to change."""
        with self._transaction() as connection:
            unsettle(connection, passage_ids)

    def unsettled(self) -> list[str]:
        """The passages whose derived rows may not match the truth."""
        return [identifier for (identifier,) in self._all("SELECT passage_id FROM unsettled")]

    def settle(self, passage_ids: Sequence[str]) -> None:
        """Note that the derived rows of these passages match the truth."""
        with self._transaction() as connection:
            connection.executemany("DELETE FROM unsettled WHERE passage_id = ?", [(i,) for i in passage_ids])

    def raise_epoch(self) -> None:
        """Tell readers that the derived indexes have changed, though the truth has not."""
        with self._transaction() as connection:
            raise_epoch(connection)

    def passage_ids(self) -> list[str]:
        """Those of all versions."""
        return [identifier for (identifier,) in self._all("SELECT id FROM passages")]

    def faults(self) -> list[Fault]:
        """What is wrong with the truth itself."""
        recorded = self.embedder()
        with self._one_at_a_time, translated(self.path):
            return audit(self._connection, recorded.dimension if recorded else None)

    def mend_groups(self) -> None:
        """Link those texts anew whose links are out of step."""
        with self._transaction() as connection:
            relink(connection)

    def compact(self) -> None:
        """Give the space of what was deleted back to the disk."""
        self._all("VACUUM")
        self._all("PRAGMA wal_checkpoint(TRUNCATE)")

    def standing(self, passage_ids: Sequence[str]) -> Standing:
        """What should be in the derived indexes of these passages."""
        rows = self._all(
            f"""SELECT {PASSAGE}, v.current, p.vector FROM {FROM_IDS} CROSS JOIN articles a ON a.id = v.article_id
                WHERE a.withdrawn_at IS NULL""",
            {"ids": json.dumps(list(passage_ids))},
        )
        current = [row for row in rows if row[-2] == CURRENT]
        return Standing(
            tuple(passage_of(row[:-2]) for row in current),
            vectors_of([row[-1] for row in current]),
            tuple(passage_of(row[:-2]) for row in rows if row[-2] == SUPERSEDED),
        )

    def commit(self, versions: Sequence[NewVersion], arithmetic: Mapping[str, int] | None = None) -> None:
        """Make these versions current and raise the epoch, in one transaction; unsettles what they supersede.

        `arithmetic` is how many of their passages were embedded with which; it is added to what is recorded of that.
        """
        with self._transaction() as connection:
            for new in versions:
                article_id = new.version.article.id
                connection.execute(
                    """INSERT INTO articles (id, url) VALUES (:id, :url)
                       ON CONFLICT (id) DO UPDATE SET url = :url WHERE :current""",
                    {"id": article_id, "url": new.version.article.url, "current": new.version.current},
                )
                identify(connection, article_id, new.keys)
                embargo = self._embargo(new.version)
                state = make_way(connection, new.version, embargo, self.withdrawal(article_id))
                insert_version(connection, new, state, embargo)
                if state == CURRENT:
                    connection.executemany(
                        "DELETE FROM unsettled WHERE passage_id = ?", [(passage.id,) for passage in new.passages]
                    )
            if arithmetic:
                counts = json.dumps(Counter(self.arithmetic()) + Counter(arithmetic))
                connection.execute("INSERT OR REPLACE INTO facts VALUES ('arithmetic', ?)", (counts,))
            raise_epoch(connection)

    def _embargo(self, version: Version) -> float | None:
        """When the embargo of a version ends, if that is still to come."""
        until = version.embargoed_until and version.embargoed_until.timestamp()
        return until if until and until > self._clock() else None

    def lift_embargoes(self) -> None:
        """Make those versions current whose embargo has ended; unsettles what they supersede."""
        ended = "SELECT article_id, number FROM versions WHERE embargo_s <= now_s() AND current = 1"
        if not self._all(ended):
            return
        with self._transaction() as connection:
            older = f"""FROM versions old JOIN ({ended}) ended
                ON ended.article_id = old.article_id AND old.number < ended.number AND old.current"""
            passages = f"SELECT p.id FROM passages p WHERE p.version_key IN (SELECT old.key {older})"
            connection.execute(f"INSERT OR IGNORE INTO unsettled {passages}")
            connection.execute(f"UPDATE versions SET current = 0 WHERE key IN (SELECT old.key {older})")
            connection.execute("UPDATE versions SET embargo_s = NULL WHERE embargo_s <= now_s()")
            raise_epoch(connection)

    def withdraw(
        self,
        article_id: str,
        notice: str,
        withdrawal: Withdrawal = Withdrawal(),
        keys: Sequence[str] = (),
        item_hash: str = "",
    ) -> bool:
        """Take an article out of every search, keep its versions readable; whether it was not withdrawn before."""
        now = datetime.now(UTC).isoformat()
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO articles (id, url) VALUES (?, '')", (article_id,))
            identify(connection, article_id, keys)
            connection.execute(
                "INSERT OR IGNORE INTO withdrawals VALUES (?, ?, ?)", (article_id, notice, item_hash or None)
            )
            unsettle(connection, all_passages(connection, article_id))
            connection.execute("UPDATE versions SET current = -1 WHERE article_id = ? AND current = 1", (article_id,))
            withdrawn = connection.execute(
                """UPDATE articles SET withdrawn_at = ?, withdrawn_why = ?, withdrawal_stated_at = ?,
                   withdrawal_revision = ? WHERE id = ? AND withdrawn_at IS NULL""",
                (now, withdrawal.why, written(withdrawal.stated_at), withdrawal.revision, article_id),
            ).rowcount
            if withdrawn:
                raise_epoch(connection)
        return bool(withdrawn)

    def reinstate(self, article_id: str) -> bool:
        """Put a withdrawn article back, in the version that was current; whether it was withdrawn."""
        with self._transaction() as connection:
            unsettle(connection, all_passages(connection, article_id))
            connection.execute("UPDATE versions SET current = 1 WHERE article_id = ? AND current = -1", (article_id,))
            reinstated = end_withdrawal(connection, article_id)
            if reinstated:
                raise_epoch(connection)
        return reinstated

    def learn(self, article_id: str, keys: Sequence[str]) -> None:
        """Let an article go by these keys from now on, too. Writes nothing if it does already."""
        unknown = self._all(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT key FROM identities)", (json.dumps(list(keys)),)
        )
        if unknown:
            with self._transaction() as connection:
                identify(connection, article_id, keys)

    def remember(self, visits: Sequence[Visit]) -> None:
        """Remember these addresses as they were found."""
        rows = [(url_key(v.url), v.url, v.etag, v.last_modified, v.stamp, v.fetched_at.isoformat()) for v in visits]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)", rows)

    def delete(self, article_ids: Sequence[str]) -> int:
        """Remove articles with all their versions, passages and vectors, and what is remembered of their addresses."""
        with self._transaction() as connection:
            deleted = 0
            for article_id in article_ids:
                gone = all_passages(connection, article_id)
                unsettle(connection, gone)
                connection.executemany("INSERT OR IGNORE INTO unerased VALUES (?)", [(i,) for i in gone])
                forget_visits(connection, article_id)
                deleted += connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount
            if deleted:
                # They may be of what a run that died was about to write of these.
                connection.execute("DELETE FROM kept_vectors")
                raise_epoch(connection)
        return deleted

    def unerased(self) -> list[str]:
        """The passages of deleted articles that may still stand in files of the derived indexes."""
        return [identifier for (identifier,) in self._all("SELECT passage_id FROM unerased")]

    def note_erased(self) -> None:
        """Note that no file of a derived index holds what was deleted. From then on none of the truth does, either."""
        self._all("PRAGMA wal_checkpoint(TRUNCATE)")  # the write-ahead log holds what was written before, too
        with self._transaction() as connection:
            connection.execute("DELETE FROM unerased")

    def keep_vectors(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep these (one row a key) until they are forgotten."""
        with self._transaction() as connection:
            rows = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
            connection.executemany("INSERT OR REPLACE INTO kept_vectors VALUES (?, ?)", rows)

    def kept_vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Those of these keys that are kept."""
        rows = self._all(
            "SELECT key, vector FROM kept_vectors WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(keys)),),
        )
        return dict(zip((key for key, _ in rows), vectors_of([vector for _, vector in rows]), strict=True))

    def forget_vectors(self, keys: Sequence[str] | None = None) -> None:
        """Forget those of these keys, or all; writes nothing if there are none."""
        if self._one("SELECT 1 FROM kept_vectors LIMIT 1"):
            some = "" if keys is None else "WHERE key IN (SELECT value FROM json_each(?))"
            with self._transaction() as connection:
                connection.execute(
                    f"DELETE FROM kept_vectors {some}", () if keys is None else (json.dumps(list(keys)),)
                )

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
                link(connection)
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled the transaction back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def upgrade(folder: Path, lock_seconds: float) -> None:
    """Bring a corpus of an older Byline up to date, if that is what is in the folder. Raises CorpusBusy, StoreError."""
    if (folder / DATABASE).is_file() and _is_outdated(folder / DATABASE):
        SqliteWriter(folder, lock_seconds=lock_seconds).close()


def _is_outdated(path: Path) -> bool:
    if not path.is_file():
        return True
    with translated(path), closing(connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != len(MIGRATIONS):
            return bool(version < len(MIGRATIONS))
        # Left only by a migration that was killed before its end.
        (unlinked,) = connection.execute("SELECT EXISTS (SELECT 1 FROM unlinked)").fetchone()
        return bool(unlinked)


def _bring_up_to_date(path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        link(connection)
        connection.execute("COMMIT")
