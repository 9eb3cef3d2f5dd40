"""The sample corpus with the real model, embedded once for all tests of the gate."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial

import pytest

from ingest import ingest
from rag import Corpus, Settings
from rag.adapters.sbert import SentenceTransformerEmbedder
from rag.evaluation import Question, Run, load_set, run_set
from tests.quality.breaking import Remembering, assembled
from tests.quality.gate import SAMPLES


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample corpus: `opened` gives it with some parts replaced."""

    opened: Callable[..., AbstractContextManager[Corpus]]

    def run(self, which: Callable[[Question], bool] = lambda question: True, **parts: object) -> Run:
        """The sample questions that `which` takes, over the corpus with these parts replaced."""
        asked = load_set(SAMPLES / "questions.jsonl")
        with self.opened(**parts) as corpus:
            return run_set(corpus, replace(asked, questions=tuple(filter(which, asked.questions))))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    embedder = Remembering(SentenceTransformerEmbedder(Settings()))
    ingest(SAMPLES / "articles.jsonl", into=folder / "corpus", embedder=embedder)
    return Sample(partial(assembled, folder / "corpus", folder, embedder))
