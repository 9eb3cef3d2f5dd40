"""A run that goes on, as markup: its stage, a bar, and how fast it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.ui.markup import Element, element
from rag.ui.runs import OutcomeT, Pace, Run, State, StepT
from rag.ui.wording import count

if TYPE_CHECKING:  # these load stores, and the measures
    from ingest.report import Progress as IngestProgress
    from rag.evaluation import Progress as EvaluationProgress


def progress_view(run: Run[StepT, OutcomeT], figures: Sequence[str]) -> Element:
    """How far a run has come, for the eye. It changes too often to be said aloud: that is `spoken`."""
    fraction = run.pace.last.fraction if run.pace else 0.0
    bar = element("progress", max="1", value=f"{fraction:.4f}", aria_label="Share of the inputs that is done")
    return element(
        "div",
        element("p", _stage(run), kind="stage"),
        bar,
        element("p", " · ".join(figures), kind="quiet"),
        kind="run",
    )


def spoken(run: Run[StepT, OutcomeT]) -> str:
    """How far a run has come, in steps that are worth an interruption.

    >>> spoken(Run(("a.jsonl",)))
    'Starting'
    """
    percent = int(run.pace.last.fraction * 10) * 10 if run.pace else 0
    return f"{_stage(run)}: {percent} percent done" if percent else _stage(run)


def _stage(run: Run[StepT, OutcomeT]) -> str:
    if run.state is State.STOPPING:
        return "Stopping"
    return run.pace.last.stage.capitalize() if run.pace else "Starting"


def ingest_figures(pace: "Pace[IngestProgress]") -> list[str]:
    """What is done, at which rate, how long the rest takes, and what was rejected."""
    last = pace.last
    figures = [f"{last.fraction:.0%}", count(last.articles, "article")]
    if last.passages:
        figures.append(f"{count(last.passages, 'passage')} embedded")
    if rate := pace.a_second(lambda step: step.passages) or pace.a_second(lambda step: step.articles):
        figures.append(f"{rate:,.0f} a second")
    if pace.seconds_left is not None:
        figures.append(left(pace.seconds_left))
    return [*figures, f"{last.rejected:,} rejected"] if last.rejected else figures


def evaluation_figures(pace: "Pace[EvaluationProgress]") -> list[str]:
    """How many questions were asked, at which rate, and how long the rest takes."""
    figures = [f"{pace.last.done:,} of {count(pace.last.total, 'question')}"]
    if rate := pace.a_second(lambda step: step.done):
        figures.append(f"{rate:,.1f} a second")
    if pace.seconds_left is not None:
        figures.append(left(pace.seconds_left))
    return figures


def left(seconds: float) -> str:
    """How long something still takes, no finer than can be known.

    >>> left(20), left(100), left(5400)
    ('less than a minute left', 'about 2 minutes left', 'about 2 hours left')
    """
    if seconds < 60:
        return "less than a minute left"
    if seconds < 3600:
        return f"about {count(round(seconds / 60), 'minute')} left"
    return f"about {count(round(seconds / 3600), 'hour')} left"
