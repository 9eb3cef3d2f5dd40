"""How documents are matched with sources, and what becomes of documents inside documents and of sources that fail."""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.sources import Document, Found, RawItem, Reject, Source, Unchanged, Visited, read_items, registry
from ingest.sources.registry import Sources, known_sources
from rag.errors import StoreError, UsageError


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read(path: Path, content: bytes) -> list[RawItem | Reject]:
    path.write_bytes(content)
    return [item for item in read_items([path]) if not isinstance(item, Unchanged | Visited)]


def test_what_is_in_an_archive_is_read_as_if_it_lay_beside_it(tmp_path: Path) -> None:
    record = {"url": "https://a.example/1", "text": "Words."}
    lines = gzip.compress(json.dumps(record).encode(), mtime=0)
    inner = zipped({"deep/c.csv": b"id,text\n7,Words."})
    path = tmp_path / "all.zip"
    items = read(
        path, zipped({"a.jsonl.gz": lines, "inner.zip": inner, "photo.jpg": b"\xff\xd8", "b.txt": b"Title\n\nBody."})
    )
    assert [item.item for item in items] == [
        f"{path}: a.jsonl.gz, line 1",
        f"{path}: inner.zip: deep/c.csv, line 2",
        f"{path}: b.txt",
    ]
    assert isinstance(items[2], RawItem)
    assert items[2].fields["id"] == f"{path.resolve()}!/b.txt"


def test_an_archive_in_an_archive_in_an_archive_goes_too_deep(tmp_path: Path) -> None:
    packed = b"Title\n\nBody."
    name = "a.txt"
    for depth in range(6):
        packed, name = zipped({name: packed}), f"{depth}.zip"
    [reject] = read(tmp_path / "matryoshka.zip", packed)
    assert isinstance(reject, Reject)
    assert "too deep" in reject.reason


def failing(document: Document) -> Iterator[Found]:
    yield RawItem(document.name, {"id": 1}, "record 1")
    raise RuntimeError("no more")


def broken_store(document: Document) -> Iterator[Found]:
    raise StoreError("the disk is full")
    yield


@pytest.fixture
def with_source(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Source]]:
    added: list[Source] = []
    monkeypatch.setattr(registry, "_added", lambda: added)
    known_sources.cache_clear()
    yield added
    known_sources.cache_clear()


def test_a_source_that_fails_ends_its_document_and_not_the_run(with_source: list[Source], tmp_path: Path) -> None:
    with_source.append(Source("wire log", failing, (".wire",)))
    (tmp_path / "b.jsonl").write_text('{"id": 2}')
    items = read(tmp_path / "a.wire", b"x") + read(tmp_path / "b.jsonl", b'{"id": 2}')
    assert [type(item) for item in items] == [RawItem, Reject, RawItem]
    assert items[1] == Reject(str(tmp_path / "a.wire"), "reading it as wire log failed: RuntimeError: no more")


def test_an_error_that_is_not_the_inputs_ends_the_run(with_source: list[Source], tmp_path: Path) -> None:
    with_source.append(Source("wire log", broken_store, (".wire",)))
    with pytest.raises(StoreError):
        read(tmp_path / "a.wire", b"x")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'{"id": 1}\n{"id": 2}\n', "JSON Lines"),
        (b'[{"id": 1}]', "JSON"),
        (b"url,title,text\nhttps://a.example/1,T,Words", "CSV"),
        (b"A title\n\nAnd a text.", "plain text"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "web page"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip"),
    ],
)  # fmt: skip
def test_bytes_without_a_name_are_recognised(head: bytes, name: str) -> None:
    source = known_sources().for_stream(Document("standard input", "x", "", io.BytesIO(head)))
    assert source is not None
    assert source.name.lower() == name.lower()


def test_every_source_has_a_name_and_a_way_to_be_chosen() -> None:
    for source in known_sources().all:
        assert source.name
        assert source.suffixes or source.media_types or source.recognises


def test_what_a_server_misnames_is_known_by_its_bytes() -> None:
    page = Document("x", "x", "https://a.example/feed.csv", io.BytesIO(b"<html><body>"), media_type="text/csv")
    source = known_sources().for_answer(page)
    assert source is not None
    assert source.name == "web page"


def test_standard_input_is_read_like_a_file() -> None:
    script = "from ingest.sources import read_items\nfor item in read_items(['-']): print(item.item, dict(item.fields))"
    told = subprocess.run(
        [sys.executable, "-c", script],
        input=gzip.compress(b'{"id": 1}\n{"id": 2}\n', mtime=0),
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode().splitlines() == ["standard input, line 1 {'id': 1}", "standard input, line 2 {'id': 2}"]


def test_a_source_that_cannot_be_loaded_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name, value = "wire", "wire:SOURCE"

        def load(self) -> object:
            raise ImportError("No module named 'wire'")

    monkeypatch.setattr(registry, "entry_points", lambda group: [Entry()])
    known_sources.cache_clear()
    with pytest.raises(UsageError, match=r"'wire' \(wire:SOURCE\) cannot be loaded: No module named 'wire'"):
        known_sources()
    monkeypatch.undo()
    known_sources.cache_clear()
    assert isinstance(known_sources(), Sources)
