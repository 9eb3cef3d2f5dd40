"""Fit the extractive reader: which sentence answers, and how likely it is right.

    python -m benchmarks.fit_reader --sample corpus --realtimeqa corpus-rt --multihop corpus-mh [--write]

The ranking is fitted on pairs of sentences of one question, of which one holds an accepted answer and the other does
not; the confidence on each question's best sentence. Both on half of the questions (by the hash of their ids), the
figures are given for both halves. A sentence that holds an accepted answer by chance counts as right, so figures are a
little high; one that answers in other words counts as wrong.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.questions import ROOT, Question, multihop, realtimeqa, sample
from rag import Corpus, Settings, open_corpus
from rag.context import sentences_of
from rag.read.features import NAMES, Describer

FITTED = ROOT / "rag" / "read" / "fitted.json"
SEED = 7
NEGATIVES = 20
RIDGE = 0.3
AGAINST = {"short", "unknown"}


@dataclass(frozen=True, slots=True)
class Described:
    """A question with the features of its shortlisted sentences and which of them hold an accepted answer."""

    set: str
    question: Question
    values: NDArray[np.float64]
    right: NDArray[np.bool_]


def described(corpus: Corpus, questions: Sequence[Question], name: str) -> list[Described]:
    """The questions over a corpus, as the reader sees them."""
    answerer, searcher = corpus.answerer, corpus.answerer.searcher
    rows = []
    for question in questions:
        sentences = sentences_of(corpus.search(question.text, filters=question.filters, k=10))
        plan = searcher.plan(question.text, question.filters)
        describer = Describer(plan, searcher.rarities(plan))
        shortlist = answerer.reader.rank(searcher.embed(plan)[0], sentences, describer)
        if shortlist:
            right = [_is_right(question, each.sentence.text) for each in shortlist]
            rows.append(Described(name, question, np.array([each.values for each in shortlist]), np.array(right)))
    return rows


def _is_right(question: Question, sentence: str) -> bool:
    return question.is_answered_by(sentence) or any(sentence in quote or quote in sentence for quote in question.quotes)


def fit_ranking(rows: Sequence[Described]) -> NDArray[np.float64]:
    """Weights of the features, and a bias of 0: it does not matter to an order."""
    draw = np.random.default_rng(SEED)
    differences, weights = [], []
    shares = _shares([row for row in rows if row.right.any() and not row.right.all()])
    for row in rows:
        right, wrong = row.values[row.right], row.values[~row.right]
        if len(right) and len(wrong):
            pairs = [r - w for r in right for w in wrong[draw.permutation(len(wrong))[:NEGATIVES]]]
            differences += pairs
            weights += [shares[row.set] / len(pairs)] * len(pairs)
    return np.append(_fit(np.array(differences), np.ones(len(differences), bool), np.array(weights)), 0.0)


def fit_confidence(rows: Sequence[Described], ranking: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the features of the best sentence, and a bias."""
    best = np.array([np.append(row.values[first(row, ranking)], 1.0) for row in rows])
    right = np.array([row.right[first(row, ranking)] for row in rows])
    shares = _shares(rows)
    return _fit(best, right, np.array([shares[row.set] for row in rows]))


def _shares(rows: Sequence[Described]) -> dict[str, float]:
    """The weight of one question: every set weighs as much as 100 questions, however many it has."""
    return {name: 100 / sum(row.set == name for row in rows) for name in {row.set for row in rows}}


