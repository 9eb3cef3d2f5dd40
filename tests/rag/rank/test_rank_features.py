from collections.abc import Sequence
from datetime import UTC, date, datetime
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.model import Passage, Plan
from rag.plan import Sources, plan_for
from rag.rank.features import NAMES, Candidates, describe
from rag.rank.ranker import Ranker
from tests.making import passage

QUESTION = "When did Kite Motors open the battery plant in Vessen?"


def features(
    passages: Sequence[Passage], question: str = QUESTION, plan: Plan | None = None, asked: date | None = None
) -> dict[str, list[float]]:
    """Each feature of the passages, for the first part of a question whose terms are all equally rare."""
    plan = plan or plan_for(question)
    vectors = np.eye(len(passages), 8, dtype=np.float32)
    found = Candidates(tuple(passages), vectors)
    values = describe(plan, plan.parts[0], vectors[0], found, dict.fromkeys(plan.terms, 1.0), asked)
    assert values.shape == (len(passages), len(NAMES))
    return dict(zip(NAMES, values.T.tolist(), strict=True))


def test_more_of_the_questions_words_is_more() -> None:
    described = features([passage("Rain fell."), passage("A plant opened."), passage("Kite opened a battery plant.")])
    for name in ("words", "coverage", "window"):
        assert sorted(described[name]) == described[name], name
        assert described[name][0] < described[name][2], name


def test_words_that_stand_together_as_in_the_question_count_more() -> None:
    described = features([passage("Motors of a plant, a kite and a battery."), passage("Kite Motors, battery plant.")])
    assert described["pairs"][1] > described["pairs"][0]
    assert described["coverage"][0] == described["coverage"][1]


def test_the_best_window_is_that_of_a_short_stretch() -> None:
    far = passage("Kite " + "rain " * 40 + "motors " + "rain " * 40 + "battery")
    described = features([far, passage("Kite motors battery " + "rain " * 80)])
    assert described["window"][1] > described["window"][0]


def test_a_title_counts_for_names_and_for_the_coverage() -> None:
    described = features([passage("It opened."), passage("It opened.", title="Kite Motors in Vessen")])
    assert described["names"][1] > described["names"][0]
    assert described["coverage"][1] > described["coverage"][0]


def test_bm25_is_a_share_of_the_best_candidates() -> None:
    described = features([passage("Kite Motors plant", "a"), passage("Kite.", "b"), passage("Rain.", "c")])
    assert described["words"][0] == 1.0 > described["words"][1] > described["words"][2] == 0.0


def test_what_is_meant_is_nearest_to_the_vector() -> None:
    described = features([passage("Rain."), passage("Snow.", "b")])
    assert described["meaning"] == [1.0, 0.0]


def test_the_source_and_the_days_that_are_implied_are_marked() -> None:
    plan = plan_for("What did the Ledger report published on March 5, 2024 say?", Sources(["Ledger", "Courier"]))
    moment = datetime(2024, 3, 5, 23, tzinfo=UTC)
    described = features(
        [
            passage("Rain.", source="Ledger", published_at=moment),
            passage("Rain.", "b", source="Courier", published_at=moment.replace(month=4)),
            passage("Rain.", "c"),
        ],
        plan=plan,
    )
    assert described["source"] == [1.0, 0.0, 0.0]
    assert described["days"] == [1.0, pytest.approx(0.0, abs=1e-5), 0.0]


def test_nearness_to_the_asking_day_counts_where_it_is_known() -> None:
    published = [datetime(2024, 3, day, tzinfo=UTC) for day in (14, 1)]
    passages = [passage("Rain.", str(i), published_at=when) for i, when in enumerate(published)]
    assert features(passages)["recent"] == [0.0, 0.0]
    described = features(passages, asked=date(2024, 3, 15))
    assert described["recent"][0] > described["recent"][1] > 0
    assert described["season"][0] > described["season"][1] > 0


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        (QUESTION, True),
        ("When did the ferry open in 2021?", False),
        ("What did the report published on March 5, 2024 say?", False),
        ("What did the report published on March 5, 1899 say?", False),
        ("Does the Ledger report say rain, while the Courier article says snow?", False),
    ],
)
def test_newness_counts_where_nothing_tells_of_what_time_a_question_is(question: str, counts: bool) -> None:
    published = [datetime(2024, 3, 14, tzinfo=UTC), datetime(2022, 3, 15, tzinfo=UTC), None]
    passages = [passage("Rain.", str(i), published_at=when) for i, when in enumerate(published)]
    plan = plan_for(question, Sources(["Ledger", "Courier"]))
    expected = [1.0, pytest.approx(exp(-1)), 0.5] if counts else [0.0, 0.0, 0.0]
    assert features(passages, plan=plan)["newness"] == expected
    assert features(passages, plan=plan, asked=date(2024, 3, 15))["newness"] == [0.0, 0.0, 0.0]


def test_no_candidates_have_no_rows() -> None:
    plan = plan_for(QUESTION)
    none = Candidates((), np.zeros((0, 8), dtype=np.float32))
    assert describe(plan, plan.parts[0], np.ones(8, np.float32), none, {}, None).shape == (0, len(NAMES))


@given(st.text(max_size=60), st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_features_of_any_text_are_numbers_within_their_bounds(question: str, texts: list[str]) -> None:
    described = features([passage(text, str(i)) for i, text in enumerate(texts)], question)
    for name, values in described.items():
        assert all(-1.001 <= value <= 1.001 for value in values), name


def test_the_model_has_a_weight_for_each_feature() -> None:
    ranker = Ranker.load()
    for weights, parts in ((ranker.one, 1), (ranker.several, 3)):
        assert weights.shape == (len(NAMES),)
        assert ranker.scores(np.eye(len(NAMES), dtype=np.float32), parts).tolist() == weights.tolist()


def test_a_ranker_is_known_by_its_weights() -> None:
    ranker = Ranker.load()
    assert ranker.name == Ranker.load().name
    assert ranker.name != Ranker(ranker.one, ranker.several * 2).name
