"""How much the ranking by meaning should weigh beside the one by words.

python -m benchmarks.fusion CORPUS {sample,multihop,realtimeqa} [--questions 250]
"""

import argparse
from pathlib import Path

import numpy as np

from benchmarks.questions import multihop, realtimeqa, sample
from rag import Filters, Settings, open_corpus
from rag.fuse import reciprocal_rank_fusion
from rag.language.terms import query_terms
from rag.retrieve import MEANING, WORDS

SETS = {"sample": sample, "multihop": multihop, "realtimeqa": realtimeqa}
WEIGHTS = ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.6, 1.0), (0.4, 1.0), (0.2, 1.0))
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--questions", type=int, default=250)
    given = parser.parse_args()
    asked = [question for question in SETS[given.set]() if question.answers]
    chosen = np.random.default_rng(SEED).choice(len(asked), min(given.questions, len(asked)), replace=False)
    with open_corpus(given.corpus, settings=Settings()) as corpus:
        answerer = corpus.answerer
        ranked = [
            (
                question,
                answerer.retriever.rankings(answerer.embed(question.text), query_terms(question.text), Filters(), 100),
            )
            for question in (asked[i] for i in chosen)
        ]
    print(f"{given.set}, {len(ranked)} questions, seed {SEED}\n")
    print("| meaning : words | answer in first 1 | 5 | 10 | fact recall@10 |\n|---|---|---|---|---|")
    for meaning, words in WEIGHTS:
        rows = []
        for question, rankings in ranked:
            hits = reciprocal_rank_fusion(rankings, {MEANING: meaning, WORDS: words})[:10]
            texts = [hit.passage.text for hit in hits]
            recall = question.quotes_in(texts) / len(question.quotes) if question.quotes else 0.0
            rows.append([*(any(map(question.is_answered_by, texts[:k])) for k in (1, 5, 10)), recall])
        figures = " | ".join(f"{value:.3f}" for value in np.mean(np.array(rows, dtype=float), axis=0))
        print(f"| {meaning} : {words} | {figures} |")


if __name__ == "__main__":
    main()
