"""Corpora to ask: a small one, made in a moment without a model, and the sample with the real model, made once."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from ingest import IngestReport, ingest
from rag import Corpus, Settings, open_corpus
from tests.fakes import HashEmbedder

Record = dict[str, Any]

SAMPLES = Path(__file__).parents[1] / "samples"

SLOWEST = (
    "quality/test_gate.py",
    "ui/test_browser.py",
    "test_processes.py",
    "ingest/test_hostile.py",
    "test_shared_data.py",
    "rag/adapters/test_sbert.py",
)
"""Files that are begun first, or one of two processes would be left with the slowest at the end. The two that need the
sample corpus are far apart, since one waits while the other makes it."""

ARTICLES: tuple[Record, ...] = (
    {
        "url": "https://ledger.example/kite-launch",
        "title": "Kite Motors to open its Vessen plant in June",
        "source": "The Daily Ledger",
        "authors": ["Ada Brook"],
        "published_at": "2024-03-04T09:00:00+01:00",
        "category": "business",
        "text": "Kite Motors will open its battery plant in Vessen on 14 June, the company said.\n\n"
        "The plant has cost 480 million crowns and is to employ 900 people. "
        "“We are ready,” said Lena Marsh, the chief executive.",
    },
    {
        "url": "https://courier.example/kite-doubts",
        "title": "Doubts over the Kite plant",
        "source": "The Harbour Courier",
        "published_at": "2024-03-20T12:30:00+01:00",
        "category": "business",
        "text": "Residents of Vessen doubt that the roads will be ready for the battery plant.\n\n"
        "The council spokesman, Tom Reed, said the ring road would be finished by the end of the year.",
    },
    {
        "url": "https://touchline.example/cup-final",
        "title": "Vessen Athletic win the cup",
        "source": "Touchline",
        "published_at": "2024-05-18T21:15:00+02:00",
        "category": "sport",
        "text": "Vessen Athletic beat Northfield 3-1 in the cup final before 41,200 spectators.\n\n"
        "Mara Quist scored twice. The trophy was handed over in Port Ansel.",
    },
    {
        "url": "https://frontier.example/comet",
        "title": "A comet passes",
        "source": "Frontier Science Weekly",
        "published_at": "2024-07-02T08:00:00Z",
        "category": "science",
        "text": "A comet that was discovered by Ilona Petty passed the sun on Monday.\n\nIt will return in 312 years.",
    },
    {
        "url": "https://gazette.example/undated",
        "title": "A bakery closes",
        "source": "Northfield Gazette",
        "category": "business",
        "text": "The oldest bakery of Northfield has closed because its owner retired.",
    },
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {Path(__file__).parent / name: place for place, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(corpus=tmp_path / "corpus", lock_seconds=0.5)


@pytest.fixture
def ingest_records(tmp_path: Path, settings: Settings, embedder: HashEmbedder) -> Callable[..., IngestReport]:
    """Ingest records, given as dictionaries, into the corpus of this test."""

    def ingest_them(*records: Record) -> IngestReport:
        path = tmp_path / "records.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        return ingest(path, settings=settings, embedder=embedder)

    return ingest_them


@pytest.fixture
def news(ingest_records: Callable[..., IngestReport], settings: Settings, embedder: HashEmbedder) -> Iterator[Corpus]:
    """A corpus of ARTICLES."""
    ingest_records(*ARTICLES)
    with open_corpus(settings=settings, embedder=embedder) as corpus:
        yield corpus


@pytest.fixture(scope="session")
def sample_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus with the real model, made once for all processes of a test run: it is read, or copied."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, unfinished = shared / "sample", shared / "unfinished-sample"
    with FileLock(shared / "sample.lock"):
        if not folder.exists():
            report = ingest(SAMPLES / "articles.jsonl", into=unfinished)
            assert report.rejected == ()
            assert report.embedded > 150
            unfinished.rename(folder)
    return folder
