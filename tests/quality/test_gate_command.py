"""What the command says and leaves behind, over runs that are made up: no model, no corpus."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation import Question, QuestionSet, Run
from rag.evaluation.results import Given, Result
from rag.evaluation.sets import Evidence
from rag.model import Filters
from tests.conftest import SAMPLES
from tests.quality import gate
from tests.runs import run_info

INFO = run_info(set="forty", questions=40)
QUESTIONS = tuple(Question(f"q{i}", f"Question {i}?", ("June",)) for i in range(40))
Command = Callable[..., int]


def run_of(found: int, *, exact: int = 40, questions: tuple[Question, ...] = QUESTIONS) -> Run:
    """A run that found the answers of the first `found` questions, and cited exactly in the first `exact`."""
    results = tuple(
        Result(
            each.id,
            (),
            Given(),
            {"answer in first 10": float(place < found), "citations exact": float(place < exact)},
        )
        for place, each in enumerate(questions)
    )
    return Run(INFO, QuestionSet("forty", b"", questions, ()), results)


@pytest.fixture
def baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the gate keeps its baseline: that of a run which found 20 of 40."""
    path = tmp_path / "baseline.json"
    monkeypatch.setattr(gate, "BASELINE", path)
    gate.write_baseline(path, gate.baseline_of(run_of(20), SAMPLES / "articles.jsonl"))
    return path


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, baseline: Path) -> Command:
    """The command, for which something was measured."""

    def called(run: Run, *arguments: str) -> int:
        monkeypatch.setattr(gate, "_measured", lambda articles: run)
        return gate.main(arguments)

    return called


def kept_of(run: Run) -> str:
    """The baseline of a run, as it is written."""
    gate.write_baseline(gate.BASELINE, gate.baseline_of(run, SAMPLES / "articles.jsonl"))
    return gate.BASELINE.read_text()


def test_the_same_again_passes_and_changes_nothing(command: Command, baseline: Path) -> None:
    before = baseline.read_text()
    assert command(run_of(20)) == 0
    assert baseline.read_text() == before


def test_a_fall_by_more_than_chance_fails(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(run_of(5)) == 1
    assert "Fallen by more than chance:\n  answer in first 10" in capsys.readouterr().out


def test_without_a_baseline_only_lower_keeps_one(
    command: Command, baseline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline.unlink()
    assert [command(run_of(20)), command(run_of(20), "--raise")] == [1, 1]
    assert "There is no baseline yet" in capsys.readouterr().err
    assert not baseline.exists()
    assert command(run_of(20), "--lower") == 0
    assert command(run_of(20)) == 0


def test_better_figures_are_kept_when_that_is_asked_for(command: Command, baseline: Path) -> None:
    before = baseline.read_text()
    assert command(run_of(22)) == 0
    assert baseline.read_text() == before
    assert command(run_of(22), "--raise") == 0
    assert baseline.read_text() == kept_of(run_of(22))


def test_raising_refuses_what_is_lower_by_chance_and_lowering_takes_it(
    command: Command, baseline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = baseline.read_text()
    assert command(run_of(19)) == 0
    assert command(run_of(19), "--raise") == 1
    assert "`make gate RAISE=1` refuses that:\n  answer in first 10" in capsys.readouterr().out
    assert baseline.read_text() == before
    assert command(run_of(19), "--lower") == 0
    assert baseline.read_text() == kept_of(run_of(19))


def test_raising_refuses_what_fell_and_lowering_keeps_it(command: Command, baseline: Path) -> None:
    before = baseline.read_text()
    assert command(run_of(5), "--raise") == 1
    assert baseline.read_text() == before
    assert command(run_of(5), "--lower") == 0
    assert baseline.read_text() == kept_of(run_of(5))


@pytest.mark.parametrize("left", [0, 19])
def test_when_too_few_questions_are_the_same_it_fails_and_says_so(
    command: Command, baseline: Path, capsys: pytest.CaptureFixture[str], left: int
) -> None:
    others = tuple(replace(each, text="Another?") if i >= left else each for i, each in enumerate(QUESTIONS))
    before = baseline.read_text()
    assert command(run_of(20, questions=others)) == 1
    assert command(run_of(20, questions=others), "--raise") == 1
    assert f"{left} of the 40 questions" in (out := capsys.readouterr().out)
    assert "Too few questions are the same" in out
    assert baseline.read_text() == before
    assert command(run_of(20, questions=others), "--lower") == 0


def test_an_empty_baseline_lets_nothing_pass(command: Command, baseline: Path) -> None:
    kept: dict[str, Any] = {"made_of": {}, "results": {}}
    gate.write_baseline(baseline, kept)
    assert command(run_of(20)) == 1


def test_a_citation_that_is_not_exact_fails_of_whatever_question(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    new = (*QUESTIONS, Question("new", "A new one?"))
    assert command(run_of(20, exact=41, questions=new)) == 0
    assert command(run_of(20, exact=40, questions=new)) == 1
    assert "not exact, which is a defect, are in: new." in capsys.readouterr().out


QUESTION = Question(
    "q", "Who won?", ("Ada",), (Evidence("u", "Ada won"),), answerable=True, filters=Filters(sources=("Wire",))
)
FILTERS = Filters(("Wire",), ("Ada",), ("sport",), ("en",), date(2024, 1, 1), date(2024, 2, 1), datetime.now(UTC))


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, text="Who lost?"),
        replace(QUESTION, answers=("Ada", "Ben")),
        replace(QUESTION, evidence=(Evidence("u", "Ben won"),)),
        replace(QUESTION, evidence=(Evidence("v", "Ada won"),)),
        replace(QUESTION, answerable=None),
        replace(QUESTION, filters=Filters()),
    ],
)
def test_a_question_is_known_by_what_defines_it(other: Question) -> None:
    assert gate._fingerprint(other) != gate._fingerprint(QUESTION)


@pytest.mark.parametrize("name", [field.name for field in fields(Filters)])
def test_every_filter_defines_a_question(name: str) -> None:
    filtered = replace(QUESTION, filters=FILTERS)
    without = replace(QUESTION, filters=replace(FILTERS, **{name: getattr(Filters(), name)}))
    assert gate._fingerprint(without) != gate._fingerprint(filtered)


def test_a_fingerprint_outlasts_changes_of_the_code() -> None:
    assert gate._fingerprint(QUESTION) == "fd0ab927b406"  # what baselines hold: no change of code may change it
