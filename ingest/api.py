"""Change a corpus from Python: put articles in, take them out (`care` looks after them)."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ingest.fetch import Fetcher
from ingest.pipeline import Ingest
from ingest.rehearse import Rehearsal
from ingest.report import IngestReport, Progress
from ingest.sources import Input, check_names, is_address
from ingest.watch import INTERVAL
from ingest.watch import watch as keep_running
from ingest.write import CorpusWriter
from rag.build import open_reading, open_writing
from rag.errors import BylineError
from rag.ports import ArticleStore, Embedder
from rag.records import BY_HAND, Withdrawal
from rag.settings import Settings


def ingest(
    *inputs: Input,
    into: Path | str | None = None,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
    dry_run: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """Read articles from files, folders, globs and addresses into a corpus, which is made when there is none.

    The same input again changes nothing; an article that has changed becomes a new version. `into` is the corpus's
    folder (default: that of the settings, which come from the environment and byline.toml unless given); `embedder`
    takes the place of the one that the settings name. With `dry_run` nothing is written, and the report says what would
    have been. `stopped` is asked now and then; when it says true, the run ends with what it has written until then.

    Raises UsageError for an input that names nothing or settings that are not the corpus's, CorpusBusy when another
    process is writing, StoreError, ModelError. A bad item is a line of the report and raises nothing.
    """
    check_names(inputs)  # before a corpus is made for a mistyped name
    with _web(inputs, settings or Settings.load(), stopped) as web:
        if dry_run:
            with open_reading(into, settings) as store:
                return Rehearsal(store, progress, web=web).run(inputs)
        with open_writing(into, settings, embedder=embedder) as opened:
            writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
            run = Ingest(writer, opened.embedder, opened.settings, progress, web=web, stopped=stopped)
            return run.run(inputs)


def watch(
    *inputs: Input,
    told: Callable[[IngestReport | BylineError], None],
    stop: threading.Event,
    into: Path | str | None = None,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
    interval: float = INTERVAL,
) -> None:
    """Ingest, and go on until `stop` is set: files when they change, addresses every `interval` seconds.

    `told` gets the report of each round, or why it could not be done, which is then tried again. The model is loaded
    once, in the first round that needs it. The rest is as for `ingest`; UsageError too is raised for standard input.
    """
    settings = settings or Settings.load()
    model = embedder

    def run(some: Sequence[Input]) -> IngestReport:
        check_names(some)
        with _web(tuple(some), settings, stop.is_set) as web, open_writing(into, settings, embedder=model) as opened:

            def load() -> Embedder:
                nonlocal model
                model = opened.embedder()
                return model

            writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
            return Ingest(writer, load, opened.settings, progress, web=web, stopped=stop.is_set).run(some)

    keep_running(inputs, run, told, interval, stop, apart=Path(into) if into is not None else settings.corpus)


def delete(*references: str, corpus: Path | str | None = None, settings: Settings | None = None) -> int:
    """Remove articles, by id or url, with all their versions, from truth and indexes; how many there were.

    Raises ArticleNotFound, before anything is removed, when one of them is not in the corpus.
    """
    with _locked("byline delete", corpus, settings) as writer:
        return writer.delete(_ids(writer.store, references))


def withdraw(*references: str, corpus: Path | str | None = None, settings: Settings | None = None) -> int:
    """Take articles, by id or url, out of every search, and keep them readable; how many were in it.

    No input brings them back: only `reinstate` does. Raises ArticleNotFound as `delete` does.
    """
    with _locked("byline withdraw", corpus, settings) as writer:
        now = datetime.now(UTC)
        by_hand = Withdrawal(BY_HAND, now)
        ids = _ids(writer.store, references)
        return sum(writer.withdraw(article_id, f"{BY_HAND} {now.isoformat()}", by_hand) for article_id in ids)


def reinstate(*references: str, corpus: Path | str | None = None, settings: Settings | None = None) -> int:
    """Put withdrawn articles back into search; how many were withdrawn. Raises ArticleNotFound as `delete` does."""
    with _locked("byline withdraw --undo", corpus, settings) as writer:
        return sum(writer.reinstate(article_id) for article_id in _ids(writer.store, references))


@contextmanager
def _locked(purpose: str, corpus: Path | str | None, settings: Settings | None) -> Iterator[CorpusWriter]:
    with open_writing(corpus, settings, create=False) as opened:
        writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
        with writer.lock(purpose):
            yield writer


def _ids(store: ArticleStore, references: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(store.version(reference).article.id for reference in references))


@contextmanager
def _web(inputs: tuple[Input, ...], settings: Settings, stopped: Callable[[], bool]) -> Iterator[Fetcher | None]:
    """What fetches, if an address is among the inputs: else nothing of ours can reach the network."""
    if not any(map(is_address, inputs)):
        yield None
        return
    fetcher = Fetcher(settings, stopped=stopped)
    try:
        yield fetcher
    finally:
        fetcher.close()
