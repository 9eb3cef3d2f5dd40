"""What a run did, as markup for people and as a document to keep."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rag.ui.markup import Element, element
from rag.ui.runs import Run, State
from rag.ui.wording import count

if TYPE_CHECKING:  # these load stores
    from ingest.report import IngestReport, Progress
    from ingest.sources import Reject

MOST_SHOWN = 500
"""Rejects, and notes, that a page lists; the document has all."""


def outcome(run: "Run[Progress, IngestReport]") -> str:
    """How a run ended, in a sentence.

    >>> outcome(Run(("a.jsonl",), state=State.FAILED, error="The disk is full."))
    'Not finished. The disk is full.'
    """
    if run.report is None:
        return f"Not finished. {run.error}" if run.state is State.FAILED else ""
    if run.state is State.STOPPED:
        return f"Cancelled. {_counts(run.report)}. What was written until then stays."
    return f"Done. {_counts(run.report)}."


def report_view(report: "IngestReport", uploads: Path) -> Element:
    """The figures of a report, then each reject and each note. Of a file in `uploads` only the name is shown."""
    work = f"{count(report.passages, 'passage')}, {report.embedded:,} embedded, in {report.seconds:,.1f} s"
    return element(
        "section",
        element("p", work, kind="quiet"),
        _rejects(report.rejected, f"{uploads}/"),
        _notes(report.notes, f"{uploads}/"),
        kind="report",
        aria_label="Report",
    )


def report_json(report: "IngestReport") -> str:
    """The whole report as one JSON document."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2)


def _counts(report: "IngestReport") -> str:
    kinds = ("added", "changed", "unchanged", "withdrawn")
    counts = [f"{getattr(report, kind):,} {kind}" for kind in kinds]
    return ", ".join([*counts, f"{len(report.rejected):,} rejected"])


def _rejects(rejected: "Sequence[Reject]", home: str) -> Element | None:
    if not rejected:
        return None
    head = element("tr", *(element("th", name, scope="col") for name in ("File", "Record", "Why it was rejected")))
    rows = [
        element(
            "tr",
            element("td", reject.file.removeprefix(home)),
            element("td", reject.record),
            element("td", reject.reason),
        )
        for reject in rejected[:MOST_SHOWN]
    ]
    table = element("table", element("thead", head), element("tbody", *rows))
    return element(
        "div",
        element("h3", count(len(rejected), "reject"), kind="label"),
        element("div", table, kind="scroll", tabindex="0", role="region", aria_label="Rejects"),
        _rest(len(rejected)),
    )


def _notes(notes: Sequence[str], home: str) -> Element | None:
    if not notes:
        return None
    shown = element("ul", *(element("li", note.removeprefix(home)) for note in notes[:MOST_SHOWN]))
    return element(
        "details",
        element("summary", count(len(notes), "note")),
        element("div", shown, kind="scroll", tabindex="0", role="region", aria_label="Notes"),
        _rest(len(notes)),
    )


def _rest(number: int) -> Element | None:
    if number <= MOST_SHOWN:
        return None
    return element("p", f"And {number - MOST_SHOWN:,} more: the downloaded report has them all.", kind="quiet")
