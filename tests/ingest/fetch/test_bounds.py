"""No document is larger than it may be, or takes longer, whatever its server does."""

import gzip
import io
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from ingest.fetch.watch import Clock
from tests.ingest.fetch.conftest import Make
from tests.ingest.fetch.test_fetch import body, failure
from tests.web import Page, Web

ARTICLE = "Kite Motors will open its battery plant in Vessen. " * 4000


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(ARTICLE.encode(), mtime=0)),
        ("X-GZIP", gzip.compress(ARTICLE.encode(), mtime=0) + bytes(100_000)),
        ("gzip", gzip.compress(ARTICLE[:999].encode(), mtime=0) + gzip.compress(ARTICLE[999:].encode(), mtime=0)),
        ("deflate", zlib.compress(ARTICLE.encode())),
        ("deflate", bare(ARTICLE.encode())),
        ("identity", ARTICLE.encode()),
    ],
    ids=["gzip", "padded", "in pieces", "deflate", "bare deflate", "identity"],
)
def test_a_packed_page_is_unpacked(web: Web, fetcher: Make, encoding: str, packed: bytes) -> None:
    web.pages["/"] = Page(packed, headers={"Content-Encoding": encoding})
    with fetcher().get(web.url()) as fetched:
        assert body(fetched).decode() == ARTICLE
    assert web.asked[-1].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_empty_body_needs_no_unpacking(web: Web, fetcher: Make, encoding: str) -> None:
    web.pages["/"] = Page("", headers={"Content-Encoding": encoding})
    with fetcher().get(web.url()) as fetched:
        assert body(fetched) == b""


@pytest.mark.parametrize(
    ("encoding", "content", "sentence"),
    [
        ("gzip", gzip.compress(ARTICLE.encode(), mtime=0)[:-20], "its packed content breaks off"),
        ("gzip", b"<html>not packed at all", "its packed content is damaged"),
        ("br", b"\x0b\x02\x80abc\x03", "it is packed in a way that was not asked for"),
        (
            "gzip, gzip",
            gzip.compress(gzip.compress(b"x", mtime=0), mtime=0),
            "it is packed in a way that was not asked for",
        ),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_told(
    web: Web, fetcher: Make, encoding: str, content: bytes, sentence: str
) -> None:
    web.pages["/"] = Page(content, headers={"Content-Encoding": encoding})
    assert failure(fetcher(), web.url()) == sentence


def test_a_page_that_says_that_it_is_too_large_is_not_read(web: Web, fetcher: Make) -> None:
    web.pages["/"] = Page("x", headers={"Content-Length": "1000000000000"})
    assert failure(fetcher(fetch_megabytes=0.5), web.url()) == "it is larger than 0.5 MB, the setting fetch_megabytes"


def test_a_page_of_just_the_largest_size_is_taken_and_one_more_byte_is_not(web: Web, fetcher: Make) -> None:
    web.pages |= {"/largest": "x" * 500_000, "/larger": Page("x" * 500_001, headers={"Content-Length": ""})}
    with fetcher(fetch_megabytes=0.5).get(web.url("/largest")) as fetched:
        assert len(body(fetched)) == 500_000
    assert "larger than 0.5 MB" in failure(fetcher(fetch_megabytes=0.5), web.url("/larger"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_given_up_before_it_goes_off(web: Web, fetcher: Make, encoding: str) -> None:
    packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else -zlib.MAX_WBITS)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    web.pages["/"] = Page(packed, headers={"Content-Encoding": encoding})
    fetching = fetcher(fetch_megabytes=2)
    tracemalloc.start()
    try:
        assert "larger than 2 MB" in failure(fetching, web.url())
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_large_page_is_not_kept_in_memory(web: Web, fetcher: Make) -> None:
    web.pages["/"] = bytes(20_000_000).decode()
    tracemalloc.start()
    try:
        with fetcher().get(web.url()) as fetched:
            read = sum(len(part) for part in iter(lambda: fetched.body and fetched.body.read(65536), b"") if part)
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == 20_000_000
    assert held < 25_000_000  # of which the server holds the page itself


def test_a_server_that_drips_is_given_up(web: Web, fetcher: Make) -> None:
    web.pages |= {"/robots.txt": "", "/": Page("drop by drop " * 100, drip=0.05)}
    begun = time.monotonic()
    assert failure(fetcher(fetch_seconds=0.3, clock=Clock(), host_pause_seconds=0.01), web.url()) == (
        "it took longer than 0.3 seconds"
    )
    assert time.monotonic() - begun < 2
    assert web.requests["/"] == 1


def test_further_attempts_do_not_make_the_time_longer(web: Web, fetcher: Make) -> None:
    web.pages |= {"/0": Page("x" * 10, drip=0.05, headers={"Content-Length": "11"})}  # each attempt breaks off late
    assert failure(fetcher(fetch_seconds=0.8), web.url("/0")) == "it took longer than 0.8 seconds"


@contextmanager
def server(answer: bytes, every: float) -> Iterator[int]:
    """Says one byte after another, of the head of an answer, or nothing at all."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                try:
                    for byte in answer:
                        connection.sendall(bytes([byte]))
                        time.sleep(every)
                    connection.recv(65536)
                    connection.recv(1)
                except OSError:
                    pass

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 100])
def test_a_server_that_never_comes_to_its_answer_is_given_up(fetcher: Make, scheme: str, head: bytes) -> None:
    begun = time.monotonic()
    with server(head, every=0.05) as port:
        failure(fetcher(fetch_seconds=0.3, clock=Clock()), f"{scheme}://127.0.0.1:{port}/")
    assert time.monotonic() - begun < 6


def test_a_name_that_takes_too_long_to_look_up_is_given_up(fetcher: Make) -> None:
    def resolve(host: str) -> list[str]:
        time.sleep(2)
        return ["127.0.0.1"]

    begun = time.monotonic()
    told = failure(fetcher(resolve=resolve, fetch_seconds=0.2, clock=Clock()), "http://slow.example/")
    assert told == "it took longer than 0.2 seconds"
    assert time.monotonic() - begun < 1.5


def test_a_page_that_breaks_off_is_fetched_again(web: Web, fetcher: Make) -> None:
    web.pages["/"] = [Page("half", headers={"Content-Length": "8"}), Page("all of it")]
    with fetcher().get(web.url()) as fetched:
        assert body(fetched) == b"all of it"
    web.pages["/broken"] = Page("half", headers={"Content-Length": "8"})
    assert failure(fetcher(), web.url("/broken")) == "the connection to 127.0.0.1 broke off"
    assert web.requests["/broken"] == 3


def test_a_page_that_there_is_no_room_for_is_told(web: Web, fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, part: object) -> int:
            raise OSError(28, "No space left on device")

    web.pages |= {"/": "x"}
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda size: Full())
    assert failure(fetcher(), web.url()) == "it cannot be kept in a temporary file: No space left on device"


def test_a_wish_to_stop_ends_a_read(fetcher: Make) -> None:
    begun = time.monotonic()
    with server(b"", every=0) as port:
        fetching = fetcher(stopped=lambda: time.monotonic() - begun > 0.2)
        assert failure(fetching, f"http://127.0.0.1:{port}/") == "the run was stopped before it was fetched"
    assert time.monotonic() - begun < 2
