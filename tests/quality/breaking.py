"""Doubles that each break one thing of Byline, behind a port or in the reader's place."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from rag.adapters.chroma import ChromaIndex
from rag.adapters.lexical import TantivyIndex
from rag.adapters.sqlite import SqliteStore
from rag.answer import Answerer
from rag.corpus import Corpus
from rag.model import Draft, Filters, Grouping, Passage, Reading, Version
from rag.ports import ArticleStore, Embedder, LexicalIndex, Scored, VectorIndex
from rag.rank.ranker import Ranker
from rag.read.extractive import ExtractiveReader
from rag.records import Scope, Vectors
from rag.retrieve import Retriever
from rag.search import Searcher

YEAR = timedelta(days=365)


class Remembering:
    """An embedder that embeds each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.info, self.arithmetic = embedder.info, embedder.arithmetic
        self.max_tokens, self.count_tokens = embedder.max_tokens, embedder.count_tokens

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedded(texts, self._embedder.embed_passages)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedded(texts, self._embedder.embed_queries)

    def _embedded(self, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= dict(zip(new, embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])


class NoWords(TantivyIndex):
    """A lexical side that finds nothing, and knows no word.

    To find nothing alone would not be noticed here: of so few passages the vectors find all that is worth ranking.
    """

    def search(self, terms: Sequence[str], k: int, versions: Collection[str] | None = None) -> Scored:
        return []

    def document_frequency(self, term: str) -> int:
        return 0


class NoMeaning(ChromaIndex):
    """A vector side that finds nothing."""

    def search(self, vector: Vectors, k: int) -> Scored:
        return []


class NoVectors(SqliteStore):
    """A truth without embeddings, which narrow filters would be answered from, and candidates be compared by."""

    def embeddings(self, version_keys: Collection[str]) -> tuple[list[str], Vectors]:
        return [], np.zeros((0, 1), dtype=np.float32)

    def vectors(self, ids: Sequence[str]) -> Vectors:
        return np.zeros_like(super().vectors(ids))


class Refiltering(SqliteStore):
    """A truth that looks things up under other filters than those that it was given."""

    def other(self, filters: Filters) -> Filters:
        raise NotImplementedError

    def passages(self, ids: Collection[str], filters: Filters = Filters()) -> dict[str, Passage]:
        return super().passages(ids, self.other(filters))

    def visible(self, article_ids: Collection[str], filters: Filters = Filters()) -> list[Version]:
        return super().visible(article_ids, self.other(filters))

    def groups(self, article_ids: Collection[str], filters: Filters = Filters()) -> dict[str, Grouping]:
        return super().groups(article_ids, self.other(filters))

    def has_passages(self, filters: Filters) -> bool:
        return super().has_passages(self.other(filters))

    def scope(self, filters: Filters) -> Scope:
        return super().scope(self.other(filters))


class NoFilters(Refiltering):
    """Filters are ignored."""

    def other(self, filters: Filters) -> Filters:
        return Filters()


class YearLater(Refiltering):
    """Every article says that it was published a year later."""

    def other(self, filters: Filters) -> Filters:
        def earlier(moment: Any) -> Any:
            return None if moment is None else moment - YEAR

        return replace(
            filters,
            as_of=earlier(filters.as_of),
            published_from=earlier(filters.published_from),
            published_to=earlier(filters.published_to),
        )

    def passages(self, ids: Collection[str], filters: Filters = Filters()) -> dict[str, Passage]:
        return {name: _later(passage) for name, passage in super().passages(ids, filters).items()}


class OffByOne(SqliteStore):
    """Passages stand one character further on than they do."""

    def passages(self, ids: Collection[str], filters: Filters = Filters()) -> dict[str, Passage]:
        found = super().passages(ids, filters)
        return {name: replace(each, start=each.start + 1, end=each.end + 1) for name, each in found.items()}


class NoGroups(SqliteStore):
    """No article has copies."""

    def groups(self, article_ids: Collection[str], filters: Filters = Filters()) -> dict[str, Grouping]:
        return {article_id: Grouping() for article_id in article_ids}


class NeverDeclining(ExtractiveReader):
    """A reader that answers with the first sentence where it should decline."""

    def read(self, plan: Any, vector: Vectors, sentences: Any, rarities: Any) -> Draft:
        draft = super().read(plan, vector, sentences, rarities)
        if draft.abstention is None or not sentences:
            return draft
        return Draft(draft.reader, (Reading(sentences[0], 0.5),), confidence=draft.confidence)


def _later(passage: Passage) -> Passage:
    published = passage.article.published_at
    moved = None if published is None else published + YEAR
    return replace(passage, article=replace(passage.article, published_at=moved))


@contextmanager
def assembled(
    folder: Path,
    runs: Path,
    embedder: Embedder,
    *,
    store: Callable[[Path], ArticleStore] = SqliteStore,
    vectors: Callable[[Path], VectorIndex] = ChromaIndex,
    lexical: Callable[[Path], LexicalIndex] = TantivyIndex,
    reader: Callable[[Callable[[], Embedder]], ExtractiveReader] = ExtractiveReader,
) -> Iterator[Corpus]:
    """The corpus in a folder, as rag.build opens it but for the given parts; its runs are kept in `runs`."""
    truth, meaning, words = store(folder), vectors(folder), lexical(folder)
    searcher = Searcher(truth, Retriever(truth, meaning, words), lambda: embedder, Ranker.load())
    answerer = Answerer(truth, searcher, reader(lambda: embedder))
    try:
        yield Corpus(runs, truth, answerer, lambda: None)
    finally:
        meaning.close()
        words.close()
