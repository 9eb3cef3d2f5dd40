from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse import Parsed, parse
from ingest.sources.items import RawItem
from rag.errors import SourceError

NOW = datetime(2024, 4, 1, tzinfo=UTC)


def parsed(**fields: object) -> Parsed:
    return parse(RawItem("here", {"id": "1", "text": "The text.", **fields}), now=NOW)


def test_an_article_with_all_its_fields() -> None:
    item = {
        "url": "https://example.org/a",
        "title": "A  title",
        "text": "The\r\ntext.",
        "source": "Example",
        "authors": ["Ann", "Bob"],
        "published_at": "2024-03-14T18:05:00+01:00",
        "updated_at": "2024-03-15",
        "category": "world",
        "language": "en",
    }
    result = parse(RawItem("here", item), now=NOW)
    article = result.article
    assert (article.id, article.url) == ("https://example.org/a", "https://example.org/a")
    assert (article.title, result.text, article.source) == ("A title", "The\ntext.", "Example")
    assert article.authors == ("Ann", "Bob")
    assert article.published_at == datetime.fromisoformat("2024-03-14T18:05:00+01:00")
    assert article.updated_at == datetime(2024, 3, 15, tzinfo=UTC)
    assert (article.category, article.language) == ("world", "en")
    assert not result.withdrawn
    assert result.notes == ()


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", ["Title", "headline", "HEADLINE"]),
        ("source", ["publisher", "site"]),
        ("url", ["link", "URL"]),
        ("category", ["Category"]),
    ],
)
def test_other_names_for_a_field_are_taken(field: str, names: list[str]) -> None:
    for name in names:
        assert getattr(parsed(**{name: "value"}).article, field) == "value"


@pytest.mark.parametrize("name", ["date", "publish_date", "pubDate", "published", "datePublished", "publishedAt"])
def test_other_names_for_the_date_are_taken(name: str) -> None:
    assert parsed(**{name: "2024-03-14"}).article.published_at == datetime(2024, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize("name", ["body", "content", "article", "Body"])
def test_other_names_for_the_text_are_taken(name: str) -> None:
    assert parse(RawItem("here", {"id": "1", name: "Words."})).text == "Words."


@pytest.mark.parametrize("name", ["text", "body", "content"])
def test_a_list_of_strings_is_a_text_in_paragraphs(name: str) -> None:
    assert parse(RawItem("here", {"id": "1", name: ["One.", "", "Two.\nThree."]})).text == "One.\n\nTwo.\nThree."


def test_a_blank_field_gives_way_to_another_name_for_it() -> None:
    assert parsed(title=" ", headline="Headline").article.title == "Headline"
    assert parsed(title="Title", headline="Headline").article.title == "Title"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("By Ann Lee and Bob Roe", ("Ann Lee", "Bob Roe")),
        ("Ann Lee, Bob Roe, and Cy Poe", ("Ann Lee", "Bob Roe", "Cy Poe")),
        ("Lee, Ann; Roe, Bob", ("Lee, Ann", "Roe, Bob")),
        ("Martin King, Jr., Ann Lee", ("Martin King, Jr.", "Ann Lee")),
        ("Byron Sandy, Anders Andersson", ("Byron Sandy", "Anders Andersson")),
        (["By Ann Lee", "", "  ", "Bob  Roe", "Bob Roe"], ("Ann Lee", "Bob Roe")),
        ([{"name": "Ann Lee"}, {"id": 7}, None], ("Ann Lee",)),
        ({"name": "Ann Lee"}, ("Ann Lee",)),
        (None, ()),
        ("", ()),
    ],
)
def test_authors_are_a_list_or_a_byline(written: object, authors: tuple[str, ...]) -> None:
    assert parsed(byline=written).article.authors == authors


@pytest.mark.parametrize(
    ("fields", "source"),
    [
        ({"url": "https://www.Example.org/a"}, "example.org"),
        ({"url": "https://www.example.org/a", "source": "Example"}, "Example"),
        ({"source": {"id": None, "name": "Example"}}, "Example"),
        ({"url": "file:///a.txt"}, None),
        ({"url": "http://[broken"}, None),
        ({}, None),
    ],
)
def test_the_source_is_the_one_given_or_the_host(fields: dict[str, object], source: str | None) -> None:
    assert parsed(**fields).article.source == source


def test_the_id_is_the_one_given_or_the_url() -> None:
    assert parsed(id=" 7 ", url="https://example.org/a").article.id == "7"
    assert parsed(id=7).article.id == "7"
    assert parsed(id=None, url="https://example.org/a").article.id == "https://example.org/a"
    assert parsed(id="7").article.url == ""


