"""What is particular to the truth being SQLite: files, versions of the schema, locks, threads and damage."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from rag.adapters import grouping, sqlite, sqlite_writer
from rag.adapters.connection import DATABASE
from rag.adapters.schema import migrate
from rag.adapters.sqlite import SqliteStore
from rag.adapters.sqlite_writer import SqliteWriter
from rag.adapters.writer_lock import LOCK
from rag.errors import CorpusBusy, CorpusNotFound, SchemaMismatch, StoreError
from rag.identity import passage_id
from rag.model import Filters
from tests.invented import story
from tests.making import day, new_version

ASKED = [f"a{i}" for i in range(10)]
THEN = Filters(as_of=day(28))


def test_a_folder_without_a_corpus_is_none(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound, match="byline ingest"):
        SqliteStore(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("open_it", [SqliteStore, SqliteWriter])
def test_a_corpus_of_a_newer_byline_is_not_touched(tmp_path: Path, open_it: type[SqliteStore]) -> None:
    SqliteWriter(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(SchemaMismatch, match=r"99.*[Ii]nstall a newer Byline"):
        open_it(tmp_path)


@pytest.mark.parametrize("open_it", [SqliteStore, SqliteWriter])
def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path, open_it: type[SqliteStore]) -> None:
    (tmp_path / DATABASE).write_bytes(b"This is no database at all. " * 300)
    with pytest.raises(StoreError, match=r"damaged.*restore"):
        open_it(tmp_path)


def test_a_damaged_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    with closing(SqliteWriter(tmp_path)) as store:
        store.commit([new_version(f"a{i}", texts=["Long text. " * 200]) for i in range(20)])
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / DATABASE).open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(60_000))
    with pytest.raises(StoreError, match="damaged"):
        _read_all_of(tmp_path)


def _read_all_of(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        store.articles(limit=100)
        store.versions("a3")


def test_a_folder_that_cannot_be_made_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        SqliteWriter(tmp_path / "file" / "corpus")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere: a read-only folder stops nothing")
def test_a_corpus_in_a_folder_that_cannot_be_written_is_an_error_of_the_store(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StoreError):
            SqliteWriter(tmp_path)
    finally:
        tmp_path.chmod(0o755)


def test_a_writer_waits_and_then_says_who_holds_the_lock(tmp_path: Path) -> None:
    with closing(SqliteWriter(tmp_path)) as holder, closing(SqliteWriter(tmp_path, lock_seconds=0.1)) as other:
        with (
            holder.lock("byline ingest"),
            pytest.raises(CorpusBusy, match=rf"byline ingest, process {os.getpid()}"),
            other.lock("byline delete"),
        ):
            pass
        with other.lock("byline delete"):
            pass


def test_the_lock_is_free_again_after_an_error_under_it(tmp_path: Path) -> None:
    with closing(SqliteWriter(tmp_path)) as one, closing(SqliteWriter(tmp_path, lock_seconds=0.1)) as other:
        with pytest.raises(ZeroDivisionError), one.lock("byline ingest"):
            raise ZeroDivisionError
        with other.lock("byline ingest"):
            pass


def test_two_writers_that_make_a_corpus_at_once_both_get_it(tmp_path: Path) -> None:
    def make() -> int:
        with closing(SqliteWriter(tmp_path, lock_seconds=5)) as store:
            return store.epoch()

    with ThreadPoolExecutor(2) as pool:
        with FileLock(tmp_path / LOCK):  # until both have seen that there is none
            made = [pool.submit(make) for _ in range(2)]
            threading.Event().wait(0.3)
        assert [each.result() for each in made] == [0, 0]


def test_a_writer_that_dies_while_it_makes_a_corpus_leaves_one_that_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def migrate_and_die(connection: sqlite3.Connection) -> None:
        migrate(connection)
        raise SystemExit

    monkeypatch.setattr(sqlite_writer, "migrate", migrate_and_die)
    with pytest.raises(SystemExit):
        SqliteWriter(tmp_path)
    monkeypatch.undo()
    with closing(SqliteWriter(tmp_path)) as store:
        store.commit([new_version("a")])
        assert store.epoch() == 1


def test_the_database_is_written_ahead_so_that_readers_and_a_writer_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with closing(SqliteWriter(tmp_path)) as store:
        assert store._one("PRAGMA journal_mode") == ("wal",)
        store.commit([new_version("a")])
        with closing(SqliteStore(tmp_path)) as reader, closing(sqlite3.connect(tmp_path / DATABASE)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("DELETE FROM articles")
            assert reader.version("a").number == 1


def test_what_was_committed_outlasts_a_power_failure(tmp_path: Path) -> None:
    with closing(SqliteWriter(tmp_path)) as store:
        assert store._one("PRAGMA synchronous") == (2,)  # FULL: the log is on the disk before a commit is done


def test_all_that_a_status_tells_is_of_one_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(SqliteWriter(tmp_path)) as writer, closing(SqliteStore(tmp_path)) as reader:

        def count_later(query: grouping.Query) -> int:
            writer.commit([new_version(name, texts=[story(1)]) for name in "ab"])
            return grouping.count_copy_groups(query)

        monkeypatch.setattr(sqlite, "count_copy_groups", count_later)
        status = reader.status()
        assert (status.articles, status.copy_groups) == (0, 0)
        monkeypatch.undo()
        assert reader.status().copy_groups == 1


def test_threads_that_have_ended_leave_no_open_files_behind(tmp_path: Path) -> None:
    def open_databases() -> int:
        return sum(DATABASE in str(Path(fd).readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink())

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not list the files that a process holds open")
    with closing(SqliteWriter(tmp_path)) as store:
        before = open_databases()
        for _ in range(30):
            thread = threading.Thread(target=store.epoch)
            thread.start()
            thread.join()
        assert open_databases() <= before + 3


def test_a_closed_store_lets_go_of_the_connections_of_all_threads(tmp_path: Path) -> None:
    store = SqliteWriter(tmp_path)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: store.epoch(), range(4)))
        store.close()
    assert not list(tmp_path.glob("*-wal"))


def _steps(store: SqliteStore, look: Callable[[SqliteStore], object]) -> int:
    """What SQLite does for it, in hundreds of its virtual machine's instructions."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    store._connection.set_progress_handler(count, 100)
    look(store)
    store._connection.set_progress_handler(None, 0)
    return steps


