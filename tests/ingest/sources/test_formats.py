"""Each format, whole and broken."""

import gzip
import json
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources import Item, RawItem, Reject, json_file, read_items
from ingest.sources.items import LONGEST_RECORD


def read(path: Path, content: str) -> list[Item]:
    path.write_text(content, encoding="utf-8", newline="")
    return list(read_items([path]))


def fields(items: list[Item]) -> list[object]:
    return [item.fields if isinstance(item, RawItem) else "reject" for item in items]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Reject)]


# JSON Lines


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson"])
def test_each_line_is_a_record_that_knows_its_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    items = read(path, '{"id": 1}\r\n\n\ufeff{"id": 2}')
    assert items == [RawItem(str(path), {"id": 1}, "line 1"), RawItem(str(path), {"id": 2}, "line 3")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{'id': 1}", "no JSON: Expecting property name"),
        ('{"id": 1', "no JSON"),
        ("[1]", "no JSON object"),
        ("null", "no JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": ' + "9" * 5000 + "}", "number that is too large"),
        ("\0\0\0", "no JSON"),
    ],
)
def test_a_bad_line_is_one_reject(tmp_path: Path, line: str, reason: str) -> None:
    items = read(tmp_path / "a.jsonl", f'{{"id": 1}}\n{line}\n{{"id": 2}}\n')
    assert fields(items) == [{"id": 1}, "reject", {"id": 2}]
    assert reason in reasons(items)[0]


def test_of_a_key_that_is_there_twice_the_last_counts(tmp_path: Path) -> None:
    assert fields(read(tmp_path / "a.jsonl", '{"id": 1, "id": 2}')) == [{"id": 2}]


def test_u2028_and_raw_tabs_inside_a_string_break_no_line(tmp_path: Path) -> None:
    assert fields(read(tmp_path / "a.jsonl", '{"text": "a\u2028\tb"}')) == [{"text": "a\u2028\tb"}]


# JSON

RECORDS: list[object] = [{"id": "[1]", "text": 'a "quoted" \\ {'}, {"id": 2, "authors": [{"name": "A"}, {"name": "B"}]}]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "document",
    [
        RECORDS,
        {"articles": RECORDS},
        {"status": "ok", "tags": [1, {}], "items": RECORDS, "more": [1, 2], "n": {"a": 1}},
    ],
)
def test_a_json_file_is_a_list_of_records_or_holds_one(tmp_path: Path, document: object, indent: int | None) -> None:
    path = tmp_path / "a.json"
    items = read(path, json.dumps(document, indent=indent))
    assert fields(items) == RECORDS
    assert isinstance(items[1], RawItem)
    assert items[1].item == f"{path}, record 2"


def test_a_json_file_may_be_one_record_or_several_in_a_row(tmp_path: Path) -> None:
    assert fields(read(tmp_path / "a.json", json.dumps(RECORDS[1]))) == RECORDS[1:]
    assert fields(read(tmp_path / "a.json", "\n".join(map(json.dumps, RECORDS)))) == RECORDS


def test_a_bad_record_of_a_list_is_one_reject(tmp_path: Path) -> None:
    items = read(tmp_path / "a.json", '[{"id": 1}, {"id": }, "words", 4, {"id": 2},]')
    assert fields(items) == [{"id": 1}, "reject", "reject", "reject", {"id": 2}]


def test_a_list_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    items = read(tmp_path / "a.json", '[{"id": 1}, {"id": 2}, {"id": "thr')
    assert fields(items) == [{"id": 1}, {"id": 2}, "reject", "reject"]
    assert "breaks off" in reasons(items)[1]


marks = st.text('"\\[]{},:a\n', max_size=5)
values = st.recursive(st.none() | st.integers() | marks, lambda inner: st.lists(inner, max_size=3), max_leaves=5)


@given(st.lists(st.dictionaries(marks, values, max_size=3), max_size=4), st.integers(1, 9))
def test_records_are_cut_rightly_wherever_chunks_end(
    tmp_path_factory: pytest.TempPathFactory, given: list[object], chunk: int
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_file, "_CHUNK", chunk)
        assert [item for item in fields(read(path, json.dumps(given))) if item != "reject"] == given


# CSV


def test_the_first_row_names_the_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    items = read(path, 'id,text\r\n1,"two\r\nlines, ""quoted"""\r\n\r\n2,b\r\n')
    assert items == [
        RawItem(str(path), {"id": "1", "text": 'two\nlines, "quoted"'}, "line 2"),
        RawItem(str(path), {"id": "2", "text": "b"}, "line 5"),
    ]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_separate_too(tmp_path: Path, separator: str) -> None:
    items = read(tmp_path / "a.csv", f"id{separator}text\n1{separator}a, b\n")
    assert fields(items) == [{"id": "1", "text": "a, b"}]


def test_a_row_with_an_open_quote_is_one_reject_and_costs_no_other_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    items = read(path, 'id,text\n1,"open\n2,plain\n3,"closed"\n4,"open to the end\n5,last\n')
    assert fields(items) == [
        "reject",
        {"id": "2", "text": "plain"},
        {"id": "3", "text": "closed"},
        "reject",
        {"id": "5", "text": "last"},
    ]
    assert [item.item for item in items if isinstance(item, Reject)] == [f"{path}, line 2", f"{path}, line 5"]
    assert isinstance(items[-1], RawItem)
    assert items[-1].item == f"{path}, line 6"


