from dataclasses import replace

from rag.ui.articles import PAGE_SIZE
from rag.ui.places import Place
from tests.ui.drawn import elements, open_page, text, texts, trees
from tests.ui.fake_corpus import HOSTILE, FakeCorpus, version


def many(number: int) -> FakeCorpus:
    return FakeCorpus([version(f"n{n}", f"Story {n}", "Text.", source="Wire", day=1 + n % 28) for n in range(number)])


def test_articles_are_listed_newest_first_each_a_link() -> None:
    at = open_page("articles", FakeCorpus())
    listing = trees(at)[-1]
    assert "3 articles" in text(listing)
    assert texts(listing, kind="title") == [
        HOSTILE,
        "Ferry fares will rise more than said",
        "Harbour to reopen in April",
    ]
    assert [Place.from_link(link["attributes"]["href"]) for link in elements(listing, "a")][-1] == Place("harbour")


def test_a_search_leaves_the_titles_that_match() -> None:
    at = open_page("articles", FakeCorpus())
    at.text_input(key="articles-matching").set_value("ferry").run()
    assert texts(trees(at)[-1], kind="title") == ["Ferry fares will rise more than said"]
    at.text_input(key="articles-matching").set_value("zebra").run()
    assert "No article matches." in text(trees(at)[-1])


def test_a_filter_leaves_the_articles_of_an_outlet() -> None:
    at = open_page("articles", FakeCorpus())
    at.multiselect(key="articles-source").set_value(["Meridian Wire"]).run()
    assert texts(trees(at)[-1], kind="title") == ["Harbour to reopen in April"]


def test_a_stub_is_marked() -> None:
    whole = version("a", "Budget passed", "The budget passed.", source="Wire", day=2)
    stub = replace(whole, article=replace(whole.article, id="b", stub="paywall"))
    at = open_page("articles", FakeCorpus([whole, stub]))
    assert ["only a stub: paywall" in facts for facts in texts(trees(at)[-1], kind="from")] == [True, False]


def test_many_articles_come_in_pages_and_a_new_search_starts_at_the_first() -> None:
    at = open_page("articles", many(2 * PAGE_SIZE + 1))
    assert len(texts(trees(at)[-1], kind="title")) == PAGE_SIZE
    at.session_state["articles-page"] = 3
    at.run()
    assert texts(trees(at)[-1], kind="title") == ["Story 0"]
    at.text_input(key="articles-matching").set_value("Story").run()
    assert texts(trees(at)[-1], kind="title")[0] == f"Story {2 * PAGE_SIZE}"


def test_a_page_that_is_no_longer_there_gives_way_to_the_last() -> None:
    news = many(2 * PAGE_SIZE + 1)
    at = open_page("articles", news)
    at.session_state["articles-page"] = 3
    at.run()
    news.held = news.held[: PAGE_SIZE + 1]
    at.run()
    assert not at.exception
    assert texts(trees(at)[-1], kind="title") == ["Story 0"]
