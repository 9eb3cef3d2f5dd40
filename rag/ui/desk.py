"""What the pages work at: the corpus to read, to change (put in, withdraw, put back, delete) and to measure."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.build import open_corpus
from rag.corpus import Corpus
from rag.errors import CorpusNotFound
from rag.settings import Settings
from rag.ui.runs import Runs
from rag.ui.uploads import FOLDER

if TYPE_CHECKING:  # these load stores, and the measures
    from ingest.report import IngestReport, Progress
    from rag.evaluation import Progress as EvaluationProgress
    from rag.evaluation import Run

_SETS = "sets"
"""Question sets that came by upload lie in this folder until their run is done; the run holds its set."""


class Desk:
    """One for the whole app, over the corpus that its settings name. May be shared between threads.

    What it takes to change the corpus (stores, formats) is imported when it is first needed.
    A run loads an embedding model of its own, beside the one that questions are embedded with: these must not wait
    until a run has computed its next few hundred passages, and the tokenizer of one model cannot be used by two threads
    at once. The second model takes 50 MB and less than a second, for the libraries under it are shared.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        folder = settings.corpus.absolute()
        self.runs = Runs(
            self.ingest,
            folder / FOLDER,
            busy="Articles are being added already. Wait until that is done, or cancel it.",
        )
        self.evaluations = Runs(
            self.evaluate,
            folder / _SETS,
            busy="A question set is being run already. Wait until that is done, or cancel it.",
        )
        self._news: Corpus | None = None
        self._lock = threading.Lock()

    def news(self) -> Corpus | None:
        """The corpus, opened once; None while there is none.

        A run that is just starting may be making it. Then it is not looked for, since to open what is half made would
        be to wait for the end of that run.
        """
        with self._lock:
            if self._news is None and not self.runs.starting:
                try:
                    self._news = self.open_corpus()
                except CorpusNotFound:
                    return None
            return self._news

    def open_corpus(self) -> Corpus:
        """The corpus that the settings name. Raises CorpusNotFound."""
        return open_corpus(settings=self.settings)

    def ingest(
        self, inputs: Sequence[str], progress: "Callable[[Progress], None]", stopped: Callable[[], bool]
    ) -> "IngestReport":
        """Put the articles of these inputs into the corpus."""
        from ingest import ingest

        return ingest(*inputs, settings=self.settings, progress=progress, stopped=stopped)

    def evaluate(
        self, inputs: Sequence[str], progress: "Callable[[EvaluationProgress], None]", stopped: Callable[[], bool]
    ) -> "Run":
        """Run a question set over the corpus: the one in a file, or as it was run in the run of a folder.

        Raises CorpusNotFound, SetError, StoreError and CorpusBusy.
        """
        from rag.evaluation import load_set, run_set
        from rag.evaluation.runs import read_run

        news, path = self.news(), Path(inputs[0])
        if news is None:
            raise CorpusNotFound(self.settings.corpus)
        if not path.is_dir():
            return run_set(news, load_set(path), progress=progress, stopped=stopped)
        kept = read_run(path)
        k, as_asked = kept.info.k, kept.info.as_asked
        return run_set(news, kept.questions, k=k, as_asked=as_asked, progress=progress, stopped=stopped)

    def suffixes(self) -> tuple[str, ...]:
        """How the names of files end that can be read."""
        from ingest.sources.registry import known_sources

        return known_sources().suffixes

    def delete(self, article_id: str) -> None:
        """Remove an article with all its versions."""
        from ingest import delete

        delete(article_id, settings=self.settings)

    def withdraw(self, article_id: str) -> None:
        """Take an article out of every search."""
        from ingest import withdraw

        withdraw(article_id, settings=self.settings)

    def reinstate(self, article_id: str) -> None:
        """Put a withdrawn article back."""
        from ingest import reinstate

        reinstate(article_id, settings=self.settings)
