"""The numbers behind a report's plots: plain values, drawn by whoever shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.evaluation.figures import ALL, Figure
from rag.evaluation.measures import MEASURE, Values, risks
from rag.evaluation.runs import Run
from rag.evaluation.score import DEPTH

BY_TYPE = (
    "fact recall@10",
    "R@10",
    "answer in first 10",
    "answer in the answer",
    "citation precision",
    "declined, unanswerable",
    "declined, answerable",
)
"""Measures that are shown by type of question, where they could be taken."""

_BINS = 20
_POINTS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """How many questions fell where `label` says."""

    label: str
    count: int


def by_type(run: Run) -> list[tuple[str, list[Figure]]]:
    """The measures of BY_TYPE with the figure of each group that has one, all questions first."""
    taken = [
        (name, [each for each in run.figures if each.measure == name and each.value is not None]) for name in BY_TYPE
    ]
    return [(name, figures) for name, figures in taken if figures and figures[0].group == ALL]


def risk_curve(run: Run) -> list[tuple[float, float]]:
    """Points (coverage, risk) of the risk-coverage curve, at most 200; none if no answer can be told right or wrong."""
    measure = MEASURE["AURC"]
    taken = [value for result in run.results if (value := measure.take(result)) is not None]
    if not taken:
        return []
    risk = risks(np.asarray(taken, dtype=float))
    kept = np.unique(np.linspace(1, len(risk), min(_POINTS, len(risk))).astype(int))
    return [(int(n) / len(risk), float(risk[n - 1])) for n in kept]


def ranks(run: Run) -> list[Column]:
    """At which rank the first hit with evidence stood; where no evidence is known, the first that holds an answer."""
    first: list[int | None] = []
    for question, result in run.by_id().values():
        if question.evidence:
            first.append(next((hit.rank for hit in result.hits[:DEPTH] if hit.evidence), None))
        elif "answer in first 10" in result.values:
            first.append(next((hit.rank for hit in result.hits[:DEPTH] if hit.answers), None))
    if not first:
        return []
    return [*(Column(str(rank), first.count(rank)) for rank in range(1, DEPTH + 1)), Column("not", first.count(None))]


def times(run: Run) -> list[Column]:
    """How many answers took how long, in steps of milliseconds; the last column holds all that took longer."""
    taken = [result.milliseconds["ask"] for result in run.results]
    if not taken:
        return []
    step = _step(np.asarray(taken))
    counts = np.bincount(np.minimum(np.asarray(taken) // step, _BINS - 1).astype(int))
    return [Column(f"{index * step:g}", int(count)) for index, count in enumerate(counts)]


def _step(milliseconds: Values) -> float:
    """A round step by which 20 columns reach the 99th percentile."""
    wanted = max(float(np.percentile(milliseconds, 99)) / _BINS, 0.1)
    magnitude = 10.0 ** np.floor(np.log10(wanted))
    return float(next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= wanted))


def tallest(columns: Sequence[Column]) -> int:
    """The height of the highest column."""
    return max(column.count for column in columns)
