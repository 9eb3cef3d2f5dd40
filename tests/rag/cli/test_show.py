from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from rag.cli.difference_page import show_difference
from rag.cli.page import Page
from rag.cli.version_page import History, show_version, show_versions
from rag.model import Article, Version
from rag.records import BY_HAND, Withdrawal

OIL = "https://north.example/oil"
SNOW = "notes/snow.txt"
NOW = datetime(2024, 6, 1, tzinfo=UTC)
MAY = datetime(2024, 5, 1, tzinfo=UTC)
ARTICLE = Article("a", "https://north.example/a", "Ferry to sail in June", published_at=MAY)


def version(number: int, text: str = "A text.", **fields: Any) -> Version:
    return replace(Version(ARTICLE, number, text, MAY, current=False), **fields)


def on_terminal(show: Callable[[Page], None]) -> str:
    console = Console(
        file=StringIO(), force_terminal=True, width=100, highlight=False, color_system="standard", no_color=False
    )
    show(Page(console))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_show_prints_what_is_known_its_versions_and_the_text(run):
    shown = run("show", OIL).stdout
    known = "Bank raises oil forecast|North Wire|Ada Lund|5 March 2024 09:00 +00:00|business|2 of 2|correction: "
    assert all(part in shown for part in known.split("|"))
    assert shown.endswith("Traders shrugged.\nIt had said $85 before.\n")


def test_show_leaves_out_what_is_unknown(run):
    shown = run("show", SNOW).stdout
    assert "Published" not in shown
    assert "None" not in shown


def test_an_unknown_article_is_bad_use(run):
    result = run("show", "nobody")
    assert result.exit_code == 2
    assert "'nobody'" in result.stderr


def test_a_stub_and_a_withdrawn_article_are_said_to_be_so(run, corpus):
    [snow] = corpus.versions(SNOW)
    corpus.library[SNOW] = (replace(snow, article=replace(snow.article, stub="paywall")),)
    assert "\nStub: paywall\n" in run("show", SNOW).stdout
    assert "Withdrawn" not in run("show", SNOW).stdout
    for withdrawal, said in [
        (Withdrawal(), "Withdrawn: by its publisher\n"),
        (Withdrawal("withheld"), "Withdrawn: withheld by its publisher\n"),
        (Withdrawal(BY_HAND, NOW), "Withdrawn: by hand, since 1 June 2024 00:00 +00:00\n"),
    ]:
        corpus.withdrawals[SNOW] = withdrawal
        assert said in run("show", SNOW).stdout
        assert said in run("show", SNOW, "--versions").stdout


def test_each_version_has_a_state():
    versions = [version(1), version(2), version(3, embargoed_until=datetime(2024, 7, 1, tzinfo=UTC))]
    history = History(versions, 2, Withdrawal(), NOW)
    assert [history.state(each) for each in versions] == ["superseded", "withdrawn", "under embargo"]
    history = replace(history, withdrawal=None, versions=[version(1), version(2, current=True)])
    assert [history.state(each) for each in history.versions] == ["superseded", "current"]
    ended = version(3, embargoed_until=datetime(2024, 5, 9, tzinfo=UTC))
    assert history.state(ended) == "superseded"


def test_versions_without_a_terminal_are_a_line_each_with_tabs(run):
    lines = run("show", OIL, "--versions").stdout.splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line]
    assert rows == [
        ["No.", "State", "Published", "Updated", "Fetched", "Embargo", "Revision", "Note"],
        ["1", "superseded", "2024-03-05 09:00+00:00", "", "2024-03-05 10:00+00:00", "", "", ""],
        [
            "2", "current", "2024-03-05 09:00+00:00", "2024-03-06 09:00+00:00", "2024-03-06 10:00+00:00", "", "5",
            "correction: the forecast",
        ],
    ]  # fmt: skip
    assert "Traders shrugged" not in "".join(lines)


