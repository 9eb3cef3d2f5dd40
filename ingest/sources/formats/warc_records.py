"""The records of a WARC file (ISO 28500), in bounded memory, also where the file is damaged or breaks off.

warcio, the usual reader, unpacks a body all at once however large it is, and takes a record that breaks off for whole.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from rag.errors import SourceError

_MARK = b"WARC/"
_VERSION = re.compile(rb"WARC/\d\.\d+\s*\Z")
LONGEST_LINE = 64 * 1024
"""Bytes of a line of a header."""

_LONGEST_HEADER = 1024 * 1024
_STEP = 64 * 1024


class Block:
    """What a record holds: so many bytes of the stream."""

    def __init__(self, stream: BinaryIO, number: int, size: int) -> None:
        self._stream = stream
        self._number = number
        self._left = size
        self._following: bytes | None = None

    def read(self, size: int, /) -> bytes:
        """The next bytes of the block. Raises SourceError where the file ends before."""
        return self._counted(self._stream.read(min(size, self._left)))

    def readline(self, size: int, /) -> bytes:
        """The rest of the line, but no more than so many bytes. Raises SourceError where the file ends before."""
        return self._counted(self._stream.readline(min(size, self._left)))

    def following(self) -> bytes:
        """The line behind the block that is not blank, which begins the next record; empty at the end of the file."""
        while self.read(_STEP):
            pass
        if self._following is None:
            self._following = _line_not_blank(self._stream)
        return self._following

    @property
    def is_whole(self) -> bool:
        """Whether a record follows, or nothing: else the block is not as long as it is said to be."""
        return not self.following() or _begins_record(self.following())

    def _counted(self, data: bytes) -> bytes:
        if self._left and not data:
            raise SourceError(f"it breaks off in record {self._number}")
        self._left -= len(data)
        return data


@dataclass(frozen=True, slots=True)
class Record:
    """A record. The names of its headers are in lower case."""

    number: int
    headers: Mapping[str, str]
    block: Block


@dataclass(frozen=True, slots=True)
class Damaged:
    """A record that cannot be read, with what stands between it and the next one that can."""

    number: int
    reason: str


def records(stream: BinaryIO) -> Iterator[Record | Damaged]:
    """The records, each to be read before the next is asked for. Raises SourceError where no more can be found."""
    line = _line_not_blank(stream)
    if line and not _begins_record(line):
        raise SourceError("it does not begin as a WARC file does")
    number = 0
    while line:
        number += 1
        headers = header_fields(stream.readline)
        length = (headers or {}).get("content-length", "")
        if headers is None or not length.isdecimal() or len(length) > 18:
            yield Damaged(number, "its header is damaged")
            line = _next_record(stream, number)
            continue
        block = Block(stream, number, int(length))
        yield Record(number, headers, block)
        line = block.following()
        if not block.is_whole:
            yield Damaged(number, "its length is wrong: what follows it is no record")
            line = _next_record(stream, number)


def header_fields(readline: Callable[[int], bytes]) -> dict[str, str] | None:
    """The fields of a header up to the blank line that ends it, as WARC and HTTP write them; None if it is none.

    Of a field that is there twice the first counts.
    """
    fields: dict[str, str] = {}
    name, size = "", 0
    while (line := readline(LONGEST_LINE)).strip():
        size += len(line)
        if not line.endswith(b"\n") or size > _LONGEST_HEADER:
            return None
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and name:  # it goes on with the line before
            fields[name] += f" {text.strip()}"
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not colon or not name:
            return None
        fields.setdefault(name, value.strip())
    return fields if line else None


def _begins_record(line: bytes) -> bool:
    is_cut = not line.endswith(b"\n") and line.startswith(_MARK[: len(line)])
    return is_cut or _VERSION.match(line) is not None


def _line_not_blank(stream: BinaryIO) -> bytes:
    while (line := stream.readline(LONGEST_LINE)) and not line.strip():
        pass
    return line


def _next_record(stream: BinaryIO, number: int) -> bytes:
    """The line that begins the next record, wherever it is."""
    while line := stream.readline(LONGEST_LINE):
        if _begins_record(line):
            return line
    raise SourceError(f"nothing can be read behind record {number}")
