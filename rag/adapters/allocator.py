"""The C library's allocator, which keeps what is freed, for threads apart: in time, hundreds of megabytes."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache

_M_ARENA_MAX = -8  # glibc's malloc.h
_ARENAS = 2


def give_back() -> None:
    """Let the system have what is freed. Does nothing with other C libraries than glibc, which has a call for it."""
    if trim := _trim():
        trim(0)


@cache
def bound_arenas() -> None:
    """Let threads share a few heaps: libraries that start threads again and again would otherwise fill one for each.

    Holds for threads that come later. Does nothing with other C libraries than glibc.
    """
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        set_option(_M_ARENA_MAX, _ARENAS)


@cache
def _trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim
