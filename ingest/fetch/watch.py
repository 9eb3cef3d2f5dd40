"""Time, and the wish to stop, which cuts every waiting short."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.fetch.failures import Failed, Stopped

MOMENT = 0.1
"""Seconds after which a wish to stop is noticed at the latest."""


class Clock:
    """Seconds that pass."""

    def now(self) -> float:
        """Seconds since some time that stays the same."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let seconds pass."""
        time.sleep(seconds)


class Watch:
    """A clock that is looked at together with the wish to stop."""

    def __init__(self, clock: Clock, stopped: Callable[[], bool]) -> None:
        self._clock = clock
        self._stopped = stopped

    def now(self) -> float:
        """What the clock says."""
        return self._clock.now()

    def check(self) -> None:
        """Raises Stopped if the run is to end."""
        if self._stopped():
            raise Stopped

    def pause(self, seconds: float) -> None:
        """Let seconds pass. Raises Stopped as soon as the run is to end."""
        end = self.now() + seconds
        self.check()
        while (left := end - self.now()) > 0:
            self._clock.sleep(min(left, MOMENT))
            self.check()


class Deadline:
    """What is left of the time that one document may take, with all its redirects and further attempts.

    It passes while the network is used, not while we wait for the sake of a host.
    """

    def __init__(self, seconds: float, watch: Watch) -> None:
        self._seconds = self._left = seconds
        self._end = 0.0
        self._watch = watch

    @contextmanager
    def running(self) -> Iterator[None]:
        """Inside, time passes."""
        self._end = self._watch.now() + self._left
        try:
            yield
        finally:
            self._left = self._end - self._watch.now()

    def left(self) -> float:
        """Seconds, above 0. Raises Failed when none are left, and Stopped."""
        self._watch.check()
        left = self._end - self._watch.now()
        if left <= 0:
            raise Failed(f"it took longer than {self._seconds:g} seconds")
        return left

    def moment(self) -> float:
        """Seconds to wait for something before looking again. Raises what `left` does."""
        return min(self.left(), MOMENT)
