"""The gate lets pass what is as good as the baseline, and names the measure that each kind of breakage lowers.

Each breakage is shown the questions that tell of it; of the plain ones, which there are plenty of, about half.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from rag.evaluation import Question, Run
from rag.evaluation.results import Result
from rag.model import Filters
from tests.conftest import SAMPLES
from tests.quality.breaking import (
    NeverDeclining,
    NoFilters,
    NoGroups,
    NoMeaning,
    NoVectors,
    NoWords,
    OffByOne,
    YearLater,
)
from tests.quality.conftest import Sample
from tests.quality.gate import APART, baseline_of, judge, told, write_baseline

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ARTICLES = SAMPLES / "articles.jsonl"
Which = Callable[[Question], bool]


@pytest.fixture(scope="session")
def unbroken(sample: Sample) -> Run:
    taken = (filtered, reworded, unanswerable, drawn)
    return sample.run(lambda question: any(which(question) for which in taken))


@pytest.fixture(scope="session")
def baseline(unbroken: Run) -> dict[str, object]:
    return baseline_of(unbroken, ARTICLES)


def filtered(question: Question) -> bool:
    return question.filters != Filters()


def reworded(question: Question) -> bool:
    return question.type == APART


def drawn(question: Question) -> bool:
    return sha256(question.id.encode()).digest()[0] % 2 == 0


def plain(question: Question) -> bool:
    return question.answerable is True and not filtered(question) and not reworded(question) and drawn(question)


def unanswerable(question: Question) -> bool:
    return question.answerable is False


@pytest.mark.parametrize(
    ("which", "parts", "measures"),
    [
        pytest.param(plain, {"lexical": NoWords}, {"declined, answerable"}, id="no lexical side"),
        pytest.param(reworded, {"vectors": NoMeaning, "store": NoVectors}, {"nDCG@10"}, id="no vector side"),
        pytest.param(filtered, {"store": NoFilters}, {"nDCG@10"}, id="filters ignored"),
        pytest.param(filtered, {"store": YearLater}, {"nDCG@10", "declined, answerable"}, id="dates a year late"),
        pytest.param(plain, {"store": OffByOne}, {"citations exact"}, id="offsets off by one"),
        pytest.param(plain, {"store": NoGroups}, {"repeats@10"}, id="story groups broken"),
        pytest.param(unanswerable, {"reader": NeverDeclining}, {"declined, unanswerable"}, id="never declining"),
    ],
)
def test_a_breakage_is_caught_by_name(
    sample: Sample, baseline: dict[str, object], which: Which, parts: dict[str, object], measures: set[str]
) -> None:
    verdict = judge(sample.run(which, **parts), baseline, ARTICLES)
    changed = [each for each in verdict.differences if each.difference]
    assert measures <= {each.measure for each in verdict.fallen}, "\n".join(map(told, changed))


def test_the_same_again_passes(sample: Sample, baseline: dict[str, object]) -> None:
    verdict = judge(sample.run(unanswerable), baseline, ARTICLES)
    assert verdict.paired > 30
    assert not any(each.difference for each in verdict.differences)


def test_a_baseline_is_read_as_it_was_written(unbroken: Run, baseline: dict[str, object], tmp_path: Path) -> None:
    write_baseline(tmp_path / "baseline.json", baseline)
    verdict = judge(unbroken, json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8")), ARTICLES)
    assert (verdict.fallen, verdict.risen, verdict.changed) == ((), (), ())


def test_one_question_lost_is_chance_and_one_citation_that_is_not_exact_is_not(
    unbroken: Run, baseline: dict[str, object]
) -> None:
    def with_one(name: str) -> Run:
        number, lost = next((i, each) for i, each in enumerate(unbroken.results) if each.values.get(name) == 1.0)
        results: list[Result] = list(unbroken.results)
        results[number] = replace(lost, values={**lost.values, name: 0.0})
        return replace(unbroken, results=tuple(results))

    assert judge(with_one("answer in first 1"), baseline, ARTICLES).fallen == ()
    assert [each.measure for each in judge(with_one("citations exact"), baseline, ARTICLES).fallen] == [
        "citations exact"
    ]


def test_changed_questions_are_left_out_and_changed_data_is_told(
    unbroken: Run, baseline: dict[str, object], tmp_path: Path
) -> None:
    first, *others = unbroken.questions.questions
    reworded = replace(unbroken.questions, questions=(replace(first, text="Another?"), *others))
    other = tmp_path / "articles.jsonl"
    other.write_text("other")
    verdict = judge(replace(unbroken, questions=reworded), baseline, other)
    assert verdict.paired == len(others)
    assert verdict.changed == ("articles",)