def test_where_each_date_comes_from_is_told_with_its_doubt(run):
    shown = run("show", OIL, "--versions").stdout
    assert "  Published 5 March 2024 10:00 +01:00 (JSON-LD datePublished)\n" in shown
    assert "  Updated unknown (field updated) Doubtful: “soon” is no date that can be read\n" in shown
    assert "Dates of version 1\n  It states none.\n" in run("show", OIL, "--versions", "--version", "1").stdout


def test_on_a_terminal_versions_are_a_table_without_empty_columns():
    versions = [version(1), version(2, current=True, note="correction: the day")]
    shown = on_terminal(lambda page: show_versions(page, versions[1], History(versions, 2, None, NOW)))
    assert "State" in shown
    assert "correction: the day" in shown
    assert "Revision" not in shown
    assert "Embargo" not in shown


def test_until_when_an_embargo_holds_is_told():
    held = version(1, embargoed_until=datetime(2024, 7, 1, 6, tzinfo=UTC))
    shown = on_terminal(lambda page: show_version(page, held, History([held], 1, None, NOW)))
    assert "1 of 1, fetched 2024-05-01, under embargo until 1 July 2024 06:00 +00:00" in shown


def test_on_a_terminal_furniture_is_dim_and_nothing_else_is():
    text = "A ferry sails.\nSign up to our letter.\nIt sails again. Sign up!"
    shown_version = version(1, text=text, furniture=((15, 37), (54, 62)))
    assert [text[start:end] for start, end in shown_version.furniture] == ["Sign up to our letter.", "Sign up!"]
    shown = on_terminal(lambda page: show_version(page, shown_version, History([shown_version], 1, None, NOW)))
    assert "\nA ferry sails.\n\x1b[2mSign up to our letter.\x1b[0m\nIt sails again. \x1b[2mSign up!\x1b[0m\n" in shown


OLD = version(1, text="The ferry sails in June.\n\nTickets cost 40.\n\nIt is blue.")
NEW = replace(
    OLD,
    number=2,
    article=replace(ARTICLE, title="Ferry to sail in July", updated_at=datetime(2024, 5, 2, tzinfo=UTC)),
    text="The ferry sails in July.\n\nIt is blue.\n\nIt has a café.",
    note="correction: the month",
)


def test_a_difference_without_a_terminal_is_marked(run, corpus):
    corpus.library["a"] = (OLD, NEW)
    assert run("show", "a", "--diff", "1", "2").stdout.splitlines() == [
        "~ Ferry to sail in [-June-]{+July+}",
        "From       version 1, 1 May 2024 00:00 +00:00",
        "To         version 2, 2 May 2024 00:00 +00:00, correction: the month",
        "",
        "~ The ferry sails in [-June-]{+July+}.",
        "",
        "- Tickets cost 40.",
        "",
        "  It is blue.",
        "",
        "+ It has a café.",
    ]


def test_on_a_terminal_what_is_gone_is_red_and_struck_and_what_is_new_is_green():
    shown = on_terminal(lambda page: show_difference(page, OLD, NEW))
    assert "The ferry sails in \x1b[9;31mJune\x1b[0m\x1b[32mJuly\x1b[0m.\n" in shown
    assert "\x1b[9;31mTickets cost 40.\x1b[0m\n" in shown
    assert "\x1b[32mIt has a café.\x1b[0m\n" in shown


def test_of_two_versions_with_one_text_that_is_said(run, corpus):
    corpus.library["a"] = (OLD, replace(OLD, number=2, note="category"))
    assert run("show", "a", "--diff", "1", "2").stdout.endswith("It is blue.\n\nThe text is the same.\n")


@pytest.mark.parametrize("others", [("--versions",), ("--version", "1")])
def test_a_difference_stands_alone(run, others):
    assert run("show", OIL, "--diff", "1", "2", *others).exit_code == 2
    assert run("show", OIL, "--diff", "1").exit_code == 2
