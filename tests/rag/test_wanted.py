import pytest

from rag.language.terms import located_terms, terms
from rag.plan import plan_for
from rag.wanted import Wanted, unknown_terms, weights_of
from tests.making import day


def wanted(question: str, **rarities: float | None) -> Wanted:
    plan = plan_for(question)
    return Wanted(plan, {term: rarities.get(term, 1.0) for term in plan.terms})


def fitting(question: str, text: str) -> list[str]:
    """The words of a text, published on 18 March, that are of the sort that is asked for."""
    sought, located = wanted(question), located_terms(text)
    return [text[p.start : p.end] for p in sought.fresh(text) if sought.fits(p, text, located, day(18, 3))]


def test_a_term_whose_synonym_stands_in_the_corpus_is_not_unknown() -> None:
    assert unknown_terms(("start", "zebra"), {"start": None, "begin": 2.0, "zebra": None}) == {"zebra"}
    assert weights_of(("start", "zebra"), {"start": None, "begin": 2.0, "zebra": None}) == {"start": 2.0, "zebra": 2.0}
    assert weights_of(("zebra",), {"zebra": None}) == {"zebra": 1.0}


def test_what_is_covered_is_weighted_by_rarity_and_is_all_at_most() -> None:
    sought = wanted("plant employs zebras", plant=1.0, employ=3.0, zebra=4.0)
    assert sought.coverage({"plant", "employ", "rain"}) == pytest.approx(4 / 8)
    assert sought.coverage({"plant", "employ", "zebra"}) == 1.0
    assert sought.coverage(set()) == 0.0


def test_the_places_of_terms_tell_which_of_the_question_each_means() -> None:
    there = terms("Rain fell when the ferry began its service")
    assert wanted("Did the ferry start?").places(there) == [(4, "ferri"), (5, "start")]


@pytest.mark.parametrize("question", ["Why was it late?", "What was late?", ""])
def test_a_question_that_a_whole_sentence_answers_wants_no_phrase(question: str) -> None:
    assert wanted(question).kinds == frozenset()
    assert wanted(question).fresh("Kite Motors was late on 14 June.") == ()


def test_a_phrase_that_the_question_holds_is_no_news() -> None:
    assert wanted("Who heads Kite Motors?").fresh("Kite Motors is late.") == ()


def test_a_count_fits_if_it_is_of_what_the_question_counts() -> None:
    text = "The plant cost 480 million crowns and employs 900 people and 12 dogs."
    assert fitting("How many people does the plant employ?", text) == ["900 people"]


def test_a_time_fits_a_question_of_what_is_ahead_unless_it_is_over_or_denied() -> None:
    question = "When will the plant open?"
    assert fitting(question, "The plant, it was let slip last week, will open this year.") == ["this year"]
    assert fitting(question, "The plant will not open next month.") == []
    assert fitting("When did they say so?", "They said last week it will not open.") == ["last week"]


def test_of_two_phrases_the_one_beside_the_questions_terms_is_nearer() -> None:
    text = (
        "The ferry stops on 3 May, and much later, after long works on both of its shores, the bridge opens on 9 July."
    )
    sought, located = wanted("When does the bridge open?"), located_terms(text)
    first, second = sought.fresh(text)
    assert 0.0 < sought.nearness(first, located) < sought.nearness(second, located) <= 1.0


def test_a_phrase_far_from_any_term_of_the_question_is_near_to_none() -> None:
    text = "It rained on 3 May."
    sought = wanted("When does the bridge open?")
    (phrase,) = sought.fresh(text)
    assert sought.nearness(phrase, located_terms(text)) == 0.0
