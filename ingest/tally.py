"""What a run has done so far, counted by all of its stages."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable

from ingest.report import Progress
from ingest.sources import Reject


class Tally:
    """Counts, and tells of them. Stages share it, each in its thread."""

    def __init__(self, progress: Callable[[Progress], None]) -> None:
        self._progress = progress
        self._turn = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._done = 0.0
        self.rejected: list[Reject] = []
        self.notes: list[str] = []

    def __getitem__(self, kind: str) -> int:
        return self._counts[kind]

    def count(self, kinds: Iterable[str]) -> None:
        """One more of each of these."""
        with self._turn:
            self._counts.update(kinds)

    def add(self, kind: str, more: int) -> None:
        """So many more of one kind."""
        with self._turn:
            self._counts[kind] += more

    def tell(self, stage: str, done: float = 0.0) -> None:
        """Tell of the run; `done` is the share of the inputs' bytes that is dealt with, if more is than before."""
        with self._turn:
            self._done = max(self._done, done)
            counts = self._counts
            self._progress(Progress(stage, counts["taken"], counts["embedded"], len(self.rejected), self._done))
