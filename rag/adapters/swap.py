"""A derived index that is made anew beside the old one takes its place whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from filelock import BaseFileLock, FileLock

MENDED_BY = "`byline doctor --repair` makes it anew from the database, without embedding anything."


class Turns:
    """Who may touch an index's folder as a whole: one process at a time, under a file lock beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_name(f"{path.name}.lock"))

    def take(self) -> "BaseFileLock | nullcontext[None]":
        """Hold the turn in a `with` block. Where nobody can write, there is none to take."""
        return self._lock if os.access(self._path.parent, os.W_OK) else nullcontext()

    def which(self) -> int:
        """The number of the folder that is there now; 0 if there is none."""
        if not self._path.exists():
            with self.take():  # it may have been about to be replaced
                return self._path.stat().st_ino if self._path.exists() else 0
        return self._path.stat().st_ino

    @contextmanager
    def replacing(self) -> Iterator[Path]:
        """A folder in which to make the new index, under the name of the old one, which it replaces at the end.

        Whoever is killed on the way leaves the old one, or none, never half of one.
        """
        beside = self._path.with_name(f"{self._path.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        try:
            yield beside
            with self._lock:
                if self._path.exists():
                    self._path.rename(beside / "old")
                (beside / self._path.name).rename(self._path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
