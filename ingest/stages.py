"""Steps that work at the same time: each takes what the one before it yields, in a thread of its own.

Threads are enough, since what takes long (tokenizing, the model, SQLite, Chroma, tantivy) lets others run meanwhile.
"""

import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from queue import Empty, Full, Queue
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")

_LOOK_UP_SECONDS = 0.1


class StoppedError(Exception):
    """The run is to end."""


class _End:
    """Comes behind the last value of a stage."""


class Stages:
    """The stages of one run. A context: when it is left, by an error or not, every stage ends and its thread with it.

    `stopped` is asked now and then whether to end.
    """

    def __init__(self, stopped: Callable[[], bool], most: int) -> None:
        """At most `most` stages work at once."""
        self._stopped = stopped
        self._left = threading.Event()
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="byline-ingest")

    def __enter__(self) -> "Stages":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._left.set()
        self._threads.shutdown()

    def check(self) -> None:
        """Raises StoppedError when the run is to end: called by whatever works or waits for more than a moment."""
        if self._left.is_set() or self._stopped():
            raise StoppedError

    def ahead(self, values: Generator[T], room: int) -> Iterator[T]:
        """The same values, made in a thread that is at most `room` of them ahead; the thread begins at the first one.

        What `values` raises is raised here, behind the values that came before it.
        """
        line: Queue[T | _End] = Queue(room)
        work = self._threads.submit(self._fill, line, values)
        while not isinstance(value := self._get(line), _End):
            yield value
        work.result()

    def _fill(self, line: "Queue[T | _End]", values: Generator[T]) -> None:
        with closing(values):
            try:
                for value in values:
                    self._put(line, value)
            finally:
                self._put(line, _End())

    def _put(self, line: "Queue[T | _End]", value: T | _End) -> None:
        while True:
            try:
                line.put(value, timeout=_LOOK_UP_SECONDS)
            except Full:
                self.check()
            else:
                return

    def _get(self, line: "Queue[T | _End]") -> T | _End:
        while True:
            try:
                return line.get(timeout=_LOOK_UP_SECONDS)
            except Empty:
                self.check()
