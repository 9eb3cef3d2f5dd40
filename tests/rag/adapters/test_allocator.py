"""Memory that was freed goes back to the system when it is told to."""

import ctypes
import sys
from pathlib import Path

import pytest

from rag.adapters.allocator import give_back

BLOCK, BLOCKS, SMALL = 64_000, 1_600, 5_000  # 100 MB in blocks of the heap; what is between them keeps them apart


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told")
def test_what_is_freed_between_what_is_still_used_goes_back() -> None:
    allocate, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
    allocate.restype, free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    blocks, between = [], []
    for _ in range(BLOCKS):
        blocks.append(allocate(BLOCK))
        between.append(allocate(SMALL))
        ctypes.memset(blocks[-1], 1, BLOCK)
    for block in blocks:
        free(block)
    before = resident()
    give_back()
    assert before - resident() > BLOCK * BLOCKS / 2
    for small in between:
        free(small)
