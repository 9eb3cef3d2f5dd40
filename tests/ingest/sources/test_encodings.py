"""Files in other encodings than UTF-8, and in none."""

import codecs
import json
from pathlib import Path

import pytest

from ingest.sources import RawItem, Reject, read_items

ENGLISH = "The minister wouldn’t resign — “not today” — and went to a café. Prices rose by 5 €."
FRENCH = "Le ministre a déclaré mardi que l’économie française était « solide », malgré la hausse."
RUSSIAN = "Президент заявил во вторник, что экономика страны растет быстрее, чем ожидалось в прошлом году."
JAPANESE = "首相は火曜日、経済は予想より速く成長していると述べた。来年はさらに良くなるだろうと語った。"


def text_of(path: Path) -> object:
    [item] = read_items([path])
    assert isinstance(item, RawItem), item
    return item.fields["text"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, encoding) for text in (ENGLISH, JAPANESE) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")),
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (ENGLISH.replace("€", "$"), "utf-16-le"),
        (ENGLISH.replace("€", "$"), "utf-16-be"),
    ],
)
def test_the_encoding_of_a_text_file_is_found(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert text_of(path) == text


def test_the_encoding_is_found_where_the_file_first_tells(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Nothing but ASCII here. " * 10_000 + ENGLISH.encode("cp1252"))
    assert str(text_of(path)).endswith(ENGLISH)


def test_utf16_in_the_other_byte_order_is_read_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"))
    assert text_of(path) == ENGLISH


def test_a_line_with_broken_bytes_is_one_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": str(n), "text": ENGLISH}, ensure_ascii=False).encode() for n in range(5)]
    lines[2] = lines[2].replace("é".encode(), b"\xe9")
    path.write_bytes(b"\n".join(lines))
    items = list(read_items([path]))
    assert [type(item) for item in items] == [RawItem, RawItem, Reject, RawItem, RawItem]
    assert items[2] == Reject(str(path), "it has bytes that are no utf-8", "line 3")


def test_a_lone_surrogate_that_json_spells_out_is_no_broken_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(r'{"id": "1", "text": "\udc80"}')
    assert text_of(path) == "\udc80"


def test_a_text_file_with_broken_bytes_is_one_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(JAPANESE.encode()[:-1])
    assert list(read_items([path])) == [Reject(str(path), "it has bytes that are no utf-8")]


def test_a_file_that_is_no_text_is_one_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(bytes(n * n * 37 % 256 for n in range(1, 9999)))
    [item] = read_items([path])
    assert isinstance(item, Reject)
