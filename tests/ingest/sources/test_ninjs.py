"""ninjs in its versions, as a record among others of JSON."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources import json_file, json_lines
from ingest.sources.document import Document
from ingest.sources.formats.json_record import json_record
from ingest.sources.items import RawItem, Reject, Stated
from ingest.sources.ninjs import ninjs_item


def item(**fields: object) -> RawItem:
    found = ninjs_item("a.json", "record 1", {"uri": "urn:x:17", "versioncreated": "2024-03-15T08:00:00Z", **fields})
    assert isinstance(found, RawItem)
    return found


def field(name: str, **fields: object) -> object:
    return item(**fields).fields.get(name)


VERSION_1 = {
    "uri": "https://tern.example/17", "type": "text", "mimetype": "text/html", "version": "3", "urgency": 4,
    "versioncreated": "2024-03-15T08:00:00Z", "firstcreated": "2024-03-14T17:05:00Z",
    "contentcreated": "2024-03-14T16:00:00Z", "embargoed": "2024-03-16T00:00:00Z", "pubstatus": "usable",
    "copyrightholder": "Tern Wire", "ednote": "Corrects the pier.", "language": "en", "headline": "Ferry <b>late</b>",
    "byline": "Ana Brack and Tom Sill", "body_text": "Not this", "body_html": "<p>The ferry is late.</p><p>Fog.</p>",
    "description_text": "Nor this", "subject": [{"code": "2"}, {"name": "Harbours"}], "genre": [{"name": "News"}],
    "person": [{"name": "Nobody"}], "associations": {"main": {"uri": "urn:x:18", "type": "picture"}},
}  # fmt: skip
VERSION_2 = {
    "uri": "https://tern.example/17", "type": "text", "version": "3", "standard": {"name": "ninjs", "version": "2.1"},
    "versioncreated": "2024-03-15T08:00:00Z", "firstcreated": "2024-03-14T17:05:00Z",
    "contentcreated": "2024-03-14T16:00:00Z", "embargoed": "2024-03-16T00:00:00Z", "pubstatus": "usable",
    "copyrightholder": "Tern Wire", "ednote": "Corrects the pier.", "language": "en",
    "headlines": [{"role": "sub", "value": "Not this"}, {"role": "main", "value": "Ferry late"}],
    "by": "Ana Brack and Tom Sill", "people": [{"name": "Nobody"}],
    "bodies": [
        {"role": "x", "contenttype": "application/xml", "value": "<X>Not this</X>"},
        {"role": "text", "contenttype": "text/plain", "value": "Not this"},
        {"role": "html", "contenttype": "text/html", "value": "<p>The ferry is late.</p><p>Fog.</p>"},
    ],
    "descriptions": [{"value": "Nor this"}], "subjects": [{"name": "Harbours", "uri": "urn:y"}],
    "associations": [{"name": "main", "uri": "urn:x:18", "type": "picture"}],
}  # fmt: skip
VERSION_3 = {
    {"versioncreated": "versionCreated", "firstcreated": "firstCreated", "contentcreated": "contentCreated",
     "embargoed": "embargoedUntil", "pubstatus": "pubStatus", "copyrightholder": "copyrightHolder",
     "ednote": "edNote"}.get(name, name): value
    for name, value in VERSION_2.items()
} | {"bodies": [{"contentType": "text/html", "value": "<p>The ferry is late.</p><p>Fog.</p>"}]}  # fmt: skip


@pytest.mark.parametrize("given_item", [VERSION_1, VERSION_2, VERSION_3], ids=["1", "2", "3"])
def test_an_item_comes_with_all_that_is_said_of_it(given_item: dict[str, object]) -> None:
    found = json_record("a.json", "record 1", json.dumps(given_item), "utf-8")
    assert found == RawItem(
        "a.json",
        {
            "id": "https://tern.example/17",
            "url": "https://tern.example/17",
            "version": "3",
            "status": "usable",
            "note": "Corrects the pier.",
            "title": "Ferry late",
            "text": "The ferry is late.\n\nFog.",
            "source": "Tern Wire",
            "authors": "Ana Brack and Tom Sill",
            "category": "Harbours",
            "language": "en",
        },
        "record 1",
        (
            Stated("published", "2024-03-14T17:05:00Z", "ninjs firstCreated"),
            Stated("published", "2024-03-14T16:00:00Z", "ninjs contentCreated"),
            Stated("updated", "2024-03-15T08:00:00Z", "ninjs versionCreated"),
            Stated("embargoed", "2024-03-16T00:00:00Z", "ninjs embargoed"),
        ),
    )


def test_items_are_found_in_json_files_and_in_lines() -> None:
    record = json.dumps(VERSION_1)
    for source, content in (
        (json_file.SOURCE, f'{{"articles": [{record}, {{"id": 2}}]}}'),
        (json_lines.SOURCE, f'{record}\n{{"id": 2}}'),
    ):
        found = list(source.read(Document("a", "a", "a", io.BytesIO(content.encode()))))
        assert [each.fields["id"] for each in found if isinstance(each, RawItem)] == ["https://tern.example/17", 2]


@pytest.mark.parametrize(
    "record",
    [
        {"uri": "x", "title": "A", "body": "B"},
        {"uri": "x", "body_html": "B"},
        {"uri": "x", "type": "article", "body_html": "B"},
        {"versioncreated": "2024", "type": "text"},
        {"id": 1, "pubstatus": "canceled"},
        {},
    ],
)
def test_other_records_are_left_as_they_are(record: dict[str, object]) -> None:
    assert ninjs_item("a", "1", record) is None
    assert json_record("a", "1", json.dumps(record), "utf-8") == RawItem("a", record, "1")


@pytest.mark.parametrize("kind", ["picture", "video", "event"])
def test_what_is_no_text_is_a_reject(kind: str) -> None:
    found = ninjs_item("a", "1", {"uri": "x", "type": kind, "versioncreated": "2024"})
    assert found == Reject("a", f"it is no text but of the kind {kind!r}", "1")


# Texts


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"body_text": "Late.\n\nFog < rain."}, "Late.\n\nFog < rain."),
        ({"body_xhtml": "<div><p>Late.</p></div>"}, "Late."),
        ({"body_nitf": "<x>Late.</x>"}, None),
        ({"bodies": [{"value": "<p>Late.</p>"}]}, "Late."),
        ({"bodies": [{"value": ""}, {"role": "main", "value": "Late."}, "no", {}]}, "Late."),
        ({"bodies": "no", "body_text": 17}, "17"),
    ],
)
def test_the_text_is_that_of_the_body(fields: dict[str, object], text: str | None) -> None:
    assert field("text", **fields) == text
    assert field("kind", **fields) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"description_text": "Late."},
        {"descriptions": [{"role": "summary", "value": "Late."}]},
        {"representationtype": "incomplete", "body_text": "Late."},
        {"representationType": "partial", "body_text": "Late."},
    ],
)
def test_a_part_of_an_item_is_called_a_summary(fields: dict[str, object]) -> None:
    assert (field("text", **fields), field("kind", **fields)) == ("Late.", "summary only")


# What else is said


@pytest.mark.parametrize(
    ("version", "kinds"), [("1", ["published", "updated"]), (1, ["published", "updated"]), ("2", ["updated"])]
)
def test_only_a_first_version_tells_when_the_item_was_published(version: object, kinds: list[str]) -> None:
    assert [date.kind for date in item(version=version).dates] == kinds


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"version": "2", "signals": [{"qcode": "sig:correction"}], "ednote": "Pier 2."}, "correction: Pier 2."),
        ({"version": "2", "signal": [{"code": "update", "name": "Update"}]}, "update"),
        ({"version": "1", "signals": ["sig:update"]}, None),
        ({"ednote": ""}, None),
    ],
)
def test_signals_and_notes_to_editors_are_the_note(fields: dict[str, object], note: str | None) -> None:
    assert field("note", **fields) == note


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"pubstatus": "canceled"}, "status", "canceled"),
        ({"pubstatus": "stat:withheld"}, "status", "withheld"),
        ({"provider": "Tern", "source": "Gull"}, "source", "Tern"),
        ({"authors": [{"name": "Ana Brack"}, {"role": "x"}, "Tom Sill"]}, "authors", ["Ana Brack", "Tom Sill"]),
        ({"genres": [{"name": "Feature"}]}, "category", "Feature"),
        ({"headline": " ", "title": "FERRY-LATE"}, "title", "FERRY-LATE"),
        ({"people": [{"name": "Nobody"}]}, "authors", None),
    ],
)
def test_each_name_is_read_as_it_is_meant(fields: dict[str, object], name: str, value: object) -> None:
    assert field(name, **fields) == value


def test_an_item_without_uri_is_known_by_its_guid() -> None:
    found = ninjs_item("a", "1", {"guid": "urn:x:17", "type": "text", "versioncreated": "2024"})
    assert isinstance(found, RawItem)
    assert found.fields["id"] == "urn:x:17"


NAMES = st.sampled_from(
    [*VERSION_1, *VERSION_2, *VERSION_3, "signals", "authors", "guid", "contentType", "value", "name"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES, max_size=12))
def test_whatever_the_values_are_it_is_an_item_a_reject_or_neither(record: dict[str, object]) -> None:
    found = ninjs_item("a", "1", {"uri": "x", "pubstatus": "usable", **record})
    assert found is None or isinstance(found, RawItem | Reject)
