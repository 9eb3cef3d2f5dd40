"""A question to its best passages: planned, looked for part by part, described, ordered, and joined again."""

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rag.fuse import interleave
from rag.language.synonyms import synonyms
from rag.language.terms import query_terms
from rag.model import Filters, Hit, Implication, Part, Plan
from rag.plan import Sources, plan_for
from rag.ports import ArticleStore, Embedder
from rag.rank.closely import CLOSELY, look_closely
from rag.rank.features import Candidates, describe, newest_day
from rag.rank.ranker import Ranker
from rag.rank.reranking import Reranking
from rag.records import Vectors
from rag.retrieve import Pool, Query, Retriever
from rag.wanted import Rarities, Wanted

DEPTH = 100
"""Passages that each retriever gives for a question that is one part; of each of several parts, half of them."""


@dataclass(frozen=True, slots=True)
class Described:
    """A part of a question with its candidates and their features, one row each."""

    part: Part
    found: Candidates
    values: NDArray[np.float32]


class Searcher:
    """Finds the passages of one corpus that answer."""

    def __init__(
        self,
        store: ArticleStore,
        retriever: Retriever,
        embedder: Callable[[], Embedder],
        ranker: Ranker,
        reranking: Reranking | None = None,
    ) -> None:
        self._store = store
        self.retriever = retriever
        self.embedder = embedder
        self._ranker = ranker
        self._reranking = reranking
        self._lock = threading.Lock()
        self._sources: tuple[int, Sources] | None = None

    @property
    def name(self) -> str:
        """What its order is made by."""
        return ", then ".join([self._ranker.name, *([self._reranking.name] if self._reranking else [])])

    def plan(self, question: str, filters: Filters, without: Collection[str] = ()) -> Plan:
        """The plan of a question over this corpus; `without` names what it seems to imply but does not."""
        return plan_for(question, self._known_sources(), filters.as_of, without)

    def embed(self, plan: Plan) -> Vectors:
        """The vectors of the question and of the query of each of its parts, one row each."""
        texts = [plan.question, *(part.query for part in plan.parts)]
        distinct = list(dict.fromkeys(texts))
        vectors = self.embedder().embed_queries(distinct)
        return vectors[[distinct.index(text) for text in texts]]

    def rarities(self, plan: Plan) -> Rarities:
        """The inverse document frequency of the question's terms and of their synonyms; None for the unknown."""
        return self.retriever.rarities(sorted({alike for term in plan.terms for alike in synonyms(term)}))

    def pool(self, plan: Plan, vectors: Vectors, filters: Filters, depth: int = DEPTH) -> Pool:
        """What is found for the question, and for each of its parts where its sources are.

        Each ranking is `depth` deep; where there are several parts half of it.
        """
        queries = [Query(vectors[0], query_terms(plan.question), filters)]
        queries += [
            Query(vector, query_terms(part.query), self._narrowed(filters, part))
            for part, vector in zip(plan.parts, vectors[1:], strict=True)
        ]
        alone = len(plan.parts) == 1 and plan.parts[0].query == plan.question and queries[1].filters == filters
        return self.retriever.pool(queries[1:], depth) if alone else self.retriever.pool(queries, depth // 2)

    def described(
        self, plan: Plan, vectors: Vectors, pool: Pool, rarities: Rarities, filters: Filters, closely: int = CLOSELY
    ) -> tuple[Described, ...]:
        """The candidates of each part: what was found for it, and for the question as a whole.

        Where it is one part, so many of the best are looked at closely: several do not ask for one phrase.
        """
        rows = {passage.id: row for row, passage in enumerate(pool.passages)}
        shared = len(pool.rankings) - len(plan.parts)
        asked = _asking_day(plan, pool, filters)
        found = []
        for i, part in enumerate(plan.parts):
            mine = [*pool.rankings[:shared], pool.rankings[shared + i]]
            chosen = sorted({rows[hit.passage.id] for ranked in mine for hits in ranked.values() for hit in hits})
            candidates = Candidates(tuple(pool.passages[row] for row in chosen), pool.vectors[chosen])
            values = describe(plan, part, vectors[1 + i], candidates, rarities, asked)
            if len(plan.parts) == 1:
                best = np.argsort(-self._ranker.scores(values, 1), kind="stable")[:closely]
                look_closely(Wanted(plan, rarities), candidates, best, values)
            found.append(Described(part, candidates, values))
        return tuple(found)

    def ranked(self, described: Sequence[Described]) -> tuple[Hit, ...]:
        """The candidates of all parts as one ranking, in which every part has its turn."""
        parts = len(described)
        rankings = [best_first(each, self._ranker.scores(each.values, parts)) for each in described]
        if self._reranking is not None:
            queries = [each.part.query for each in described]
            rankings = self._reranking.reordered(list(zip(queries, rankings, strict=True)))
        return interleave(rankings)

    def _known_sources(self) -> Sources:
        epoch = self._store.epoch()
        with self._lock:
            if self._sources is None or self._sources[0] != epoch:
                outlets, authors = (
                    [facet.value for facet in self._store.facets(field)] for field in ("source", "author")
                )
                self._sources = epoch, Sources(outlets, authors)
            return self._sources[1]

    def _narrowed(self, filters: Filters, part: Part) -> Filters:
        """The filters with what the part implies of sources, unless nothing is left then."""
        outlets, authors = (
            tuple(name for each in part.implied if each.kind is kind for name in each.names)
            for kind in (Implication.SOURCE, Implication.AUTHOR)
        )
        narrowed = replace(filters, sources=filters.sources or outlets, authors=filters.authors or authors)
        return narrowed if narrowed == filters or self._store.has_passages(narrowed) else filters


def _asking_day(plan: Plan, pool: Pool, filters: Filters) -> date | None:
    """The day to which articles should be near: the as-of date; the newest candidate's for the latest of something."""
    if filters.as_of is not None:
        return filters.as_of.date()
    if all(each.kind is not Implication.LATEST for each in plan.implied):
        return None
    return newest_day(pool.passages)


def best_first(described: Described, scores: NDArray[np.float64]) -> tuple[Hit, ...]:
    """The candidates of a part as hits, by these scores (one a candidate)."""
    passages = described.found.passages
    order = sorted(range(len(passages)), key=lambda i: (-scores[i], passages[i].id))
    return tuple(Hit(rank, float(scores[i]), passages[i]) for rank, i in enumerate(order, start=1))
