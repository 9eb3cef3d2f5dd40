import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rag.errors import ModelError
from rag.model import Filters, end_of_day


def test_an_answer_names_its_source_with_outlet_date_title_quote_and_url(run):
    result = run("ask", "What is the forecast?")
    assert result.exit_code == 0
    for part in (
        "[1]",
        "North Wire",
        "2024-03-05",
        "Bank raises oil forecast",
        "“The bank raised",
        "https://north.example",
    ):
        assert part in result.stdout
    assert result.stderr == ""


def test_words_of_a_question_need_no_quotes_around_them(run, corpus):
    run("ask", "What", "is", "new?")
    assert corpus.asked == [("What is new?", Filters(), 10)]


def test_every_option_reaches_the_question(run, corpus):
    run(
        *("ask", "What?", "-k", "3", "--as-of", "2024-04-01", "--from", "2024-03-01", "--to", "2024-03-31T23:00"),
        *("--source", "North Wire", "--source", "BBC", "--author", "Ada Lund", "--category", "business"),
    )
    filters = Filters(
        sources=("North Wire", "BBC"),
        authors=("Ada Lund",),
        categories=("business",),
        published_from=date(2024, 3, 1),
        published_to=date(2024, 3, 31),
        as_of=end_of_day(date(2024, 4, 1)),
    )
    assert corpus.asked == [("What?", filters, 3)]


def test_a_time_is_taken_to_the_minute_and_without_an_offset_as_utc(run, corpus):
    run("ask", "What?", "--as-of", "2024-04-01T18:00+02:00")
    run("ask", "What?", "--as-of", "2024-04-01 18:00")
    assert [filters.as_of for _, filters, _ in corpus.asked] == [
        datetime(2024, 4, 1, 16, tzinfo=UTC),
        datetime(2024, 4, 1, 18, tzinfo=UTC),
    ]


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("",),
        ("  ",),
        ("What?", "--as-of", "yesterday"),
        ("What?", "--from", "2024-02-30"),
        ("What?", "--from", "0001-01-01T00:00+12:00"),
        ("What?", "--from", "2024-04-02", "--to", "2024-04-01"),
        ("What?", "-k", "0"),
        ("What?", "-k", "many"),
        ("What?", "--source"),
        ("What?", "--no-such-option"),
        ("half a pair: \ud800",),
        ("What?", "--source", "\udcff"),
    ],
)
def test_bad_use_is_one_sentence_on_stderr_and_exit_code_2(run, corpus, command, arguments):
    result = run(command, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("byline: ")
    assert result.stderr.count("\n") == 1
    assert not corpus.asked


def test_a_missing_corpus_is_bad_use(run, backend):
    backend.corpus = None
    result = run("ask", "What?", "--corpus", "nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("byline: There is no corpus in nowhere.")


def test_a_failure_that_is_not_the_callers_ends_with_1(run, corpus):
    corpus.answers["What?"] = ModelError("The model cannot be loaded.")
    result = run("ask", "What?")
    assert (result.exit_code, result.stderr) == (1, "byline: The model cannot be loaded.\n")


def test_a_declined_question_ends_with_0_and_shows_the_reason_and_the_nearest_evidence(run):
    result = run("ask", "Who won?")
    assert result.exit_code == 0
    assert result.stdout.startswith("The articles do not say who won.\n")
    assert "Nearest evidence" in result.stdout
    assert "North Wire · 2024-03-05" in result.stdout


def test_search_shows_rank_outlet_date_title_and_passage_but_no_score(run):
    result = run("search", "oil")
    assert "0.75" not in result.stdout
    for part in (
        " 1. ",
        "North Wire · 2024-03-05 · from South Wire\n",
        "Bank raises oil forecast",
        "The bank raised",
        "also in copies: https://south.example/oil\n",
        "1 origin, 2 reports\n",
    ):
        assert part in result.stdout


def test_search_that_finds_nothing_says_so(run):
    result = run("search", "gold")
    assert (result.exit_code, result.stdout) == (0, "No passage was found.\n")
    assert json.loads(run("search", "gold", "--json").stdout)["hits"] == []


@pytest.mark.parametrize(
    ("origins", "reports", "told"),
    [(3, 7, "3 independent origins, 7 reports\n"), (1, 2, "1 origin, 2 reports\n"), (1, 1, " · 1 report\n")],
)
def test_an_answer_says_how_many_origins_and_reports_it_has(run, corpus, origins, reports, told):
    corpus.answers["What?"] = replace(corpus.ask("What?"), origins=origins, reports=reports)
    assert told in run("ask", "What?").stdout


def test_a_source_names_from_whom_it_has_it_and_who_else_reports_it(run):
    shown = run("ask", "What is the forecast?").stdout
    assert "North Wire · 2024-03-05 · from South Wire\n" in shown
    assert "also in a copy: South Wire · 2024-03-04\n    https://south.example/oil\n" in shown
    assert "also in: undated · from East Radio\n    notes/snow.txt\n" in shown


def test_no_language_model_may_be_asked_for(run, corpus):
    assert run("ask", "What?", "--llm", "none").stdout == run("ask", "What?").stdout
    assert corpus.asked == [("What?", Filters(), 10)] * 2


@pytest.mark.parametrize(("command", "name"), [("ask", "gpt"), ("ask", ""), ("search", "none")])
def test_no_other_language_model_is_taken_nor_any_by_search(run, corpus, command, name):
    result = run(command, "What?", "--llm", name)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "--llm" in result.stderr
    assert not corpus.asked


@pytest.mark.parametrize("command", ["ask", "search"])
def test_json_is_one_document_on_stdout_and_nothing_else(run, command):
    result = run(command, "oil", "--json")
    assert isinstance(json.loads(result.stdout), dict)
    assert result.stderr == ""


def test_the_corpus_is_closed_afterwards(run, corpus):
    run("ask", "What?")
    assert corpus.closed
