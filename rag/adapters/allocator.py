"""The C library's allocator, which keeps what is freed: of batches of many shapes, hundreds of megabytes."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Let the system have what is freed. Does nothing with other C libraries than glibc, which has a call for it."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim
