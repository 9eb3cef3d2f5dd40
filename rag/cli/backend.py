"""What the commands do their work with."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # these load stores and models
    from ingest.pipeline import IngestReport, Progress
    from rag.corpus import Corpus


class Backend:
    """The library, imported when a command first needs it: help is asked for more often than anything, and waits
    for none of it. A `corpus` of None is the one that the settings name.
    """

    def open_corpus(self, corpus: Path | None) -> "Corpus":
        """The corpus to read. Raises CorpusNotFound."""
        from rag.build import open_corpus

        return open_corpus(corpus)

    def ingest(
        self, inputs: tuple[str, ...], corpus: Path | None, progress: "Callable[[Progress], None]"
    ) -> "IngestReport":
        """Put the articles of `inputs` into the corpus."""
        from ingest import ingest

        return ingest(*inputs, into=corpus, progress=progress)

    def delete(self, article_ids: list[str], corpus: Path | None) -> int:
        """Remove articles from the corpus; how many there were."""
        from ingest import delete

        return delete(*article_ids, corpus=corpus)
