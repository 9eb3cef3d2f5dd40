"""Fit the extractive reader: which sentence answers, and how likely it is right.

    python -m benchmarks.fit_reader --sample corpus --realtimeqa corpus-rt --multihop corpus-mh [--write]

The ranking is fitted on pairs of sentences of one question, of which one holds an accepted answer and the other does
not; the confidence on each question's best sentence. Both on half of the questions (by the hash of their ids), the
figures are given for both halves. A sentence that holds an accepted answer by chance counts as right, so figures are a
little high; one that answers in other words counts as wrong.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.questions import ROOT, Question, multihop, realtimeqa, sample
from rag import Corpus, Settings, open_corpus
from rag.context import sentences_of
from rag.plan import plan_for
from rag.read.features import NAMES, Describer

FITTED = ROOT / "rag" / "read" / "fitted.json"
SEED = 7
NEGATIVES = 20
STRENGTH = 0.3  # inverse of the regularisation; features lie in 0 to 1


@dataclass(frozen=True, slots=True)
class Described:
    """A question with the features of its shortlisted sentences and which of them hold an accepted answer."""

    set: str
    question: Question
    values: NDArray[np.float64]
    right: NDArray[np.bool_]


def described(corpus: Corpus, questions: Sequence[Question], name: str) -> list[Described]:
    """The questions over a corpus, as the reader sees them."""
    answerer = corpus.answerer
    rows = []
    for question in questions:
        plan = plan_for(question.text)
        sentences = sentences_of(corpus.search(question.text, k=10))
        describer = Describer(plan, answerer.retriever.rarities(plan.terms))
        shortlist = answerer.reader.rank(plan, sentences, describer)
        if shortlist:
            right = [question.is_answered_by(each.sentence.text) for each in shortlist]
            rows.append(Described(name, question, np.array([each.values for each in shortlist]), np.array(right)))
    return rows


def fit_ranking(rows: Sequence[Described]) -> NDArray[np.float64]:
    """Weights of the features, and a bias of 0: it does not matter to an order."""
    draw = np.random.default_rng(SEED)
    differences = []
    weights = []
    for row in rows:
        right, wrong = row.values[row.right], row.values[~row.right]
        if not len(right) or not len(wrong):
            continue
        chosen = [(r, w) for r in right for w in wrong[draw.permutation(len(wrong))[:NEGATIVES]]]
        for r, w in chosen:
            differences += [r - w, w - r]
            weights += [1 / len(chosen)] * 2
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    model.fit(np.array(differences), np.tile([1, 0], len(differences) // 2), sample_weight=np.array(weights))
    return np.append(model.coef_[0], 0.0)


def fit_confidence(rows: Sequence[Described], ranking: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the features of the best sentence, and a bias; each set of questions weighs the same."""
    sizes: dict[str, int] = defaultdict(int)
    for row in rows:
        sizes[row.set] += 1
    best = [row.values[first(row, ranking)] for row in rows]
    right = [row.right[first(row, ranking)] for row in rows]
    weights = [len(rows) / sizes[row.set] / len(sizes) for row in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(np.array(best), np.array(right), sample_weight=weights)
    return np.append(model.coef_[0], model.intercept_[0])


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
