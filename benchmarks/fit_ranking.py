"""Fit the ranking: which passage answers a part of a question.

    python -m benchmarks.fit_ranking --multihop DIR/multihop --realtimeqa DIR/realtimeqa --sample DIR/sample [--write]

A weight for each feature, so that of each part's candidates those that are right have as much as they can of a softmax
over all (the listwise loss of Cao et al., "Learning to Rank", ICML 2007, with one probability of hitting any right
passage), with a ridge. Each set weighs the same. Questions of RealTimeQA are taken twice, without and with their
asking day. The figures are of five-fold cross-validation: by week, or by articles of evidence, so that no article of a
question's evidence was seen when it is judged.
"""

import argparse
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.questions import ROOT, multihop, realtimeqa, sample
from benchmarks.ranking import (
    FOLDS,
    Candidates,
    candidates,
    folds,
    measured,
    measures_of,
    on_their_day,
    with_intervals,
)  # fmt: skip
from rag import Settings, open_corpus
from rag.rank.features import NAMES
from rag.rank.ranker import Ranker, Weights

FITTED = ROOT / "rag" / "rank" / "fitted.json"
RIDGE = 4.0
SHARE = 500.0
"""What a set weighs, in questions, however many it has."""

LEAST_SPREAD = 0.02
"""The least standard deviation that a feature is taken to have, so that a rare one gets no huge weight."""

OF_ONE = frozenset({"opens", "place", "length", "fresh_names", "fresh_numbers", "newness", "near", "fitting"})
"""Features that may also speak against a passage, and are of use for questions of one part alone. More of any other
cannot; without that bound what overlaps would."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The candidates of many parts of questions, one list after the other, a row each.

    `starts` are the first rows of the lists, `owner` is the list of each row, `weights` what each list counts.
    """

    values: NDArray[np.float64]
    right: NDArray[np.bool_]
    starts: NDArray[np.int_]
    owner: NDArray[np.int_]
    weights: NDArray[np.float64]

    def loss(self, w: Weights) -> tuple[float, Weights]:
        """How little of the softmax the right ones have under these weights of the features, and its gradient."""
        if not len(self.starts):
            return 0.0, np.zeros_like(w)
        scores = self.values @ w
        odds = np.exp(scores - np.maximum.reduceat(scores, self.starts)[self.owner])
        all_odds = np.add.reduceat(odds, self.starts)
        right_odds = np.add.reduceat(odds * self.right, self.starts) + 1e-12
        pull = self.weights[self.owner] * (odds / all_odds[self.owner] - odds * self.right / right_odds[self.owner])
        return float(self.weights @ (np.log(all_odds) - np.log(right_odds))), self.values.T @ pull


def fit(sets: Sequence[Sequence[Candidates]], left_out: Collection[str] = ()) -> Ranker:
    """The weights, 0 for features that are left out.

    Those of questions of one and of several parts are a common weight and a change each, so that what only one of the
    two has to tell of is not lost on the other.
    """
    spread = np.vstack([part.values for of in sets for each in of for part in each.parts]).std(axis=0)
    scale = np.maximum(spread, LEAST_SPREAD)
    one, several = (_lists(sets, scale, several=several) for several in (False, True))

    def loss(w: Weights) -> tuple[float, Weights]:
        common, of_one, of_several = np.split(w, 3)
        (one_lost, one_pull), (several_lost, several_pull) = (
            one.loss(common + of_one),
            several.loss(common + of_several),
        )
        pull = np.concatenate([one_pull + several_pull, one_pull, several_pull])
        return one_lost + several_lost + RIDGE * float(w @ w) / 2, pull + RIDGE * w

    none, free, positive = (0.0, 0.0), (None, None), (0.0, None)
    common = [none if name in left_out or name in OF_ONE else positive for name in NAMES]
    of_one = [none if name in left_out else free if name in OF_ONE else positive for name in NAMES]
    start, bounds = np.zeros(3 * len(NAMES)), [*common, *of_one, *common]
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 200}).x
    shared, change, other_change = np.split(found, 3)
    return Ranker((shared + change) / scale, (shared + other_change) / scale)


