"""Memory that was freed goes back to the system when it is told to, and threads share heaps."""

import ctypes
import platform
import subprocess
import sys

import pytest

from rag.adapters import allocator
from rag.adapters.allocator import bound_arenas, give_back
from tests.memory import in_memory

BLOCK, BLOCKS, SMALL = 64_000, 1_600, 5_000  # 100 MB in blocks of the heap; what is between them keeps them apart
THREADS = 8
HEAPS = """
import ctypes, sys, threading
from rag.adapters.allocator import bound_arenas

if sys.argv[1] == "bound":
    bound_arenas()
together = threading.Barrier(int(sys.argv[2]))

def allocate():
    together.wait()
    ctypes.CDLL(None).malloc(1000)
    together.wait()

threads = [threading.Thread(target=allocate) for _ in range(together.parties)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""

only_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")


def heaps(how: str) -> int:
    command = [sys.executable, "-c", HEAPS, how, str(THREADS)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return said.count("<heap nr=")


@only_glibc
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
    before = in_memory("VmRSS")
    give_back()
    assert before - in_memory("VmRSS") > BLOCK * BLOCKS / 2
    for small in between:
        free(small)


@only_glibc
def test_threads_share_two_heaps() -> None:
    assert heaps("free") > 2
    assert heaps("bound") <= 2


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    allocator._glibc.cache_clear()
    try:
        give_back()
        bound_arenas.__wrapped__()
        assert allocator._glibc("malloc_trim") is None
    finally:
        allocator._glibc.cache_clear()
