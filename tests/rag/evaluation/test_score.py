"""The measures of ranked hits, of hits that are made up."""

from dataclasses import replace
from math import log2

import pytest

from rag.evaluation.gold import Gold
from rag.evaluation.score import _ranked
from rag.evaluation.sets import Evidence
from tests.making import hits, passage

QUOTE = "It opens on 14 June."


def whole(*articles: str) -> Gold:
    """Evidence without quotes: each of these articles as a whole."""
    return Gold(tuple(map(Evidence, articles)), articles, (frozenset(),) * len(articles))


def quoted(*articles: str) -> Gold:
    """The same words, in the first passage of each of these articles."""
    found = tuple(frozenset({passage(QUOTE, name).id}) for name in articles)
    return Gold(tuple(Evidence(name, QUOTE) for name in articles), articles, found)


def test_more_passages_of_a_found_article_take_places_as_any_others_do() -> None:
    names = ["a", "a", "a", "a", "a", "b"]
    values = _ranked(whole("a", "b"), hits(*(passage("Rain.", name, ordinal=i) for i, name in enumerate(names))))
    assert (values["R@5"], values["R@10"], values["RR@10"]) == (0.5, 1.0, 1.0)
    assert values["nDCG@10"] == pytest.approx((1 + 1 / log2(7)) / (1 + 1 / log2(3)))


def test_passages_of_other_articles_take_a_place_each() -> None:
    names = ["x", "x", "a"]
    values = _ranked(whole("a"), hits(*(passage("Rain.", name, ordinal=i) for i, name in enumerate(names))))
    assert values["RR@10"] == pytest.approx(1 / 3)


def test_a_hit_whose_copy_is_the_evidence_is_at_its_own_place() -> None:
    [hit] = hits(passage(QUOTE, "original"))
    values = _ranked(quoted("copy"), [replace(hit, also_in=("copy",))])
    assert values == {"R@5": 1.0, "R@10": 1.0, "nDCG@10": 1.0, "RR@10": 1.0}


def test_copies_that_are_not_shown_push_nothing_out_of_the_first_five() -> None:
    copies = [f"copy {n}" for n in range(4)]
    first, *others = hits(*(passage(QUOTE if name in "az" else "Rain.", name) for name in ["a", "b", "c", "d", "z"]))
    values = _ranked(quoted("a", *copies, "z"), [replace(first, also_in=tuple(copies)), *others])
    assert values["R@5"] == 1.0


def test_evidence_that_nothing_holds_counts_as_not_found() -> None:
    gold = Gold((Evidence("a"), Evidence("gone")), ("a", None), (frozenset(), frozenset()))
    assert _ranked(gold, hits(passage("Rain.", "a")))["R@5"] == 0.5
    assert _ranked(gold, ()) == {"R@5": 0.0, "R@10": 0.0, "nDCG@10": 0.0, "RR@10": 0.0}
