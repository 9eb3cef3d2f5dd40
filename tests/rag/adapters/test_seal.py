"""A seal tells damage from writing."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.adapters.seal import NAME, Seal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one.bin", "two.bin"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    sealed(tmp_path).close()
    return tmp_path


def sealed(folder: Path) -> Seal:
    return Seal(folder, lambda path: path.suffix == ".bin")


def test_what_is_as_it_was_written_is_neither_damaged_nor_doubtful(folder: Path) -> None:
    assert sealed(folder).damage() is None
    assert not sealed(folder).is_doubtful()


@given(at=st.integers(0, 699), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_one_flipped_bit_is_found_wherever_it_is(folder: Path, at: int, bit: int) -> None:
    path = folder / "one.bin"
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    assert sealed(folder).damage() == "one.bin is not as it was written"
    path.write_bytes(whole)


def test_a_file_that_is_shorter_or_gone_is_found(folder: Path) -> None:
    (folder / "two.bin").write_bytes(b"two")
    assert sealed(folder).damage() == "two.bin is not as it was written"
    (folder / "two.bin").unlink()
    assert sealed(folder).damage() == "two.bin is missing"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"open": false}', '{"opfn": false, "files": {}}'])
def test_a_seal_that_cannot_be_read_is_damage(folder: Path, text: str) -> None:
    (folder / NAME).write_text(text)
    assert sealed(folder).damage() == f"{NAME} cannot be read"


def test_while_someone_writes_nothing_is_damaged_and_what_differs_is_doubtful(folder: Path) -> None:
    writer = sealed(folder)
    writer.open()
    assert not sealed(folder).is_doubtful()
    (folder / "two.bin").write_bytes(b"new")
    assert sealed(folder).damage() is None
    assert sealed(folder).is_doubtful()
    writer.close()
    assert sealed(folder).damage() is None
    assert not sealed(folder).is_doubtful()
    assert set(json.loads((folder / NAME).read_text())["files"]) == {"one.bin", "two.bin"}


def test_files_that_no_seal_speaks_for_are_doubtful(tmp_path: Path) -> None:
    assert not sealed(tmp_path).is_doubtful()
    (tmp_path / "one.bin").touch()
    assert sealed(tmp_path).damage() is None
    assert sealed(tmp_path).is_doubtful()
