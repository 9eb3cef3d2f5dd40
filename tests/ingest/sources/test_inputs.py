"""Which files are read, in what order, and what progress is told."""

import gzip
import os
import tracemalloc
from pathlib import Path

import pytest

from ingest.sources import RawItem, Reject, input_size, read_items
from rag.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("feeds/b.jsonl", "feeds/a.json", "feeds/deep/c.csv", "feeds/.hidden.json", "feeds/.git/d.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("id\n1" if path.suffix == ".csv" else '{"id": 1}')
    (tmp_path / "feeds/notes.log").write_text("notes")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(*inputs: str | Path) -> list[str]:
    return [
        f"{item.item}: {item.reason}" if isinstance(item, Reject) else item.item
        for item in read_items(inputs)
        if isinstance(item, RawItem | Reject)
    ]


def test_a_folder_is_read_with_all_below_it_but_hidden_and_unknown_files(folder: Path) -> None:
    assert read("feeds") == ["feeds/a.json, record 1", "feeds/b.jsonl, line 1", "feeds/deep/c.csv, line 2"]
    assert read(folder / "feeds")[0] == f"{folder}/feeds/a.json, record 1"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("feeds/*.json*", ["feeds/a.json", "feeds/b.jsonl"]),
        ("feeds/[b]*", ["feeds/b.jsonl"]),
        ("**/*.csv", ["feeds/deep/c.csv"]),
        ("feeds/**/*", ["feeds/a.json", "feeds/b.jsonl", "feeds/deep/c.csv"]),
        ("f*", ["feeds/a.json", "feeds/b.jsonl", "feeds/deep/c.csv"]),
        ("feeds/**", ["feeds/a.json", "feeds/b.jsonl", "feeds/deep/c.csv"]),
    ],
)
def test_a_glob_names_files_and_folders(pattern: str, files: list[str]) -> None:
    assert [where.rpartition(", ")[0] for where in read(pattern)] == files
    absolute = read(Path.cwd() / pattern)
    assert [where.rpartition(", ")[0] for where in absolute] == [str(Path.cwd() / file) for file in files]


def test_a_name_with_brackets_is_a_file_first(tmp_path: Path) -> None:
    path = tmp_path / "a[1].jsonl"
    path.write_text('{"id": 1}')
    assert read(path) == [f"{path}, line 1"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("missing", ["nowhere.json", "feeds/*.txt", "feeds/*.log", "nowhere/**", "", "a\0b"])
def test_an_input_that_names_nothing_is_said_before_anything_is_read(missing: str) -> None:
    with pytest.raises(UsageError, match=r"no file or folder|Nothing that can be read"):
        read_items(["feeds", missing])
    with pytest.raises(UsageError):
        input_size([missing])


@pytest.mark.usefixtures("folder")
def test_a_file_of_an_unknown_format_is_a_reject_that_tells_the_known_ones() -> None:
    [reject] = read("feeds/notes.log")
    assert reject.startswith("feeds/notes.log: its name ends in none of .jsonl, ")
    assert reject.endswith(", .txt, each also with .gz")


def test_a_folder_with_nothing_to_read_is_a_reject(tmp_path: Path) -> None:
    [reject] = read_items([tmp_path])
    assert isinstance(reject, Reject)
    assert reject.item == str(tmp_path)


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "feeds/deep/ring").symlink_to(folder / "feeds", target_is_directory=True)
    assert len(read("feeds")) == 3
    assert len(read("**/*.csv")) == 1


def test_links_that_lead_out_of_a_folder_are_rejects(folder: Path) -> None:
    (folder / "secret").mkdir()
    (folder / "secret/keys.txt").write_text("Keys.\n\nNot meant to be read.")
    (folder / "feeds/keys.txt").symlink_to(folder / "secret/keys.txt")
    (folder / "feeds/inside.json").symlink_to(folder / "feeds/a.json")
    (folder / "feeds/out").symlink_to(folder / "secret", target_is_directory=True)
    found = read("feeds")
    assert [line.partition(": ")[2][:36] for line in found if "keys.txt" in line or "feeds/out" in line] == [
        "it is a link that leads out of the f", "it is a link that leads out of the f",
    ]  # fmt: skip
    assert "feeds/inside.json, record 1" in found


def test_a_corpus_that_lies_in_a_folder_is_no_input(folder: Path) -> None:
    (folder / "feeds/corpus/lexical").mkdir(parents=True)
    (folder / "feeds/corpus/byline.sqlite3").touch()
    (folder / "feeds/corpus/lexical/meta.json").write_text('{"id": 1}')
    assert len(read("feeds")) == 3


def test_a_file_that_goes_while_reading_is_a_reject(folder: Path) -> None:
    items = read_items(["feeds/a.json", "feeds/b.jsonl"])
    assert isinstance(next(items), RawItem)
    (folder / "feeds/b.jsonl").unlink()
    [reject] = items
    assert isinstance(reject, Reject)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_a_reject(folder: Path) -> None:
    (folder / "feeds/b.jsonl").chmod(0)
    assert "Permission denied" in read("feeds/b.jsonl")[0]


def test_progress_rises_from_item_to_item_up_to_the_size_of_the_inputs(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        lines = "".join(f'{{"id": "{os.urandom(20).hex()}"}}\n' for _ in range(5000))
        (tmp_path / name).write_bytes(gzip.compress(lines.encode(), mtime=0))
    told: list[int] = []
    assert sum(1 for _ in read_items([tmp_path], told.append)) == 10_000
    assert told == sorted(told)
    assert told[-1] == input_size([tmp_path])
    assert len(set(told)) > 20


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    block = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, b"Some words. " * 500) for n in range(100))
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(block)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_items([path])) == 10_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000  # of 60 MB
    finally:
        tracemalloc.stop()


def test_a_large_json_list_streams_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = '{"id": "1", "text": "%s"}' % ("Some words. " * 500)
    with path.open("w") as file:
        file.write("[" + ",\n".join([record] * 5000) + "]")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_items([path])) == 5000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000  # of 30 MB
    finally:
        tracemalloc.stop()
