"""WARC files: which records become documents, and what damage costs."""

import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.items import LONGEST_RECORD
from ingest.sources.warc_file import SOURCE
from tests.ingest.sources.found import Found, find

PAGE = b"<html><p>The ferry sails again.</p></html>"
URL = "https://harbour.example/ferry"


def record(
    content: bytes, *lines: str, kind: str = "response", url: str = URL, sent_as: str = "application/http"
) -> bytes:
    header = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-05-06T07:08:09.123456789Z",
        f"Content-Type: {sent_as}",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join([*header, *lines]).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def answer(body: bytes = PAGE, *lines: str, status: str = "200 OK", sent_as: str = "text/html") -> bytes:
    header = [f"HTTP/1.1 {status}", f"Content-Type: {sent_as}", *lines]
    return "\r\n".join(header).encode() + b"\r\n\r\n" + body


def chunked(body: bytes, size: int = 10) -> bytes:
    parts = (body[place : place + size] for place in range(0, len(body), size))
    return b"".join(b"%x;some=thing\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def read(*records: bytes) -> Found:
    return find(SOURCE, b"".join(records), "crawl.warc")


def test_a_page_is_a_document_known_by_its_address() -> None:
    found = read(
        record(b"software: a crawler\r\n", kind="warcinfo"), record(answer(sent_as="text/HTML; charset=UTF-8"))
    )
    [document] = found.documents
    assert (document.name, document.id, document.url) == (f"crawl.warc: {URL}", URL, URL)
    assert (document.media_type, document.charset) == ("text/html", "UTF-8")
    assert document.fetched_at == datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)
    assert found.contents == [PAGE]
    assert (found.rejects, found.error) == ([], "")


def test_a_resource_has_no_http_header() -> None:
    found = read(record(b"A ferry.", kind="resource", sent_as="text/plain; charset=ascii"))
    assert found.contents == [b"A ferry."]
    assert found.documents[0].media_type == "text/plain"


@pytest.mark.parametrize("zipped", [gzip.compress, lambda data: b"".join(map(gzip.compress, (data[:99], data[99:])))])
def test_the_file_may_be_gzipped_in_one_part_or_many(zipped) -> None:
    data = b"".join(record(answer(PAGE + b"%d" % n), url=f"{URL}/{n}") for n in range(20))
    found = read(zipped(data))
    assert found.contents == [PAGE + b"%d" % n for n in range(20)]
    assert found.error == ""


