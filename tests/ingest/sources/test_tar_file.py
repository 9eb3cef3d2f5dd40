"""Tar files: whole, odd, hostile and broken."""

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.sources.document import Document
from ingest.sources.formats import archive
from ingest.sources.packed import BOMB
from ingest.sources.tar_file import SOURCE
from rag.errors import SourceError
from tests.ingest.sources.found import Found, find

BREAKS_OFF = "it breaks off: the mark of its end is missing"
DAMAGED = "it is damaged: the rest of it cannot be read"
LONG = "a" * 120 + "/" + "b" * 180 + ".txt"


def member(
    path: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(path)
    info.type, info.size, info.linkname = kind, len(content), link
    return info, content


def tarred(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=form, errors="surrogateescape") as written:
        for info, content in members:
            written.addfile(info, io.BytesIO(content))
    return data.getvalue()


def edited(data: bytes, place: int, value: bytes) -> bytes:
    """The archive with another value in its first header, and the right checksum for it."""
    header = bytearray(data[:512])
    header[place : place + len(value)] = value
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + data[512:]


def read(data: bytes) -> Found:
    return find(SOURCE, data, "news.tar")


TWO = tarred(member("b/two.txt", b"Two. " * 50_000), member("a.jsonl", b"{}"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_members_are_documents_in_the_order_of_the_archive(pack: Callable[[bytes], bytes]) -> None:
    found = read(pack(TWO))
    assert found.names == ["news.tar: b/two.txt", "news.tar: a.jsonl"]
    assert found.contents == [b"Two. " * 50_000, b"{}"]
    document = found.documents[0]
    assert (document.id, document.url) == ("/news.tar!/b/two.txt", "file:///news.tar!/b/two.txt")
    assert (found.rejects, found.error) == ([], "")


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_are_read_as_each_program_writes_them(form: int) -> None:
    path = LONG if form != tarfile.USTAR_FORMAT else "a" * 120 + "/" + "b" * 90 + ".txt"
    found = read(tarred(member(path, b"Long."), member("a.txt", b"Short."), form=form))
    assert found.names == [f"news.tar: {path}", "news.tar: a.txt"]
    assert found.contents == [b"Long.", b"Short."]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize(("path", "shown"), [("café.txt", "café.txt"), ("caf\udce9.txt", "caf\\xe9.txt")])
def test_names_in_any_encoding_are_read(form: int, path: str, shown: str) -> None:
    assert read(tarred(member(path, b"A"), form=form)).names == [f"news.tar: {shown}"]


def test_a_very_old_archive_without_its_mark_is_read() -> None:
    assert read(edited(tarred(member("a.txt", b"Old.")), 257, bytes(255))).contents == [b"Old."]


def test_sizes_may_be_written_in_binary_or_in_a_header_of_their_own() -> None:
    data = tarred(member("a.txt", b"Four"), member("b.txt", b"B"))
    assert read(edited(data, 124, b"\x80" + (4).to_bytes(11))).contents == [b"Four", b"B"]
    info, content = member("c.txt", b"Four")
    info.pax_headers = {"size": "4", "comment": "a\nb=c"}
    assert read(tarred((info, content), member("b.txt", b"B"))).contents == [b"Four", b"B"]


def test_headers_for_all_members_are_passed_over() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", pax_headers={"comment": "made by hand"}) as written:
        written.addfile(member("a.txt", b"A")[0], io.BytesIO(b"A"))
    assert read(data.getvalue()).contents == [b"A"]


def test_a_gzipped_member_is_unpacked() -> None:
    assert read(tarred(member("a.jsonl.gz", gzip.compress(b'{"id": 1}', mtime=0)))).contents == [b'{"id": 1}']


def test_folders_and_hidden_members_are_passed_over_in_silence() -> None:
    hidden = ("./._a.txt", ".git/a.txt", "__MACOSX/a.txt", "b/.DS_Store")
    found = read(
        tarred(member("b", kind=tarfile.DIRTYPE), *(member(path, b"x") for path in hidden), member("./a.txt", b"A"))
    )
    assert (found.names, found.rejects, found.error) == (["news.tar: a.txt"], [], "")


@pytest.mark.parametrize("path", ["/etc/a.txt", "../a.txt", "b/../../a.txt", "..\\a.txt", "C:\\a.txt"])
def test_a_path_that_leads_out_is_one_reject(path: str) -> None:
    found = read(tarred(member(path, b"x"), member("a.txt", b"A")))
    assert found.rejects == [(path, "its path leads out of the archive")]
    assert found.contents == [b"A"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, archive.LINK),
        (tarfile.LNKTYPE, archive.LINK),
        (tarfile.CHRTYPE, archive.DEVICE),
        (tarfile.BLKTYPE, archive.DEVICE),
        (tarfile.FIFOTYPE, archive.DEVICE),
        (b"Z", archive.STRANGE),
    ],
)
def test_links_and_devices_are_rejects_and_never_followed(kind: bytes, reason: str) -> None:
    found = read(tarred(member("a.txt", kind=kind, link="/etc/passwd"), member("b.txt", b"B")))
    assert found.rejects == [("a.txt", reason)]
    assert found.contents == [b"B"]


def test_a_file_with_holes_is_one_reject() -> None:
    info, content = member("a.txt", b"x")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": "9" * 18, "GNU.sparse.name": "b.txt"}
    found = read(tarred((info, content), member("c.txt", b"C")))
    assert found.rejects == [("b.txt", "it has holes, which may be larger than any disk")]
    assert found.contents == [b"C"]


def test_the_map_of_an_old_file_with_holes_is_passed_over() -> None:
    data = tarred(member("a.txt", b"x"), member("b.txt", b"B"))
    more = bytes(504) + b"\1" + bytes(7) + bytes(512)
    found = read(edited(edited(data[:512], 156, b"S"), 482, b"\1") + more + data[512:])
    assert found.rejects == [("a.txt", "it has holes, which may be larger than any disk")]
    assert found.contents == [b"B"]


def test_members_of_the_same_name_are_both_read() -> None:
    assert read(tarred(member("a.txt", b"One"), member("a.txt", b"Two"))).contents == [b"One", b"Two"]


# Damage


def test_an_archive_that_breaks_off_gives_what_it_has() -> None:
    data = tarred(member("a.txt", b"A" * 600), member("b.txt", b"B" * 600))
    for end in range(100, 3072, 100):
        found = read(data[:end])
        assert found.contents == [b"A" * 600, b"B" * 600][: (end >= 1112) + (end >= 2648)]
        assert found.error == BREAKS_OFF


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_archive_that_breaks_off_gives_what_it_has(pack: Callable[[bytes], bytes]) -> None:
    noise = bytes(n * n * 37 % 251 for n in range(400_000))
    whole = pack(tarred(member("a.txt", noise), member("b.txt", noise[::-1])))
    try:
        found = read(whole[: len(whole) * 2 // 3])
    except EOFError:
        assert pack is gzip.compress  # told by who unpacks it
    else:
        assert "break off" in found.error


def test_a_packed_archive_that_is_damaged_is_told() -> None:
    for pack in (bz2.compress, lzma.compress):
        whole = bytearray(pack(TWO))
        whole[40:60] = b"\xff" * 20
        assert "its packed data are damaged" in read(bytes(whole)).error


@pytest.mark.parametrize("place", [0, 124, 148])
def test_damage_in_a_header_ends_the_archive(place: int) -> None:
    data = bytearray(tarred(member("a.txt", b"A"), member("b.txt", b"B")))
    data[1024 + place] = 0xEE
    found = read(bytes(data))
    assert (found.contents, found.error) == ([b"A"], DAMAGED)


@pytest.mark.parametrize(
    "size",
    [b"-0000000001\0", b"\xff" * 12, b"\x80" + b"\xff" * 11, b"00000000009\0", b"0x000000001\0", b"1_1        \0"],
)
def test_a_size_that_is_none_ends_the_archive(size: bytes) -> None:
    assert read(edited(tarred(member("a.txt", b"A")), 124, size)).error == DAMAGED


def test_a_size_beyond_the_archive_is_told() -> None:
    found = read(edited(tarred(member("a.txt", b"A")), 124, b"\x80" + (1 << 61).to_bytes(11)))
    assert found.rejects == [("news.tar: a.txt", "it breaks off")]
    assert found.error == BREAKS_OFF


@pytest.mark.parametrize("records", [b"x path=a\n", b"0 path=a\n", b"3 a\n", b"9" * 30 + b" a=b\n", b"12345"])
def test_extended_headers_that_are_damaged_end_the_archive(records: bytes) -> None:
    data = tarred(member("a.txt", records), member("b.txt", b"B"))
    assert read(edited(data, 156, b"x")).error == DAMAGED


@pytest.mark.parametrize("kind", [b"x", b"L"])
def test_an_extended_header_larger_than_any_is_not_read(kind: bytes) -> None:
    data = edited(tarred(member("a.txt", bytes(50_000_000))), 156, kind)
    tracemalloc.start()
    try:
        assert read(data).error == DAMAGED
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_extended_headers_may_follow_each_other_endlessly() -> None:
    extended = edited(tarred(member("a.txt", b"12 path=abc\n")), 156, b"x")[:1024]
    assert read(extended * 5000 + tarred(member("b.txt", b"B"))).names == ["news.tar: abc"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_member_that_unpacks_to_too_much_is_stopped_also_when_passed_over(pack: Callable[[bytes], bytes]) -> None:
    info, _ = member("a.bin")
    info.size = 1 << 40
    bomb = pack(info.tobuf() + bytes(150_000_000))
    documents = SOURCE.read(Document("a.tar", "a", "a", io.BytesIO(bomb)))
    if pack is gzip.compress:
        assert read(bomb).error == BOMB
        return
    tracemalloc.start()
    try:
        assert isinstance(next(documents), Document)
        with pytest.raises(SourceError, match="made to fill a machine"):
            next(documents)
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_members() -> None:
    data = tarred(*(member(f"{n}.txt", b"Some words. ") for n in range(5000)))
    tracemalloc.start()
    try:
        assert sum(1 for _ in SOURCE.read(Document("a.tar", "a", "a", io.BytesIO(data)))) == 5000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_it_is_recognised_by_its_first_bytes() -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(TWO)
    assert not SOURCE.recognises(b"ustar" * 9)


@example(b"", 0, b"\x1f\x8b")
@given(st.binary(max_size=700), st.integers(0, 2000), st.binary(max_size=20))
def test_no_bytes_raise_anything_but_a_source_error(noise: bytes, place: int, splice: bytes) -> None:
    archives = [
        noise[:257].ljust(257, b"\0") + b"ustar\x0000" + noise,
        edited(tarred(member("a.txt", noise)), place % 480, splice[:20]),
        edited(tarred(member("a.txt", noise)), 156, b"x"),
        TWO[:place] + splice + TWO[place + len(splice) :],
        b"BZh9" + noise,
        b"\xfd7zXZ\0" + noise,
    ]
    for data in archives:
        damaged_gzip = (OSError, EOFError, zlib.error) if data.startswith(b"\x1f\x8b") else ()
        with suppress(*damaged_gzip):  # told by who unpacks it
            read(data)
