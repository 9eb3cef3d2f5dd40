from io import BytesIO

import pytest

OIL = "https://north.example/oil"
SNOW = "notes/snow.txt"


class Terminal(BytesIO):
    """Bytes that a person types."""

    def isatty(self):
        return True


def test_articles_without_a_terminal_are_a_line_each_with_tabs(run):
    assert run("articles").stdout.splitlines() == [
        f"2024-03-05\tNorth Wire\tBank raises oil forecast\t{OIL}",
        f"undated\t\tSnow closes the pass\t{SNOW}",
    ]


def test_articles_pages_and_says_where_it_is(run):
    result = run("articles", "--limit", "1", "--offset", "1")
    assert result.stdout.count("\n") == 1
    assert result.stderr == "2 to 2 of 2; --offset and --limit show others.\n"
    assert run("articles", "--limit", "1", "--quiet").stderr == ""


def test_an_offset_past_the_end_is_told_from_finding_nothing(run, corpus):
    assert run("articles", "--offset", "9").stderr == "There are only 2 articles.\n"
    corpus.library.clear()
    assert run("articles").stderr == "No article was found.\n"


def test_articles_passes_its_filters_on(run, corpus):
    run("articles", "--source", "BBC", "--category", "sport", "--from", "2024-01-01", "--matching", "oil price")
    [(matching, filters, limit)] = corpus.asked
    assert (matching, filters.sources, filters.categories, limit) == ("oil price", ("BBC",), ("sport",), 50)


def test_show_prints_what_is_known_its_versions_and_the_text(run):
    shown = run("show", OIL).stdout
    for part in ("Bank raises oil forecast", "North Wire", "Ada Lund", "2024-03-05 09:00+00:00", "business", "2 of 2"):
        assert part in shown
    assert shown.endswith("Traders shrugged.\nIt had said $85 before.\n")


def test_show_leaves_out_what_is_unknown(run):
    shown = run("show", SNOW).stdout
    assert "Published" not in shown
    assert "None" not in shown


@pytest.mark.parametrize("command", [("show", "nobody"), ("delete", "nobody", "--yes")])
def test_an_unknown_article_is_bad_use(run, command):
    result = run(*command)
    assert result.exit_code == 2
    assert "'nobody'" in result.stderr


def test_nothing_is_deleted_when_one_of_them_is_unknown(run, corpus):
    run("delete", SNOW, "nobody", "--yes")
    assert SNOW in corpus.library


def test_delete_without_a_terminal_needs_yes(run, corpus):
    result = run("delete", SNOW)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert SNOW in corpus.library


def test_delete_says_how_many_and_counts_an_article_once(run, corpus):
    assert run("delete", SNOW, SNOW, "--yes").stdout == "Deleted 1 article.\n"
    assert SNOW not in corpus.library
    assert run("delete", OIL, "--yes", "--quiet").stdout == ""


@pytest.mark.parametrize(
    ("typed", "code", "left"), [("y\n", 0, False), ("n\n", 1, True), ("\n", 1, True), ("", 130, True)]
)
def test_delete_names_what_it_will_delete_and_asks(run, corpus, typed, code, left):
    result = run("delete", SNOW, "--json", stdin=Terminal(typed.encode()))
    assert "Snow closes the pass (no outlet, undated)" in result.stderr
    assert (result.exit_code, SNOW in corpus.library) == (code, left)


def test_status_says_what_the_corpus_holds(run):
    shown = run("status").stdout
    for part in ("Articles   2", "North Wire (1)", "mini, 384 dimensions", "Epoch      7", "12.3 MB", "2024-03-05"):
        assert part in shown
