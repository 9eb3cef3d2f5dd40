"""Zip files: whole, odd, hostile and broken."""

import gzip
import io
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources import packed
from ingest.sources.document import Document
from ingest.sources.formats import archive
from ingest.sources.packed import BOMB
from ingest.sources.zip_file import SOURCE
from rag.errors import SourceError
from tests.ingest.sources.found import Found, find

OFFICE = "it is an office document or an e-book: save it as PDF, HTML or plain text"
NO_LIST = "it breaks off: the list of its members, which stands at its end, is missing"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as written:
        for name, content in members:
            written.writestr(name, content)
    return data.getvalue()


def read(data: bytes) -> Found:
    return find(SOURCE, data, "news.zip")


@contextmanager
def first(data: bytes, name: str = "news.zip") -> Iterator[Document]:
    """The first member, open."""
    members = SOURCE.read(Document(name, f"/{name}", f"file:///{name}", io.BytesIO(data)))
    document = next(members)
    assert isinstance(document, Document)
    yield document


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_documents_in_the_order_of_the_archive(method: int) -> None:
    found = read(
        zipped(("b/two.txt", b"Two. " * 50_000), ("a.jsonl", b"{}"), ("b/", b""), ("empty.txt", b""), method=method)
    )
    assert found.names == ["news.zip: b/two.txt", "news.zip: a.jsonl", "news.zip: empty.txt"]
    assert found.contents == [b"Two. " * 50_000, b"{}", b""]
    document = found.documents[0]
    assert (document.id, document.url) == ("/news.zip!/b/two.txt", "file:///news.zip!/b/two.txt")
    assert (found.rejects, found.error) == ([], "")


def test_a_gzipped_member_is_unpacked() -> None:
    assert read(zipped(("a.jsonl.gz", gzip.compress(b'{"id": 1}', mtime=0)))).contents == [b'{"id": 1}']


def test_an_archive_in_an_archive_is_a_document_that_the_source_reads_too() -> None:
    inner = zipped(("a.txt", b"Inner."), ("b.txt", b"More."))
    with first(zipped(("i.zip", inner)), "o.zip") as document:
        members = SOURCE.read(document)
        assert [(member.name, member.stream.read()) for member in members if isinstance(member, Document)] == [
            ("o.zip: i.zip: a.txt", b"Inner."),
            ("o.zip: i.zip: b.txt", b"More."),
        ]


def test_the_whole_archive_may_be_gzipped_or_stand_behind_a_program() -> None:
    data = zipped(("a.txt", b"A"), ("b.txt", b"B"))
    assert read(gzip.compress(data, mtime=0)).contents == [b"A", b"B"]
    assert read(b"#!program\n" * 99 + data).contents == [b"A", b"B"]


def test_an_archive_with_sizes_behind_its_members_is_read() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = Stream()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("a.txt", b"Streamed.")
    assert read(data.getvalue()).contents == [b"Streamed."]


def test_an_archive_of_the_large_kind_is_read() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as written, written.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"Large.")
    whole = data.getvalue()
    start, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    listed = whole[start:end]
    extra = struct.pack("<2H3Q", 1, 24, 6, 6, 0)
    large = (
        listed[:20] + b"\xff" * 8 + listed[28:30] + struct.pack("<H", len(extra)) + listed[32:42] + b"\xff" * 4
    ) + b"a.txt" + extra  # fmt: skip
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(large), start)
    place = struct.pack("<4sIQI", b"PK\6\7", 0, start + len(large), 1)
    tail = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    found = read(whole[:start] + large + end64 + place + tail)
    assert (found.contents, found.error) == ([b"Large."], "")


@pytest.mark.parametrize(
    "hidden", [".DS_Store", "a/.git/b.txt", "__MACOSX/._a.txt", "__MACOSX/a.txt", "a/.hidden.txt", "a\\.hidden.txt"]
)
def test_hidden_members_are_passed_over_in_silence(hidden: str) -> None:
    found = read(zipped((hidden, b"x"), ("./a.txt", b"A")))
    assert (found.names, found.rejects) == (["news.zip: a.txt"], [])


