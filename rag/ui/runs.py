"""Long work inside the app: one run of it at a time, in a thread of its own, which goes on whatever page is looked at.

A run is seen as a value, `Run`, that stands for one moment of it. So a page draws what it was given, while the thread
replaces the value.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Generic, Protocol, TypeVar

from rag.errors import BylineError, CorpusBusy
from rag.ui.uploads import Upload, discard, keep

LOADING = "loading the model"

THREAD = "byline-run"

_log = logging.getLogger(__name__)


class Step(Protocol):
    """How far some work has come."""

    @property
    def stage(self) -> str:
        """What it is doing."""
        ...

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        ...


class Outcome(Protocol):
    """What some work came to."""

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop before its end."""
        ...


StepT = TypeVar("StepT", bound=Step)
OutcomeT = TypeVar("OutcomeT", bound=Outcome)


class State(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pace(Generic[StepT]):
    """How far a run has come at one moment, and where it stood when its model was loaded: it is measured from there."""

    first: StepT
    since: float
    last: StepT
    at: float

    @classmethod
    def begin(cls, step: StepT, now: float) -> "Pace[StepT]":
        """That of a run which has just told of itself for the first time."""
        return cls(step, now, step, now)

    def next(self, step: StepT, now: float) -> "Pace[StepT]":
        """That at the next moment. How long a model takes to load says nothing of the pace."""
        if self.last.stage == LOADING:
            return Pace(step, now, step, now)
        return replace(self, last=step, at=now)

    def a_second(self, count: Callable[[StepT], int]) -> float:
        """How many of what `count` counts were done a second; 0 if none."""
        done = count(self.last) - count(self.first)
        return done / (self.at - self.since) if self.at > self.since else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this pace; None while that cannot be told."""
        done = self.last.fraction - self.first.fraction
        return (1 - self.last.fraction) * (self.at - self.since) / done if done > 0 else None


@dataclass(frozen=True, slots=True)
class Run(Generic[StepT, OutcomeT]):
    """A run at one moment. `inputs` are what was named; `uploads` are those files that came by upload."""

    inputs: tuple[str, ...]
    uploads: tuple[Path, ...] = ()
    state: State = State.RUNNING
    pace: Pace[StepT] | None = None
    report: OutcomeT | None = None
    error: str = ""

    @property
    def going_on(self) -> bool:
        """Whether it has not ended yet."""
        return self.state in (State.RUNNING, State.STOPPING)


class Runs(Generic[StepT, OutcomeT]):
    """The runs of one kind of work in one app. May be shared between threads.

    `work` is called with the inputs, what to tell progress to, and what to ask whether to stop; uploads are kept in
    the folder `uploads`. `busy` says that a run goes on already.
    """

    def __init__(
        self,
        work: Callable[[Sequence[str], Callable[[StepT], None], Callable[[], bool]], OutcomeT],
        uploads: Path,
        *,
        busy: str,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._busy = busy
        self._work = work
        self.uploads = uploads
        self._clock = clock
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._last: Run[StepT, OutcomeT] | None = None
        self._finished = 0

    @property
    def last(self) -> Run[StepT, OutcomeT] | None:
        """The run that goes on, or the last one; None when there was none, or it was dismissed."""
        return self._last

    @property
    def going_on(self) -> bool:
        """Whether a run goes on."""
        return self._last is not None and self._last.going_on

    @property
    def starting(self) -> bool:
        """Whether a run has just begun, and has not told of itself yet."""
        return self._last is not None and self._last.going_on and self._last.pace is None

    @property
    def finished(self) -> int:
        """How many runs came to the end of their inputs."""
        return self._finished

    def begin(self, named: Sequence[str], uploads: Sequence[Upload] = ()) -> None:
        """Begin a run over what was named and uploaded. Raises CorpusBusy while one goes on, StoreError."""
        with self._lock:
            self._refuse_a_second()
            self._discard()
            kept = keep(uploads, self.uploads)
            self._start(Run((*named, *map(str, kept)), kept))

    def resume(self) -> None:
        """Begin the last run again, over the same inputs: what it has written is found unchanged.

        Raises CorpusBusy while a run goes on.
        """
        with self._lock:
            self._refuse_a_second()
            if self._last is not None:
                self._start(Run(self._last.inputs, self._last.uploads))

    def stop(self) -> None:
        """Have the run stop soon; what it has written stays."""
        with self._lock:
            self._stop.set()
            if self._last is not None and self._last.going_on:
                self._last = replace(self._last, state=State.STOPPING)

    def dismiss(self) -> None:
        """Forget the last run, and the uploads that it would have been resumed with."""
        with self._lock:
            if not self.going_on:
                self._discard()
                self._last = None

    def _refuse_a_second(self) -> None:
        if self.going_on:
            raise CorpusBusy(self._busy)

    def _discard(self) -> None:
        """Remove the uploads of the last run, if it left them to be resumed with."""
        if self._last is not None:
            discard(self._last.uploads)

    def _start(self, run: Run[StepT, OutcomeT]) -> None:
        self._stop = stop = threading.Event()
        self._last = run
        threading.Thread(target=self._do, args=[run, stop], name=THREAD, daemon=True).start()

    def _do(self, run: Run[StepT, OutcomeT], stop: threading.Event) -> None:
        try:
            report = self._work(run.inputs, self._progressed, stop.is_set)
        except BylineError as error:
            self._end(state=State.FAILED, error=str(error))
        except Exception as error:  # no one waits for this thread: what it does not say here is never said
            _log.exception("A run failed")
            self._end(state=State.FAILED, error=f"This failed in a way that was not foreseen: {error!r}. See the log.")
        else:
            self._end(state=State.STOPPED if report.stopped else State.DONE, report=report)

    def _progressed(self, step: StepT) -> None:
        now = self._clock()
        with self._lock:
            if self._last is not None:
                pace = self._last.pace
                self._last = replace(self._last, pace=pace.next(step, now) if pace else Pace.begin(step, now))

    def _end(self, *, state: State, report: OutcomeT | None = None, error: str = "") -> None:
        with self._lock:
            if self._last is not None:
                if state is State.DONE:
                    discard(self._last.uploads)
                    self._finished += 1
                self._last = replace(self._last, state=state, report=report, error=error)
