"""Gzip, wherever it is met: recognised by its first bytes, for names are wrong at times, and bounded."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from rag.errors import SourceError

_GZIP = b"\x1f\x8b"
_RATIO = 200
_FREE = 64 * 1024 * 1024
_STEP = 64 * 1024

BOMB = f"unpacked it is more than {_RATIO} times as large: it was made to fill a machine"


@contextmanager
def unpacked(raw: BinaryIO) -> Iterator[BinaryIO]:
    """The stream at its start, unpacked if it is gzipped.

    Reading one that is damaged raises EOFError, zlib.error or OSError; a bomb raises SourceError.
    """
    packed = raw.read(len(_GZIP)) == _GZIP
    raw.seek(0)
    if not packed:
        yield raw
        return
    with gzip.GzipFile(fileobj=raw, mode="rb") as stream:  # for some streams it would guess to write
        yield cast(BinaryIO, io.BufferedReader(Bounded(cast(BinaryIO, stream), raw)))


class Bounded(io.RawIOBase):
    """An unpacked stream that may not grow out of all proportion to what it is unpacked from."""

    def __init__(self, stream: BinaryIO, packed: BinaryIO) -> None:
        self._stream = stream
        self._packed = packed

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is, as far as what it is unpacked from is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; back is slow, for it is unpacked again. Raises SourceError as reading does."""
        if whence == io.SEEK_END:
            while self._read(_STEP):
                pass
        place = offset if whence == io.SEEK_SET else self.tell() + offset
        if place < self.tell():
            return self._stream.seek(place)
        while (missing := place - self.tell()) > 0 and self._read(missing):
            pass
        return self.tell()

    def tell(self) -> int:
        """The place in the unpacked bytes."""
        return self._stream.tell()

    def readinto(self, buffer: object) -> int:
        """Fill the buffer. Raises SourceError when the bytes are out of proportion."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._read(len(view))
        view[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        data = self._stream.read(min(size, _STEP))
        check_proportion(self._stream.tell(), self._packed.tell())
        return data


def check_proportion(size: int, packed: int) -> None:
    """Raises SourceError when that many bytes cannot honestly come of so few packed ones."""
    if size > _FREE + _RATIO * packed:
        raise SourceError(BOMB)
