"""The C library's allocator, which keeps what is freed, for threads apart: in time, hundreds of megabytes.

glibc has calls for that. With another C library nothing is done.
"""

import ctypes
import platform
from collections.abc import Callable
from functools import cache

_M_ARENA_MAX = -8  # glibc's malloc.h
_ARENAS = 2


def give_back() -> None:
    """Let the system have what is freed."""
    if trim := _glibc("malloc_trim"):
        trim(0)


@cache
def bound_arenas() -> None:
    """Let threads share a few heaps: libraries that start threads again and again would otherwise fill one for each.

    To be called early: it holds for threads that come later, and glibc keeps to its own bound, eight for each core,
    once it has made more than eight heaps.
    """
    if set_option := _glibc("mallopt"):
        set_option(_M_ARENA_MAX, _ARENAS)


@cache
def _glibc(name: str) -> Callable[..., int] | None:
    if platform.libc_ver()[0] != "glibc":
        return None
    call: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    return call
