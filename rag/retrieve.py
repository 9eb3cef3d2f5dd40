"""A query to rankings: by meaning (vectors) and by words (BM25), under exact filters, from whole versions."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

import numpy as np

from rag.errors import StoreError
from rag.identity import version_of_passage
from rag.model import Filters, Hit, Passage
from rag.ports import ArticleStore, LexicalIndex, Scored, VectorIndex
from rag.records import Vectors

T = TypeVar("T")

MEANING, WORDS = "meaning", "words"

WORTH = {MEANING: 0.25, WORDS: 1.0}
"""How many passages an index can be asked for in the time in which one thing that a filter leaves is looked at by
itself: a passage's vector scored, a version named to the lexical index. So a filtered search asks an index for more and
more until enough pass, and looks at all by themselves as soon as that costs less. See benchmarks/README.md."""

_DEEPER = 4
_MARGIN = 1.5
"""How many times as many as the filter leaves fewer are asked for at first: at 1 every other search asks again."""

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
        return self._of_one_epoch(lambda: self._rankings([Query(vector, terms, filters)], depth)[0])

    def pool(self, queries: Sequence["Query"], depth: int) -> "Pool":
        """What the rankings of these queries hold, with the vectors; all of one epoch."""

        def found() -> Pool:
            rankings = self._rankings(queries, depth)
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

    def _rankings(self, queries: Sequence["Query"], depth: int) -> list[Rankings]:
        scopes = {filters: _Within(self.store, filters) for filters in {query.filters for query in queries}}
        return [
            {
                MEANING: self._by_meaning(query, scopes[query.filters], depth),
                WORDS: self._by_words(query, scopes[query.filters], depth),
            }
            for query in queries
        ]

    def _by_meaning(self, query: "Query", within: "_Within", depth: int) -> tuple[Hit, ...]:
        most = within.current_passages * WORTH[MEANING]
        found = within.best(lambda k: self._vectors.search(query.vector, k), depth, most)
        if len(found.seen) < min(depth, within.passages):  # to some vectors of an approximate index no link may lead
            found = _Found({}, within.versions)
        return _hits(found.seen | within.nearest(query.vector, depth, found.apart), depth)

    def _by_words(self, query: "Query", within: "_Within", depth: int) -> tuple[Hit, ...]:
        most = within.current_versions * WORTH[WORDS]
        found = within.best(lambda k: self._lexical.search(query.terms, k), depth, most)
        apart = self._lexical.search(query.terms, depth, found.apart) if found.apart else []
        return _hits(found.seen | within.visible(apart), depth)

    def rarities(self, terms: Sequence[str]) -> dict[str, float | None]:
        """The inverse document frequency of each stemmed term; None for one that stands nowhere in the corpus.

        As BM25 takes it: ln(1 + (N - n + 0.5) / (n + 0.5)), for n of N passages.
        """
        total = self.store.count_passages()
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What an index gave of what may be seen, and the versions that are still to be looked at by themselves."""

    seen: dict[Passage, float]
    apart: tuple[str, ...] = ()


class _Within:
    """What some filters let a search see, in one snapshot of the truth."""

    def __init__(self, store: ArticleStore, filters: Filters) -> None:
        self._store = store
        self._filters = filters
        self._scope = store.scope(filters) if filters else None
        self._embeddings = cache(store.embeddings)

    @property
    def current_versions(self) -> int:
        """How many versions the filters leave that are not superseded; 0 where there are no filters."""
        return self._scope.current_versions if self._scope else 0

    @cached_property
    def current_passages(self) -> int:
        """How many passages these have."""
        return self._scope.current_passages if self._scope else 0

    @property
    def passages(self) -> int:
        """How many passages, that are not superseded, search may see."""
        return self._total if self._scope is None else self.current_passages

    @property
    def versions(self) -> tuple[str, ...]:
        """All versions that search may see."""
        return tuple((self._scope or self._store.scope(self._filters)).versions)

    def best(self, search: Callable[[int], Scored], depth: int, most: float) -> _Found:
        """The best `depth` that may be seen, of a search of current passages that also gives others.

        It is asked for more until there are enough, or no more. What is superseded is left to be looked at by itself;
        and so is all, where that is nothing else, or where the search would have to be asked for more than `most`.
        """
        if self._scope is None:
            return _Found(self._enough(search, depth, depth, math.inf) or {})
        asked = math.ceil(depth * max(1, _MARGIN * self._total / max(1, self.current_passages)))
        seen = self._enough(search, asked, depth, most) if self.current_passages else None
        return _Found({}, self.versions) if seen is None else _Found(seen, tuple(self._scope.superseded))

    def nearest(self, vector: Vectors, depth: int, versions: tuple[str, ...]) -> dict[Passage, float]:
        """The best `depth` passages of these versions, by all their vectors."""
        ids, vectors = self._embeddings(versions) if versions else ([], vector)
        if not ids:
            return {}
        scores = vectors @ vector
        best = np.argsort(-scores, kind="stable")[:depth]
        return self.visible([(ids[i], float(scores[i])) for i in best])

    def visible(self, scored: Scored) -> dict[Passage, float]:
        """Without what the truth does not let search see."""
        passages = self._store.passages([identifier for identifier, _ in scored], self._filters)
        return {passages[identifier]: score for identifier, score in scored if identifier in passages}

    def _enough(
        self, search: Callable[[int], Scored], asked: int, depth: int, most: float
    ) -> dict[Passage, float] | None:
        while asked <= most:
            scored = search(asked)
            scores = self.visible(self._in_scope(scored, depth))
            if len(scores) >= depth or len(scored) < asked:
                return scores
            asked *= _DEEPER
        return None

    @cached_property
    def _total(self) -> int:
        return self._store.count_passages()

    def _in_scope(self, scored: Scored, depth: int) -> Scored:
        """The best `depth` of the scope's versions, so that no others are looked up; all where nothing is filtered."""
        if self._scope is None:
            return scored
        versions = self._scope.versions
        return [each for each in scored if version_of_passage(each[0]) in versions][:depth]


def _hits(scores: Mapping[Passage, float], depth: int) -> tuple[Hit, ...]:
    best_first = sorted(scores.items(), key=lambda each: (-each[1], each[0].id))
    return tuple(Hit(rank, score, passage) for rank, (passage, score) in enumerate(best_first[:depth], start=1))
