"""A question to an answer: the whole algorithm, step by step."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from rag.cite import attribute
from rag.context import sentences_of
from rag.fuse import reciprocal_rank_fusion
from rag.language.synonyms import synonyms
from rag.model import Abstention, Answer, Draft, Filters, Plan, Ranking, Reason
from rag.plan import plan_for
from rag.ports import ArticleStore
from rag.read.extractive import ExtractiveReader
from rag.read.features import Rarities
from rag.retrieve import MEANING, WORDS, Retriever

DEPTH = 100
"""Passages that each retriever gives to be fused."""

WEIGHTS = {MEANING: 0.4, WORDS: 1.0}
"""Of the two rankings when they are fused; chosen on three question sets, see benchmarks/README.md."""


class Answerer:
    """Asks and searches one corpus."""

    def __init__(self, store: ArticleStore, retriever: Retriever, reader: ExtractiveReader) -> None:
        self._store = store
        self.retriever = retriever
        self.reader = reader

    def search(self, query: str, filters: Filters, k: int) -> Ranking:
        """The best `k` passages for a query; none for a blank query or an empty corpus."""
        timer = Timer()
        if self._unanswerable(query, filters):
            return Ranking(query, ())
        with timer("retrieve"):
            rankings = self.retriever.rankings(query, filters, max(DEPTH, k))
        with timer("fuse"):
            hits = reciprocal_rank_fusion(rankings, WEIGHTS)[:k]
        return Ranking(query, hits, timer.milliseconds)

    def ask(self, question: str, filters: Filters, k: int) -> Answer:
        """Answer a question from the best `k` passages, citing the words that support each sentence, or say why not."""
        if (abstention := self._unanswerable(question, filters)) is not None:
            return attribute(question, Draft("", abstention=abstention), (), filters.as_of)
        timer = Timer()
        with timer("plan"):
            plan = plan_for(question)
        ranking = self.search(question, filters, k)
        with timer("context"):
            sentences = sentences_of(ranking)
        with timer("read"):
            draft = self.reader.read(plan, sentences, self.rarities(plan))
        with timer("cite"):
            answer = attribute(question, draft, ranking.hits, filters.as_of)
        return replace(answer, timings={**ranking.timings, **timer.milliseconds})

    def rarities(self, plan: Plan) -> Rarities:
        """The inverse document frequency of the question's terms and of their synonyms; None for the unknown."""
        return self.retriever.rarities(sorted({alike for term in plan.terms for alike in synonyms(term)}))

    def _unanswerable(self, question: str, filters: Filters) -> Abstention | None:
        if not question.strip():
            return Abstention(Reason.EMPTY_QUESTION, "There is no question.")
        if self._store.count_passages(filters) > 0:
            return None
        if self._store.count_passages(Filters()) > 0:
            return Abstention(Reason.NOTHING_FOUND, "No article passes these filters.")
        return Abstention(Reason.EMPTY_CORPUS, "This corpus holds no articles yet.")


class Timer:
    """Measures named steps, in milliseconds."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Measure what is done in the `with` block as this step."""
        begun = time.perf_counter()
        yield
        self.milliseconds[step] = round((time.perf_counter() - begun) * 1000, 1)
