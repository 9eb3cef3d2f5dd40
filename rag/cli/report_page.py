"""What an ingest did, or would do, as a person reads it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from rag.cli.wording import counted, line

if TYPE_CHECKING:
    from ingest.report import IngestReport, Planned

MOST_SHOWN = 20
"""Rejects, notes, and items of a dry run, that a report for people lists."""


def show_report(report: "IngestReport") -> None:
    """The counts, what was rejected and why, and what was taken with a doubt."""
    click.echo(_counts(report))
    passages = counted(report.passages, "passage")
    click.echo(f"{passages}, {report.embedded:,} embedded, in {report.seconds:.1f} seconds")
    _show_lists(report)


def show_plan(report: "IngestReport") -> None:
    """What a dry run says would become of the items."""
    click.echo(f"Nothing was written. It would be: {_counts(report)}")
    show_list("Items", [_planned(each) for each in report.planned if each.action != "unchanged"])
    _show_lists(report)


def show_round(report: "IngestReport", now: datetime) -> None:
    """What a round of a watch did."""
    click.echo(f"{now:%H:%M:%S}  {_counts(report)}")
    _show_lists(report)


def show_rejects(report: "IngestReport") -> None:
    """All that --quiet says of a run."""
    if report.rejected:
        click.echo(f"{counted(len(report.rejected), 'item')} rejected; --json lists all.", err=True)


def _counts(report: "IngestReport") -> str:
    counts = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "withdrawn": report.withdrawn,
        "rejected": len(report.rejected),
    }
    return ", ".join(f"{number:,} {what}" for what, number in counts.items())


def _planned(planned: "Planned") -> str:
    action = "kept as history" if planned.action == "older" else planned.action
    return f"{action}: {line(planned.title)} ({line(planned.item)})"


def _show_lists(report: "IngestReport") -> None:
    show_list("Rejected", [f"{line(reject.item)}: {line(reject.reason)}" for reject in report.rejected])
    show_list("Notes", [line(note) for note in report.notes])


def show_list(title: str, items: Sequence[str]) -> None:
    """The first of some items under a title; nothing if there are none."""
    if items:
        click.echo(f"\n{title}:")
        for item in items[:MOST_SHOWN]:
            click.echo(f"  {item}")
        if len(items) > MOST_SHOWN:
            click.echo(f"  and {len(items) - MOST_SHOWN:,} more; --json lists all.")
