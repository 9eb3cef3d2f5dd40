from tests.ui.drawn import open_page, text, texts, trees
from tests.ui.fake_corpus import FakeCorpus
from tests.ui.fake_desk import FakeDesk

SHOWN = FakeCorpus(), FakeDesk()


def test_an_address_opens_the_article_with_the_words_lit() -> None:
    at = open_page("article", *SHOWN, article="ferry", version="1", start="0", end="10")
    assert not at.exception
    assert texts(trees(at)[0], "mark") == ["Fares rise"]
    assert "by 4 percent" in text(trees(at)[0])


def test_without_a_version_the_current_one_is_opened() -> None:
    at = open_page("article", *SHOWN, article="ferry")
    assert "by 6 percent" in text(trees(at)[0])


def test_an_article_that_is_not_there_is_a_sentence() -> None:
    at = open_page("article", *SHOWN, article="**nowhere**")
    assert not at.exception
    assert "No article has the id or url '**nowhere**'." in texts(trees(at)[0], kind="notice")[0]


def test_bounds_that_make_no_sense_light_nothing() -> None:
    at = open_page("article", *SHOWN, article="ferry", start="999", end="x")
    assert not at.exception
    assert texts(trees(at)[0], "mark") == []


def test_no_article_in_the_address_opens_nothing() -> None:
    assert trees(open_page("article", *SHOWN, other="1")) == []


def test_an_address_can_name_two_versions_to_be_compared() -> None:
    at = open_page("article", *SHOWN, article="ferry", version="2", against="1")
    assert not at.exception
    assert texts(trees(at)[0], "h3")[0].startswith("Version 1")
    assert texts(trees(at)[0], "ins")


def test_a_version_to_compare_with_that_is_not_there_is_a_sentence() -> None:
    at = open_page("article", *SHOWN, article="ferry", version="2", against="9")
    assert not at.exception
    assert "No article has the id or url" in texts(trees(at)[0], kind="notice")[0]
