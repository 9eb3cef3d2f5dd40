"""The body of an HTTP answer as it was recorded: its encodings are undone, in bounded memory."""

import re
import zlib
from collections.abc import Iterator
from typing import Protocol

_STEP = 64 * 1024
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n\Z")
_LONGEST_CHUNK_LINE = 1024
_GZIP = b"\x1f\x8b"
_PLAIN = ("", "identity", "none")


class BodyError(Exception):
    """The body cannot be read."""


class Recorded(Protocol):
    """The body as it stands in the record."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""

    def readline(self, size: int, /) -> bytes:
        """The rest of the line, but no more than so many bytes."""


def body(recorded: Recorded, transfer_encoding: str, content_encoding: str) -> Iterator[bytes]:
    """The body in parts. Raises BodyError.

    Some programs undo an encoding and keep the header that names it: then there is nothing left to undo.
    """
    chunked = "chunked" in transfer_encoding.lower()
    parts = _unchunked(recorded) if chunked else iter(lambda: recorded.read(_STEP), b"")
    for encoding in reversed(content_encoding.lower().split(",")):
        parts = _decoded(parts, encoding.strip())
    return parts


def _unchunked(recorded: Recorded) -> Iterator[bytes]:
    line = recorded.readline(_LONGEST_CHUNK_LINE)
    if not _CHUNK.match(line):
        yield line
        yield from iter(lambda: recorded.read(_STEP), b"")
        return
    while size := _chunk_size(line):
        while size and (part := recorded.read(min(size, _STEP))):
            size -= len(part)
            yield part
        if size or recorded.readline(2) not in (b"\r\n", b"\n"):
            raise BodyError("its body breaks off")
        line = recorded.readline(_LONGEST_CHUNK_LINE)


def _chunk_size(line: bytes) -> int:
    found = _CHUNK.match(line)
    if found is None:
        raise BodyError("its body breaks off")
    return int(found.group(1), 16)


def _decoded(parts: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in _PLAIN:
        return parts
    if encoding in ("gzip", "x-gzip"):
        return _inflated(parts, is_gzip=True)
    if encoding == "deflate":
        return _inflated(parts, is_gzip=False)
    raise BodyError(f"its content is packed as {encoding!r:.20}, which is not read")


def _inflated(parts: Iterator[bytes], *, is_gzip: bool) -> Iterator[bytes]:
    start = b""
    while len(start) < 2 and (part := next(parts, b"")):
        start += part
    if not start or (is_gzip and not start.startswith(_GZIP)):
        yield start
        yield from parts
        return
    unpacking = zlib.decompressobj(_window(start, is_gzip))
    try:
        for part in _joined(start, parts):
            while part:
                if unpacking.eof:
                    if not part.startswith(_GZIP):  # which may come in several pieces; anything else is padding
                        return
                    unpacking = zlib.decompressobj(_window(part, is_gzip))
                yield unpacking.decompress(part, _STEP)
                part = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error as error:
        raise BodyError(f"its packed content is damaged: {error}") from error
    if not unpacking.eof:
        raise BodyError("its packed content breaks off")


def _window(start: bytes, is_gzip: bool) -> int:
    """How zlib is told the format. "deflate" means zlib's, but many servers send it bare."""
    if is_gzip:
        return 16 + zlib.MAX_WBITS
    has_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2]) % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _joined(start: bytes, parts: Iterator[bytes]) -> Iterator[bytes]:
    yield start
    yield from parts
