"""What the commands do their work with."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # these load stores and models
    import threading

    from ingest.care import Checkup
    from ingest.report import IngestReport, Progress
    from rag.corpus import Corpus
    from rag.errors import BylineError
    from rag.records import Backup


class Backend:
    """The library, imported when a command first needs it: help is asked for more often than anything, and waits
    for none of it. A `corpus` of None is the one that the settings name.
    """

    def open_corpus(self, corpus: Path | None) -> "Corpus":
        """The corpus to read. Raises CorpusNotFound."""
        from rag.build import open_corpus

        return open_corpus(corpus)

    def ingest(
        self,
        inputs: tuple[str, ...],
        corpus: Path | None,
        progress: "Callable[[Progress], None]",
        *,
        dry_run: bool,
        stopped: Callable[[], bool],
    ) -> "IngestReport":
        """Put the articles of `inputs` into the corpus; or with `dry_run`, say what would become of them."""
        from ingest import ingest

        return ingest(*inputs, into=corpus, progress=progress, dry_run=dry_run, stopped=stopped)

    def watch(
        self,
        inputs: tuple[str, ...],
        corpus: Path | None,
        progress: "Callable[[Progress], None]",
        *,
        told: "Callable[[IngestReport | BylineError], None]",
        interval: float,
        stop: "threading.Event",
    ) -> None:
        """Keep the corpus in step with `inputs` until `stop` is set."""
        from ingest import watch

        watch(*inputs, told=told, stop=stop, into=corpus, progress=progress, interval=interval)

    def delete(self, article_ids: list[str], corpus: Path | None) -> int:
        """Remove articles from the corpus; how many there were."""
        from ingest import delete

        return delete(*article_ids, corpus=corpus)

    def withdraw(self, article_ids: list[str], corpus: Path | None) -> int:
        """Take articles out of every search; how many were in it."""
        from ingest import withdraw

        return withdraw(*article_ids, corpus=corpus)

    def reinstate(self, article_ids: list[str], corpus: Path | None) -> int:
        """Put withdrawn articles back; how many were withdrawn."""
        from ingest import reinstate

        return reinstate(*article_ids, corpus=corpus)

    def check_up(
        self, corpus: Path | None, progress: "Callable[[Progress], None]", *, repair: bool, compact: bool
    ) -> "Checkup":
        """See whether the corpus is whole; mend it, and give space back, if told to."""
        from ingest.care import check_up

        return check_up(corpus, repair=repair, compact=compact, progress=progress)

    def back_up(
        self, file: Path, corpus: Path | None, progress: "Callable[[Progress], None]", *, force: bool
    ) -> "Backup":
        """Write the corpus to a file."""
        from ingest.care import back_up

        return back_up(file, corpus, force=force, progress=progress)

    def restore(
        self, file: Path, corpus: Path | None, progress: "Callable[[Progress], None]", *, force: bool
    ) -> "Backup":
        """Make a corpus of such a file."""
        from ingest.care import restore

        return restore(file, corpus, force=force, progress=progress)
