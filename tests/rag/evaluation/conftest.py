"""A question set over the small corpus of tests/conftest.py."""

import json
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from ingest import ingest
from rag import Corpus, open_corpus
from rag.evaluation import QuestionSet, load_set
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder

LAUNCH, DOUBTS, FINAL = (
    "https://ledger.example/kite-launch",
    "https://courier.example/kite-doubts",
    "https://touchline.example/cup-final",
)
RECORDS: tuple[dict[str, Any], ...] = (
    {
        "id": "opening",
        "question": "When will Kite Motors open its battery plant in Vessen?",
        "answers": ["14 June"],
        "evidence": [{"url": LAUNCH, "quote": "open its battery plant in Vessen on 14 June"}],
        "type": "when",
    },
    {
        "id": "cost",
        "question": "How much has the battery plant cost?",
        "answers": ["480 million crowns"],
        "evidence": [{"url": LAUNCH, "quote": "The plant has cost 480 million crowns"}],
        "type": "how-much",
    },
    {
        "id": "final",
        "question": "Who scored twice in the cup final?",
        "answers": ["Mara Quist"],
        "evidence": [{"url": FINAL}],
        "type": "who",
    },
    {"id": "rusalka", "question": "Who composed the opera Rusalka?", "answers": [], "type": "who"},
    {
        "id": "ring-road",
        "question": "When will the ring road be finished?",
        "answers": ["the end of the year"],
        "evidence": [{"url": DOUBTS, "quote": "finished by the end of the year"}],
        "type": "when",
        "as_of": "2024-03-10",
    },
)


def write_set(folder: Path, *records: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def asked(tmp_path: Path) -> QuestionSet:
    return load_set(write_set(tmp_path, *RECORDS))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A corpus of ARTICLES, opened once for all tests."""
    folder = tmp_path_factory.mktemp("library")
    records = folder / "articles.jsonl"
    records.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    ingest(records, into=folder / "corpus", embedder=HashEmbedder())
    with open_corpus(folder / "corpus", embedder=HashEmbedder()) as corpus:
        yield corpus


@pytest.fixture
def news(library: Corpus, tmp_path: Path) -> Corpus:
    """The same corpus, which keeps its runs in a folder of this test."""
    corpus = copy(library)
    corpus.folder = tmp_path / "corpus"
    return corpus
