from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.model import StatedDate, Story, Version
from rag.records import BY_HAND, Withdrawal
from rag.ui import reader
from rag.ui.markup import Element
from rag.ui.places import Place
from tests.ui.drawn import elements, text, texts
from tests.ui.fake_corpus import FERRY, FERRY_FIRST, HARBOUR, HOSTILE, HOSTILE_VERSION, STORY, reopening

NOW = datetime(2024, 4, 1, tzinfo=UTC)
ALONE = Story((), 0)


def reader_view(
    version: Version, versions: Sequence[Version], place: Place, withdrawal: Withdrawal | None = None
) -> Element:
    return reader.reader_view(version, versions, place, withdrawal, ALONE, NOW)


def notices(version: Version, withdrawal: Withdrawal | None = None) -> list[str]:
    return texts(reader_view(version, [version], Place("harbour"), withdrawal), kind="notice")


def test_exactly_the_cited_words_are_lit() -> None:
    citation = reopening("When?").citations[0]
    view = reader_view(HARBOUR, [HARBOUR], Place.of(citation))
    assert texts(view, "mark") == [citation.quote]
    assert "data-focus" in next(elements(view, "mark"))["attributes"]


def test_only_the_first_of_several_lit_paragraphs_takes_the_focus() -> None:
    view = reader_view(HARBOUR, [HARBOUR], Place("harbour", 1, 0, 400))
    marks = list(elements(view, "mark"))
    assert len(marks) > 2
    assert ["data-focus" in mark["attributes"] for mark in marks] == [True] + [False] * (len(marks) - 1)


def test_every_paragraph_is_shown() -> None:
    shown = [
        text(block)
        for body in elements(reader_view(HARBOUR, [HARBOUR], Place("harbour")), kind="text")
        for block in elements(body, "p")
    ]
    assert "\n\n".join(shown) == HARBOUR.text


def test_a_superseded_version_says_so_and_leads_to_the_others() -> None:
    view = reader_view(FERRY_FIRST, [FERRY_FIRST, FERRY], Place("ferry", 1))
    assert texts(view, kind="notice") == ["A newer version has taken this one's place."]
    assert [
        Place.from_link(link["attributes"]["href"])
        for found in elements(view, kind="versions")
        for link in elements(found, "a")
    ] == [Place("ferry", 2), Place("ferry", 1, against=2)]


def test_a_withdrawn_article_says_why_and_when() -> None:
    gone = replace(HARBOUR, current=False)
    when = datetime(2024, 3, 20, 9, tzinfo=UTC)
    by_hand, by_notice = (notices(gone, Withdrawal(why, when))[0] for why in (BY_HAND, "withdrawn"))
    assert "withdrawn by hand on 20 March 2024, 09:00 UTC" in by_hand
    assert "withdrawn by its publisher on 20 March 2024, 09:00 UTC" in by_notice
    assert "withheld by its publisher: no search" in notices(gone, Withdrawal("withheld"))[0]


def test_a_version_under_embargo_says_until_when() -> None:
    held = replace(HARBOUR, current=False, embargoed_until=datetime(2024, 4, 5, 6, tzinfo=UTC))
    assert notices(held) == ["Under embargo until 5 April 2024, 06:00 UTC: until then no search finds this version."]
    assert notices(replace(held, current=True, embargoed_until=datetime(2024, 3, 5, tzinfo=UTC))) == []


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("correction: the fare is 6 percent", "Corrected: the fare is 6 percent"),
        ("Adds a map", "The publisher notes: Adds a map"),
    ],
)
def test_what_the_publisher_says_of_a_version_stands_above_it(note: str, said: str) -> None:
    assert notices(replace(HARBOUR, note=note)) == [said]
    assert "the publisher’s revision 3" in text(reader_view(replace(HARBOUR, revision=3), [HARBOUR], Place("harbour")))


def test_a_stub_says_that_it_is_one() -> None:
    stub = replace(HARBOUR, article=replace(HARBOUR.article, stub="paywall"))
    assert notices(stub) == ["Only a stub: paywall. It is never the only ground of an answer."]


def test_each_date_tells_where_it_comes_from_and_what_is_doubtful_about_it() -> None:
    dates = (
        StatedDate("published", "2024-03-12T09:30Z", "JSON-LD datePublished", datetime(2024, 3, 12, 9, 30, tzinfo=UTC)),
        StatedDate("updated", "soon", "field updated_at", None, "is no date that can be read"),
    )
    view = reader_view(replace(HARBOUR, dates=dates), [HARBOUR], Place("harbour"))
    assert texts(view, "summary") == ["Where these dates come from · 1 doubt"]
    assert texts(view, "li") == [
        "Published: 12 March 2024, 09:30 UTC, from JSON-LD datePublished (“2024-03-12T09:30Z”)",
        "Updated: not used, from field updated_at (“soon”). Doubtful: it is no date that can be read.",
    ]
    assert not texts(reader_view(HARBOUR, [HARBOUR], Place("harbour")), "summary")


def test_what_is_no_reporting_is_dimmed_and_told_to_those_who_listen() -> None:
    invitation = "Sign up for our newsletter."
    version = replace(FERRY, text=f"{FERRY.text}\n\n{invitation}")
    bounds = (len(version.text) - len(invitation), len(version.text))
    view = reader_view(replace(version, furniture=(bounds,)), [version], Place("ferry", 2, 0, 10))
    assert texts(view, kind="furniture") == [f"Not reporting: {invitation}"]
    assert texts(view, kind="hidden") == ["Not reporting: "]
    assert texts(view, "mark") == ["Fares rise"]
    assert texts(view, kind="legend")


def test_an_article_shows_its_story_the_earliest_report_first_and_from_whom_each_has_it() -> None:
    view = reader.reader_view(HARBOUR, [HARBOUR], Place("harbour"), None, STORY, NOW)
    assert texts(view, "summary") == ["1 copy and 1 other report · 2 independent origins, 3 reports"]
    assert texts(view, "li") == [
        "Wreck raisedRadio Calder · 11 March 2024 · from Reuters · first",
        "Harbour to reopen in AprilMeridian Wire · 12 March 2024 · shown here",
        "Harbour opens at lastThe Ansel Echo · 13 March 2024 · from Meridian Wire · a copy",
    ]
    places = [
        Place.from_link(link["attributes"]["href"]) for found in elements(view, "ol") for link in elements(found, "a")
    ]
    assert places == [Place("radio", 1), Place("harbour", 1), Place("echo", 1)]


def test_no_report_is_called_first_where_none_has_a_date() -> None:
    undated = Story(tuple(replace(each, article=replace(each.article, published_at=None)) for each in STORY.reports), 2)
    view = reader.reader_view(HARBOUR, [HARBOUR], Place("harbour"), None, undated, NOW)
    assert not any("first" in item for item in texts(view, "li"))


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    view = reader_view(HOSTILE_VERSION, [HOSTILE_VERSION], Place("hostile"))
    assert "javascript:run()" in text(view)
    assert not list(elements(view, "a"))
    assert texts(view, "h3") == [HOSTILE]
