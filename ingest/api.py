"""Change a corpus from Python: the one module of `ingest` that opens stores."""

from collections.abc import Callable
from pathlib import Path

from ingest.pipeline import Ingest, IngestReport, Progress
from ingest.sources import Input, input_size
from ingest.write import CorpusWriter
from rag.build import open_writing
from rag.ports import Embedder
from rag.settings import Settings


def ingest(
    *inputs: Input,
    into: Path | str | None = None,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> IngestReport:
    """Read articles from files, folders and globs into a corpus, which is made when there is none.

    The same input again changes nothing; an article that has changed becomes a new version. `into` is the corpus's
    folder (default: that of the settings, which come from the environment and byline.toml unless given); `embedder`
    takes the place of the one that the settings name.

    Raises UsageError for an input that names nothing or settings that are not the corpus's, CorpusBusy when another
    process is writing, StoreError, ModelError. A bad item is a line of the report and raises nothing.
    """
    input_size(inputs)  # before a corpus is made for a mistyped name
    with open_writing(into, settings, embedder=embedder) as opened:
        writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
        return Ingest(writer, opened.embedder, opened.settings, progress).run(inputs)


def delete(*references: str, corpus: Path | str | None = None, settings: Settings | None = None) -> int:
    """Remove articles, by id or url, with all their versions, from truth and indexes; how many there were.

    Raises ArticleNotFound, before anything is removed, when one of them is not in the corpus.
    """
    with open_writing(corpus, settings, create=False) as opened:
        writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
        with writer.lock("byline delete"):
            return writer.delete([opened.store.version(reference).article.id for reference in references])
