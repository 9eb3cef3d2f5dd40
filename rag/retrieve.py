"""A query to rankings: by meaning (vectors) and by words (BM25), under exact filters, from whole versions."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from rag.errors import StoreError
from rag.model import Filters, Hit, Passage
from rag.ports import ArticleStore, LexicalIndex, Scored, VectorIndex, Vectors

T = TypeVar("T")

MEANING, WORDS = "meaning", "words"

NARROW = 20_000
"""Passages up to which a filtered search scores every one of them exactly, instead of asking the index for more and
more neighbours until enough pass. See benchmarks/README.md."""

_DEEPER = 4
_TRIES = 5


Rankings = dict[str, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: by a vector (shape (dimension,)) and by stemmed terms, among what the filters allow."""

    vector: Vectors
    terms: Sequence[str]
    filters: Filters


@dataclass(frozen=True, slots=True)
class Pool:
    """The rankings of some queries, in their order, and all passages in them with their vectors, one row each.

    `exhausted` tells that no ranking could be longer.
    """

    rankings: tuple[Rankings, ...]
    passages: tuple[Passage, ...]
    vectors: Vectors
    exhausted: bool


class Retriever:
    """Rankings of a corpus's passages. May be shared between threads."""

    def __init__(self, store: ArticleStore, vectors: VectorIndex, lexical: LexicalIndex) -> None:
        self.store = store
        self._vectors = vectors
        self._lexical = lexical
        self._lock = threading.Lock()
        self._epoch = -1

    def rankings(self, vector: Vectors, terms: Sequence[str], filters: Filters, depth: int) -> Rankings:
        """The best `depth` passages by meaning and by words, of those that the filters allow.

        `vector` (shape (dimension,)) and `terms` (stemmed) are the query's. All of one epoch. When a writer moves the
        corpus on meanwhile, what it takes out of the indexes may be missed: then the search is made again, a few times.
        """
        return self._of_one_epoch(lambda: self._rankings(Query(vector, terms, filters), depth))

    def pool(self, queries: Sequence["Query"], depth: int) -> "Pool":
        """What the rankings of these queries hold, with the vectors; all of one epoch."""

        def found() -> Pool:
            rankings = [self._rankings(query, depth) for query in queries]
            passages = {hit.passage.id: hit.passage for each in rankings for hits in each.values() for hit in hits}
            exhausted = all(len(hits) < depth for each in rankings for hits in each.values())
            return Pool(tuple(rankings), tuple(passages.values()), self.store.vectors(list(passages)), exhausted)

        return self._of_one_epoch(found)

    def _of_one_epoch(self, search: Callable[[], T]) -> T:
        with self._lock:
            tries = 0
            while True:
                with self.store.snapshot():
                    epoch = self._catch_up()
                    found = search()
                tries += 1
                if tries == _TRIES or self.store.epoch() == epoch:
                    return found

    def _rankings(self, query: "Query", depth: int) -> Rankings:
        allowed = self.store.count_passages(query.filters)
        return {
            MEANING: self._by_meaning(query.vector, query.filters, allowed, depth),
            WORDS: self._by_words(query.terms, query.filters, allowed, depth),
        }

    def rarities(self, terms: Sequence[str]) -> dict[str, float | None]:
        """The inverse document frequency of each stemmed term; None for one that stands nowhere in the corpus.

        As BM25 takes it: ln(1 + (N - n + 0.5) / (n + 0.5)), for n of N passages.
        """
        total = self.store.count_passages(Filters())
        counts = self._of_one_epoch(
            lambda: {term: min(total, self._lexical.document_frequency(term)) for term in terms}
        )
        return {
            term: math.log(1 + (total - count + 0.5) / (count + 0.5)) if count else None
            for term, count in counts.items()
        }

    def _catch_up(self) -> int:
        """Reopen what is derived when the epoch has moved; the epoch that is searched now."""
        epoch = self.store.epoch()
        if epoch != self._epoch:
            self._vectors.refresh()
            self._lexical.refresh()
            self._check_indexes()
            self._epoch = epoch
        return epoch

    def _check_indexes(self) -> None:
        """Raises StoreError when an index is lost: better no answer than half of one."""
        if not (self._vectors.exists() and self._lexical.exists()):
            raise StoreError(
                "An index of this corpus is missing. `byline doctor --repair`, or any ingest, makes it anew from the "
                "database, without embedding anything."
            )

    def _by_meaning(self, vector: Vectors, filters: Filters, allowed: int, depth: int) -> tuple[Hit, ...]:
        if filters and allowed <= NARROW:
            return self._visible(self._exact(vector, filters, depth), filters, depth)
        hits = self._deep_enough(lambda k: self._vectors.search(vector, k), filters, allowed, depth)
        if filters.as_of is None:
            return hits
        superseded = self._visible(self._exact(vector, filters, depth, superseded_only=True), filters, depth)
        return _hits({hit.passage: hit.score for hit in (*hits, *superseded)}, depth)

    def _by_words(self, terms: Sequence[str], filters: Filters, allowed: int, depth: int) -> tuple[Hit, ...]:
        versions = self.store.version_keys(filters) if filters else None
        return self._deep_enough(lambda k: self._lexical.search(terms, k, versions), filters, allowed, depth)

    def _deep_enough(
        self, search: Callable[[int], Scored], filters: Filters, allowed: int, depth: int
    ) -> tuple[Hit, ...]:
        """The best `depth` that may be seen, of a search that also gives others: asked for more until there are.

        `allowed` is how many passages the filters let through.
        """
        asked, wanted = depth, min(depth, allowed)
        while True:
            scored = search(asked)
            hits = self._visible(scored, filters, depth)
            if len(hits) >= wanted or len(scored) < asked:
                return hits
            asked *= _DEEPER

    def _exact(self, vector: Vectors, filters: Filters, depth: int, *, superseded_only: bool = False) -> Scored:
        """The best passages under the filters, every one of them scored over its stored embedding."""
        ids, vectors = self.store.embeddings(filters, superseded_only=superseded_only)
        if not ids:
            return []
        scores = vectors @ vector
        best = np.argsort(-scores, kind="stable")[:depth]
        return [(ids[i], float(scores[i])) for i in best]

    def _visible(self, scored: Scored, filters: Filters, depth: int) -> tuple[Hit, ...]:
        """As hits, without what the truth does not let search see."""
        passages = self.store.passages([identifier for identifier, _ in scored], filters)
        return _hits({passages[identifier]: score for identifier, score in scored if identifier in passages}, depth)


def _hits(scores: Mapping[Passage, float], depth: int) -> tuple[Hit, ...]:
    best_first = sorted(scores.items(), key=lambda each: (-each[1], each[0].id))
    return tuple(Hit(rank, score, passage) for rank, (passage, score) in enumerate(best_first[:depth], start=1))
