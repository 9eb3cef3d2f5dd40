"""The lock that whoever changes a corpus holds."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import CorpusBusy, StoreError

LOCK = "corpus.lock"


class WriterLock:
    """That of the corpus in one folder; the operating system frees it when the process dies, however it dies."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """`seconds` is how long to wait for who holds it."""
        self._lock = FileLock(folder / LOCK)
        self._holder = folder / f"{LOCK}.holder"
        self._seconds = seconds

    @contextmanager
    def hold(self, purpose: str) -> Iterator[None]:
        """Hold it in the `with` block. Raises CorpusBusy, saying who holds it."""
        try:
            self._lock.acquire(timeout=self._seconds)
        except Timeout:
            raise CorpusBusy(f"Another process is writing to this corpus{self._held_by()}. Try again later.") from None
        except OSError as error:
            raise StoreError(f"The writer lock {self._lock.lock_file} cannot be taken: {error.strerror}.") from error
        try:
            now = datetime.now().astimezone().isoformat(timespec="seconds")
            self._holder.write_text(f"{purpose}, process {os.getpid()} on {socket.gethostname()}, since {now}")
            yield
        finally:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _held_by(self) -> str:
        try:
            return f" ({self._holder.read_text()})"
        except OSError:
            return ""
