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
LEAST_SPREAD = 0.02
"""The least standard deviation that a feature is taken to have, so that a rare one gets no huge weight."""

EITHER_WAY = frozenset({"opens", "place", "length", "fresh_names", "fresh_numbers", "asking"})
"""Features that may speak against a passage. More of any other cannot, and without that bound what overlaps would."""

SHARE = 500.0
"""What a set weighs, in questions, however many it has."""


def fit(sets: Sequence[Sequence[Candidates]], left_out: Collection[str] = ()) -> Ranker:
    """The weights, 0 for those that are left out.

    Those of questions of one and of several parts are a common weight and a change each, so that what only one of the
    two has to tell of is not lost on the other.
    """
    lists = [each for questions in sets for each in _lists(questions)]
    values = np.concatenate([rows for rows, _, _ in lists]).astype(np.float64)
    right = np.concatenate([marks for _, marks, _ in lists])
    weights = np.array([weight for _, _, weight in lists])
    sizes = np.array([len(rows) for rows, _, _ in lists])
    starts, owner = np.r_[0, np.cumsum(sizes)[:-1]], np.repeat(np.arange(len(sizes)), sizes)
    scale = np.maximum(values.std(axis=0), LEAST_SPREAD)
    values /= scale

    def loss(w: Weights) -> tuple[float, Weights]:
        scores = values @ w
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        all_odds, right_odds = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts) + 1e-12
        pull = weights[owner] * (odds / all_odds[owner] - odds * right / right_odds[owner])
        return float(weights @ (np.log(all_odds) - np.log(right_odds)) + RIDGE * w @ w / 2), values.T @ pull + RIDGE * w

    bounds = [(0, 0) if name in left_out else (None, None) if name in EITHER_WAY else (0, None) for name in NAMES] * 3
    found = minimize(loss, np.zeros(len(scale)), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 300}).x
    common, of_one, of_several = np.split(found / scale, 3)
    return Ranker(common + of_one, common + of_several)


def _lists(questions: Sequence[Candidates]) -> list[tuple[NDArray[np.float32], NDArray[np.bool_], float]]:
    """The parts that can teach something, as features, marks and weight: those with right and wrong candidates.

    The features stand there three times: for all questions, for those of one part, and for those of several.
    """
    found = []
    for each in questions:
        blocks = (1, len(each.parts) == 1, len(each.parts) > 1)
        marked = [
            (np.hstack([part.values * block for block in blocks]), right.any(axis=1))
            for part, right in zip(each.parts, each.right, strict=True)
        ]
        telling = [(values, marks) for values, marks in marked if marks.any() and not marks.all()]
        found += [(values, marks, 1.0 / len(telling)) for values, marks in telling]
    total = sum(weight for _, _, weight in found)
    return [(values, marks, SHARE * weight / total) for values, marks, weight in found]


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
