"""Other reports of the same event, told from other articles of the same day."""

from datetime import datetime

import pytest

from rag.stories.events import Account, account, event_keys, report_one_event
from tests.invented import story
from tests.making import article, day

TITLE = "Harbour bridge closed after barge hits pier"
OTHER_TITLE = "Barge hits pier of harbour bridge, traffic stopped"
BEGINS = (
    "A barge loaded with gravel hit a pier of the harbour bridge on Tuesday morning, and police closed it to traffic."
)


def told(
    name: str, title: str = TITLE, published: datetime | None = day(5), source: str | None = None, begins: str = BEGINS
) -> Account | None:
    stated = article(name, title=title, published_at=published, source=source)
    return account(stated, f"{begins} {story(len(name), 12)}")


def test_two_outlets_that_begin_with_the_same_happening_report_one_event() -> None:
    one, other = told("a", source="Ledger"), told("bb", OTHER_TITLE, source="Courier")
    assert report_one_event(one, other)
    assert report_one_event(other, one)


@pytest.mark.parametrize(
    "other",
    [
        told("bb", source="The Ledger"),
        told("bb", published=day(9), source="Courier"),
        told("bb", published=None, source="Courier"),
        told("bb", "Mayor opens new library", source="Courier", begins=""),
        None,
    ],
    ids=["the same outlet", "days later", "without a date", "of something else", "no report of an event"],
)
def test_no_other_report_is(other: Account | None) -> None:
    one = told("a", source="The Ledger")
    assert not report_one_event(one, other)
    assert not report_one_event(other, one)


@pytest.mark.parametrize(
    "title", ["5 things to know for May 3", "Photos: the bridge", "Bridge, barge, rain, and a new library"]
)
def test_round_ups_galleries_and_lists_report_no_one_event(title: str) -> None:
    assert told("a", title) is None
    assert event_keys(told("a", title)) == ()


def test_a_teaser_reports_nothing() -> None:
    assert account(article("a", title=TITLE), BEGINS) is None


def test_without_dates_the_texts_must_be_alike_as_a_whole() -> None:
    one = told("a", published=None, source="Ledger")
    assert not report_one_event(one, told("bb", published=None, source="Courier"))
    stated = article("bb", title=TITLE, source="Courier")
    assert report_one_event(one, account(stated, f"{BEGINS} {story(1, 12)}"))


def test_reports_of_a_day_and_of_the_next_share_keys_and_those_of_later_days_none() -> None:
    first, *others = ({*event_keys(told("a", published=day(each)))} for each in (5, 6, 7))
    assert [bool(first & other) for other in others] == [True, False]
