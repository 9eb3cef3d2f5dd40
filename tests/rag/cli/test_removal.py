from io import BytesIO

import pytest

OIL = "https://north.example/oil"
SNOW = "notes/snow.txt"


class Terminal(BytesIO):
    """Bytes that a person types."""

    def isatty(self):
        return True


@pytest.mark.parametrize("command", [("delete",), ("withdraw",), ("withdraw", "--undo")])
def test_nothing_is_done_when_one_of_the_articles_is_unknown(run, corpus, command):
    result = run(*command, SNOW, "nobody", "--yes")
    assert result.exit_code == 2
    assert "'nobody'" in result.stderr
    assert SNOW in corpus.library
    assert not corpus.withdrawals


@pytest.mark.parametrize("command", [("delete",), ("withdraw",), ("withdraw", "--undo")])
def test_without_a_terminal_yes_is_needed(run, corpus, command):
    result = run(*command, SNOW)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert SNOW in corpus.library
    assert not corpus.withdrawals


def test_delete_says_how_many_and_counts_an_article_once(run, corpus):
    assert run("delete", SNOW, SNOW, "--yes").stdout == "Deleted 1 article.\n"
    assert SNOW not in corpus.library
    assert run("delete", OIL, "--yes", "--quiet").stdout == ""


def test_withdraw_takes_out_and_undo_puts_back(run, corpus):
    assert run("withdraw", SNOW, OIL, "--yes").stdout == "Withdrawn 2 articles.\n"
    assert set(corpus.withdrawals) == {SNOW, OIL}
    assert run("withdraw", SNOW, "--yes").stdout == "Withdrawn 0 articles.\n"
    assert run("withdraw", SNOW, "--yes", "--undo").stdout == "Reinstated 1 article.\n"
    assert set(corpus.withdrawals) == {OIL}


@pytest.mark.parametrize(
    ("typed", "code", "left"), [("y\n", 0, False), ("n\n", 1, True), ("\n", 1, True), ("", 130, True)]
)
def test_delete_names_what_it_will_delete_and_asks(run, corpus, typed, code, left):
    result = run("delete", SNOW, "--json", stdin=Terminal(typed.encode()))
    assert "Snow closes the pass (no outlet, undated)" in result.stderr
    assert "Delete 1 article with all versions?" in result.stderr
    assert (result.exit_code, SNOW in corpus.library) == (code, left)


@pytest.mark.parametrize(
    ("options", "question", "no"),
    [
        ((), "Withdraw 1 article?", "Nothing was withdrawn."),
        (("--undo",), "Put back 1 article?", "Nothing was put back."),
    ],
)
def test_withdraw_asks_as_delete_does(run, corpus, options, question, no):
    result = run("withdraw", SNOW, *options, stdin=Terminal(b"n\n"))
    assert question in result.stderr
    assert no in result.stderr
    assert (result.exit_code, corpus.withdrawals) == (1, {})
    assert run("withdraw", SNOW, *options, stdin=Terminal(b"y\n")).exit_code == 0
