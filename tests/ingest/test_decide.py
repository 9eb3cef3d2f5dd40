"""What becomes of an item, given what is known of its article."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decide import Action, completed, decide
from ingest.parse import Parsed, parse
from ingest.sources import RawItem, Stated
from rag.model import Version
from rag.records import BY_HAND, Known, Withdrawal
from tests.making import NOW, day

URL = "https://news.example/a"


def item(text: str = "The bridge opens in May.", fetched: str = "", **fields: object) -> Parsed:
    dates = (Stated("fetched", fetched, "WARC-Date"),) if fetched else ()
    return parse(RawItem("here", {"url": URL, "title": "Bridge", "text": text, **fields}, dates=dates), NOW)


def known(*items: Parsed, withdrawal: Withdrawal | None = None, notices: frozenset[str] = frozenset()) -> Known:
    """What is stored after these versions, of which the last is current."""
    last = items[-1] if items else None
    version = None
    if last is not None:
        version = Version(
            last.article, len(items), "", NOW, dates=last.dates, revision=last.revision, note=last.note,
            embargoed_until=last.embargoed_until,
        )  # fmt: skip
    statements = frozenset(each.statement for each in items)
    return Known(URL, statements, notices, version, last.text_hash if last else "", len(items), withdrawal)


OLD = item("It opens in April.", updated_at="2024-03-01")
NEW = item("It opens in May.", updated_at="2024-03-05")


def test_what_is_not_known_is_added() -> None:
    assert decide(OLD, None) is Action.ADD


def test_what_is_known_is_left_and_what_is_new_becomes_a_version() -> None:
    assert decide(NEW, known(OLD, NEW)) is Action.KEEP
    assert decide(NEW, known(OLD)) is Action.CHANGE


def test_a_text_that_was_seen_before_is_a_repeat_unless_it_says_that_it_is_newer() -> None:
    again = item("It opens in April.", updated_at="2024-03-09")
    assert decide(OLD, known(OLD, NEW)) is Action.KEEP
    assert decide(again, known(OLD, NEW)) is Action.CHANGE
    assert decide(again, known(OLD, NEW, again)) is Action.KEEP
    assert decide(item("It opens in May.", updated_at="2024-03-09"), known(OLD, NEW)) is Action.KEEP


def test_an_article_whose_date_of_change_alone_is_new_is_unchanged() -> None:
    assert decide(item("It opens in May.", updated_at="2024-04-01"), known(NEW)) is Action.KEEP


@pytest.mark.parametrize(
    ("late", "current"),
    [
        (OLD, NEW),
        (item("First.", published_at="2024-02-01"), item("Second.", updated_at="2024-02-02")),
        (item("First.", version=1), item("Second.", version=2)),
        (item("First.", version="1", updated_at="2024-03-09"), item("Second.", version="2", updated_at="2024-03-01")),
        (item("First.", fetched="2024-01-01T00:00:00Z"), item("Second.", fetched="2024-01-02T00:00:00Z")),
    ],
    ids=["by update", "by publication", "by revision", "revision before dates", "by capture"],
)
def test_a_version_that_comes_late_does_not_take_the_place_of_a_newer_one(late: Parsed, current: Parsed) -> None:
    assert decide(late, known(current)) is Action.OLDER
    assert decide(current, known(late)) is Action.CHANGE


def test_a_stub_does_not_take_the_place_of_a_whole_article_but_makes_way_for_it() -> None:
    stub = item("It opens in", access="paywall", updated_at="2024-03-09")
    assert stub.article.stub == "paywall"
    assert decide(stub, known(NEW)) is Action.OLDER
    assert decide(NEW, known(stub)) is Action.CHANGE


def test_a_fetch_alone_does_not_put_an_article_back() -> None:
    first, second = item("One.", fetched="2024-01-01T00:00:00Z"), item("Two.", fetched="2024-01-02T00:00:00Z")
    again = item("One.", fetched="2024-01-03T00:00:00Z")
    assert decide(again, known(first, second)) is Action.KEEP


def test_a_notice_withdraws_once() -> None:
    notice = item("", status="canceled", updated_at="2024-03-08")
    assert decide(notice, None) is decide(notice, known(NEW)) is Action.WITHDRAW
    assert decide(notice, known(NEW, notices=frozenset({notice.notice_hash}))) is Action.KEEP


def test_a_notice_from_before_an_article_came_back_is_too_late() -> None:
    notice = item("", status="canceled", updated_at="2024-03-03", published_at="2024-01-01")
    assert decide(notice, known(NEW)) is Action.KEEP
    assert decide(item("", status="canceled", published_at="2024-01-01"), known(NEW)) is Action.WITHDRAW


def test_only_what_is_newer_than_its_withdrawal_comes_back() -> None:
    gone = Withdrawal("withdrawn", day(4, 3))
    assert decide(OLD, known(OLD, withdrawal=gone)) is Action.KEEP
    assert decide(item("It opens in April.", updated_at="2024-03-05"), known(OLD, withdrawal=gone)) is Action.CHANGE
    assert decide(item("Other.", updated_at="2024-03-02"), known(OLD, withdrawal=gone)) is Action.OLDER
    assert decide(item("Other.", updated_at="2024-03-05"), known(OLD, withdrawal=gone)) is Action.CHANGE
    assert decide(OLD, known(withdrawal=gone)) is Action.OLDER
    assert decide(NEW, known(withdrawal=gone)) is Action.ADD


def test_nothing_comes_back_that_does_not_say_it_is_newer() -> None:
    undated = Withdrawal("withdrawn")
    assert decide(item("Other."), known(OLD, withdrawal=undated)) is Action.OLDER
    assert decide(item("Other."), known(withdrawal=undated)) is Action.OLDER
    assert decide(item("Other.", published_at="2024-03-01"), known(OLD, withdrawal=undated)) is Action.OLDER


def test_the_publishers_own_numbers_say_what_is_newer_than_a_notice() -> None:
    gone = Withdrawal("withheld", revision=3)
    first = item("One.", version=1)
    assert decide(item("Two.", version=2), known(first, withdrawal=gone)) is Action.OLDER
    assert decide(item("One.", version=4), known(first, withdrawal=gone)) is Action.CHANGE


def test_the_newest_word_on_an_embargo_counts() -> None:
    free, held = item("One.", version=1), item("One.", version=2, embargoed="2099-01-01T00:00:00Z")
    longer, lifted = item("One.", version=3, embargoed="2100-01-01T00:00:00Z"), item("One.", version=3)
    assert decide(held, known(free)) is Action.CHANGE
    assert decide(longer, known(free, held)) is decide(lifted, known(free, held)) is Action.CHANGE
    assert decide(free, known(free, held)) is Action.KEEP


def test_a_correction_that_is_only_a_note_is_a_version() -> None:
    first, noted = item("One.", version=1), item("One.", version=2, note="Correction: of a name.")
    assert decide(noted, known(first)) is Action.CHANGE
    assert decide(noted, known(first, noted)) is Action.KEEP


def test_what_a_person_withdrew_still_gets_its_versions() -> None:
    assert decide(NEW, known(OLD, withdrawal=Withdrawal(BY_HAND, day(4, 3)))) is Action.CHANGE


def test_an_item_that_says_less_of_the_same_words_is_no_change() -> None:
    full = item(source="The Daily Ledger", authors=["Ada Brook"], published_at="2024-03-01", category="city")
    bare = item()
    assert bare.article.source == "news.example"
    assert decide(completed(bare, known(full)), known(full)) is Action.KEEP
    assert decide(completed(full, known(bare)), known(bare)) is Action.CHANGE
    other = item(source="The Daily Ledger", authors=["Bo Lind"])
    after = completed(other, known(full))
    assert decide(after, known(full)) is Action.CHANGE
    assert (after.article.authors, after.article.category) == (("Bo Lind",), "city")


def test_an_item_goes_by_the_id_that_its_article_has() -> None:
    assert completed(item(), replace(known(OLD), article_id="7")).article.id == "7"


moments = st.none() | st.datetimes(datetime(2024, 1, 1), datetime(2024, 6, 1)).map(lambda moment: f"{moment:%Y-%m-%d}")


@given(
    st.lists(st.tuples(st.sampled_from(["One.", "Two.", "Three."]), moments, st.none() | st.integers(1, 3)), max_size=6)
)
def test_the_same_items_again_change_nothing(said: list[tuple[str, str | None, int | None]]) -> None:
    items = [item(text, updated_at=updated, version=revision) for text, updated, revision in said]
    state: Known | None = None
    stored: list[Parsed] = []
    current: Parsed | None = None
    last_pass = 0
    for _ in range(2 + len(items)):
        before = len(stored)
        for each in items:
            done = completed(each, state)
            action = decide(done, state)
            if action is Action.KEEP:
                continue
            stored.append(done)
            current = current if action is Action.OLDER else done
            assert current is not None
            state = known(*[other for other in stored if other is not current], current)
        last_pass = len(stored) - before
    assert last_pass == 0
