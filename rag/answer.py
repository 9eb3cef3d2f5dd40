"""A question to an answer: the whole algorithm, step by step."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace

from rag.cite import attribute
from rag.collapse import collapse
from rag.context import sentences_of
from rag.model import Abstention, Answer, Draft, Filters, Grouping, Hit, Plan, Ranking, Reason, Sentence, Story, Version
from rag.origins import tell, told_in, trace, trace_hits
from rag.ports import ArticleStore
from rag.read.extractive import ExtractiveReader
from rag.records import Vectors
from rag.search import DEPTH, Searcher
from rag.wanted import Rarities

DEEPER = 4
"""How many times deeper they are looked through when copies leave too few."""


class Answerer:
    """Asks and searches one corpus."""

    def __init__(self, store: ArticleStore, searcher: Searcher, reader: ExtractiveReader) -> None:
        self._store = store
        self.searcher = searcher
        self.reader = reader
        self._known_outlets: tuple[int, frozenset[str]] | None = None

    def search(self, query: str, filters: Filters, k: int, without: Collection[str] = ()) -> Ranking:
        """The best `k` passages for a query; none for a blank query or an empty corpus."""
        if self._unanswerable(query, filters):
            return Ranking(query, ())
        timer = Timer()
        found = self._found(query, filters, k, without, timer)
        with timer("trace"):
            hits, origins, reports = self._traced_hits(found.hits, filters)
        return Ranking(query, hits, timer.milliseconds, origins, reports, found.plan)

    def ask(self, question: str, filters: Filters, k: int, without: Collection[str] = ()) -> Answer:
        """Answer a question from the best `k` passages, citing the words that support each sentence, or say why not."""
        if (abstention := self._unanswerable(question, filters)) is not None:
            return attribute(question, Draft("", abstention=abstention), (), filters.as_of)
        timer = Timer()
        found = self._found(question, filters, k, without, timer)
        with timer("context"):
            sentences = sentences_of(found.hits)
        with timer("read"):
            draft = self._read(found, sentences)
        with timer("cite"):
            answer = attribute(question, draft, found.hits, filters.as_of)
        with timer("trace"):
            answer = self._traced(answer, filters)
        return replace(answer, timings=timer.milliseconds, plan=found.plan)

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
            group = self._store.groups([article_id])[article_id]
            beside = {report.id for report in (*group.copies, *group.stories)}
            versions = self._store.visible({article_id} | beside)
            groups = self._store.groups([each.article.id for each in versions])
        return tell(article_id, groups, versions or [version], self._outlets())

    def _outlets(self) -> frozenset[str]:
        """The names of the corpus's outlets; looked up again when the corpus has changed."""
        epoch = self._store.epoch()
        if self._known_outlets is None or self._known_outlets[0] != epoch:
            self._known_outlets = epoch, frozenset(facet.value for facet in self._store.facets("source"))
        return self._known_outlets[1]

    def _read(self, found: "Found", sentences: Sequence[Sentence]) -> Draft:
        """What the whole articles answer. Where only stubs of articles would, that is said, and is no answer."""
        plan, vector, rarities = found.plan, found.vector, found.rarities
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

    def _found(self, question: str, filters: Filters, k: int, without: Collection[str], timer: "Timer") -> "Found":
        """The best `k` that are not copies of each other. Where copies fill the rankings, these are made deeper."""
        searcher, depth = self.searcher, max(DEPTH, k)
        with timer("plan"):
            plan = searcher.plan(question, filters, without)
            rarities = searcher.rarities(plan)
        with timer("embed"):
            vectors = searcher.embed(plan)
        while True:
            with timer("retrieve"):
                pool = searcher.pool(plan, vectors, filters, depth)
            with timer("rank"):
                ranked = searcher.ranked(searcher.described(plan, vectors, pool, rarities, filters))[:depth]
            with timer("collapse"):
                hits = collapse(ranked, self._store.groups({hit.passage.article.id for hit in ranked}, filters))
            if len(hits) >= k or pool.exhausted:
                return Found(plan, vectors[0], rarities, hits[:k])
            depth *= DEEPER

    def _unanswerable(self, question: str, filters: Filters) -> Abstention | None:
        if not question.strip():
            return Abstention(Reason.EMPTY_QUESTION, "There is no question.")
        if self._store.has_passages(filters):
            return None
        if self._store.has_passages(Filters()):
            return Abstention(Reason.NOTHING_FOUND, "No article passes these filters.")
        return Abstention(Reason.EMPTY_CORPUS, "This corpus holds no articles yet.")


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits of a question, with what it took to find them and is of use to its reader."""

    plan: Plan
    vector: Vectors
    rarities: Rarities
    hits: tuple[Hit, ...]


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
