"""Two runs of a set, question by question: what differs, by how much, and whether by more than chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.evaluation.figures import SEED, groups, interval_of, rounded
from rag.evaluation.measures import MEASURES, Measure, Values, mean
from rag.evaluation.results import Result
from rag.evaluation.runs import Run, RunInfo

DRAWS = 10_000
"""Random swaps that a p value is counted from."""

DRAWS_OF_OTHERS = 1_000
"""The same for measures that are no mean, where each swap costs more; also how many are drawn at once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in two runs, over the `n` questions of a group that it could be taken on in both.

    `difference` is after minus before; `low` and `high` bound its 95 % bootstrap interval. `p` is that of a two-sided
    paired randomisation test, `adjusted` the same after Holm's correction for all the differences that were tested.
    """

    measure: str
    group: str
    n: int
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    adjusted: float
    better: bool | None
    """Whether more or less of it is what one wants; None when nothing has changed."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared over the `paired` questions that both asked. The lists hold question ids.

    An answer is won when it is right only after; evidence is won when more of it is found after. `warnings` say what
    makes the runs hard to compare.
    """

    before: RunInfo
    after: RunInfo
    paired: int
    differences: tuple[Difference, ...]
    answers_won: tuple[str, ...]
    answers_lost: tuple[str, ...]
    found_won: tuple[str, ...]
    found_lost: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def tested(self) -> int:
        """How many differences were tested."""
        return len(self.differences)


def compare_runs(before: Run, after: Run) -> Comparison:
    """What became of every measure and question between two runs."""
    old, new = before.by_id(), after.by_id()
    shared = [name for name, (question, _) in new.items() if name in old and old[name][0].text == question.text]
    types = {name: new[name][0].type for name in shared}
    earlier = {name: old[name][1] for name in shared}
    later = [new[name][1] for name in shared]
    grouped = [(group, [(earlier[result.id], result) for result in results]) for group, results in groups(types, later)]
    pairs = [(earlier[name], new[name][1]) for name in shared]
    return Comparison(
        before.info,
        after.info,
        len(shared),
        differences(grouped),
        *_won_and_lost(pairs, ("answer in the answer", "declined, unanswerable")),
        *_won_and_lost(pairs, ("fact recall@10", "R@10", "answer in first 10")),
        tuple(_warnings(before, after, len(shared))),
    )


Pairs = Sequence[tuple[Result, Result]]
"""Results of the same questions, before and after."""


def differences(grouped: Iterable[tuple[str, Pairs]], measures: Sequence[Measure] = MEASURES) -> tuple[Difference, ...]:
    """Every measure in every group of pairs that it can be taken on, with p values corrected for their number."""
    taken = [
        difference
        for group, pairs in grouped
        for measure in measures
        if (difference := _difference(measure, group, pairs))
    ]
    adjusted = holm([difference.p for difference in taken])
    return tuple(replace(each, adjusted=rounded(p)) for each, p in zip(taken, adjusted, strict=True))


def _difference(measure: Measure, group: str, pairs: Pairs) -> Difference | None:
    both = ((measure.take(old), measure.take(new)) for old, new in pairs)
    taken = [(a, b) for a, b in both if a is not None and b is not None]
    if not taken:
        return None
    before, after = (np.asarray(side, dtype=float) for side in zip(*taken, strict=True))
    was, became = rounded(measure.summary(before)), rounded(measure.summary(after))
    low, high = _interval(measure, before, after)
    difference = rounded(became - was)
    p = rounded(randomisation_p(measure, before, after))
    return Difference(
        measure=measure.name,
        group=group,
        n=len(taken),
        before=was,
        after=became,
        difference=difference,
        low=low,
        high=high,
        p=p,
        adjusted=p,
        better=None if difference == 0 else (difference > 0) is measure.rising,
    )


def randomisation_p(measure: Measure, before: Values, after: Values) -> float:
    """How often chance alone makes a difference as large, when each question's two values may be swapped.

    The two-sided paired randomisation test (Smucker, Allan and Carterette, CIKM 2007); never 0, as one of the
    swaps is what was seen.
    """
    changed = (before != after).any(axis=1)
    if not changed.any():
        return 1.0
    generator = np.random.default_rng(SEED)
    if measure.summary is mean:
        changes = (after - before)[changed, 0]
        rounds = DRAWS // DRAWS_OF_OTHERS
        drawn = [generator.choice((-1, 1), (DRAWS_OF_OTHERS, len(changes))) @ changes for _ in range(rounds)]
        return _share_as_large(np.concatenate(drawn), changes.sum())
    swapped = generator.random((DRAWS_OF_OTHERS, len(before), 1)) < 0.5
    others = measure.summary(np.where(swapped, before, after)) - measure.summary(np.where(swapped, after, before))
    return _share_as_large(others, measure.summary(after) - measure.summary(before))


def _share_as_large(drawn: Values, seen: Values) -> float:
    return (1 + int((np.abs(drawn) >= np.abs(seen) - 1e-9).sum())) / (1 + len(drawn))


def _interval(measure: Measure, before: Values, after: Values) -> tuple[float, float]:
    width = before.shape[1]
    return interval_of(
        lambda rows: measure.summary(rows[..., width:]) - measure.summary(rows[..., :width]),
        np.hstack([before, after]),
    )


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for their number (Holm, Scandinavian Journal of Statistics, 1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    adjusted, highest = [0.0] * len(values), 0.0
    for step, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, values[index] * (len(values) - step)))
        adjusted[index] = highest
    return adjusted


def _won_and_lost(pairs: Pairs, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of questions whose first of these values that both results have rose, and of those where it fell."""
    won: list[str] = []
    lost: list[str] = []
    for old, new in pairs:
        name = next((name for name in names if name in old.values and name in new.values), None)
        if name is not None and new.values[name] != old.values[name]:
            (won if new.values[name] > old.values[name] else lost).append(new.id)
    return tuple(won), tuple(lost)


def _warnings(before: Run, after: Run, shared: int) -> list[str]:
    old, new = before.info, after.info
    warnings = []
    if old.set_sha256 != new.set_sha256:
        warnings.append(
            f"The sets differ ({old.set}, {old.questions} questions; {new.set}, {new.questions} questions): "
            f"{shared} questions are in both, and only these are compared."
        )
    if (old.corpus, old.articles, old.passages, old.epoch) != (new.corpus, new.articles, new.passages, new.epoch):
        warnings.append(f"The corpora differ: {_corpus(old)}; {_corpus(new)}.")
    if old.embedder != new.embedder:
        names = [info.embedder.name if info.embedder else "none" for info in (old, new)]
        warnings.append(f"The embedders differ: {names[0]}, {names[1]}.")
    if (old.k, old.as_asked) != (new.k, new.as_asked):
        warnings.append(f"The settings differ: {_settings(old)}; {_settings(new)}.")
    if old.ranking != new.ranking:
        warnings.append(f"The rankings differ: {old.ranked_by}; {new.ranked_by}.")
    if old.reader != new.reader:
        warnings.append(f"The readers differ: {old.read_by}; {new.read_by}.")
    return warnings


def _corpus(info: RunInfo) -> str:
    return f"{info.corpus}, {info.articles} articles, {info.passages} passages, epoch {info.epoch}"


def _settings(info: RunInfo) -> str:
    return f"{info.k} passages{', as asked' if info.as_asked else ''}"
