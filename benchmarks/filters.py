"""What a filtered search costs, by how much its filter leaves: looked at by itself, or found by asking for more.

    python -m benchmarks.filters CORPUS [--questions 25]

Filters by the most frequent outlets of the corpus, and by days of its articles from a week to a year. `WORTH` of
`rag/retrieve.py` is decided by this table, whose last column is what a search does with it.
"""

import argparse
import math
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.questions import realtimeqa
from rag import Filters, Settings, open_corpus
from rag.ports import ArticleStore
from rag.retrieve import MEANING, WORDS, WORTH
from rag.search import Searcher

SEED = 7
OUTLETS = 12
WAYS = {
    "by itself": {MEANING: 0.0, WORDS: 0.0},
    "asking for more": {MEANING: math.inf, WORDS: math.inf},
    "as it is": WORTH,
}


def filters(store: ArticleStore) -> Iterator[Filters]:
    """Filters that leave much and little."""
    yield from (Filters(sources=(outlet.value,)) for outlet in store.facets("source")[:OUTLETS])
    for days in (365, 180, 90, 60, 30, 7):
        yield Filters(published_from=date(2022, 7, 1), published_to=date(2022, 7, 1) + timedelta(days=days))


def milliseconds(searcher: Searcher, asked: list[str], chosen: Filters) -> str:
    """p50 / p95 of retrieving for each of these questions."""
    taken = []
    for question in asked:
        plan = searcher.plan(question, chosen)
        vectors = searcher.embed(plan)
        begun = time.perf_counter()
        searcher.pool(plan, vectors, chosen)
        taken.append(1000 * (time.perf_counter() - begun))
    return " / ".join(f"{each:.0f}" for each in np.percentile(taken, [50, 95]))


def main() -> None:
    """Print a table, the narrowest filter first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--questions", type=int, default=25)
    given = parser.parse_args()
    every = [question.text for question in realtimeqa()]
    asked = list(np.random.default_rng(SEED).choice(every, given.questions, replace=False))
    print("| passages | versions | " + " | ".join(WAYS) + " |")
    with open_corpus(given.corpus, settings=Settings()) as corpus:
        searcher = corpus.answerer.searcher
        store = searcher.retriever.store
        scopes = [(store.scope(chosen), chosen) for chosen in filters(store)]
        for scope, chosen in sorted(scopes, key=lambda each: each[0].passages):
            cells = []
            for worth in WAYS.values():
                with patch.dict(WORTH, worth):
                    cells.append(milliseconds(searcher, asked, chosen))
            print(f"| {scope.passages} | {len(scope.versions)} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
