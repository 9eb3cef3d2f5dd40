"""Tasks of tests.workers, each in a process of its own.

All are forked from one process that has imported what they need, as that takes several times as long as most tasks do.
It opens nothing, so that what a task opens is its own.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from unittest.mock import patch

from tests.workers import perform

ROOT = Path(__file__).parents[1]

_forking = get_context("forkserver")
_forking.set_forkserver_preload(["tests.workers"])


class Task:
    """A running task. What it prints has to fit into a pipe, except for lines that are read while it runs."""

    def __init__(self, name: str, *arguments: object) -> None:
        (its_input, to_it), (from_it, its_output) = os.pipe(), os.pipe()
        self._input, self._output = os.fdopen(to_it, "w"), os.fdopen(from_it)
        self._said = TemporaryFile("w+")  # noqa: SIM115 -- until `close`
        ends = (
            Connection(its_input, writable=False),
            Connection(its_output, readable=False),
            Connection(os.dup(self._said.fileno()), readable=False),
        )
        self._process = _forking.Process(target=perform, args=(name, [*map(str, arguments)], *ends))
        with patch.dict(os.environ, _environment(), clear=True):  # the first task starts the process that forks
            self._process.start()
        for end in ends:
            end.close()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.is_alive()

    def read_line(self) -> str:
        return self._output.readline()

    def write_line(self, line: str) -> None:
        self._input.write(f"{line}\n")
        self._input.flush()

    def ask(self, line: str) -> str:
        """The line that it answers this one with."""
        self.write_line(line)
        return self.read_line()

    def wait(self, seconds: float = 60) -> int | None:
        """What it exited with: minus the number of the signal if one ended it; None if it still runs."""
        self._process.join(seconds)
        return self._process.exitcode

    def printed(self, seconds: float = 60) -> str:
        """What it printed and nobody has read, once it has ended well."""
        assert self.wait(seconds) == 0, self._complaint()
        return self._output.read()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self._process.join()

    def close(self) -> None:
        if self.is_running():
            self.kill()
        self._process.close()
        for end in (self._input, self._output, self._said):
            end.close()

    def _complaint(self) -> str:
        """For people: how it stands, and what it said of it."""
        self._said.seek(0)
        code = self._process.exitcode
        ended = "it still runs" if code is None else f"it exited with {code}"
        return f"{ended}: {self._said.read()[-2000:]}"


@contextmanager
def running(name: str, *arguments: object) -> Iterator[Task]:
    """The task, to talk with; it is stopped in the end."""
    task = Task(name, *arguments)
    try:
        yield task
    finally:
        task.close()


def run(name: str, *arguments: object, seconds: float = 60) -> str:
    """What the task printed, once it has ended well."""
    with running(name, *arguments) as task:
        return task.printed(seconds)


def _environment() -> dict[str, str]:
    """So that the tasks find this checkout, read no settings of whoever runs the tests, and add up in one order."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BYLINE_")}
    return kept | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
