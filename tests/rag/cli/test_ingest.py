import json
from dataclasses import replace
from io import StringIO

import pytest

from ingest.report import IngestReport, Planned, Progress
from ingest.sources import Reject
from rag.cli.progress import LOADING, Lines, Pace, showing
from rag.errors import CorpusBusy

REJECTS = tuple(Reject("articles.jsonl", "no text", f"line {number}") for number in range(25))


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
    assert "  articles.jsonl, line 4: no text\n" in result.stdout
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


def test_a_dry_run_says_what_would_become_of_the_items(run, backend):
    planned = [("added", "Oil"), ("unchanged", "Tin"), ("older", "Gas\x1b[2J"), *[("changed", "More")] * 30]
    items = tuple(Planned(f"a.jsonl, line {n}", action, "id", title) for n, (action, title) in enumerate(planned, 1))
    backend.report = replace(backend.report, planned=items)
    shown = run("ingest", "a.jsonl", "--dry-run").stdout
    counts = "2 added, 1 changed, 3 unchanged, 0 withdrawn, 1 rejected"
    assert shown.startswith(f"Nothing was written. It would be: {counts}\n")
    assert "  added: Oil (a.jsonl, line 1)\n" in shown
    assert "  kept as history: Gas\N{REPLACEMENT CHARACTER}[2J (a.jsonl, line 3)\n" in shown
    assert "Tin" not in shown
    assert "  and 12 more; --json lists all.\n" in shown
    assert "  articles.jsonl, line 4: no text\n" in shown


def test_a_stopped_run_is_one_sentence_and_json_still_has_the_document(run, backend):
    backend.report = replace(backend.report, stopped=True)
    result = run("ingest", "a.jsonl")
    assert (result.stdout, result.stderr.count("\n")) == ("", 1)
    assert "the same command goes on from there" in result.stderr
    assert json.loads(run("ingest", "a.jsonl", "--json").stdout)["stopped"]


BUSY = CorpusBusy("Another process is writing.")


def test_a_watch_tells_of_the_first_round_of_rounds_that_did_something_and_of_failures(run, backend):
    backend.rounds = (BUSY, IngestReport(unchanged=3), IngestReport(unchanged=1), IngestReport(added=1), IngestReport())
    backend.steps = (Progress("reading", 1, 0, 0, 0.5),)
    result = run("ingest", "a/", "b.txt", "--watch", "--interval", "60")
    assert (result.exit_code, backend.ingested, backend.intervals) == (0, [("a/", "b.txt")], [60.0])
    assert [line[10:] for line in result.stdout.splitlines()] == [
        "0 added, 0 changed, 3 unchanged, 0 withdrawn, 0 rejected",
        "1 added, 0 changed, 0 unchanged, 0 withdrawn, 0 rejected",
    ]
    assert result.stderr == (
        "byline: Another process is writing. This is tried again later.\nWatching for what changes; Ctrl-C ends it.\n"
    )


def test_a_watch_in_json_writes_a_line_for_each_round_that_did_something(run, backend):
    backend.rounds = (IngestReport(unchanged=3), BUSY, IngestReport(withdrawn=1), IngestReport(rejected=REJECTS[:1]))
    result = run("ingest", "a/", "--watch", "--json", "--quiet")
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert documents[0] == {"error": "Another process is writing."}
    assert [(each["withdrawn"], len(each["rejected"])) for each in documents[1:]] == [(1, 0), (0, 1)]
    assert result.stderr == ""


def test_a_quiet_watch_says_only_what_went_wrong(run, backend):
    backend.rounds = (IngestReport(added=3), IngestReport(rejected=REJECTS[:1]), BUSY)
    result = run("ingest", "a/", "--watch", "--quiet")
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "1 item rejected; --json lists all.",
        "byline: Another process is writing. This is tried again later.",
    ]


@pytest.mark.parametrize(
    "arguments", [("a/", "--watch", "--dry-run"), ("-", "--watch"), ("a/", "--watch", "--interval", "0")]
)
def test_what_cannot_be_watched_is_bad_use(run, backend, arguments):
    assert run("ingest", *arguments).exit_code == 2
    assert backend.ingested == []


def test_standard_input_and_addresses_are_passed_on(run, backend):
    run("ingest", "-", "https://north.example/feed.xml", stdin="{}")
    assert backend.ingested == [("-", "https://north.example/feed.xml")]


def test_nothing_to_ingest_is_bad_use(run):
    assert run("ingest").exit_code == 2


def test_a_corpus_that_another_process_writes_to_ends_with_1(run, backend):
    backend.failure = CorpusBusy("Another process is writing.")
    result = run("ingest", "a.jsonl")
    assert (result.exit_code, result.stderr) == (1, "byline: Another process is writing.\n")


def test_without_a_terminal_a_line_comes_every_ten_seconds():
    clock = Clock()
    written: list[str] = []
    watch = Lines(written.append, Pace(clock), clock)
    for second in range(31):
        clock.now = float(second)
        watch(Progress("embedding", second, 4 * second, second // 30, second / 40))
    assert written == [
        "25% embedding: 40 passages at 4/s, 10 articles, 0 rejected",
        "50% embedding: 80 passages at 4/s, 20 articles, 0 rejected",
        "75% embedding: 120 passages at 4/s, 30 articles, 1 rejected",
    ]


def test_the_pace_leaves_out_the_time_in_which_the_model_was_loaded():
    clock = Clock()
    written: list[str] = []
    watch = Lines(written.append, Pace(clock), clock)
    for now, progress in [
        (0.0, Progress("reading", 0, 0, 0, 0.0)),
        (5.0, Progress(LOADING, 1000, 0, 0, 0.1)),
        (9.0, Progress("reading", 1000, 0, 0, 0.1)),
        (15.0, Progress("embedding", 1001, 60, 0, 0.2)),
    ]:
        clock.now = now
        watch(progress)
    assert written == ["20% embedding: 60 passages at 6/s, 1,001 articles, 0 rejected"]


def test_on_a_terminal_a_bar_shows_what_was_rejected_so_far(monkeypatch):
    class Terminal(StringIO):
        def isatty(self):
            return True

    written = Terminal()
    monkeypatch.setattr("sys.stderr", written)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with showing(False) as tell:
        tell(Progress("embedding", 1_000, 20_000, 12, 0.5))
    assert "50%" in written.getvalue()
    assert "20,000 passages, 1,000 articles, 12 rejected" in written.getvalue()


def test_json_leaves_stdout_to_the_document(run, backend):
    backend.steps = (Progress("reading", 1, 0, 0, 0.5),)
    assert json.loads(run("ingest", "a.jsonl", "--json").stdout)["added"] == 2