def test_a_record_gzipped_by_itself_each_as_crawlers_do() -> None:
    found = read(*(gzip.compress(record(answer(PAGE + b"%d" % n)), mtime=0) for n in range(5)))
    assert found.contents == [PAGE + b"%d" % n for n in range(5)]


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"),
        (gzip.compress(PAGE, mtime=0) + b"junk", "Content-Encoding: gzip"),
        (gzip.compress(PAGE[:9], mtime=0) + gzip.compress(PAGE[9:], mtime=0), "Content-Encoding: x-gzip"),
        (zlib.compress(PAGE), "content-encoding: Deflate"),
        (zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"),
        (gzip.compress(zlib.compress(PAGE), mtime=0), "Content-Encoding: deflate, gzip"),
        (chunked(PAGE), "Transfer-Encoding: chunked"),
        (chunked(gzip.compress(PAGE, mtime=0), 1), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip"),
        (PAGE, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip"),
        (PAGE, "Content-Encoding: identity"),
    ],
)
def test_encodings_of_the_content_are_undone_unless_they_are_already(body: bytes, header: str) -> None:
    assert read(record(answer(body, header))).contents == [PAGE]


@pytest.mark.parametrize(
    "passed",
    [
        record(answer(), kind="request"),
        record(answer(), kind="revisit"),
        record(b"via: x", kind="metadata", sent_as="application/warc-fields"),
        record(b"203.0.113.5", url="dns:harbour.example", sent_as="text/dns"),
        record(answer(status="301 Moved")),
        record(answer(status="404 Not Found")),
        record(answer(status="503")),
        record(answer(status="204")),
        record(b"no answer at all"),
        record(b""),
        record(answer(sent_as="image/png")),
        record(answer(sent_as="image/svg+xml")),
        record(answer(sent_as="text/css")),
        record(answer(sent_as="text/javascript; charset=utf-8")),
        record(answer(sent_as="application/json")),
        record(answer(b"")),
        record(answer(sent_as="text/plain"), url="https://harbour.example/robots.txt"),
        record(answer(sent_as="text/plain"), url="https://harbour.example/.well-known/security.txt"),
        record(b"text", url="urn:text:https://harbour.example/ferry", kind="resource", sent_as="text/plain"),
        record(answer(), url="https://[harbour.example/"),
    ],
)
def test_what_is_no_page_that_was_there_is_passed_over_in_silence(passed: bytes) -> None:
    found = read(passed, record(answer()))
    assert (found.contents, found.rejects, found.error) == ([PAGE], [], "")


@pytest.mark.parametrize("sent_as", ["application/rss+xml", "application/xhtml+xml", "text/xml", "application/pdf", ""])
def test_feeds_and_documents_are_given_too(sent_as: str) -> None:
    assert read(record(answer(sent_as=sent_as))).contents == [PAGE]


def test_what_was_sent_as_a_gzipped_file_is_unpacked_too() -> None:
    assert read(record(answer(gzip.compress(PAGE, mtime=0), sent_as="text/xml"))).contents == [PAGE]


def test_an_address_in_angle_brackets_is_taken_out_of_them() -> None:
    assert read(record(answer(), url=f"<{URL}>")).documents[0].url == URL


def test_a_date_that_cannot_be_read_is_unknown() -> None:
    assert read(record(answer()).replace(b"2024-05-06T", b"06.05.24 ")).documents[0].fetched_at is None


def test_a_folded_header_is_one() -> None:
    assert read(record(answer(PAGE, "X-Note: a", "\tb", "Content-Encoding:", " identity"))).contents == [PAGE]


# Damage


@pytest.mark.parametrize(
    ("body", "header", "reason"),
    [
        (gzip.compress(PAGE, mtime=0)[:-9], "Content-Encoding: gzip", "its packed content breaks off"),
        (gzip.compress(PAGE, mtime=0)[:-8] + bytes(8), "Content-Encoding: gzip", "its packed content is damaged"),
        (chunked(PAGE)[:-9], "Transfer-Encoding: chunked", "its body breaks off"),
        (chunked(PAGE)[:-4] + b"-5\r\n", "Transfer-Encoding: chunked", "its body breaks off"),
        (chunked(PAGE, 99).replace(b"2a;", b"21;"), "Transfer-Encoding: chunked", "its body breaks off"),
        (PAGE, "Content-Encoding: br", "packed as 'br', which is not read"),
    ],
)
def test_a_body_that_cannot_be_read_is_one_reject(body: bytes, header: str, reason: str) -> None:
    found = read(record(answer(body, header)), record(answer()))
    [(where, why)] = found.rejects
    assert where == f"record 1, {URL}"
    assert reason in why
    assert found.contents == [PAGE]


def test_a_page_that_was_cut_short_when_it_was_recorded_is_one_reject() -> None:
    found = read(record(answer(), "WARC-Truncated: length"))
    assert found.rejects == [(f"record 1, {URL}", "it was cut short when it was recorded")]


@pytest.mark.parametrize(
    "damaged",
    [
        record(answer()).replace(b"Content-Length", b"Contents"),
        record(answer()).replace(b"Content-Length: 8", b"Content-Length: -8"),
        record(answer()).replace(b"Content-Length: 8", b"Content-Length: " + b"9" * 5000),
        record(answer()).replace(b"WARC-Target-URI:", b"WARC-Target-URI" + b"x" * 70_000),
        record(answer()).replace(b"WARC-Date:", b"no header\r\n"),
        record(answer()).replace(b"WARC-Date:", b"x: %s\r\n" % (b"y" * 60_000) * 20),
    ],
)
def test_a_header_that_is_damaged_is_one_reject(damaged: bytes) -> None:
    found = read(damaged, record(answer()))
    assert found.rejects == [("record 1", "its header is damaged")]
    assert (found.contents, found.error) == ([PAGE], "")


@pytest.mark.parametrize("change", [-20, 50])
def test_a_length_that_is_wrong_costs_no_more_than_the_records_it_spoils(change: int) -> None:
    good = record(answer())
    length = len(answer())
    bad = good.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + change))
    found = read(bad, good, good)
    assert found.rejects == [("record 1", "its length is wrong: what follows it is no record")]
    assert found.contents == [PAGE] * (2 if change < 0 else 1)


def test_a_file_that_breaks_off_gives_what_it_has() -> None:
    whole = record(answer())
    for end in range(len(whole) + 1, 2 * len(whole) - 4):
        found = read((whole * 2)[:end])
        assert found.contents == [PAGE]
        assert found.error or found.rejects


def test_damage_up_to_the_end_is_told() -> None:
    found = read(record(answer()), record(answer()).replace(b"Content-Length", b"Contents"))
    assert found.contents == [PAGE]
    assert found.error == "nothing can be read behind record 2"


def test_what_is_no_warc_is_told() -> None:
    assert read(b"Some words.\n").error == "it does not begin as a WARC file does"


def test_an_empty_file_holds_nothing() -> None:
    assert read(b"\r\n\r\n") == Found()


@pytest.mark.parametrize("sent", ["Content-Encoding: gzip", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip"])
def test_a_body_that_unpacks_to_too_much_is_one_reject_in_little_memory(sent: str) -> None:
    body = gzip.compress(bytes(LONGEST_RECORD * 5), 1, mtime=0)
    data = record(answer(chunked(body, len(body)) if "chunked" in sent else body, sent)) + record(answer())
    tracemalloc.start()
    try:
        found = read(data)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    assert found.rejects == [(f"record 1, {URL}", "longer than 20 million bytes")]
    assert found.contents == [PAGE]


def test_it_is_recognised_by_its_first_bytes() -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(record(answer()))
    assert not SOURCE.recognises(b"<html>")


@given(st.binary(max_size=300), st.integers(0, 600), st.binary(max_size=20))
def test_no_bytes_raise_anything_but_a_source_error(noise: bytes, place: int, splice: bytes) -> None:
    read(b"WARC/1.0\r\n" + noise)
    good = (
        record(answer(chunked(gzip.compress(PAGE, mtime=0)), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip"))
        * 2
    )
    read(good[:place] + splice + good[place + len(splice) :])
