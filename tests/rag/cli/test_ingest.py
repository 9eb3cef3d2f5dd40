import json
from dataclasses import replace

import pytest

from ingest.pipeline import IngestReport, Progress
from ingest.sources import Reject
from rag.cli.progress import LOADING, Lines
from rag.errors import CorpusBusy

REJECTS = tuple(Reject(f"articles.jsonl:{number}", "no text") for number in range(25))


class Clock:
    """A time that is set by hand, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_report_says_what_became_of_the_articles(run, backend):
    result = run("ingest", "a.jsonl", "b/")
    assert result.exit_code == 0
    assert backend.ingested == [("a.jsonl", "b/")]
    assert "2 added, 1 changed, 3 unchanged, 0 withdrawn, 1 rejected" in result.stdout
    assert "9 passages, 8 embedded, in 1.2 seconds" in result.stdout
    assert "  articles.jsonl:4: no text\n" in result.stdout
    assert "  The file is in Latin-1.\n" in result.stdout


def test_twenty_rejects_are_listed_and_json_lists_all(run, backend):
    backend.report = replace(backend.report, rejected=REJECTS)
    shown = run("ingest", "a.jsonl").stdout
    assert shown.count(": no text\n") == 20
    assert "and 5 more; --json lists all." in shown
    assert len(json.loads(run("ingest", "a.jsonl", "--json").stdout)["rejected"]) == 25


def test_a_reject_cannot_steer_the_terminal(run, backend):
    backend.report = replace(backend.report, rejected=(Reject("a\x1b[2J", "b\nc"),), notes=("\x07",))
    assert not set(run("ingest", "a.jsonl").stdout) & set("\x1b\x07")


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (IngestReport(), 0),
        (IngestReport(rejected=REJECTS), 1),
        (IngestReport(rejected=REJECTS, added=1), 0),
        (IngestReport(rejected=REJECTS, unchanged=1), 0),
        (IngestReport(rejected=REJECTS, withdrawn=1), 0),
    ],
)
def test_it_ends_with_1_when_everything_was_rejected(run, backend, report, code):
    backend.report = report
    assert run("ingest", "a.jsonl").exit_code == code
    result = run("ingest", "a.jsonl", "--json")
    assert (result.exit_code, len(json.loads(result.stdout)["rejected"])) == (code, len(report.rejected))


def test_quiet_still_says_that_items_were_rejected(run, backend):
    result = run("ingest", "a.jsonl", "--quiet")
    assert (result.stdout, result.stderr) == ("", "1 item rejected; --json lists all.\n")
    backend.report = IngestReport(added=1)
    assert run("ingest", "a.jsonl", "--quiet").stderr == ""


def test_nothing_to_ingest_is_bad_use(run):
    assert run("ingest").exit_code == 2


def test_a_corpus_that_another_process_writes_to_ends_with_1(run, backend):
    backend.failure = CorpusBusy("Another process is writing.")
    result = run("ingest", "a.jsonl")
    assert (result.exit_code, result.stderr) == (1, "byline: Another process is writing.\n")


def test_without_a_terminal_a_line_comes_every_ten_seconds():
    clock = Clock()
    written: list[str] = []
    watch = Lines(written.append, clock)
    for second in range(31):
        clock.now = float(second)
        watch(Progress("embedding", second, 4 * second, second // 30, second / 40))
    assert written == [
        "25% embedding: 40 passages at 4/s, 10 articles",
        "50% embedding: 80 passages at 4/s, 20 articles",
        "75% embedding: 120 passages at 4/s, 30 articles, 1 rejected",
    ]


def test_the_pace_leaves_out_the_time_in_which_the_model_was_loaded():
    clock = Clock()
    written: list[str] = []
    watch = Lines(written.append, clock)
    for now, progress in [
        (0.0, Progress("reading", 0, 0, 0, 0.0)),
        (5.0, Progress(LOADING, 1000, 0, 0, 0.1)),
        (9.0, Progress("reading", 1000, 0, 0, 0.1)),
        (15.0, Progress("embedding", 1001, 60, 0, 0.2)),
    ]:
        clock.now = now
        watch(progress)
    assert written == ["20% embedding: 60 passages at 6/s, 1,001 articles"]


def test_json_leaves_stdout_to_the_document(run, backend):
    backend.steps = (Progress("reading", 1, 0, 0, 0.5),)
    assert json.loads(run("ingest", "a.jsonl", "--json").stdout)["added"] == 2
