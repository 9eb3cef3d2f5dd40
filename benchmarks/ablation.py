"""What each step of retrieval adds, and what it costs.

    python -m benchmarks.ablation CORPUS {sample,multihop,realtimeqa} [--questions 250] [--on-their-day]

Each row takes the steps of the row above and one more; the last rows take one thing away from the whole. Every step is
the product's own function. 95 % bootstrap intervals over questions.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.fusion import reciprocal_rank_fusion
from benchmarks.questions import Question, multihop, realtimeqa, sample
from benchmarks.ranking import (
    ANSWERED,
    QUOTED,
    SEED,
    described,
    measured,
    on_their_day,
    with_intervals,
)  # fmt: skip
from rag import Settings, open_corpus
from rag.fuse import interleave
from rag.language.terms import query_terms
from rag.model import Hit
from rag.rank.features import NAMES
from rag.rank.ranker import Ranker
from rag.retrieve import MEANING, WORDS
from rag.search import DEPTH, Searcher, best_first

SETS = {"sample": sample, "multihop": multihop, "realtimeqa": realtimeqa}
Retrieve = Callable[[Searcher, Question], Sequence[Hit]]
WITHOUT = {
    "words": ("words", "words_of_best", "pairs", "window", "article_words", "article_share"),
    "meaning": ("meaning", "meaning_to_best", "article_meaning"),
    "titles": ("title",),
    "names and numbers": ("names", "numbers", "fresh_names", "fresh_numbers"),
    "the article": ("article_words", "article_meaning", "article_share", "opens", "place"),
    "nearness of terms": ("pairs", "window"),
    "source and days": ("source", "days"),
    "nearness to the asking day": ("recent", "season"),
}
"""Features that are left out together: their weights are set to 0, the others stay."""


def by(*weighted: tuple[str, float]) -> Retrieve:
    """One ranking of the whole question, or several fused."""

    def retrieve(searcher: Searcher, question: Question) -> Sequence[Hit]:
        vector = searcher.embedder().embed_queries([question.text])[0]
        found = searcher.retriever.rankings(vector, query_terms(question.text), question.filters, DEPTH)
        weights = dict(weighted)
        return reciprocal_rank_fusion({name: found[name] for name in weights}, weights)

    return retrieve


def planned(searcher: Searcher, question: Question) -> Sequence[Hit]:
    """BM25 of each part of the question, where its sources are, in turn."""
    filters = question.filters
    plan = searcher.plan(question.text, filters)
    pool = searcher.pool(plan, searcher.embed(plan), filters)
    return interleave([found[WORDS] for found in pool.rankings[-len(plan.parts) :]])


def learned(weights: Ranker, *, whole: bool = False) -> Retrieve:
    """Everything, under these weights; with `whole`, the question as one part that implies nothing."""

    def retrieve(searcher: Searcher, question: Question) -> Sequence[Hit]:
        parts = described(searcher, question, whole=whole)
        return interleave([best_first(part, weights.scores(part.values, len(parts))) for part in parts])

    return retrieve


def rows() -> dict[str, Retrieve]:
    """The rows of the table."""
    kept = Ranker.load()
    found = {
        "BM25": by((WORDS, 1.0)),
        "vectors": by((MEANING, 1.0)),
        "BM25 and vectors, reciprocal rank fusion": by((WORDS, 1.0), (MEANING, 1.0)),
        "the same, weighted 1 to 0.4": by((WORDS, 1.0), (MEANING, 0.4)),
        "BM25, planned": planned,
        "learned ranking, without a plan": learned(kept, whole=True),
        "**learned ranking, planned**": learned(kept),
    }
    for name, features in WITHOUT.items():
        stays = np.array([feature not in features for feature in NAMES])
        found[f"without {name}"] = learned(Ranker(kept.one * stays, kept.several * stays))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--questions", type=int, default=250)
    parser.add_argument("--on-their-day", action="store_true", help="with the asking day as as-of date (RealTimeQA)")
    given = parser.parse_args()
    asked = [question for question in SETS[given.set]() if question.answers]
    chosen = np.random.default_rng(SEED).permutation(len(asked))[: given.questions]
    questions = [asked[i] for i in sorted(chosen)]
    if given.on_their_day:
        questions = on_their_day(questions)
    names = QUOTED if questions[0].quotes else ANSWERED
    print(f"{given.set}, {len(questions)} questions, seed {SEED}\n")
    print(f"| | {' | '.join(names)} | ms p50 | p95 |\n|---{'|---' * (len(names) + 2)}|")
    with open_corpus(given.corpus, settings=Settings()) as corpus:
        searcher = corpus.answerer.searcher
        for name, retrieve in rows().items():
            figures, milliseconds = [], []
            for question in questions:
                begun = time.perf_counter()
                hits = retrieve(searcher, question)
                milliseconds.append((time.perf_counter() - begun) * 1000)
                figures.append(measured(question, [hit.passage for hit in hits[:10]]))
            p50, p95 = np.percentile(milliseconds, [50, 95])
            print(f"| {name} | {with_intervals(names, figures)} | {p50:.0f} | {p95:.0f} |", flush=True)


if __name__ == "__main__":
    main()