def test_a_row_with_more_cells_than_names_is_one_reject(tmp_path: Path) -> None:
    items = read(tmp_path / "a.csv", "id,text\n1,a, b\n2\n")
    assert fields(items) == ["reject", {"id": "2"}]
    assert "3 cells" in reasons(items)[0]


def test_quotes_that_open_in_every_line_do_not_take_forever(tmp_path: Path) -> None:
    started = time.process_time()
    items = read(tmp_path / "a.csv", "id,text\n" + 'a","b\n' * 50_000)
    assert set(fields(items)) == {"reject"}
    assert time.process_time() - started < 10  # 1 s where it was measured; reading all again from each line, minutes


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    [item] = read(tmp_path / "a.csv", "id,text\n1," + "a" * 200_000)
    assert isinstance(item, RawItem)
    assert len(str(item.fields["text"])) == 200_000


# Text


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        ("\n\nTitle\n\nText.\n", "Title", "Text."),
        ("Is this a title?\n\nText.", "Is this a title?", "Text."),
        ("Title\r\nText.", "Title", "Text."),
        ("It rained.\nThen it stopped.", None, "It rained.\nThen it stopped."),
        ("He said “yes.”\nThen he left.", None, "He said “yes.”\nThen he left."),
        (f"{'word ' * 50}\n\nText.", None, f"{'word ' * 50}\n\nText."),
        ("Only a line\n", None, "Only a line"),
    ],
)
def test_the_first_line_is_the_title_unless_it_is_a_paragraph(
    tmp_path: Path, content: str, title: str | None, text: str
) -> None:
    [item] = read(tmp_path / "a.txt", content)
    assert isinstance(item, RawItem)
    assert item.fields.get("title") == title
    assert str(item.fields["text"]).strip() == text


def test_the_path_of_a_text_file_is_its_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a b.txt").write_text("Title\n\nText.")
    [item] = read_items(["a b.txt"])
    assert isinstance(item, RawItem)
    assert item.item == "a b.txt"
    assert item.fields["id"] == str(tmp_path.resolve() / "a b.txt")
    assert item.fields["url"] == (tmp_path.resolve() / "a b.txt").as_uri()
    assert "published_at" not in item.fields


# Empty, packed and huge


@pytest.mark.parametrize("content", ["", " \n\n"])
@pytest.mark.parametrize("suffix", [".txt", ".json", ".jsonl", ".csv"])
def test_an_empty_file_is_a_line_of_the_report(tmp_path: Path, suffix: str, content: str) -> None:
    path = tmp_path / f"a{suffix}"
    assert read(path, content) == [Reject(str(path), "it holds no article")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt.gz", "Title\n\nText."), ("a.json.gz", '[{"id": 1}]'), ("a.jsonl.gz", '{"id": 1}'), ("a.csv.gz", "id\n1")],
)
def test_every_format_may_be_gzipped_whatever_its_name_says(tmp_path: Path, name: str, content: str) -> None:
    for path in (tmp_path / name, tmp_path / name.removesuffix(".gz")):
        path.write_bytes(gzip.compress(content.encode(), mtime=0))
        [item] = read_items([path])
        assert isinstance(item, RawItem)
    assert len(read(tmp_path / name, content)) == 1  # unpacked on its way, as browsers do


def test_a_gzip_file_that_breaks_off_gives_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = [json.dumps({"id": n, "text": zlib.crc32(b"%d" % n)}) for n in range(20_000)]
    path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0)[:-50_000])
    *items, last = read_items([path])
    assert len(items) > 1000
    assert all(isinstance(item, RawItem) for item in items)
    assert last == Reject(str(path), "its packed data break off: the rest of it cannot be read")


def test_a_damaged_gzip_file_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    packed = bytearray(gzip.compress(b'{"id": 1}\n' * 1000, mtime=0))
    packed[15:25] = b"\xff" * 10
    path.write_bytes(packed)
    assert isinstance(list(read_items([path]))[-1], Reject)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.jsonl.gz", '{"id": 1}\n{"text": "', '"}\n{"id": 2}'),
        ("a.json.gz", '[{"id": 1},{"text": "', '"}, {"id": 2}]'),
        ("a.csv.gz", 'id\n1\n"', '"\n2'),
    ],
)
def test_a_record_that_unpacks_to_too_much_is_one_reject(tmp_path: Path, name: str, before: str, after: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress((before + "a" * (LONGEST_RECORD + 70_000) + after).encode(), 1, mtime=0))
    items = list(read_items([path]))
    assert [type(item) for item in items] == [RawItem, Reject, RawItem]
    assert reasons(items) == ["longer than 20 million characters"]


def test_a_text_file_that_is_too_long_is_one_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"a" * (LONGEST_RECORD + 1), 1, mtime=0))
    assert list(read_items([path])) == [Reject(str(path), "longer than 20 million characters")]
