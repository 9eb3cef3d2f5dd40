"""The sample corpus with the real model, which embeds each question and sentence once for all tests of the gate."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from rag import Corpus, Settings
from rag.evaluation import Question, Run, load_set, run_set
from tests.conftest import SAMPLES
from tests.quality.breaking import Remembering, assembled


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
def sample(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    from rag.adapters.sbert import SentenceTransformerEmbedder  # every process collects this, not every one needs torch

    embedder = SentenceTransformerEmbedder(Settings())
    embedder._arithmetic_chosen = True  # trying each takes seconds, and is tested elsewhere
    return Sample(partial(assembled, sample_corpus, tmp_path_factory.mktemp("runs"), Remembering(embedder)))
