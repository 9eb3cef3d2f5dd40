"""The derived indexes can be lost: people are told, and the next ingest fills them again without embedding."""

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest import IngestReport, ingest
from rag import Settings, open_corpus
from rag.errors import StoreError, UsageError
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder

IngestRecords = Callable[..., IngestReport]

CHANGED = ARTICLES[0] | {"text": "Kite Motors will open its plant on 28 June.", "updated_at": "2024-04-02T09:00:00Z"}


@pytest.mark.parametrize("lost", [["chroma"], ["lexical"], ["chroma", "lexical"]], ids="+".join)
def test_a_lost_index_is_told_and_filled_again_by_the_next_ingest(
    ingest_records: IngestRecords, settings: Settings, embedder: HashEmbedder, lost: list[str]
) -> None:
    ingest_records(*ARTICLES)
    ingest_records(CHANGED)
    for folder in lost:
        shutil.rmtree(settings.corpus / folder)
    with open_corpus(settings=settings, embedder=embedder) as news, pytest.raises(StoreError, match="missing"):
        news.ask("When will Kite Motors open its plant?")
    embedded = len(embedder.embedded)
    assert ingest_records(*ARTICLES).unchanged == len(ARTICLES)
    assert len(embedder.embedded) == embedded
    with open_corpus(settings=settings, embedder=embedder) as news:
        assert "28 June" in str(news.ask("When will Kite Motors open its plant?").text)
        assert news.search("Kite Motors plant")[0].passage.version == 2


def test_a_mistyped_path_makes_no_corpus(settings: Settings, embedder: HashEmbedder) -> None:
    settings = replace(settings, corpus=settings.corpus / "new")
    with pytest.raises(UsageError, match="nowhere"):
        ingest("nowhere.jsonl", settings=settings, embedder=embedder)
    assert not settings.corpus.exists()
