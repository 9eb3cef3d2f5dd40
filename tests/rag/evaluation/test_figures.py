import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation.figures import figure_of, figures, interval_of
from rag.evaluation.measures import MEASURE, MEASURES, Values, area, median, risks
from rag.evaluation.results import Given, Result

ROWS = st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.sampled_from([0.0, 1.0])), min_size=1, max_size=20).map(
    np.array
)


def result(name: str, confidence: float | None = None, **values: float) -> Result:
    return Result(name, (), Given(confidence=confidence), values, milliseconds={"ask": 10.0, "search": 5.0})


def test_a_figure_is_a_mean_with_an_interval_and_the_number_of_questions_it_was_taken_on() -> None:
    results = [*(result(f"q{i}", **{"R@10": float(i % 2)}) for i in range(20)), result("without")]
    figure = figure_of(MEASURE["R@10"], "all", results)
    assert (figure.value, figure.n, figure.of) == (0.5, 20, 21)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < 0.5 < figure.high
    assert figure.why == "It is taken on questions with evidence; 1 of 21 are not."


def test_a_measure_that_cannot_be_taken_says_why_and_never_nan() -> None:
    taken = figures({"q": ""}, [result("q")])
    assert [figure.measure for figure in taken] == [measure.name for measure in MEASURES]
    for figure in taken:
        assert (figure.value is None) == (figure.n == 0)
        assert figure.value is not None or figure.why
        assert all(math.isfinite(number) for number in (figure.value, figure.low, figure.high) if number is not None)
    assert all(figure.value is None for figure in figures({}, []))


def test_figures_are_taken_by_type_when_there_are_several() -> None:
    results = [result("a", **{"R@10": 1.0}), result("b", **{"R@10": 0.0}), result("c", **{"R@10": 0.0})]
    taken = figures({"a": "when", "b": "who", "c": ""}, results)
    by_group = {figure.group: figure.value for figure in taken if figure.measure == "R@10"}
    assert by_group == {"all": pytest.approx(1 / 3, abs=1e-6), "no type": 0.0, "when": 1.0, "who": 0.0}


def test_the_same_results_give_the_same_intervals() -> None:
    values = np.random.default_rng(1).random((30, 1))
    assert interval_of(median, values) == interval_of(median, values)


def test_the_area_is_small_when_the_confident_answers_are_the_right_ones() -> None:
    knowing = np.array([(0.9, 0.0), (0.8, 0.0), (0.2, 1.0)])
    deluded = np.array([(0.9, 1.0), (0.8, 0.0), (0.2, 0.0)])
    assert area(knowing) == pytest.approx(1 / 9)
    assert area(knowing) < area(deluded)


@settings(deadline=None)
@given(ROWS)
def test_the_risk_coverage_curve_ends_at_the_share_of_wrong_answers(rows: Values) -> None:
    risk = risks(rows)
    assert risk[-1] == pytest.approx(rows[:, 1].mean())
    assert ((risk >= 0) & (risk <= 1)).all()


@settings(deadline=None)
@given(ROWS)
def test_the_order_of_the_questions_does_not_matter_to_the_area(rows: Values) -> None:
    assert area(rows) == pytest.approx(area(rows[::-1]))


@pytest.mark.parametrize("name", ["R@10", "AURC", "ask p50", "ask p95"])
def test_a_summary_of_many_draws_is_that_of_each(name: str) -> None:
    measure = MEASURE[name]
    draws = np.random.default_rng(1).random((3, 7, 2))
    assert measure.summary(draws).tolist() == pytest.approx([float(measure.summary(draw)) for draw in draws])