def _fit(values: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression with a ridge, and with each weight held to the sign that its feature must have.

    The sets are small and the features overlap; without the signs a helpful one may come out as harmful.
    """
    signs = [*(-1 if name in AGAINST else 1 for name in NAMES), 0][: values.shape[1]]

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = np.where(right, 1, -1) * (values @ w)
        pull = -weights * np.where(right, 1, -1) / (1 + np.exp(margins))
        ridge = RIDGE * np.append(w[: len(NAMES)], np.zeros(len(w) - len(NAMES)))
        return float(weights @ np.logaddexp(0, -margins) + ridge @ w / 2), values.T @ pull + ridge

    bounds = [(0, None) if sign > 0 else (None, 0) if sign < 0 else (None, None) for sign in signs]
    return minimize(loss, np.zeros(values.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def first(row: Described, ranking: NDArray[np.float64]) -> int:
    """The place of the sentence that the ranking puts first."""
    return int(np.argmax(row.values @ ranking[:-1]))


def report(
    rows: Sequence[Described], ranking: NDArray[np.float64], confidence: NDArray[np.float64], line: float
) -> str:
    """A line of figures for each set: right in the first 1 and 3, kept back and answered."""
    lines = []
    for name in dict.fromkeys(row.set for row in rows):
        of = [row for row in rows if row.set == name]
        answerable = [row for row in of if row.question.answers]
        hopeless = [row for row in of if not row.question.answers]
        order = [np.argsort(-(row.values @ ranking[:-1]), kind="stable") for row in answerable]
        at = {
            k: np.mean([row.right[o[:k]].any() for row, o in zip(answerable, order, strict=True)]) for k in (1, 3, 12)
        }
        sure = {
            label: np.array([_logistic(row.values[first(row, ranking)], confidence) for row in group])
            for label, group in (("answerable", answerable), ("hopeless", hopeless))
        }
        shown = sure["answerable"] >= line
        right = np.array([row.right[o[0]] for row, o in zip(answerable, order, strict=True)])
        lines.append(
            f"{name:20} {len(answerable):5} answerable: right@1 {at[1]:.3f} @3 {at[3]:.3f} @12 {at[12]:.3f}"
            f"  answered {shown.mean():.3f}  right when answered {right[shown].mean():.3f}"
            + (f"  | {len(hopeless)} unanswerable: declined {(sure['hopeless'] < line).mean():.3f}" if hopeless else "")
        )
    return "\n".join(lines)


def _logistic(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float(1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1]))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=Path, required=True, help="a corpus of samples/articles.jsonl")
    parser.add_argument("--realtimeqa", type=Path, help="a corpus of RealTimeQA's articles")
    parser.add_argument("--multihop", type=Path, help="a corpus of MultiHop-RAG's articles")
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--limit", type=int, help="questions of a set at most")
    parser.add_argument("--write", action="store_true", help=f"write {FITTED.relative_to(ROOT)}")
    given = parser.parse_args()
    rows = described(open_corpus(given.sample, settings=Settings()), sample(), "sample")
    if given.realtimeqa:
        with open_corpus(given.realtimeqa, settings=Settings()) as corpus:
            held = {a.url for a in corpus.articles(limit=10**6)}
            questions = [q for q in realtimeqa() if held & set(q.urls)][: given.limit]
            rows += described(corpus, questions, "realtimeqa")
    if given.multihop:
        with open_corpus(given.multihop, settings=Settings()) as corpus:
            questions = [q for q in multihop() if q.type in ("inference_query", "null_query")][: given.limit]
            rows += described(corpus, questions, "multihop")
    kept, fitted_on = [r for r in rows if r.question.held_out], [r for r in rows if not r.question.held_out]
    ranking = fit_ranking(fitted_on)
    confidence = fit_confidence(fitted_on, ranking)
    for title, part in (("fitted on", fitted_on), ("held out", kept)):
        print(f"{title}:\n{report(part, ranking, confidence, given.threshold)}")
    models = {"ranking": ranking, "confidence": confidence}
    document: dict[str, object] = {
        name: {feature: round(float(w), 3) for feature, w in zip((*NAMES, "bias"), weights, strict=True)}
        for name, weights in models.items()
    }
    for name, weights in document.items():
        print(name, weights)
    if given.write:
        document |= {"threshold": given.threshold, "further": json.loads(FITTED.read_text())["further"]}
        FITTED.write_text(json.dumps(document, indent=2) + "\n")


if __name__ == "__main__":
    main()
