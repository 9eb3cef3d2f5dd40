"""A backup is whole or nothing, and what is restored is what was backed up."""

import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.adapters.backup import back_up, restore, set_aside, unpacked
from rag.adapters.connection import DATABASE
from rag.adapters.schema import MIGRATIONS
from rag.adapters.sqlite import SqliteStore
from rag.adapters.sqlite_writer import SqliteWriter
from rag.errors import CorpusNotFound, SchemaMismatch, StoreError
from rag.records import Backup
from tests.digest import rows
from tests.making import new_version


def told(stage: str, fraction: float) -> None:
    assert 0 <= fraction <= 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    with closing(SqliteWriter(folder)) as store:
        store.commit([new_version("a", 1, ["One.", "Two."]), new_version("b")])
    return folder


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    back_up(folder, tmp_path / "news.zip", told)
    return tmp_path / "news.zip"


def held(folder: Path) -> list[object]:
    tables = ("articles", "versions", "texts", "passages", "identities")
    return [rows(folder, f"SELECT * FROM {table} ORDER BY 1") for table in tables]


def restored(file: Path, folder: Path) -> list[object]:
    with unpacked(file, folder, told) as (copy, _):
        restore(copy, folder)
    return held(folder)


def test_what_is_restored_is_what_was_backed_up(folder: Path, file: Path, tmp_path: Path) -> None:
    assert restored(file, tmp_path / "deep" / "other") == held(folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "deep", "news.zip"]


def test_a_backup_holds_what_was_committed_and_still_stands_in_the_log(folder: Path, tmp_path: Path) -> None:
    with closing(SqliteWriter(folder)) as writer:
        writer.commit([new_version("c")])
        backup = back_up(folder, tmp_path / "more.zip", told)
    assert (backup.articles, backup.passages, backup.epoch) == (3, 4, 2)


def test_an_open_reader_goes_on_with_what_was_restored(folder: Path, file: Path) -> None:
    with closing(SqliteWriter(folder)) as writer:
        writer.delete(["a"])
    with closing(SqliteStore(folder)) as reader:
        before = reader.epoch()
        restored(file, folder)
        assert reader.status().articles == 2
        assert reader.epoch() > before
        assert reader.version("a").text == "One.\nTwo."


def test_there_is_no_backup_of_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound):
        back_up(tmp_path, tmp_path / "news.zip", told)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_cannot_be_written_leaves_what_was_there(folder: Path, file: Path) -> None:
    before = file.read_bytes()

    def full(stage: str, fraction: float) -> None:
        if stage == "writing the backup":
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        back_up(folder, file, full)
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == ["corpus", "news.zip"]


@given(at=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_a_changed_byte_is_found_or_is_one_that_says_nothing(folder: Path, file: Path, at: float, mask: int) -> None:
    content = bytearray(file.read_bytes())
    content[int(at * len(content))] ^= mask
    damaged = file.with_name("damaged.zip")
    damaged.write_bytes(content)
    with suppress(StoreError), unpacked(damaged, folder, told) as (copy, backup):
        assert backup == Backup(len(MIGRATIONS), 1, 2, 2, 3, backup.made_at, copy.stat().st_size)
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sorted(path.name for path in file.parent.iterdir()) == ["corpus", "damaged.zip", "news.zip"]


@given(kept=st.floats(0, 1, exclude_max=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
def test_a_truncated_backup_is_found_and_changes_nothing(folder: Path, file: Path, kept: float) -> None:
    cut = file.with_name("cut.zip")
    cut.write_bytes(file.read_bytes()[: int(kept * file.stat().st_size)])
    with pytest.raises(StoreError, match=r"cut\.zip is damaged, or is none"), unpacked(cut, folder, told):
        pass


def test_a_damaged_database_has_its_name_again_when_it_could_not_be_replaced(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"damaged " * 1000)

    def fail() -> None:
        with set_aside(folder):
            (folder / DATABASE).write_bytes(b"half of a new one")
            raise StoreError("The disk is full.")

    with pytest.raises(StoreError, match="full"):
        fail()
    assert (folder / DATABASE).read_bytes() == b"damaged " * 1000
    assert not list(folder.glob("*.damaged*"))


def test_a_backup_of_a_newer_byline_is_refused(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("PRAGMA user_version = 2")
    file = tmp_path / "news.zip"
    back_up(folder, file, told)
    _rewritten(file, b'"schema": 2', b'"schema": 9')
    with pytest.raises(SchemaMismatch), unpacked(file, folder, told):
        pass


def _rewritten(file: Path, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content.replace(old, new) if name == "manifest.json" else content)
