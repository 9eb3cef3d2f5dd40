"""A cross-encoder over the best of a ranking, as far as its time reaches."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from rag.model import Hit
from rag.ports import Reranker

MOST = 20
"""Passages of each part of a question that are read at most."""

BATCH = 4
"""Passages that are read between two looks at the clock: by so many the time may be overrun."""


class Reranking:
    """A cross-encoder, loaded when it is first needed, and how many seconds it may read for one question."""

    def __init__(
        self, name: str, load: Callable[[], Reranker], seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self.name = f"{name} for {seconds:g} s"
        self._seconds = seconds
        self._load = load
        self._clock = clock

    def reordered(self, asked: Sequence[tuple[str, Sequence[Hit]]]) -> list[tuple[Hit, ...]]:
        """The hits for each part's query in the order of the cross-encoder, then what it did not come to, as it was.

        Each part has an equal share of the time that is left when its turn comes. Loading counts for nothing.
        """
        reranker, begun = self._load(), self._clock()
        found = []
        for place, (query, hits) in enumerate(asked):
            now = self._clock()
            share = (begun + self._seconds - now) / (len(asked) - place)
            found.append(self._one(reranker, query, hits, now + share))
        return found

    def _one(self, reranker: Reranker, query: str, hits: Sequence[Hit], until: float) -> tuple[Hit, ...]:
        best, scores = hits[:MOST], list[float]()
        while len(scores) < len(best) and self._clock() < until:
            batch = best[len(scores) : len(scores) + BATCH]
            texts = [f"{hit.passage.article.title}. {hit.passage.text}" for hit in batch]
            scores += map(float, reranker.scores(query, texts))
        order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
        reordered = [*(replace(best[i], score=scores[i]) for i in order), *hits[len(scores) :]]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(reordered, start=1))
