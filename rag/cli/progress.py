"""How far long work has come: a bar on a terminal, else a line now and then. Both on stderr."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

import click

from rag.cli.wording import counted

if TYPE_CHECKING:
    from ingest.report import Progress

SECONDS_BETWEEN_LINES = 10.0
LOADING = "loading the model"
Tell = Callable[[Any], None]
Saying = Callable[[Any], str]
"""Says in words how far the work has come."""


class Step(Protocol):
    """What is shown of any long work: what it does now, and which part of it is done."""

    @property
    def stage(self) -> str:
        """What is being done."""
        ...

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        ...


def showing(quiet: bool, saying: Saying | None = None) -> AbstractContextManager[Tell]:
    """What to tell of progress, for as long as the context lasts; `saying` puts it in words, else an ingest's Pace."""
    if quiet:
        return nullcontext(lambda progress: None)
    saying = saying or Pace()
    return _bar(saying) if sys.stderr.isatty() else nullcontext(Lines(lambda text: click.echo(text, err=True), saying))


class Pace:
    """Says what has been done and how fast, in passages embedded, or in articles while there are none to embed."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._start: tuple[float, int, int] | None = None

    def __call__(self, progress: "Progress") -> str:
        """What has been done so far."""
        now, articles, passages = self._clock(), progress.articles, progress.passages
        if self._start is None or progress.stage == LOADING:  # how long that takes says nothing of the pace
            self._start = now, articles, passages
        start, articles_before, passages_before = self._start
        embedded = passages - passages_before
        pace = f" at {(embedded or articles - articles_before) / (now - start):,.0f}/s" if now > start else ""
        if not passages:
            done = f"{counted(articles, 'article')}{pace}"
        else:
            done = f"{counted(passages, 'passage')}{pace}, {counted(articles, 'article')}"
        return f"{done}, {progress.rejected:,} rejected"


class Lines:
    """Writes a plain line at most every ten seconds."""

    def __init__(self, write: Callable[[str], None], saying: Saying, clock: Callable[[], float] = monotonic) -> None:
        self._write = write
        self._clock = clock
        self._saying = saying
        self._last = clock()

    def __call__(self, progress: Step) -> None:
        """Write where the run is, if the last line is long enough ago."""
        done = self._saying(progress)
        if self._clock() - self._last >= SECONDS_BETWEEN_LINES:
            self._write(f"{progress.fraction:.0%} {progress.stage}: {done}")
            self._last = self._clock()


@contextmanager
def _bar(saying: Saying) -> Iterator[Tell]:
    """Two lines: the bar with the time left, and what has been done."""
    from rich import progress as bars
    from rich.console import Console, RenderableType
    from rich.text import Text

    class Bar(bars.Progress):
        done = ""

        def get_renderables(self) -> Iterable[RenderableType]:
            yield self.make_tasks_table(self.tasks)
            yield Text(f"  {self.done}", no_wrap=True, overflow="ellipsis")

    columns = (
        bars.SpinnerColumn(),
        bars.TextColumn("{task.description}", markup=False),
        bars.BarColumn(bar_width=None),
        bars.TaskProgressColumn(),
        bars.TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True, expand=True) as display:
        task = display.add_task("starting", total=None)

        def update(progress: Step) -> None:
            display.done = saying(progress)
            display.update(task, description=progress.stage, total=1.0, completed=progress.fraction)

        yield update
