"""An evaluation run as a person reads it on a terminal."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.cli.report_page import show_list
from rag.cli.wording import counted, line

if TYPE_CHECKING:
    from rag.evaluation import Comparison, Figure, Run

SIGNIFICANT = 0.05
"""Corrected p values below this are called more than chance."""

_WIDTH = 24


def show_run(run: "Run", comparison: "Comparison | None", report: Path | None) -> None:
    """The figures over all questions, what is to be known of them, and how they compare with an earlier run's."""
    from rag.evaluation import MEASURE

    info = run.info
    click.echo(
        f"{counted(info.questions, 'question')} of {line(info.set)} over {counted(info.articles, 'article')} "
        f"(epoch {info.epoch}), {counted(info.k, 'passage')} each"
    )
    click.echo(f"ranking {line(info.ranking)}, reader {line(info.reader)}")
    overall = [figure for figure in run.figures if figure.group == "all"]
    for group, figures in groupby(overall, key=lambda figure: MEASURE[figure.measure].group):
        click.echo(f"\n{group}")
        for figure in figures:
            click.echo(f"  {figure.measure:<{_WIDTH}}{figure_text(figure)}")
    show_list("Rejected", [f"line {each.line}: {line(each.reason)}" for each in run.questions.rejected])
    show_list("Notes", list(run.notes()))
    if comparison:
        _show_comparison(comparison)
    more = f"All of it: {line(str(report))}" if report else "By type of question: --json, or --report DIR."
    click.echo(f"\nRun {info.id}. {more}")


def _show_comparison(comparison: "Comparison") -> None:
    """The differences over all questions, those by type that are more than chance, and which questions they are."""
    click.echo(f"\nCompared with {line(comparison.before.id)}, over {counted(comparison.paired, 'question')}")
    for warning in comparison.warnings:
        click.echo(f"  {line(warning)}")
    for each in comparison.differences:
        if each.difference and (each.group == "all" or each.adjusted < SIGNIFICANT):
            name = each.measure if each.group == "all" else f"{each.measure}, {line(each.group)}"
            verdict = ("better" if each.better else "worse") if each.adjusted < SIGNIFICANT else "within chance"
            click.echo(
                f"  {name:<{_WIDTH}}{each.before:.3f} to {each.after:.3f} ({each.difference:+.3f}), "
                f"p = {each.p:.4f}, corrected {each.adjusted:.4f}: {verdict}"
            )
    click.echo(f"  {comparison.tested} differences were tested; p is corrected for that (Holm).")
    for title, ids in (
        ("Answers won", comparison.answers_won),
        ("Answers lost", comparison.answers_lost),
        ("More evidence found", comparison.found_won),
        ("Less evidence found", comparison.found_lost),
    ):
        show_list(f"{title} ({len(ids)})", [line(each) for each in ids])


def figure_text(figure: "Figure") -> str:
    """A figure with its interval and on how many questions it was taken, or why there is none."""
    from rag.evaluation import MEASURE

    if figure.value is None:
        return f"-      {figure.why}"
    digits = 0 if MEASURE[figure.measure].unit else 3
    bounds = "" if figure.low is None else f"  [{figure.low:.{digits}f}, {figure.high:.{digits}f}]"
    unit = MEASURE[figure.measure].unit
    return f"{figure.value:.{digits}f}{f' {unit}' if unit else ''}{bounds}  n = {figure.n:,}"
