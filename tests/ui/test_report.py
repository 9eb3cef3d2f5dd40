import json
from pathlib import Path

from ingest import IngestReport, Progress
from ingest.sources import Reject
from rag.ui.report import MOST_SHOWN, outcome, report_json, report_view
from rag.ui.runs import Run, State
from tests.ui.drawn import text, texts

UPLOADS = Path("/data/corpus/uploads")


def test_of_an_upload_only_the_name_is_shown() -> None:
    rejected = (Reject(f"{UPLOADS}/note.txt", "it holds no article"), Reject("/data/other.txt", "it is empty"))
    view = report_view(IngestReport(rejected=rejected, notes=(f"{UPLOADS}/a.jsonl, line 1: odd",)), UPLOADS)
    assert texts(view, "td")[::3] == ["note.txt", "/data/other.txt"]
    assert texts(view, "li") == ["a.jsonl, line 1: odd"]


def test_a_page_does_not_list_rejects_without_end() -> None:
    rejected = tuple(Reject("a.jsonl", "it has no text", f"line {n}") for n in range(MOST_SHOWN + 2))
    view = report_view(IngestReport(rejected=rejected), UPLOADS)
    assert len(texts(view, "td")) == 3 * MOST_SHOWN
    assert "And 2 more" in text(view)
    assert len(json.loads(report_json(IngestReport(rejected=rejected)))["rejected"]) == MOST_SHOWN + 2


def test_without_rejects_and_notes_there_are_only_figures() -> None:
    assert text(report_view(IngestReport(passages=9, embedded=8, seconds=1.25), UPLOADS)) == (
        "9 passages, 8 embedded, in 1.2 s"
    )


def test_the_document_has_the_whole_report() -> None:
    report = IngestReport(added=1, rejected=(Reject("a.jsonl", "no text", "line 4"),), notes=("odd",), stopped=True)
    document = json.loads(report_json(report))
    assert (document["added"], document["stopped"], document["notes"]) == (1, True, ["odd"])
    assert document["rejected"] == [{"file": "a.jsonl", "record": "line 4", "reason": "no text"}]


def test_a_run_that_was_cancelled_says_that_what_it_wrote_stays() -> None:
    report = IngestReport(added=1200, stopped=True)
    stopped: Run[Progress, IngestReport] = Run(("a.jsonl",), state=State.STOPPED, report=report)
    assert outcome(stopped).startswith("Cancelled. 1,200 added")
    assert "stays" in outcome(stopped)
