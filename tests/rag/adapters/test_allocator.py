"""Memory that was freed goes back to the system when it is told to, and threads share heaps."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from rag.adapters import allocator
from rag.adapters.allocator import bound_arenas, give_back

ROOT = Path(__file__).parents[3]
THREADS = 8
FREED = """
import ctypes
from rag.adapters.allocator import give_back
from tests.memory import in_memory

BLOCK, BLOCKS, SMALL = 64_000, 1_600, 5_000  # 100 MB in blocks of the heap; what is between them keeps them apart
allocate, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
allocate.restype, free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
blocks = []
for _ in range(BLOCKS):
    blocks.append(allocate(BLOCK))
    allocate(SMALL)
    ctypes.memset(blocks[-1], 1, BLOCK)
for block in blocks:
    free(block)
before = in_memory("VmRSS")
give_back()
print(before - in_memory("VmRSS"))
"""
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


def run_alone(script: str, *arguments: str) -> str:
    """What a script prints in a process of its own, whose heap nothing else has used."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def heaps(how: str) -> int:
    return run_alone(HEAPS, how, str(THREADS)).count("<heap nr=")


@only_glibc
def test_what_is_freed_between_what_is_still_used_goes_back() -> None:
    assert int(run_alone(FREED)) > 50_000_000


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