def test_without_a_title_the_text_gives_one() -> None:
    assert parsed(text="First line\nSecond.").article.title == "First line"
    assert parsed(text="It rained. " + "Then it did not rain any more at all. " * 9).article.title == "It rained."
    long = parsed(text="word " * 100).article.title
    assert long.endswith("word…")
    assert len(long) <= 120


@pytest.mark.parametrize("status", ["withdrawn", "Canceled", "CANCELLED", "killed", "retracted "])
def test_a_withdrawn_article_needs_no_text(status: str) -> None:
    assert parse(RawItem("here", {"id": "1", "status": status})).withdrawn
    assert parse(RawItem("here", {"id": "1", "status": status, "text": [{"p": "words"}]})).withdrawn


def test_any_other_status_is_usable() -> None:
    assert not parsed(status="usable").withdrawn


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": "words"}, "neither url nor id"),
        ({"id": "1"}, "no text"),
        ({"id": "1", "text": " \0 "}, "no text"),
        ({"id": "1", "text": [" ", ""]}, "no text"),
        ({"id": "1", "text": {"de": "Wörter"}}, "neither a string nor a list of strings"),
        ({"id": "1", "text": {"name": "words"}}, "neither a string nor a list of strings"),
        ({"id": "1", "text": ["words", {"p": "words"}]}, "neither a string nor a list of strings"),
        ({"id": "1", "body": ["words", None]}, "neither a string nor a list of strings"),
        ({"id": "1", "content": [["words"]]}, "neither a string nor a list of strings"),
        ({"id": "1", "status": "usable"}, "no text"),
        ({"id": "a\ud800", "text": "words"}, "characters that are no text"),
        ({"id": "a\0b", "text": "words"}, "characters that are no text"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        parse(RawItem("here", fields))


def test_a_date_that_cannot_be_is_left_unknown_with_a_note() -> None:
    for written, problem in [
        ("31/31/2024", "is no date"),
        ("2024-04-04", "lies in the future"),
        ("9999-12-31T23:59:59-23:59", "lies in the future"),
        ("0001-01-01T00:00:00+23:59", "before the first newspapers"),
        (True, ""),
    ]:
        result = parsed(published_at=written)
        assert result.article.published_at is None
        assert [note for note in result.notes if problem in note and "published" in note] or written is True
    assert parsed(published_at="2024-04-02").article.published_at is not None
    assert parsed().notes == ()


def test_a_day_is_kept_without_a_time_that_cannot_be_read_with_a_note() -> None:
    result = parsed(published_at="9 December 2023, 6:05 p.m. CET", updated_at="March 14, 2024 6:05 PM")
    assert result.article.published_at == datetime(2023, 12, 9, tzinfo=UTC)
    assert result.article.updated_at == datetime(2024, 3, 14, 18, 5, tzinfo=UTC)
    assert result.notes == (
        "published '9 December 2023, 6:05 p.m. CET' (field published_at) has a time or zone that cannot be read; "
        "the time is left out",
    )
    assert parsed(published_at="9 December 2024, 6:05 p.m. CET").article.published_at is None  # in the future


def test_the_content_hash_changes_with_the_words_and_with_who_published_them_when() -> None:
    same = parsed(title="T").content_hash
    assert parsed(title=" T ", status="usable", unknown="field").content_hash == same
    changes: list[dict[str, object]] = [
        {"title": "U"}, {"text": "Other."}, {"source": "S"}, {"authors": "A"}, {"published_at": "2024-03-01"},
        {"category": "C"}, {"language": "en"},
    ]  # fmt: skip
    hashes = {parsed(**{"title": "T", **change}).content_hash for change in changes}
    assert len(hashes - {same}) == len(changes)


def test_neither_another_address_nor_a_touch_of_the_date_of_change_makes_another_version() -> None:
    same = parsed(title="T", source="S").content_hash
    for change in ({"updated_at": "2024-03-01"}, {"url": "https://example.org/a"}):
        assert parsed(**{"title": "T", "source": "S", **change}).content_hash == same


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=4)
names = st.sampled_from(
    ["id", "url", "title", "text", "source", "authors", "published_at", "date", "status", "category"]
)


@given(st.dictionaries(names | st.text(), values))
def test_whatever_a_record_holds_it_is_an_article_or_refused(fields: dict[str, object]) -> None:
    try:
        result = parse(RawItem("here", fields), now=NOW)
    except SourceError:
        return
    assert result.article.id
    assert result.text or result.withdrawn
    str(result.article).encode()
