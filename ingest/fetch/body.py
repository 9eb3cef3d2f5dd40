"""The body of an answer, unpacked and kept, never larger than it may be."""

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, BinaryIO, cast

from ingest.fetch.exchange import Answer
from ingest.fetch.failures import Failed

ENCODINGS = "gzip, deflate"
"""Content encodings that a server may choose from. zlib tells after each step how far it got; others do not."""

_IN_MEMORY = 1_000_000
_STEP = 1 << 16

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_BARE = -zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"


def kept(answer: Answer, megabytes: float) -> BinaryIO:
    """The body, at its start, in memory or in a temporary file. Raises Failed when it is too large or damaged."""
    limit = int(megabytes * 1_000_000)
    if (said := answer.headers.get("Content-Length", "")).isdecimal() and len(said) < 20 and int(said) > limit:
        raise _too_large(limit)
    parts = _bounded(_unpacked(_bounded(answer.parts, limit), _encoding(answer)), limit)
    with ExitStack() as unless_whole:
        body = unless_whole.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        for part in parts:
            _write(body, part)
        body.seek(0)
        unless_whole.pop_all()
    return cast(BinaryIO, body)


def _write(body: IO[bytes], part: bytes) -> None:
    try:
        body.write(part)
    except OSError as error:
        raise Failed(f"it cannot be kept in a temporary file: {error.strerror}", 200) from error


def _bounded(parts: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > limit:
            raise _too_large(limit)
        yield part


def _too_large(limit: int) -> Failed:
    return Failed(f"it is larger than {limit / 1_000_000:g} MB, the setting fetch_megabytes", 200)


def _encoding(answer: Answer) -> str:
    encoding = str(answer.headers.get("Content-Encoding", "")).strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Failed("it is packed in a way that was not asked for", 200)
    return encoding


def _unpacked(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from parts
        return
    inflater = None
    try:
        for part in filter(None, parts):
            if inflater is None:
                # "deflate" means zlib, whose first byte ends in 8; some servers leave zlib's frame out
                bare = encoding == "deflate" and part[0] & 0x0F != 8
                inflater = zlib.decompressobj(_BARE if bare else _GZIP_OR_ZLIB)
            while part:
                if inflater.eof:
                    if not part.startswith(_GZIP):  # which may come in several pieces; anything else is padding
                        return
                    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
                yield inflater.decompress(part, _STEP)
                part = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        if inflater is not None:
            yield inflater.flush()
    except zlib.error as error:
        raise Failed("its packed content is damaged", 200) from error
    if inflater is not None and not inflater.eof:
        raise Failed("its packed content breaks off", 200)
