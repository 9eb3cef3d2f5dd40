from datetime import date

import pytest

from rag.identity import passage_id, version_key
from rag.model import Answer, Claim, Filters, Ranking
from tests.making import day, hits, passage


def test_filters_that_filter_nothing_are_false() -> None:
    assert not Filters()
    for some in (Filters(sources=("a",)), Filters(published_to=date(2024, 1, 1)), Filters(as_of=day(1))):
        assert some


def test_a_ranking_is_a_sequence_of_its_hits() -> None:
    found = hits(passage("One.", "a"), passage("Two.", "b"))
    ranking = Ranking("query", found)
    assert (len(ranking), list(ranking), ranking[1], ranking[:1]) == (2, list(found), found[1], found[:1])
    assert not Ranking("query", ())


def test_ids_are_made_of_article_version_and_place_and_nothing_else() -> None:
    assert passage_id("a", 1, 0) == f"{version_key('a', 1)}-0"
    assert len({passage_id(a, n, i) for a in ("a", "b") for n in (1, 11) for i in (0, 1, 11)}) == 12


def test_a_claim_that_several_citations_support_carries_all_their_markers() -> None:
    answer = Answer("q", claims=(Claim("It rained.", (1, 2), 1.0), Claim("It was cold.", (2,), 1.0)))
    assert answer.text == "It rained. [1][2] It was cold. [2]"


@pytest.mark.parametrize("answer", [Answer("q")])
def test_an_answer_without_claims_has_an_empty_text(answer: Answer) -> None:
    assert answer.text == ""
