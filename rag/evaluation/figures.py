"""Results to figures: every measure over all questions and by their type, with its interval and its n."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsFloat

import numpy as np

from rag.evaluation.measures import MEASURES, Measure, Summary, Values
from rag.evaluation.results import Result

SEED = 7
"""Of all that is drawn by chance: bootstraps and randomisation tests."""

DRAWS = 1000
ALL = "all"
"""The group of all questions, whatever their type."""

NO_TYPE = "no type"
"""The group of those that have none, where others have one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over a group of questions (a type, or "all").

    `low` and `high` bound its 95 % percentile bootstrap interval; they need two questions. `n` of the group's `of`
    questions could be measured; when none could, `value` is None, and `why` says what it needs.
    """

    measure: str
    group: str
    n: int
    of: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


def figures(types: Mapping[str, str], results: Sequence[Result]) -> tuple[Figure, ...]:
    """The figures of results, over all and by the type that `types` gives each question id."""
    return tuple(
        figure_of(measure, group, members) for group, members in groups(types, results) for measure in MEASURES
    )


def groups(types: Mapping[str, str], results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    """All results, and then those of each type in the order of the alphabet, if there is more than one."""
    yield ALL, list(results)
    names = sorted({types[result.id] for result in results})
    if len(names) > 1:
        for name in names:
            yield name or NO_TYPE, [result for result in results if types[result.id] == name]


def figure_of(measure: Measure, group: str, results: Sequence[Result]) -> Figure:
    """One measure over one group of results."""
    taken = [value for result in results if (value := measure.take(result)) is not None]
    n, of = len(taken), len(results)
    why = "" if n == of else f"It is taken on {measure.needs}; {of - n} of {of} are not."
    if not taken:
        return Figure(measure.name, group, 0, of, why=why or "There are no questions.")
    values = np.asarray(taken, dtype=float)
    low, high = interval_of(measure.summary, values) if n > 1 else (None, None)
    return Figure(measure.name, group, n, of, rounded(measure.summary(values)), low, high, why)


def interval_of(summary: Summary, values: Values) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of a summary of rows (Efron and Tibshirani, 1993)."""
    rows = np.random.default_rng(SEED).integers(len(values), size=(DRAWS, len(values)))
    low, high = np.percentile(summary(values[rows]), [2.5, 97.5])
    return rounded(low), rounded(high)


def rounded(value: SupportsFloat) -> float:
    """As it is kept: the same on every machine."""
    return round(float(value), 6)