@pytest.mark.parametrize("path", ["/etc/a.txt", "../a.txt", "b/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_a_path_that_leads_out_is_one_reject(path: str) -> None:
    found = read(zipped((path, b"x"), ("a.txt", b"A")))
    assert found.rejects == [(path, "its path leads out of the archive")]
    assert found.contents == [b"A"]


def test_members_of_the_same_name_are_both_read() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.txt", b"One"), ("a.txt", b"Two"))
    assert read(data).contents == [b"One", b"Two"]


@pytest.mark.parametrize(
    ("written", "flags", "shown"),
    [
        ("caf\xe9.txt".encode(), 0x800, "café.txt"),
        ("caf\xe9.txt".encode(), 0, "café.txt"),
        (b"caf\x82.txt", 0, "café.txt"),
        (b"caf\xe9.txt", 0x800, "caf\\xe9.txt"),
    ],
)
def test_names_are_read_in_whatever_encoding_they_are(written: bytes, flags: int, shown: str) -> None:
    mark = b"X" * len(written)
    data = zipped((mark.decode(), b"A"), ("b.txt", b"B")).replace(mark, written)
    listed = data.index(b"PK\1\2")
    data = data[: listed + 8] + struct.pack("<H", flags) + data[listed + 10 :]
    found = read(data)
    assert found.names == [f"news.zip: {shown}", "news.zip: b.txt"]


def test_an_encrypted_member_is_one_reject() -> None:
    data = zipped(("a.txt", b"A"), ("b.txt", b"B"))
    listed = data.index(b"PK\1\2")
    found = read(data[: listed + 8] + b"\1\0" + data[listed + 10 :])
    assert found.rejects == [("a.txt", "it is encrypted")]
    assert found.contents == [b"B"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_packed_otherwise_is_one_reject(method: int) -> None:
    found = read(zipped(("a.txt", b"A"), method=method))
    assert found.rejects == [("a.txt", f"it is packed by method {method}; only what is stored or deflated is read")]


@pytest.mark.parametrize(
    ("mode", "reason"), [(stat.S_IFLNK, archive.LINK), (stat.S_IFIFO, archive.DEVICE), (0o170000, archive.STRANGE)]
)
def test_links_and_devices_are_rejects(mode: int, reason: str) -> None:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = (mode | 0o777) << 16
    assert read(zipped((info, b"/etc/passwd"))).rejects == [("a.txt", reason)]


@pytest.mark.parametrize(
    "names",
    [["[Content_Types].xml", "word/document.xml"], ["word/a.xml", "[Content_Types].xml"], ["mimetype", "content.xml"]],
)
def test_an_office_document_is_no_archive(names: list[str]) -> None:
    found = read(zipped(*((name, b"x") for name in names)))
    assert (found.contents, found.error) == ([], OFFICE)


# Damage


def test_a_member_with_a_wrong_checksum_is_one_reject() -> None:
    data = zipped(("a.txt", b"Right."), ("b.txt", b"B"), method=zipfile.ZIP_STORED).replace(b"Right.", b"Wrong.")
    found = read(data)
    assert found.rejects == [("news.zip: a.txt", "it is damaged: its checksum is wrong")]
    assert found.contents == [b"B"]


def test_a_member_that_cannot_be_unpacked_is_one_reject() -> None:
    data = bytearray(zipped(("a.txt", b"A" * 9), ("b.txt", b"B")))
    data[35:40] = b"\xff" * 5
    found = read(bytes(data))
    assert len(found.rejects) == 1
    assert found.contents == [b"B"]


def test_a_member_that_is_not_where_the_list_says_is_one_reject() -> None:
    found = read(zipped(("a.txt", b"A"), ("b.txt", b"B")).replace(b"PK\3\4", b"PK\0\0", 1))
    assert found.rejects == [("a.txt", "it is not where the list of members says")]
    assert found.contents == [b"B"]


def test_a_damaged_list_ends_the_archive() -> None:
    data = zipped(("a.txt", b"A"), ("b.txt", b"B"))
    second = data.rindex(b"PK\1\2")
    found = read(data[:second] + b"PK\0\0" + data[second + 4 :])
    assert found.error == "the list of its members is damaged"


def test_an_archive_that_breaks_off_gives_what_stands_before_the_break() -> None:
    data = zipped(("a.txt", b"A" * 500), ("b/c.txt", b"C" * 500), ("d.txt", b"D" * 500), method=zipfile.ZIP_STORED)
    found = read(data[:1300])
    assert found.contents == [b"A" * 500, b"C" * 500]
    assert found.error == NO_LIST


def test_one_part_of_several_is_told() -> None:
    data = zipped(("a.txt", b"A"))
    end = data.index(b"PK\5\6")
    assert "one part of an archive in several" in read(data[: end + 4] + b"\1\0" + data[end + 6 :]).error


# Bombs


def test_a_member_that_unpacks_to_too_much_is_stopped_in_little_memory() -> None:
    data = zipped(("bomb.txt", bytes(90_000_000)), ("a.txt", b"A"))
    tracemalloc.start()
    try:
        with first(data) as bomb, pytest.raises(SourceError, match="made to fill a machine"):
            bomb.stream.seek(0, io.SEEK_END)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_members_that_share_their_bytes_are_stopped_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_FREE", 1_000_000)
    content = bytes(200_000)
    one = zipped(("a.txt", content))
    listed, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    entries = one[listed:end] * 200
    tail = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, 200, 200, len(entries), listed, 0)
    found = read(one[:listed] + entries + tail)
    assert 0 < len(found.contents) < 50
    assert found.error == BOMB


def test_a_zip_in_a_gzip_bomb_is_stopped() -> None:
    assert read(gzip.compress(b"PK\3\4" + bytes(100_000_000), mtime=0)).error == BOMB


def test_more_members_than_any_collection_has_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    found = read(zipped(*((f"{n}.txt", b"x") for n in range(5))))
    assert len(found.contents) == 3
    assert found.error == "it has more than 3 members; the rest is left out"


def test_memory_does_not_grow_with_the_members() -> None:
    data = zipped(*((f"{n}.txt", b"Some words. ") for n in range(5000)))
    tracemalloc.start()
    try:
        documents = SOURCE.read(Document("b.zip", "/b.zip", "file:///b.zip", io.BytesIO(data)))
        assert sum(1 for _ in documents) == 5000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_member_can_be_read_again_from_behind_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.formats.rewind._KEPT", 100_000)
    content = b"".join(zlib.crc32(b"%d" % n).to_bytes(4) for n in range(100_000))
    with first(zipped(("a.txt", content))) as document:
        for place in (0, 50_000, 399_000, 150_000, 90_000, 99_999, 400_000, 500_000, 3):
            document.stream.seek(place)
            assert document.stream.read(20_000) == content[place : place + 20_000]
        assert document.stream.seek(-4, io.SEEK_END) == len(content) - 4
        assert document.stream.read() == content[-4:]


def test_it_is_recognised_by_its_first_bytes() -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(zipped(("a", b"")))
    assert not SOURCE.recognises(b"PK. Words")


@given(st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=20))
def test_no_bytes_raise_anything_but_a_source_error(noise: bytes, place: int, splice: bytes) -> None:
    read(b"PK\3\4" + noise)
    read(b"PK\3\4" + noise + b"PK\5\6" + noise)
    good = zipped(("a.txt", b"Words. " * 9), ("b/c.txt", b"More words."))
    read(good[:place] + splice + good[place + len(splice) :])
