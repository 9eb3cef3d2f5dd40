"""Whichever of two copies is found, both come from the agency that one of them names."""

from collections.abc import Callable

import pytest

from rag import Corpus, Settings, open_corpus
from tests.fakes import HashEmbedder

TEXT = " ".join(
    f"Point {n} of the treaty binds the harbour towns of the northern coast to keep {n + 3} barges." for n in range(30)
)


@pytest.mark.parametrize(("own", "relayed"), [("a", "b"), ("b", "a")])
def test_an_agency_that_one_copy_names_is_where_both_come_from(
    own: str, relayed: str, ingest_records: Callable[..., object], settings: Settings, embedder: HashEmbedder
) -> None:
    ingest_records(
        {"id": own, "title": "Barges", "text": TEXT, "source": "The Harbour Courier", "published_at": "2024-01-02"},
        {
            "id": relayed,
            "title": "Barges",
            "text": f"VESSEN, Jan 2 (Reuters) - {TEXT}",
            "source": "Radio Calder News",
            "published_at": "2024-01-03",
        },
    )
    with open_corpus(settings=settings, embedder=embedder) as news:
        assert _origins(news) == {"Reuters"}


def _origins(news: Corpus) -> set[str | None]:
    hits = news.search("How many barges does the treaty bind the harbour towns to keep?")
    assert hits
    return {hit.origin for hit in hits}
