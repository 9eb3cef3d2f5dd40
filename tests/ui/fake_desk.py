"""A desk over a corpus in memory, and one over a real corpus without a model."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest import IngestReport, Progress, ingest
from rag import Corpus, Settings, open_corpus
from rag.records import BY_HAND, Withdrawal
from rag.ui.desk import Desk
from rag.ui.runs import THREAD
from tests.fakes import HashEmbedder
from tests.ui.fake_corpus import FakeCorpus

REPORT = IngestReport(added=2, unchanged=3, passages=9, embedded=8, seconds=1.25, epoch=7)


class FakeDesk(Desk):
    """Ingests nothing: a run tells `steps`, waits for `gate` if it is closed, and ends with `result`."""

    def __init__(self, corpus: Corpus | None = None, folder: Path = Path("corpus")) -> None:
        super().__init__(Settings(corpus=folder))
        self.corpus = corpus
        self.steps: tuple[Progress, ...] = ()
        self.result: IngestReport | Exception = REPORT
        self.gate = threading.Event()
        self.gate.set()
        self.told = threading.Event()
        self.ingested: list[tuple[str, ...]] = []
        self.failure: Exception | None = None

    def news(self) -> Corpus | None:
        return self.corpus

    def ingest(
        self, inputs: Sequence[str], progress: Callable[[Progress], None], stopped: Callable[[], bool]
    ) -> IngestReport:
        self.ingested.append(tuple(inputs))
        for step in self.steps:
            progress(step)
        self.told.set()
        assert self.gate.wait(10)
        if isinstance(self.result, Exception):
            raise self.result
        return replace(self.result, stopped=stopped())

    def suffixes(self) -> tuple[str, ...]:
        return (".jsonl", ".txt")

    def delete(self, article_id: str) -> None:
        corpus = self._changing()
        corpus.held = tuple(each for each in corpus.held if each.article.id != article_id)

    def withdraw(self, article_id: str) -> None:
        self._changing().withdrawals[article_id] = Withdrawal(BY_HAND)
        self._set_current(article_id, False)

    def reinstate(self, article_id: str) -> None:
        del self._changing().withdrawals[article_id]
        self._set_current(article_id, True)

    def _changing(self) -> FakeCorpus:
        if self.failure:
            raise self.failure
        assert isinstance(self.corpus, FakeCorpus)
        return self.corpus

    def _set_current(self, article_id: str, current: bool) -> None:
        """Of the last version of an article."""
        corpus = self._changing()
        last = corpus.versions(article_id)[-1]
        changed = replace(last, current=current)
        corpus.held = tuple(changed if each == last else each for each in corpus.held)


class HashedDesk(Desk):
    """A desk over a real corpus, whose vectors are made of hashes."""

    def open_corpus(self) -> Corpus:
        return open_corpus(settings=self.settings, embedder=HashEmbedder())

    def ingest(
        self, inputs: Sequence[str], progress: Callable[[Progress], None], stopped: Callable[[], bool]
    ) -> IngestReport:
        return ingest(*inputs, settings=self.settings, embedder=HashEmbedder(), progress=progress, stopped=stopped)


def wait_for_end(desk: Desk) -> None:
    """Until the runs of a desk have ended."""
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(10)
    assert not desk.runs.going_on
    assert not desk.evaluations.going_on
