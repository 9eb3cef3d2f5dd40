"""An evaluation run as a person reads it on a terminal."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from rag.cli.report_page import show_list
from rag.cli.wording import counted, line

if TYPE_CHECKING:
    from rag.evaluation import Figure, Run

_WIDTH = 24


def show_run(run: "Run") -> None:
    """The figures over all questions, and what is to be known of them."""
    from rag.evaluation import MEASURE

    info = run.info
    click.echo(
        f"{counted(info.questions, 'question')} of {line(info.set)} over {counted(info.articles, 'article')} "
        f"(epoch {info.epoch}), {counted(info.k, 'passage')} each"
    )
    overall = [figure for figure in run.figures if figure.group == "all"]
    for group, figures in groupby(overall, key=lambda figure: MEASURE[figure.measure].group):
        click.echo(f"\n{group}")
        for figure in figures:
            click.echo(f"  {figure.measure:<{_WIDTH}}{figure_text(figure)}")
    show_list("Rejected", [f"line {each.line}: {line(each.reason)}" for each in run.questions.rejected])
    show_list("Notes", list(run.notes()))
    click.echo(f"\nRun {info.id}. By type of question: --json, or --report DIR.")


def figure_text(figure: "Figure") -> str:
    """A figure with its interval and on how many questions it was taken, or why there is none."""
    from rag.evaluation import MEASURE

    if figure.value is None:
        return f"-      {figure.why}"
    digits = 0 if MEASURE[figure.measure].unit else 3
    bounds = "" if figure.low is None else f"  [{figure.low:.{digits}f}, {figure.high:.{digits}f}]"
    unit = MEASURE[figure.measure].unit
    return f"{figure.value:.{digits}f}{f' {unit}' if unit else ''}{bounds}  n = {figure.n:,}"
