"""The members of a tar file, one header after another.

The standard library's reader holds all headers in memory, reads as much for one as it asks for, and ends in silence
where a header is damaged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from rag.errors import SourceError

_BLOCK = 512
_LARGEST = 1 << 62
_LONGEST_EXTENSION = 1024 * 1024
_DAMAGED = "it is damaged: the rest of it cannot be read"
_BREAKS_OFF = "it breaks off: the mark of its end is missing"

FILE, DIRECTORY, HARD_LINK, SYMBOLIC_LINK, SPARSE = b"0", b"5", b"1", b"2", b"S"
DEVICES = frozenset((b"3", b"4", b"6"))

_PLAIN_FILES = frozenset((b"\0", b"0", b"7"))
_PAX, _OLD_PAX, _PAX_FOR_ALL, _LONG_NAME, _LONG_LINK = b"x", b"X", b"g", b"L", b"K"
_WITHOUT_DATA = DEVICES | {DIRECTORY, HARD_LINK, SYMBOLIC_LINK}


@dataclass(frozen=True, slots=True)
class Header:
    """A member: its kind as tar writes it, and where its data are."""

    path: str
    kind: bytes
    size: int
    start: int


@dataclass(slots=True)
class _Extension:
    """What the headers before a member's own say of it: what has no room there."""

    path: bytes = b""
    size: int | None = None
    sparse: bool = False


def headers(stream: BinaryIO) -> Iterator[Header]:
    """The members. The stream may be read between them. Raises SourceError where no further header can be read."""
    place = 0
    extension = _Extension()
    while (block := _block(stream, place)) is not None:
        place += _BLOCK
        kind, size = block[156:157], _number(block[124:136])
        if kind in (_PAX, _OLD_PAX, _LONG_NAME):
            _extend(extension, kind, _data(stream, size))
        elif kind not in (_LONG_LINK, _PAX_FOR_ALL):
            header = _header(block, kind, size, place, extension)
            extension = _Extension()
            size = header.size
            yield header
            if kind == SPARSE:
                place = _behind_map(stream, block, place)
        place += -(-size // _BLOCK) * _BLOCK


def _block(stream: BinaryIO, place: int) -> bytes | None:
    """The header at a place; None for the mark of the end."""
    stream.seek(place)
    block = stream.read(_BLOCK)
    if len(block) < _BLOCK:
        raise SourceError(_BREAKS_OFF)
    if not any(block):
        return None
    counted = block[:148] + b" " * 8 + block[156:]
    signed = sum(counted) - 256 * sum(byte > 127 for byte in counted)  # as some very old programs add
    if _number(block[148:156]) not in (sum(counted), signed):
        raise SourceError(_DAMAGED)
    return block


def _number(field: bytes) -> int:
    """A number in octal digits, or where it is too large for these in binary. Raises SourceError."""
    if field[0] == 0x80:
        number = int.from_bytes(field[1:])
    else:
        digits = field.strip(b" \0") or b"0"
        if not digits.isdigit() or b"8" in digits or b"9" in digits:
            raise SourceError(_DAMAGED)
        number = int(digits, 8)
    if number > _LARGEST:
        raise SourceError(_DAMAGED)
    return number


def _header(block: bytes, kind: bytes, size: int, start: int, extension: _Extension) -> Header:
    path = extension.path or _path(block)
    size = size if extension.size is None else extension.size
    if kind in _PLAIN_FILES:
        kind = DIRECTORY if path.endswith(b"/") else SPARSE if extension.sparse else FILE
    if kind in _WITHOUT_DATA:
        size = 0
    return Header(path.decode("utf-8", "surrogateescape"), kind, size, start)


def _path(block: bytes) -> bytes:
    name, prefix = (field.partition(b"\0")[0] for field in (block[:100], block[345:500]))
    is_posix = block[257:263] == b"ustar\0"  # others keep other things where the prefix is
    return prefix + b"/" + name if prefix and is_posix else name


def _data(stream: BinaryIO, size: int) -> bytes:
    if size > _LONGEST_EXTENSION:
        raise SourceError(_DAMAGED)
    data = stream.read(size)
    if len(data) < size:
        raise SourceError(_BREAKS_OFF)
    return data


def _extend(extension: _Extension, kind: bytes, data: bytes) -> None:
    if kind == _LONG_NAME:
        extension.path = data.partition(b"\0")[0]
        return
    for key, value in _pax_records(data):
        if key in (b"path", b"GNU.sparse.name"):
            extension.path = value
        elif key == b"size" and value.isdigit() and len(value) < 20:
            extension.size = min(int(value), _LARGEST)
        extension.sparse = extension.sparse or key.startswith(b"GNU.sparse.")


def _pax_records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Lines such as "18 path=news.txt", each told to be so long, and so not ended by a newline in a value."""
    place = 0
    while place < len(data) and data[place]:
        length, blank, _ = data[place : place + 20].partition(b" ")
        if not blank or not length.isdigit() or int(length) <= len(length) + 1:
            raise SourceError(_DAMAGED)
        key, _, value = data[place + len(length) + 1 : place + int(length)].removesuffix(b"\n").partition(b"=")
        yield key, value
        place += int(length)


def _behind_map(stream: BinaryIO, block: bytes, place: int) -> int:
    """Where the data of a sparse file begin, behind the map of its holes."""
    more = block[482]
    while more:
        stream.seek(place)
        block = stream.read(_BLOCK)
        if len(block) < _BLOCK:
            raise SourceError(_BREAKS_OFF)
        more = block[504]
        place += _BLOCK
    return place