def _lists(sets: Sequence[Sequence[Candidates]], scale: Weights, *, several: bool) -> Lists:
    """What questions of one part, or those of several, have to teach: their parts with right and wrong candidates."""
    rows, marks, weights = [np.zeros((0, len(NAMES)))], [np.zeros(0, dtype=bool)], []
    for of in sets:
        telling = [_telling(each) for each in of]
        share = SHARE / max(1, sum(map(bool, telling)))
        for each, parts in zip(of, telling, strict=True):
            if parts and (len(each.parts) > 1) == several:
                rows += [values / scale for values, _ in parts]
                marks += [right for _, right in parts]
                weights += [share / len(parts)] * len(parts)
    sizes = np.array([len(each) for each in rows[1:]], dtype=int)
    starts = np.cumsum(sizes) - sizes
    return Lists(
        np.vstack(rows), np.concatenate(marks), starts, np.repeat(np.arange(len(sizes)), sizes), np.array(weights)
    )


def _telling(each: Candidates) -> list[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    marked = [(part.values, right.any(axis=1)) for part, right in zip(each.parts, each.right, strict=True)]
    return [(values, marks) for values, marks in marked if marks.any() and not marks.all()]


def cross_validated(sets: Sequence[Sequence[Candidates]], left_out: Collection[str] = ()) -> list[list[list[float]]]:
    """The measures of every question of every set, ranked by weights that were fitted on the other folds."""
    fold_of = [folds([each.question for each in of]) for of in sets]
    rows: list[list[list[float]]] = [[[] for _ in of] for of in sets]
    for fold in range(FOLDS):
        others = [
            [each for each, f in zip(of, fs, strict=True) if f != fold] for of, fs in zip(sets, fold_of, strict=True)
        ]
        ranker = fit(others, left_out)
        for of, fs, into in zip(sets, fold_of, rows, strict=True):
            for i in np.flatnonzero(fs == fold):
                into[i] = measured(of[i].question, [hit.passage for hit in of[i].ranked(ranker)])
    return rows


def gathered(given: argparse.Namespace, *, planned: bool = True) -> dict[str, list[Candidates]]:
    """The candidates of the questions of every set whose corpus is given; of RealTimeQA's also on their day."""
    asked = {"multihop": multihop, "realtimeqa": realtimeqa, "sample": sample}
    sets = {}
    for name, questions in asked.items():
        if (folder := getattr(given, name)) is not None:
            answerable = [question for question in questions() if question.answers][: given.questions]
            with open_corpus(folder, settings=Settings()) as corpus:
                sets[name] = list(candidates(corpus, answerable, planned=planned))
                if name == "realtimeqa":
                    sets["realtimeqa, on the day"] = list(candidates(corpus, on_their_day(answerable), planned=planned))
    return sets


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What this command and the ablation both take."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("multihop", "realtimeqa", "sample"):
        parser.add_argument(f"--{name}", type=Path, help="its corpus")
    parser.add_argument("--questions", type=int, help="of each set at most")
    return parser


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {FITTED.relative_to(ROOT)}")
    given = parser.parse_args()
    sets = gathered(given)
    for (name, of), rows in zip(sets.items(), cross_validated(list(sets.values())), strict=True):
        print(f"| {name}, {len(rows)} questions | {' | '.join(measures_of(of))} |\n| | {with_intervals(rows)} |")
    ranker = fit(list(sets.values()))
    weights = {
        parts: {name: round(float(weight), 3) for name, weight in zip(NAMES, found, strict=True)}
        for parts, found in (("one", ranker.one), ("several", ranker.several))
    }
    print(json.dumps(weights, indent=2))
    if given.write:
        FITTED.write_text(json.dumps(weights, indent=2) + "\n")


if __name__ == "__main__":
    main()
