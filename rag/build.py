"""Open a corpus: the only place that chooses adapters, each imported when it is first needed."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from rag.answer import Answerer
from rag.corpus import Corpus
from rag.errors import CorpusMismatch, CorpusNotFound
from rag.ports import ArticleStore, ArticleWriter, Embedder, LexicalIndex, Reranker, VectorIndex
from rag.rank.ranker import Ranker
from rag.rank.reranking import Reranking
from rag.read.extractive import ExtractiveReader
from rag.records import Backup, EmbedderInfo
from rag.retrieve import Retriever
from rag.search import Searcher
from rag.settings import Settings

T = TypeVar("T")


def open_corpus(
    path: Path | str | None = None, *, settings: Settings | None = None, embedder: Embedder | None = None
) -> Corpus:
    """A corpus to ask. Loads no model before the first question.

    `path` is the corpus's folder (default: that of the settings, which come from the environment and byline.toml
    unless given); `embedder` takes the place of the one that the settings name. Raises CorpusNotFound,
    CorpusMismatch, SchemaMismatch.
    """
    from rag.adapters.allocator import bound_arenas
    from rag.adapters.borrowed import Borrowed
    from rag.adapters.chroma import ChromaIndex
    from rag.adapters.lexical import TantivyIndex
    from rag.adapters.sqlite import SqliteStore
    from rag.adapters.sqlite_writer import upgrade

    bound_arenas()
    settings = _settings(path, settings)
    upgrade(settings.corpus, settings.lock_seconds)
    store = SqliteStore(settings.corpus)
    _check_recorded(store.embedder(), store.fact("splitter"), settings, embedder)
    indexes = Borrowed(settings.corpus)
    vectors, lexical = ChromaIndex(indexes.folder), TantivyIndex(indexes.folder)
    load = Once(lambda: _load(embedder, settings, store.embedder()))
    searcher = Searcher(store, Retriever(store, vectors, lexical), load, Ranker.load(), _reranking(settings))
    answerer = Answerer(store, searcher, ExtractiveReader(load))

    def close() -> None:
        vectors.close()
        lexical.close()
        store.close()
        indexes.close()

    return Corpus(settings.corpus, store, answerer, close)


@contextmanager
def open_reading(path: Path | str | None = None, settings: Settings | None = None) -> Iterator[ArticleStore | None]:
    """The truth of a corpus, to look things up in; None when there is no corpus yet. Raises SchemaMismatch."""
    from rag.adapters.sqlite import SqliteStore
    from rag.adapters.sqlite_writer import upgrade

    settings = _settings(path, settings)
    upgrade(settings.corpus, settings.lock_seconds)
    try:
        store = SqliteStore(settings.corpus)
    except CorpusNotFound:
        yield None
        return
    try:
        yield store
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class Writing:
    """What it takes to change a corpus."""

    settings: Settings
    store: ArticleWriter
    vectors: VectorIndex
    lexical: LexicalIndex
    embedder: Callable[[], Embedder]


@contextmanager
def open_writing(
    path: Path | str | None = None,
    settings: Settings | None = None,
    *,
    embedder: Embedder | None = None,
    create: bool = True,
    embeds: bool = True,
) -> Iterator[Writing]:
    """A corpus to change; made when there is none, unless `create` is false. Raises as `open_corpus` does.

    Where nothing is embedded (`embeds` is false), the settings need not be those that it was made with.
    """
    from rag.adapters.allocator import bound_arenas
    from rag.adapters.chroma import ChromaIndex
    from rag.adapters.lexical import TantivyIndex
    from rag.adapters.sqlite import SqliteStore
    from rag.adapters.sqlite_writer import SqliteWriter

    bound_arenas()
    settings = _settings(path, settings)
    if not create:
        SqliteStore(settings.corpus).close()
    store = SqliteWriter(settings.corpus, lock_seconds=settings.lock_seconds)
    if embeds:
        _check_recorded(store.embedder(), store.fact("splitter"), settings, embedder)

    def load() -> Embedder:
        loaded = _load(embedder, settings, store.embedder())
        store.record_making(loaded.info, _splitter(settings))
        return loaded

    vectors, lexical = ChromaIndex(settings.corpus), TantivyIndex(settings.corpus)
    try:
        yield Writing(settings, store, vectors, lexical, Once(load))
    finally:
        vectors.close()
        lexical.close()
        store.close()


def back_up(
    file: Path, path: Path | str | None, settings: Settings | None, told: Callable[[str, float], None]
) -> Backup:
    """Write the truth of a corpus to a file, whole or not at all. Raises CorpusNotFound, StoreError."""
    from rag.adapters.backup import back_up

    return back_up(_settings(path, settings).corpus, file, told)


def restore_truth(
    file: Path, path: Path | str | None, settings: Settings | None, told: Callable[[str, float], None]
) -> Backup:
    """Make the truth of a backup that of a corpus, in whose folder there may be another one.

    The derived indexes are thrown away, not made; a database that is damaged is kept under another name. When it raises
    StoreError, SchemaMismatch or CorpusBusy, it has changed nothing.
    """
    from rag.adapters.backup import restore, set_aside, unpacked
    from rag.adapters.writer_lock import WriterLock

    settings = _settings(path, settings)
    folder = settings.corpus.resolve()  # "." has no name, and so nothing beside it
    with (
        unpacked(file, folder, told) as (copy, backup),
        WriterLock(folder, settings.lock_seconds).hold("byline restore"),
        set_aside(folder),
    ):
        restore(copy, folder)
    return backup


class Once(Generic[T]):
    """A function that is called by whoever comes first, in whatever thread; the others get what it gave."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []

    def __call__(self) -> T:
        """What `make` gave, the first time."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


def _settings(path: Path | str | None, settings: Settings | None) -> Settings:
    settings = settings or Settings.load()
    return settings if path is None else replace(settings, corpus=Path(path))


def _splitter(settings: Settings) -> str:
    return json.dumps({"passage_tokens": settings.passage_tokens, "overlap_tokens": settings.overlap_tokens})


def _check_recorded(
    recorded: EmbedderInfo | None, splitter: str | None, settings: Settings, given: Embedder | None
) -> None:
    """Raises CorpusMismatch when the corpus was made with other settings, as far as can be told without loading."""
    if recorded is not None:
        stored = (recorded.name, recorded.query_prompt, recorded.passage_prompt)
        configured = (settings.embedder, settings.query_prompt, settings.passage_prompt)
        if given is not None:
            configured = (given.info.name, given.info.query_prompt, given.info.passage_prompt)
        if stored != configured:
            raise CorpusMismatch("embedder", _described(*stored), _described(*configured))
    if splitter is not None and splitter != _splitter(settings):
        raise CorpusMismatch("splitter", splitter, _splitter(settings))


def _described(name: str, query_prompt: str, passage_prompt: str) -> str:
    return f"embedder={name!r}, query_prompt={query_prompt!r}, passage_prompt={passage_prompt!r}"


def _reranking(settings: Settings) -> Reranking | None:
    """With the cross-encoder that the settings name, if they do."""

    def load() -> Reranker:
        from rag.adapters.cross_encoder import SentenceTransformersReranker

        return SentenceTransformersReranker(settings.reranker)

    return Reranking(settings.reranker, Once(load), settings.reranker_seconds) if settings.reranker else None


def _load(given: Embedder | None, settings: Settings, recorded: EmbedderInfo | None) -> Embedder:
    """The given embedder, or the one that the settings name.

    Raises ModelError; CorpusMismatch when it is not the one that the corpus was made with.
    """
    if given is None:
        from rag.adapters.sbert import SentenceTransformerEmbedder

        given = SentenceTransformerEmbedder(settings)
    if recorded is not None and recorded != given.info:
        raise CorpusMismatch("embedder", str(recorded), str(given.info))
    return given
