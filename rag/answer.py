"""A question to an answer: the whole algorithm, step by step."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace

from rag.cite import attribute
from rag.collapse import collapse
from rag.context import sentences_of
from rag.fuse import reciprocal_rank_fusion
from rag.language.synonyms import synonyms
from rag.language.terms import query_terms
from rag.model import Abstention, Answer, Draft, Filters, Grouping, Hit, Plan, Ranking, Reason, Sentence, Story, Version
from rag.origins import tell, told_in, trace, trace_hits
from rag.plan import plan_for
from rag.ports import ArticleStore, Embedder, Vectors
from rag.read.extractive import ExtractiveReader
from rag.read.features import Rarities
from rag.retrieve import MEANING, WORDS, Retriever

DEPTH = 100
"""Passages that each retriever gives to be fused."""

DEEPER = 4
"""How many times deeper they are looked through when copies leave too few."""

WEIGHTS = {MEANING: 0.4, WORDS: 1.0}
"""Of the two rankings when they are fused; chosen on three question sets, see benchmarks/README.md."""


class Answerer:
    """Asks and searches one corpus."""

    def __init__(
        self, store: ArticleStore, retriever: Retriever, reader: ExtractiveReader, embedder: Callable[[], Embedder]
    ) -> None:
        self._store = store
        self.retriever = retriever
        self.reader = reader
        self.embedder = embedder
        self._known_outlets: tuple[int, frozenset[str]] | None = None

    def search(self, query: str, filters: Filters, k: int) -> Ranking:
        """The best `k` passages for a query; none for a blank query or an empty corpus."""
        if self._unanswerable(query, filters):
            return Ranking(query, ())
        timer = Timer()
        with timer("embed"):
            vector = self.embed(query)
        hits = self._ranked(query, vector, filters, k, timer)
        with timer("trace"):
            hits, origins, reports = self._traced_hits(hits, filters)
        return Ranking(query, hits, timer.milliseconds, origins, reports)

    def ask(self, question: str, filters: Filters, k: int) -> Answer:
        """Answer a question from the best `k` passages, citing the words that support each sentence, or say why not."""
        if (abstention := self._unanswerable(question, filters)) is not None:
            return attribute(question, Draft("", abstention=abstention), (), filters.as_of)
        timer = Timer()
        with timer("plan"):
            plan = plan_for(question)
        with timer("embed"):
            vector = self.embed(question)
        hits = self._ranked(question, vector, filters, k, timer)
        with timer("context"):
            sentences = sentences_of(hits)
        with timer("read"):
            draft = self._read(plan, vector, sentences)
        with timer("cite"):
            answer = attribute(question, draft, hits, filters.as_of)
        with timer("trace"):
            answer = self._traced(answer, filters)
        return replace(answer, timings=timer.milliseconds)

    def _traced(self, answer: Answer, filters: Filters) -> Answer:
        """The answer with the origins of what it cites, or of what comes nearest, and with who reports the same."""
        if answer.abstained:
            return replace(answer, nearest=self._traced_hits(answer.nearest, filters)[0])
        seen = self._seen({each.article.id for each in told_in(answer.citations)}, filters)
        return trace(answer, *seen, self._outlets())

    def _traced_hits(self, hits: Sequence[Hit], filters: Filters) -> tuple[tuple[Hit, ...], int, int]:
        """The hits with their origins, and how many independent ones and reports there are."""
        return trace_hits(hits, *self._seen({hit.passage.article.id for hit in hits}, filters), self._outlets())

    def _seen(self, article_ids: Set[str], filters: Filters) -> tuple[Mapping[str, Grouping], list[Version]]:
        """The groups of these articles, and the versions to be seen of them and of their copies."""
        with self._store.snapshot():
            groups = self._store.groups(article_ids, filters)
            copies = {copy.id for group in groups.values() for copy in group.copies}
            return groups, self._store.visible(article_ids | copies, filters)

    def story(self, version: Version) -> Story:
        """The story that the article of its last version is part of; of one that search may not see, it alone."""
        article_id = version.article.id
        with self._store.snapshot():
            beside = {copy.id for copy in self._store.groups([article_id])[article_id].copies}
            versions = self._store.visible({article_id} | beside)
            groups = self._store.groups([each.article.id for each in versions])
        return tell(article_id, groups, versions or [version], self._outlets())

    def _outlets(self) -> frozenset[str]:
        """The names of the corpus's outlets; looked up again when the corpus has changed."""
        epoch = self._store.epoch()
        if self._known_outlets is None or self._known_outlets[0] != epoch:
            self._known_outlets = epoch, frozenset(facet.value for facet in self._store.facets("source"))
        return self._known_outlets[1]

    def _read(self, plan: Plan, vector: Vectors, sentences: Sequence[Sentence]) -> Draft:
        """What the whole articles answer. Where only stubs of articles would, that is said, and is no answer."""
        rarities = self.rarities(plan)
        stubs = [sentence for sentence in sentences if sentence.hit.passage.article.stub]
        whole = [sentence for sentence in sentences if not sentence.hit.passage.article.stub]
        draft = self.reader.read(plan, vector, whole, rarities)
        if draft.abstention is None or not stubs:
            return draft
        on_stubs = self.reader.read(plan, vector, stubs, rarities)
        if on_stubs.abstention is not None:
            return draft
        why = on_stubs.readings[0].sentence.hit.passage.article.stub
        said = f"Only a stub of an article ({why}) speaks of this, and that is no ground for an answer."
        return replace(draft, abstention=Abstention(Reason.ONLY_STUBS, said))

    def embed(self, query: str) -> Vectors:
        """The query's vector, shape (dimension,)."""
        vector: Vectors = self.embedder().embed_queries([query])[0]
        return vector

    def _ranked(self, query: str, vector: Vectors, filters: Filters, k: int, timer: "Timer") -> tuple[Hit, ...]:
        """The best `k` that are not copies of each other. Where copies fill the rankings, these are made deeper."""
        terms, depth = query_terms(query), max(DEPTH, k)
        while True:
            with timer("retrieve"):
                rankings = self.retriever.rankings(vector, terms, filters, depth)
            with timer("fuse"):
                fused = reciprocal_rank_fusion(rankings, WEIGHTS)
            with timer("collapse"):
                hits = collapse(fused, self._store.groups({hit.passage.article.id for hit in fused}, filters))
            if len(hits) >= k or all(len(ranking) < depth for ranking in rankings.values()):
                return hits[:k]
            depth *= DEEPER

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
        """Measure what is done in the `with` block as this step; a step that is done again adds up."""
        begun = time.perf_counter()
        yield
        taken = round((time.perf_counter() - begun) * 1000, 1)
        self.milliseconds[step] = self.milliseconds.get(step, 0.0) + taken
