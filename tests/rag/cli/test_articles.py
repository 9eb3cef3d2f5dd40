from dataclasses import replace

OIL = "https://north.example/oil"
SNOW = "notes/snow.txt"


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


def test_a_stub_is_marked_in_the_list_and_not_in_its_document(run, corpus):
    [snow] = corpus.versions(SNOW)
    corpus.library[SNOW] = (replace(snow, article=replace(snow.article, stub="paywall")),)
    assert run("articles").stdout.splitlines()[1] == f"undated\t\tSnow closes the pass (stub: paywall)\t{SNOW}"
    assert "stub" not in run("articles", "--json").stdout


def test_status_says_what_the_corpus_holds(run):
    shown = run("status").stdout
    for part in ("Articles   2", "North Wire (1)", "mini, 384 dimensions", "Epoch      7", "12.3 MB", "2024-03-05"):
        assert part in shown


def test_status_says_what_is_withdrawn_and_under_embargo_if_anything_is(run, corpus):
    assert "Embargoed" not in run("status").stdout
    held = replace(corpus.status(), withdrawn=3, embargoed=1_200)
    corpus.status = lambda: held
    shown = run("status").stdout
    assert "Withdrawn  3\n" in shown
    assert "Embargoed  1,200\n" in shown
