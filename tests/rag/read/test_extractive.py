import numpy as np
import pytest

from rag.context import sentences_of
from rag.model import Draft, Passage, Reason
from rag.plan import plan_for
from rag.read.extractive import MOST_READINGS, NAME, SHORTLIST, ExtractiveReader, Fitted
from rag.read.features import NAMES
from tests.fakes import HashEmbedder
from tests.making import day, passage, ranking

PLANT = passage(
    "Kite Motors will open its battery plant in Vessen on 14 June, the company said. "
    "The plant has cost 480 million crowns and is to employ 900 people. "
    "“We are ready,” said Lena Marsh, the chief executive of Kite Motors.",
    "plant",
    published_at=day(4, 3),
)


def fitted(threshold: float = 0.5, further: float = 0.7, **weights: float) -> Fitted:
    """Weights of our own, so that these tests do not hang on what was fitted."""
    both = np.array([*(weights.get(name, 0.0) for name in NAMES), weights.get("bias", 0.0)])
    return Fitted(both, both, threshold, further)


SOUND = fitted(coverage=6.0, typed=2.0, near=1.0, bias=-3.0)


def read(
    question: str,
    *passages: Passage,
    by: Fitted = SOUND,
    unknown: tuple[str, ...] = (),
    embedder: HashEmbedder | None = None,
) -> Draft:
    plan = plan_for(question)
    rarities = {term: None if term in unknown else 1.0 for term in plan.terms}
    reader = ExtractiveReader(lambda: embedder or HashEmbedder(), by)
    (vector,) = (embedder or HashEmbedder()).embed_queries([question])
    return reader.read(plan, vector, sentences_of(ranking(*passages)), rarities)


@pytest.mark.parametrize(
    ("question", "sentence", "span"),
    [
        ("When will Kite Motors open its battery plant?", 0, "14 June"),
        ("How much has the plant cost?", 1, "480 million crowns"),
        ("How many people is the plant to employ?", 1, "900"),
        ("Who is the chief executive?", 2, "Lena Marsh"),
        ("Where will the battery plant open?", 0, "Vessen"),
    ],
)
def test_the_sentence_that_answers_is_read_with_the_words_that_answer(question: str, sentence: int, span: str) -> None:
    draft = read(question, PLANT)
    best = draft.readings[0]
    assert best.sentence == sentences_of(ranking(PLANT))[sentence]
    assert best.span is not None
    assert span in best.sentence.text[best.span.start : best.span.end]
    assert draft.reader == NAME
    assert draft.abstention is None
    assert draft.confidence == pytest.approx(best.support)


def test_a_question_for_no_kind_of_phrase_is_answered_by_a_whole_sentence() -> None:
    draft = read("What did the battery plant in Vessen do?", PLANT)
    assert draft.readings
    assert draft.readings[0].span is None


def test_without_any_passage_nothing_is_found() -> None:
    draft = read("When will it open?")
    assert draft.abstention is not None
    assert draft.abstention.reason is Reason.NOTHING_FOUND
    assert draft.readings == ()


def test_a_question_whose_best_sentence_is_not_likely_right_is_declined() -> None:
    draft = read("When will Kite Motors open its plant?", PLANT, by=fitted(bias=-3.0))
    assert draft.abstention is not None
    assert draft.abstention.reason is Reason.NO_ANSWER
    assert "when" in draft.abstention.explanation
    assert draft.readings == ()
    assert draft.confidence == pytest.approx(1 / (1 + np.exp(3)))


def test_words_that_no_article_has_are_named_as_the_reason_as_they_were_written() -> None:
    draft = read("When will Zorblax and Quux open?", PLANT, by=fitted(bias=-3.0), unknown=("zorblax", "quux"))
    assert draft.abstention is not None
    assert draft.abstention.reason is Reason.UNKNOWN_TERMS
    assert "“Zorblax” or “Quux”" in draft.abstention.explanation


def test_the_line_between_answering_and_declining_is_the_fitted_threshold() -> None:
    sure = read("When?", PLANT, by=fitted(bias=0.1, threshold=0.5))
    unsure = read("When?", PLANT, by=fitted(bias=-0.1, threshold=0.5))
    assert (sure.abstention is None, unsure.abstention is None) == (True, False)


def test_what_says_the_same_as_a_better_sentence_is_not_read_twice() -> None:
    copy = passage(PLANT.text, "copy", published_at=day(5, 3))
    draft = read("When will Kite Motors open its battery plant?", PLANT, copy)
    opening = [reading for reading in draft.readings if "14 June" in reading.sentence.text]
    assert len(opening) == 1


def test_no_more_than_the_most_are_read_and_the_best_first() -> None:
    texts = ("The plant opens in Vessen.", "A ring road past the plant is late.", "The plant employs 900.",
             "Roads, rails and a plant.", "Nobody sees the plant from here at night.")  # fmt: skip
    several = [passage(text, f"a{i}") for i, text in enumerate(texts)]
    draft = read("plant opens", *several, by=fitted(coverage=2.0, rank=1.0, further=0.1))
    assert 1 < len(draft.readings) <= MOST_READINGS
    supports = [reading.support for reading in draft.readings]
    assert supports == sorted(supports, reverse=True)


def test_what_is_much_less_sure_than_the_best_is_left_out() -> None:
    draft = read("When will the battery plant open?", PLANT, by=fitted(coverage=9.0, bias=-4.0, further=0.9))
    assert len(draft.readings) == 1


def test_the_meaning_of_no_more_sentences_than_the_shortlist_is_compared() -> None:
    embedder = HashEmbedder()
    many = [passage(f"Sentence {i} of the plant is here.", f"a{i}") for i in range(SHORTLIST + 10)]
    read("plant", *many, embedder=embedder)
    assert len(embedder.embedded) == SHORTLIST


def test_the_same_question_is_read_the_same_way_again() -> None:
    question = "When will Kite Motors open its battery plant?"
    assert read(question, PLANT) == read(question, PLANT)


def test_what_was_fitted_has_a_weight_for_every_feature_and_lines_that_can_be_met() -> None:
    kept = Fitted.load()
    assert kept.ranking.shape == kept.confidence.shape == (len(NAMES) + 1,)
    assert np.isfinite(kept.ranking).all()
    assert np.isfinite(kept.confidence).all()
    assert 0.0 < kept.threshold < 1.0
    assert 0.0 < kept.further <= 1.0
