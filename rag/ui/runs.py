"""Runs of the ingest inside the app: one at a time, in a thread of its own, which goes on whatever page is looked at.

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
from typing import TYPE_CHECKING, Self

from rag.errors import BylineError, CorpusBusy
from rag.ui.uploads import Upload, discard, keep

if TYPE_CHECKING:  # it loads stores
    from ingest.report import IngestReport, Progress

    Ingest = Callable[[Sequence[str], Callable[[Progress], None], Callable[[], bool]], IngestReport]

LOADING = "loading the model"

_log = logging.getLogger(__name__)


class State(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a run has come at one moment, and where it stood when its model was loaded: it is measured from there."""

    first: "Progress"
    since: float
    last: "Progress"
    at: float

    @classmethod
    def begin(cls, progress: "Progress", now: float) -> Self:
        """That of a run which has just told of itself for the first time."""
        return cls(progress, now, progress, now)

    def next(self, progress: "Progress", now: float) -> "Pace":
        """That at the next moment. How long a model takes to load says nothing of the pace."""
        if self.last.stage == LOADING:
            return Pace(progress, now, progress, now)
        return replace(self, last=progress, at=now)

    @property
    def passages_a_second(self) -> float:
        """How many passages were embedded a second; 0 if none."""
        return self._a_second(self.last.passages - self.first.passages)

    @property
    def articles_a_second(self) -> float:
        """How many articles were dealt with a second."""
        return self._a_second(self.last.articles - self.first.articles)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this pace; None while that cannot be told."""
        done = self.last.fraction - self.first.fraction
        return (1 - self.last.fraction) * (self.at - self.since) / done if done > 0 else None

    def _a_second(self, number: int) -> float:
        return number / (self.at - self.since) if self.at > self.since else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A run at one moment. `inputs` are what was named; `uploads` are those files that came by upload."""

    inputs: tuple[str, ...]
    uploads: tuple[Path, ...] = ()
    state: State = State.RUNNING
    pace: Pace | None = None
    report: "IngestReport | None" = None
    error: str = ""

    @property
    def going_on(self) -> bool:
        """Whether it has not ended yet."""
        return self.state in (State.RUNNING, State.STOPPING)


class Runs:
    """The runs of one app. May be shared between threads.

    `ingest` is called with the inputs, what to tell progress to, and what to ask whether to stop; uploads are kept in
    the folder `uploads`.
    """

    def __init__(self, ingest: "Ingest", uploads: Path, clock: Callable[[], float] = monotonic) -> None:
        self._ingest = ingest
        self.uploads = uploads
        self._clock = clock
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._last: Run | None = None
        self._finished = 0

    @property
    def last(self) -> Run | None:
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
            raise CorpusBusy("Articles are being added already. Wait until that is done, or cancel it.")

    def _discard(self) -> None:
        """Remove the uploads of the last run, if it left them to be resumed with."""
        if self._last is not None:
            discard(self._last.uploads)

    def _start(self, run: Run) -> None:
        self._stop = stop = threading.Event()
        self._last = run
        threading.Thread(target=self._work, args=[run, stop], name="byline-ingest", daemon=True).start()

    def _work(self, run: Run, stop: threading.Event) -> None:
        try:
            report = self._ingest(run.inputs, self._progressed, stop.is_set)
        except BylineError as error:
            self._end(state=State.FAILED, error=str(error))
        except Exception as error:  # no one waits for this thread: what it does not say here is never said
            _log.exception("A run of the ingest failed")
            self._end(state=State.FAILED, error=f"This failed in a way that was not foreseen: {error!r}. See the log.")
        else:
            self._end(state=State.STOPPED if report.stopped else State.DONE, report=report)

    def _progressed(self, progress: "Progress") -> None:
        now = self._clock()
        with self._lock:
            if self._last is not None:
                pace = self._last.pace
                self._last = replace(self._last, pace=pace.next(progress, now) if pace else Pace.begin(progress, now))

    def _end(self, *, state: State, report: "IngestReport | None" = None, error: str = "") -> None:
        with self._lock:
            if self._last is not None:
                if state is State.DONE:
                    discard(self._last.uploads)
                    self._finished += 1
                self._last = replace(self._last, state=state, report=report, error=error)
