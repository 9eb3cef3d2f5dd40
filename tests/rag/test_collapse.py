from rag.collapse import collapse
from rag.model import Article, Grouping, Hit
from tests.invented import first_words, story
from tests.making import day, hits, passage

TEXT = story(1, 2)
OTHER = story(2, 2)


def grouped(*names: str) -> dict[str, Grouping]:
    """These are copies of one text; "x" and "y" stand alone."""
    articles = {name: passage("", name).article for name in names}
    beside = {name: Grouping(tuple(other for each, other in articles.items() if each != name)) for name in articles}
    return {"x": Grouping(), "y": Grouping()} | beside


def shown(hits: tuple[Hit, ...]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(hit.rank, hit.passage.article.id, hit.also_in) for hit in hits]


def test_copies_of_one_text_take_one_place_and_the_others_are_named() -> None:
    found = hits(passage(TEXT, "a"), passage(OTHER, "x"), passage(TEXT, "b"), passage(TEXT, "c"))
    assert shown(collapse(found, grouped("a", "b", "c"))) == [(1, "a", ("b", "c")), (2, "x", ())]


def test_without_copies_nothing_changes() -> None:
    found = hits(passage(TEXT, "x"), passage(TEXT, "y"), passage(OTHER, "x", ordinal=1))
    assert collapse(found, grouped()) == found
    assert collapse((), {}) == ()


def test_the_article_that_was_published_first_is_shown_at_the_place_of_the_best() -> None:
    found = hits(
        passage(TEXT, "undated"),
        passage(TEXT, "late", published_at=day(9)),
        passage(TEXT, "early", published_at=day(2)),
    )
    collapsed = collapse(found, grouped("undated", "late", "early"))
    assert shown(collapsed) == [(1, "early", ("undated", "late"))]
    assert collapsed[0].score == found[0].score


def test_a_copy_that_was_published_first_but_says_less_is_not_shown_for_the_best() -> None:
    cut = passage(first_words(TEXT, 0.5), "early", published_at=day(2))
    found = hits(passage(TEXT, "late", published_at=day(9)), cut)
    assert shown(collapse(found, grouped("late", "early"))) == [(1, "late", ("early",))]


def test_a_stub_takes_no_place_of_a_whole_article() -> None:
    stub = passage(TEXT, "stub", stub="paywall", published_at=day(2))
    whole, cut = passage(TEXT, "whole", published_at=day(9)), passage(first_words(TEXT, 0.5), "cut")
    assert shown(collapse(hits(stub, whole), grouped("stub", "whole"))) == [(1, "whole", ("stub",))]
    assert shown(collapse(hits(stub, cut), grouped("stub", "cut"))) == [(1, "stub", ()), (2, "cut", ())]


def test_a_copy_that_says_more_than_what_is_shown_keeps_its_place() -> None:
    longer = passage(f"{TEXT} {OTHER}", "b")
    found = hits(passage(TEXT, "a"), longer)
    assert shown(collapse(found, grouped("a", "b"))) == [(1, "a", ()), (2, "b", ())]


def test_a_copy_with_another_number_keeps_its_place() -> None:
    found = hits(passage(f"{TEXT} So far 12 are dead.", "a"), passage(f"{TEXT} So far 15 are dead.", "b"))
    assert [hit.passage.article.id for hit in collapse(found, grouped("a", "b"))] == ["a", "b"]


def test_passages_of_one_article_never_hide_each_other() -> None:
    found = hits(passage(TEXT, "a"), passage(TEXT, "a", ordinal=1), passage(TEXT, "b"))
    assert shown(collapse(found, grouped("a", "b"))) == [(1, "a", ("b",)), (2, "a", ())]


def test_the_same_words_in_articles_that_are_no_copies_both_stay() -> None:
    found = hits(passage(TEXT, "x"), passage(TEXT, "y"))
    assert [hit.passage.article for hit in collapse(found, grouped())] == [_article("x"), _article("y")]


def _article(name: str) -> Article:
    return passage("", name).article
