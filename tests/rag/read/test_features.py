import numpy as np
import pytest

from rag.context import sentences_of
from rag.model import Sentence
from rag.plan import plan_for
from rag.read.features import NAMES, Described, Describer
from tests.making import day, passage, ranking

TEXT = (
    "Kite Motors will open its battery plant in Vessen on 14 June, the company said. "
    "The plant has cost 480 million crowns and is to employ 900 people. "
    "It was delayed because a road was late. Will it open at all?"
)
OPENING, COST, DELAY, DOUBT = sentences_of(ranking(passage(TEXT, published_at=day(4, 3), title="A plant for Vessen")))


def describe(question: str, sentence: Sentence, **rarities: float | None) -> Described:
    plan = plan_for(question)
    return Describer(plan, {term: rarities.get(term, 2.0) for term in plan.terms}).describe(sentence)


def feature(name: str, question: str, sentence: Sentence, **rarities: float | None) -> float:
    return float(describe(question, sentence, **rarities).values[NAMES.index(name)])


def test_all_features_are_numbers_in_the_order_of_their_names() -> None:
    for question in ("When will it open?", "", "Who?", "How many people does Kite Motors employ?"):
        for sentence in (OPENING, COST, DELAY, DOUBT):
            values = describe(question, sentence).values
            assert values.shape == (len(NAMES),)
            assert np.isfinite(values).all()


def test_the_names_of_features_are_distinct() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_coverage_is_the_share_of_the_questions_terms_weighted_by_rarity() -> None:
    question = "plant employs zebras"
    weights = {"plant": 1.0, "employ": 3.0, "zebra": 4.0}
    assert feature("coverage", question, COST, **weights) == pytest.approx(4 / 8)
    assert feature("coverage", question, OPENING, **weights) == pytest.approx(1 / 8)


def test_a_term_that_no_passage_holds_counts_as_much_as_the_rarest() -> None:
    question = "plant employs zebras"
    assert feature("coverage", question, COST, plant=1.0, employ=3.0, zebra=None) == pytest.approx(4 / 7)
    assert feature("unknown", question, COST, plant=1.0, employ=3.0, zebra=None) == pytest.approx(3 / 7)
    assert feature("unknown", question, COST) == 0.0


def test_the_context_of_a_sentence_is_its_passage_and_its_title() -> None:
    assert feature("coverage", "battery crowns", COST) == pytest.approx(0.5)
    assert feature("in_context", "battery crowns", COST) == 1.0


def test_a_sentence_that_holds_a_new_phrase_of_the_kind_asked_for_is_typed() -> None:
    assert feature("typed", "When will the plant open?", OPENING) == 1.0
    assert feature("typed", "When was it delayed?", DELAY) == 0.0


def test_a_phrase_that_the_question_holds_already_is_not_new() -> None:
    assert describe("Who heads Kite Motors?", OPENING).fresh == ()
    assert feature("typed", "When, if not on 14 June, will it open?", OPENING) == 0.0


def test_a_question_for_no_kind_of_phrase_has_no_phrases_that_answer() -> None:
    assert feature("typed", "Why was it late?", DELAY) == 0.0
    assert describe("Why was it late?", OPENING).fresh == ()


def test_the_place_of_a_sentence_and_its_shortness_are_told() -> None:
    assert feature("short", "plant", DOUBT) == 1.0
    assert feature("short", "plant", OPENING) == 0.0
    assert feature("lead", "plant", OPENING) == 1.0
    assert feature("lead", "plant", COST) == pytest.approx(1 / 2)
    (later,) = sentences_of(ranking(passage("A later passage of the article.", start=7)))
    assert feature("lead", "plant", later) == 0.0


def test_a_word_that_means_the_same_counts_as_the_word_of_the_question() -> None:
    (started,) = sentences_of(ranking(passage("The ferry began its service.")))
    assert feature("coverage", "start", started) == feature("coverage", "begin", started) == 1.0


def test_a_time_behind_a_denial_does_not_say_when_something_will_be() -> None:
    text = "The plant will not open next month but on 14 June."
    (sentence,) = sentences_of(ranking(passage(text, published_at=day(18, 3), title="Late")))
    assert feature("fitting", "When will the plant open?", sentence) == 0.0
    assert feature("fitting", "When did they say so?", sentence) == 1.0