@pytest.fixture(scope="module")
def few_and_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteStore, SqliteStore]]:
    """Of 40 and of 320 articles, two of which are copies of each other at a time."""
    few, many = (SqliteWriter(tmp_path_factory.mktemp(name)) for name in ("few", "many"))
    with closing(few), closing(many):
        for store, articles in ((few, 40), (many, 320)):
            store.commit([new_version(f"a{i}", texts=[story(i // 2)], published_at=day(1)) for i in range(articles)])
        yield few, many


@pytest.mark.parametrize(
    ("look", "most"),
    [
        pytest.param(lambda store: store.groups(ASKED), 1.5, id="groups"),
        pytest.param(lambda store: store.visible(ASKED), 1.5, id="visible"),
        pytest.param(lambda store: store.count_copied(ASKED), 1.5, id="copied"),
        pytest.param(lambda store: store.passages([passage_id("a7", 1, 0)], THEN), 1.5, id="passages then"),
        pytest.param(lambda store: store.scope(Filters(sources=("Nobody",))), 12, id="scope"),
        pytest.param(lambda store: store.scope(THEN), 12, id="scope then"),
        pytest.param(lambda store: store.status(), 12, id="status"),
    ],
)
def test_a_look_at_some_articles_costs_no_more_among_many_and_one_at_all_no_more_than_their_number(
    few_and_many: tuple[SqliteStore, SqliteStore], look: Callable[[SqliteStore], object], most: float
) -> None:
    few, many = (_steps(store, look) for store in few_and_many)
    assert many <= most * max(1, few)
