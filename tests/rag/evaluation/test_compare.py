from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation import MEASURE, Question, QuestionSet, Run, compare_runs
from rag.evaluation.compare import holm, randomisation_p
from rag.evaluation.figures import figures
from rag.evaluation.results import Given, Result
from rag.records import EmbedderInfo
from tests.runs import run_info

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def result(name: str, **values: float) -> Result:
    return Result(name, (), Given(), values, milliseconds={"ask": 10.0, "search": 5.0})


def column(*values: float) -> np.ndarray:
    return np.array(values).reshape(-1, 1)


INFO = run_info(
    finished="2024-05-01T10:16:00+00:00",
    set="twenty",
    questions=20,
    embedder=EmbedderInfo("mini", 384, "53aa"),
    ranking="linear 1",
    reader="extractive 2",
)


@pytest.fixture
def before() -> Run:
    """A run of twenty questions, half of whose evidence was found."""
    questions = QuestionSet("twenty", b"", tuple(Question(f"q{i}", f"Question {i}?") for i in range(20)), ())
    return made_of(Run(INFO, questions, ()), [result(f"q{i}", **{"R@10": float(i % 2)}) for i in range(20)])


def made_of(run: Run, results: list[Result]) -> Run:
    return replace(run, results=tuple(results), figures=figures({each.id: "" for each in results}, results))


def test_a_run_compared_with_itself_differs_in_nothing(before: Run) -> None:
    comparison = compare_runs(before, before)
    assert comparison.paired == 20
    assert all((each.difference, each.p, each.better) == (0, 1, None) for each in comparison.differences)
    assert (comparison.found_won, comparison.found_lost, comparison.warnings) == ((), (), ())


def test_a_measure_that_falls_everywhere_is_worse_by_more_than_chance(before: Run) -> None:
    after = made_of(before, [result(each.id, **{"R@10": 0.0}) for each in before.results])
    comparison = compare_runs(before, after)
    fallen = next(each for each in comparison.differences if each.measure == "R@10")
    assert (fallen.before, fallen.after, fallen.difference, fallen.n) == (0.5, 0.0, -0.5, 20)
    assert fallen.better is False
    assert fallen.p <= fallen.adjusted < 0.05
    assert comparison.tested == len(comparison.differences) == 5  # and the four times
    assert comparison.found_lost == tuple(f"q{i}" for i in range(1, 20, 2))


def test_a_single_question_that_changes_is_within_chance(before: Run) -> None:
    changed = [result("q0", **{"R@10": 1.0}), *before.results[1:]]
    comparison = compare_runs(before, made_of(before, changed))
    assert next(each.p for each in comparison.differences if each.measure == "R@10") == 1.0
    assert comparison.found_won == ("q0",)


def test_less_of_what_should_be_little_is_better(before: Run) -> None:
    old = made_of(before, [result(each.id, **{"declined, answerable": 1.0}) for each in before.results])
    new = made_of(before, [result(each.id, **{"declined, answerable": 0.0}) for each in before.results])
    [declined] = [each for each in compare_runs(old, new).differences if each.measure == "declined, answerable"]
    assert declined.better is True


def test_runs_of_other_sets_corpora_and_settings_say_so_and_pair_what_they_share(before: Run) -> None:
    others = QuestionSet("others", b"", (Question("q1", "Question 1?"), Question("q2", "Reworded?")), ())
    info = replace(before.info, set="others", set_sha256="x", corpus="elsewhere", k=20, embedder=None, ranking="")
    info = replace(info, reader="extractive 3")
    after = Run(info, others, before.results[1:3])
    comparison = compare_runs(before, after)
    assert comparison.paired == 1
    made_by = ("The rankings differ: linear 1; not recorded.", "The readers differ: extractive 2; extractive 3.")
    for told in ("The sets differ", "The corpora differ", "The embedders differ", "The settings differ", *made_by):
        assert any(warning.startswith(told) for warning in comparison.warnings), told


def test_the_test_of_percentiles_and_areas_swaps_whole_questions() -> None:
    slow = np.linspace(100, 200, 60).reshape(-1, 1)
    quick = slow * 0.8
    assert randomisation_p(MEASURE["ask p50"], slow, quick) < 0.01
    assert randomisation_p(MEASURE["ask p50"], slow, slow) == 1.0


@settings(deadline=None, max_examples=20)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=12), st.randoms())
def test_the_p_value_is_the_same_in_both_directions(values: list[float], random: object) -> None:
    shuffled = sorted(values, key=lambda value: random.random())  # type: ignore[attr-defined]
    old, new = column(*values), column(*shuffled)
    there, back = randomisation_p(MEASURE["R@10"], old, new), randomisation_p(MEASURE["R@10"], new, old)
    assert there == back
    assert 0 < there <= 1


@settings(deadline=None)
@given(P_VALUES)
def test_corrected_p_values_are_never_smaller_and_rise_with_the_others(values: list[float]) -> None:
    adjusted = holm(values)
    assert all(p <= corrected <= 1 for p, corrected in zip(values, adjusted, strict=True))
    by_size = [corrected for _, corrected in sorted(zip(values, adjusted, strict=True))]
    assert by_size == sorted(by_size)
