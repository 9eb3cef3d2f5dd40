"""What can only be read on, as a stream that can be sought in: the members of archives that are packed."""

import io
import os
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Protocol

_KEPT = 16 * 1024 * 1024  # more than is ever read ahead to tell an encoding
_IN_MEMORY = 1024 * 1024
_STEP = 64 * 1024


class Readable(Protocol):
    """All that is asked of a stream here."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""


class Rewindable(io.RawIOBase):
    """A stream whose first bytes are kept, since those are read more than once: to tell the format and the encoding.

    To go back from behind them it is opened anew, so that nothing is ever held in memory, or on disk, as a whole.
    """

    def __init__(self, opened: Callable[[], Readable]) -> None:
        self._opened = opened
        self._source = opened()
        self._reached = 0  # the place in the source
        self._kept = SpooledTemporaryFile[bytes](_IN_MEMORY)
        self._kept_size = 0
        self._place = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place in the stream."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place. Nothing is read, unless the end is asked for."""
        if whence == os.SEEK_END:
            self._reach(None)
            offset += self._reached
        elif whence == os.SEEK_CUR:
            offset += self._place
        if offset < 0:
            raise ValueError("there is nothing before the start of a stream")
        self._place = offset
        return offset

    def readinto(self, buffer: object) -> int:
        """Fill the buffer, or some of it."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._place < self._kept_size:
            self._kept.seek(self._place)
            data = self._kept.read(len(view))
        else:
            self._reach(self._place)
            data = self._next(len(view))
        view[: len(data)] = data
        self._place += len(data)
        return len(data)

    def close(self) -> None:
        """Let go of what was kept."""
        self._kept.close()
        super().close()

    def _reach(self, place: int | None) -> None:
        """Bring the source to a place, or to its end."""
        if place is not None and self._reached > place:
            self._source = self._opened()
            self._reached = 0
        while (place is None or self._reached < place) and self._next(
            _STEP if place is None else place - self._reached
        ):
            pass

    def _next(self, size: int) -> bytes:
        data = self._source.read(min(size, _STEP))
        if self._reached == self._kept_size < _KEPT:
            self._kept.seek(self._kept_size)
            self._kept_size += self._kept.write(data[: _KEPT - self._kept_size])
        self._reached += len(data)
        return data


def rewindable(opened: Callable[[], Readable]) -> BinaryIO:
    """A buffered stream that can be sought in, of what `opened` gives anew at each call."""
    return io.BufferedReader(Rewindable(opened))
