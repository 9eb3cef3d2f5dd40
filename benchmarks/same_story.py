"""How well another report of the same event can be told from other articles of those days.

    python -m benchmarks.same_story CORPUS

CORPUS holds the articles of MultiHop-RAG. 160 pairs of them, published within three days of each other, were drawn by
seed from four ranges of the similarity of their mean passage vectors (0.35 to 1, more of the higher ones), and judged
by a language model from their titles and first sentences. `same_story.tsv` has them, by a hash of the addresses: every
second line, from the first on, chooses the two thresholds, the others judge.
"""

import argparse
import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.copies import share
from rag.adapters.sqlite import SqliteStore
from rag.model import Filters
from rag.ports import Vectors

PAIRS = Path(__file__).with_suffix(".tsv")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")


class Report(NamedTuple):
    vector: Vectors
    names: frozenset[str]


class Pair(NamedTuple):
    similarity: float
    names: float
    is_same: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    with closing(SqliteStore(parser.parse_args().corpus)) as store:
        pairs = [*_pairs(_reports(store))]
    chosen, judged = pairs[::2], pairs[1::2]
    grid = [*product(np.arange(0.6, 0.9, 0.02), np.arange(0.1, 0.6, 0.02))]
    least = max(grid, key=lambda least: _f1(chosen, *least))
    print(f"{len(pairs)} pairs, {sum(pair.is_same for pair in pairs)} of one story")
    print(f"similarity at least {least[0]:.2f}, names in common at least {least[1]:.2f}: on the other half")
    right, called, true = _counts(judged, *least)
    print(f"precision {share(right, called)}, recall {share(right, true)}")


def _reports(store: SqliteStore) -> dict[str, Report]:
    """The articles by the hash of their address."""
    ids, vectors = store.embeddings(Filters())
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(ids):
        rows.setdefault(passage.rpartition("-")[0], []).append(row)
    reports = {}
    for article in store.articles(limit=len(rows)):
        version = store.version(article.id)
        (key,) = {p.id.rpartition("-")[0] for p in store.passages_of(article.id)}
        mean = vectors[rows[key]].mean(axis=0)
        names = frozenset(word.casefold() for name in _NAME.findall(version.text) for word in name.split())
        reports[sha256(article.url.encode()).hexdigest()[:16]] = Report(mean / np.linalg.norm(mean), names)
    return reports


def _pairs(reports: dict[str, Report]) -> Iterator[Pair]:
    with PAIRS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            one, other = reports[row["one"]], reports[row["other"]]
            fewer = min(len(one.names), len(other.names)) or 1
            yield Pair(float(one.vector @ other.vector), len(one.names & other.names) / fewer, row["same_story"] == "1")


def _counts(pairs: Sequence[Pair], similarity: float, names: float) -> tuple[int, int, int]:
    """How many are called one story rightly, how many are called so at all, and how many are."""
    called = [pair for pair in pairs if pair.similarity >= similarity and pair.names >= names]
    return sum(pair.is_same for pair in called), len(called), sum(pair.is_same for pair in pairs)


def _f1(pairs: Sequence[Pair], similarity: float, names: float) -> float:
    right, called, true = _counts(pairs, similarity, names)
    return 2 * right / (called + true)


if __name__ == "__main__":
    main()
