"""A closer look prefers passages in which the answer's kind of phrase stands beside the question's terms."""

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.plan import plan_for
from rag.rank.closely import look_closely
from rag.rank.features import NAMES, Candidates
from rag.wanted import Wanted
from tests.making import passage

QUESTION = "When does the bridge open?"
NEAR, FITTING = NAMES.index("near"), NAMES.index("fitting")
FILLING = " rain" * 60


def looked_at(*texts: str, question: str = QUESTION, rows: range | None = None) -> NDArray[np.float32]:
    plan = plan_for(question)
    found = Candidates(tuple(passage(text, f"a{i}") for i, text in enumerate(texts)), np.eye(len(texts), 8, dtype="f4"))
    values = np.zeros((len(texts), len(NAMES)), dtype=np.float32)
    look_closely(Wanted(plan, dict.fromkeys(plan.terms, 1.0)), found, rows or range(len(texts)), values)
    assert not np.delete(values, [NEAR, FITTING], axis=1).any()
    return values


def test_a_phrase_beside_the_questions_terms_is_nearer_than_one_further_away() -> None:
    beside, away = looked_at("The bridge opens on 9 July.", "The bridge opens, after works and much rain, on 9 July.")
    assert beside[NEAR] > away[NEAR] > 0.0
    assert beside[FITTING] == away[FITTING] == 1.0


def test_a_phrase_in_another_part_of_the_passage_is_not_seen() -> None:
    (values,) = looked_at(f"The bridge opens.{FILLING} It rained on 9 July.")
    assert (values[NEAR], values[FITTING]) == (0.0, 0.0)


def test_the_stretch_is_taken_from_wherever_it_stands() -> None:
    first, last = looked_at(
        f"The bridge opens on 9 July.{FILLING}", f"It rained.{FILLING}. The bridge opens on 9 July."
    )
    assert first[NEAR] == last[NEAR] > 0.0


def test_a_phrase_of_another_sort_does_not_fit() -> None:
    (values,) = looked_at("The bridge opens at 9 am.")
    assert values[NEAR] > 0.0
    assert values[FITTING] == 0.0


@pytest.mark.parametrize("text", ["", "Rain fell on 9 July.", "A bridge opens."])
def test_without_a_term_of_the_question_or_a_phrase_there_is_nothing_to_see(text: str) -> None:
    assert not looked_at(text).any()


def test_only_the_given_rows_are_looked_at() -> None:
    values = looked_at("The bridge opens on 9 July.", "The bridge opens on 9 July.", rows=range(1, 2))
    assert not values[0].any()
    assert values[1].any()


def test_a_question_that_no_phrase_answers_is_not_looked_at() -> None:
    assert not looked_at("The bridge opens on 9 July.", question="Why does the bridge open?").any()
