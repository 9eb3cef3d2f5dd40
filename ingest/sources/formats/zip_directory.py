"""The list of members of a zip file, read member by member.

The standard library's reader holds the whole list in memory, fails on all of it for one name in a broken encoding, and
reads nothing of a file that breaks off, for the list stands at the end.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from rag.errors import SourceError

BREAKS_OFF = "it breaks off: the list of its members, which stands at its end, is missing"

_DAMAGED = "the list of its members is damaged"
_UTF8 = 0x800
_SIZE_BEHIND = 0x8
_UNKNOWN = 0xFFFFFFFF  # the true value stands in the extra field of large archives
_ZIP64 = 1
_UNIX = 3
_LARGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class _Layout:
    """What stands behind a mark of four bytes."""

    mark: bytes
    fields: struct.Struct

    @property
    def size(self) -> int:
        return len(self.mark) + self.fields.size


_END = _Layout(b"PK\5\6", struct.Struct("<4HIIH"))
_END64_PLACE = _Layout(b"PK\6\7", struct.Struct("<IQI"))
_END64 = _Layout(b"PK\6\6", struct.Struct("<Q2H2I4Q"))
_LISTED = _Layout(b"PK\1\2", struct.Struct("<6H3I5HII"))
_LOCAL = _Layout(b"PK\3\4", struct.Struct("<5H3I2H"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a member. `mode` are its Unix mode bits, if any; `start` is where its own header stands."""

    path: str
    flags: int
    method: int
    packed_size: int
    checksum: int
    mode: int
    start: int


def listed(stream: BinaryIO) -> Iterator[Entry] | None:
    """The members as the list tells them; None where there is no list. Raises SourceError, also when iterated."""
    end = _find_end(stream)
    return None if end is None else _entries(stream, *end)


def before_the_break(stream: BinaryIO) -> Iterator[Entry]:
    """The members of a file without a list that are whole, as far as they tell their sizes themselves."""
    size = stream.seek(0, 2)
    place = 0
    while (header := _at(stream, place, _LOCAL)) is not None:
        _, flags, method, _, _, checksum, packed_size, _, name_size, extra_size = header
        name = stream.read(name_size)
        data = place + _LOCAL.size + name_size + extra_size
        if flags & _SIZE_BEHIND or packed_size == _UNKNOWN or data + packed_size > size:
            return
        yield Entry(_decoded(name, flags), flags, method, packed_size, checksum, 0, place)
        place = data + packed_size


def data_start(stream: BinaryIO, entry: Entry) -> int:
    """Where the data of a member begin. Raises SourceError where its own header is not where the list says."""
    header = _at(stream, entry.start, _LOCAL)
    if header is None:
        raise SourceError("it is not where the list of members says")
    return entry.start + _LOCAL.size + header[-2] + header[-1]


def _find_end(stream: BinaryIO) -> tuple[int, int, int] | None:
    """Where the list begins and ends, and how much stands before the archive: some are behind a program."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END.size - 0xFFFF))
    tail = stream.read()
    place = size - len(tail) + tail.rfind(_END.mark)
    end = _at(stream, place, _END) if _END.mark in tail else None
    if end is None:
        return None
    disk, _, _, _, list_size, list_start, _ = end
    if large := _at(stream, place - _END64_PLACE.size, _END64_PLACE):
        place = large[1]
        if (end := _at(stream, place, _END64)) is None:
            raise SourceError(_DAMAGED)
        disk, list_size, list_start = end[3], end[7], end[8]
    if disk:
        raise SourceError("it is one part of an archive in several; join them first")
    before = place - list_size - list_start
    if before < 0:
        raise SourceError(_DAMAGED)
    return place - list_size, place, before


def _entries(stream: BinaryIO, place: int, end: int, before: int) -> Iterator[Entry]:
    while place < end:
        header = _at(stream, place, _LISTED)
        if header is None:
            raise SourceError(_DAMAGED)
        made_by, _, flags, method, _, _, checksum, packed_size, size, *lengths, _, _, attributes, start = header
        name, extra = (stream.read(length) for length in lengths[:2])
        large = _large(extra)
        if size == _UNKNOWN:
            next(large, 0)
        if packed_size == _UNKNOWN:
            packed_size = next(large, packed_size)
        if start == _UNKNOWN:
            start = next(large, start)
        mode = attributes >> 16 if made_by >> 8 == _UNIX else 0
        yield Entry(_decoded(name, flags), flags, method, packed_size, checksum, mode, before + start)
        place += _LISTED.size + sum(lengths)


def _large(extra: bytes) -> Iterator[int]:
    """The values that have no room in the fixed part of the header."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<2H", extra)
        if kind == _ZIP64:
            values = extra[4 : 4 + size]
            yield from (value for (value,) in struct.iter_unpack("<Q", values[: len(values) // 8 * 8]))
            return
        extra = extra[4 + size :]


def _at(stream: BinaryIO, place: int, layout: _Layout) -> tuple[int, ...] | None:
    """What stands at a place; None where the file ends before, or something else stands there."""
    if not 0 <= place <= _LARGEST:
        return None
    stream.seek(place)
    data = stream.read(layout.size)
    is_whole = len(data) == layout.size and data.startswith(layout.mark)
    return layout.fields.unpack_from(data, len(layout.mark)) if is_whole else None


def _decoded(name: bytes, flags: int) -> str:
    """A name; many archives do not say that theirs are UTF-8. What is no text is kept, as in names of files."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("utf-8", "surrogateescape") if flags & _UTF8 else name.decode("cp437")
