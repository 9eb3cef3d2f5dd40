"""Items of a JSON Feed among other records of JSON."""

import pytest

from ingest.sources.items import RawItem
from ingest.sources.json_feed import json_feed_item


def fields(record: dict[str, object]) -> dict[str, object]:
    found = json_feed_item("feed.json", "record 1", record)
    assert isinstance(found, RawItem)
    return dict(found.fields)


def test_an_item_has_its_html_as_text_and_its_address_as_identity() -> None:
    item: dict[str, object] = {
        "id": "17", "url": "https://gull.example/ferry", "title": "Late", "content_html": "<p>Late.</p><p>Fog.</p>",
        "content_text": "Not this", "summary": "Nor this", "date_published": "2024-03-14", "tags": ["Harbour", "Fog"],
        "authors": [{"name": "Ana Brack"}],
    }  # fmt: skip
    assert fields(item) == {
        "url": "https://gull.example/ferry",
        "title": "Late",
        "text": "Late.\n\nFog.",
        "date_published": "2024-03-14",
        "tags": ["Harbour", "Fog"],
        "category": "Harbour",
        "authors": [{"name": "Ana Brack"}],
    }


def test_without_an_address_it_is_known_by_its_id() -> None:
    assert fields({"id": "17", "content_text": "A < B"}) == {"id": "17", "text": "A < B"}


def test_a_summary_alone_is_called_one() -> None:
    assert (
        fields({"id": "17", "content_html": " ", "summary": "Late.", "date_published": "2024"})["kind"]
        == "summary only"
    )


@pytest.mark.parametrize(
    "record", [{}, {"summary": "x"}, {"text": "x", "date_published": "2024"}, {"content_html": 1}, {"content_text": ""}]
)
def test_other_records_are_none(record: dict[str, object]) -> None:
    assert json_feed_item("a", "1", record) is None
