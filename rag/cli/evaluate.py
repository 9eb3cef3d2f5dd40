"""`byline eval`."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from rag.cli.documents import run_document
from rag.cli.evaluation_page import show_run
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.options import K_RANGE
from rag.cli.progress import showing
from rag.cli.stopping import stopping
from rag.cli.wording import counted

if TYPE_CHECKING:  # these load the measures
    from rag.evaluation import Progress


@click.command(
    name="eval",
    short_help="Measure answers with a question set.",
    epilog=examples(
        "byline eval questions.jsonl",
        "byline eval questions.jsonl --corpus data/news -k 20 --json",
        "byline eval questions.jsonl --report report/",
        "byline eval questions.jsonl --compare 20240501-101500-1f0c9a2e",
    ),
)
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SET.jsonl")
@click.option("-k", type=K_RANGE, default=10, show_default=True, metavar="N", help="How many passages to answer from.")
@click.option(
    "--as-asked",
    is_flag=True,
    help='Ask each question as of the day that its "asked_on" states: nothing that was published later is used.',
)
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write DIR/report.html: figures, plots, and every question with its evidence, hits and answer.",
)
@click.option(
    "--compare", metavar="RUN", help="Compare with an earlier run, by its id or its folder: what is won, what is lost."
)
@common_options
def evaluate(
    invocation: Invocation, questions: Path, k: int, as_asked: bool, report: Path | None, compare: str | None
) -> None:
    """Ask every question of SET.jsonl, and measure what is found, answered, cited and declined.

    A line of the set holds an "id" and a "question", and if known its "answers", "evidence" ([{"url", "quote"}]),
    "type", "answerable", and the options of `ask` by name. The sets of MultiHop-RAG and RealTimeQA are read as they
    were published.

    The run is kept in the corpus's folder. One that was interrupted is gone on with by the same command.
    """
    from rag.evaluation import compare_runs, load_run, load_set, run_set, write_report

    asked = load_set(questions)
    with invocation.open_corpus() as corpus:
        earlier = None if compare is None else load_run(corpus.folder, compare)
        with (
            stopping(quiet=invocation.quiet) as stop,
            showing(invocation.quiet, QuestionPace()) as progress,
        ):
            run = run_set(corpus, asked, k=k, as_asked=as_asked, progress=progress, stopped=stop.event.is_set)
        comparison = compare_runs(earlier, run) if earlier and run.finished else None
        page = write_report(report, run, corpus, comparison) if report and run.finished else None
    if invocation.as_json:
        write_json(run_document(run, comparison, page))
    elif run.finished:
        show_run(run, comparison, page)
    if not run.finished:
        click.echo("byline: stopped. What was asked is kept, and the same command goes on from there.", err=True)
        raise click.exceptions.Exit(stop.code)


class QuestionPace:
    """Says how many questions have been asked, how fast, and how long the others will take."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._begun: float | None = None

    def __call__(self, progress: "Progress") -> str:
        """What has been done so far."""
        now = self._clock()
        if self._begun is None:
            self._begun = now
        done = f"{progress.done:,} of {counted(progress.total, 'question')}"
        asked, seconds = progress.done - progress.resumed, now - self._begun
        if not asked or seconds <= 0:
            return done
        left = (progress.total - progress.done) * seconds / asked
        return f"{done} at {asked / seconds:.1f}/s, about {_duration(left)} left"


def _duration(seconds: float) -> str:
    """A time as people say it.

    >>> _duration(42.4), _duration(90)
    ('42 s', '2 min')
    """
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds / 60:.0f} min"
