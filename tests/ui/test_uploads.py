from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import StoreError
from rag.ui.uploads import discard, keep, safe_name


class Sent(BytesIO):
    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


def test_the_same_name_again_takes_the_place_of_the_file_before(tmp_path: Path) -> None:
    first = keep([Sent("note.txt", b"old")], tmp_path)
    second = keep([Sent("note.txt", b"new")], tmp_path)
    assert first == second == (tmp_path / "note.txt",)
    assert (tmp_path / "note.txt").read_bytes() == b"new"


def test_two_files_of_one_name_in_one_upload_are_both_kept(tmp_path: Path) -> None:
    kept = keep([Sent("a/note.txt", b"1"), Sent("b/Note.txt", b"2"), Sent("c/note.txt", b"3")], tmp_path)
    assert [path.name for path in kept] == ["note.txt", "2-Note.txt", "3-note.txt"]
    assert [path.read_bytes() for path in kept] == [b"1", b"2", b"3"]


@given(st.text())
def test_no_name_leads_out_of_the_folder_or_hides(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert safe[0] != "."
    assert len(safe.encode()) <= 200
    assert "\0" not in safe


def test_a_long_name_keeps_its_end() -> None:
    assert safe_name("é" * 300 + ".jsonl").endswith("éé.jsonl")


def test_what_is_discarded_is_gone_with_its_folder_and_may_be_gone_already(tmp_path: Path) -> None:
    one, two = keep([Sent("one.txt", b""), Sent("two.txt", b"")], tmp_path / "uploads")
    discard([one])
    assert two.exists()
    discard([one, two])
    assert not (tmp_path / "uploads").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be kept"):
        keep([Sent("note.txt", b"")], tmp_path / "file" / "uploads")
