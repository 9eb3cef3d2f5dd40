import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.resolve import resolve
from rag.model import TimeInterval

PUBLISHED = datetime(2024, 3, 14, 9, 30, tzinfo=UTC)  # a Thursday


def days(phrase: str, published: datetime | None = PUBLISHED, *, lean: int = 0) -> str | None:
    """The interval as "first..last", or as one day."""
    found = resolve(phrase, published, lean=lean)
    if found is None:
        return None
    return str(found.first) if found.first == found.last else f"{found.first}..{found.last}"


ABSOLUTE = [
    ("14 March 2024", "2024-03-14"),
    ("the 14th of March, 2024", "2024-03-14"),
    ("March 14, 2024", "2024-03-14"),
    ("Dec. 9, 2024", "2024-12-09"),
    ("Sept. 11, 2001", "2001-09-11"),
    ("2024-03-14", "2024-03-14"),
    ("Thursday, March 14, 2024", "2024-03-14"),
    ("8 p.m. on 14 March 2024", "2024-03-14"),
    ("March 2024", "2024-03-01..2024-03-31"),
    ("2025", "2025-01-01..2025-12-31"),
    ("in 2025", "2025-01-01..2025-12-31"),
    ("the 1990s", "1990-01-01..1999-12-31"),
    ("the early 1990s", "1990-01-01..1993-04-30"),
    ("the 1800s", "1800-01-01..1899-12-31"),
    ("the 2000s", "2000-01-01..2009-12-31"),
    ("the 16th century", "1501-01-01..1600-12-31"),
    ("the first quarter of 2024", "2024-01-01..2024-03-31"),
    ("the last quarter of 2023", "2023-10-01..2023-12-31"),
    ("Q3 2023", "2023-07-01..2023-09-30"),
    ("the second half of 2022", "2022-07-01..2022-12-31"),
    ("the first week of October 2023", "2023-10-01..2023-10-07"),
    ("the last week of October 2023", "2023-10-25..2023-10-31"),
    ("the third weekend of May 2024", "2024-05-18..2024-05-19"),
    ("the last weekend of May 2024", "2024-05-25..2024-05-26"),
    ("spring 2025", "2025-03-01..2025-05-31"),
    ("the summer of 2019", "2019-06-01..2019-08-31"),
    ("the winter of 2023-24", "2023-12-01..2024-02-29"),
    ("early March 2024", "2024-03-01..2024-03-10"),
    ("late March 2024", "2024-03-21..2024-03-31"),
    ("late February 2023", "2023-02-21..2023-02-28"),
    ("late in 2024", "2024-09-01..2024-12-31"),
    ("the end of 2024", "2024-12-01..2024-12-31"),
    ("the start of March 2024", "2024-03-01..2024-03-10"),
    ("the end of the 1990s", "1999-01-01..1999-12-31"),
]
DATES = [
    ("12 March", "2024-03-12"),
    ("on Tuesday, 12 March", "2024-03-12"),
    ("Tuesday, Nov. 5", "2024-11-05"),
    ("Sunday, Nov. 5", "2023-11-05"),
    ("the Fourth of July", "2024-07-04"),
    ("December 20", "2023-12-20"),
    ("New Year's Eve", "2023-12-31"),
    ("last Christmas", "2023-12-25"),
    ("January", "2024-01-01..2024-01-31"),
    ("mid-October", "2023-10-11..2023-10-20"),
    ("last March", "2023-03-01..2023-03-31"),
    ("this March", "2024-03-01..2024-03-31"),
    ("next March", "2025-03-01..2025-03-31"),
    ("the third quarter", "2024-07-01..2024-09-30"),
    ("the early ’90s", "1990-01-01..1993-04-30"),
    ("the ’20s", "2020-01-01..2029-12-31"),
]
WEEKDAYS = [
    ("on Thursday", "2024-03-14"),
    ("on Tuesday", "2024-03-12"),
    ("Friday", "2024-03-08"),
    ("Tuesday night", "2024-03-12"),
    ("early Friday morning", "2024-03-08"),
    ("late on Tuesday", "2024-03-12"),
    ("last Friday", "2024-03-08"),
    ("last Thursday", "2024-03-07"),
    ("next Monday", "2024-03-18"),
    ("next Thursday", "2024-03-21"),
    ("this coming Saturday", "2024-03-16"),
    ("this Friday", "2024-03-15"),
    ("this Monday", "2024-03-11"),
]
RELATIVE = [
    ("today", "2024-03-14"),
    ("later today", "2024-03-14"),
    ("tonight", "2024-03-14"),
    ("this morning", "2024-03-14"),
    ("yesterday", "2024-03-13"),
    ("yesterday evening", "2024-03-13"),
    ("last night", "2024-03-13"),
    ("tomorrow", "2024-03-15"),
    ("overnight", "2024-03-13..2024-03-14"),
    ("8 p.m. ET", "2024-03-14"),
    ("by 9:30", "2024-03-14"),
    ("8:30 tonight", "2024-03-14"),
    ("this week", "2024-03-11..2024-03-17"),
    ("last week", "2024-03-04..2024-03-10"),
    ("next week", "2024-03-18..2024-03-24"),
    ("late last week", "2024-03-08..2024-03-10"),
    ("earlier in the week", "2024-03-11..2024-03-14"),
    ("this month", "2024-03-01..2024-03-31"),
    ("last month", "2024-02-01..2024-02-29"),
    ("the start of last week", "2024-03-04..2024-03-05"),
    ("the start of next month", "2024-04-01..2024-04-10"),
    ("the end of next month", "2024-04-21..2024-04-30"),
    ("earlier this month", "2024-03-01..2024-03-14"),
    ("this quarter", "2024-01-01..2024-03-31"),
    ("last quarter", "2023-10-01..2023-12-31"),
    ("this year", "2024-01-01..2024-12-31"),
    ("Last year", "2023-01-01..2023-12-31"),
    ("early next year", "2025-01-01..2025-04-30"),
    ("late last year", "2023-09-01..2023-12-31"),
    ("later this year", "2024-03-14..2024-12-31"),
    ("later next week", "2024-03-18..2024-03-24"),
    ("next decade", "2030-01-01..2039-12-31"),
    ("this century", "2001-01-01..2100-12-31"),
    ("this spring", "2024-03-01..2024-05-31"),
    ("this summer", "2024-06-01..2024-08-31"),
    ("last summer", "2023-06-01..2023-08-31"),
    ("next autumn", "2024-09-01..2024-11-30"),
    ("last fall", "2023-09-01..2023-11-30"),
    ("this winter", "2023-12-01..2024-02-29"),
    ("next winter", "2024-12-01..2025-02-28"),
    ("late summer", "2024-08-01..2024-08-31"),
    ("this weekend", "2024-03-16..2024-03-17"),
    ("the weekend", "2024-03-09..2024-03-10"),
    ("last weekend", "2024-03-09..2024-03-10"),
    ("this coming weekend", "2024-03-16..2024-03-17"),
    ("next weekend", "2024-03-23..2024-03-24"),
]
COUNTED = [
    ("three days ago", "2024-03-11"),
    ("12 hours ago", "2024-03-13"),
    ("two weeks ago", "2024-02-26..2024-03-03"),
    ("two to three weeks ago", "2024-02-19..2024-03-03"),
    ("twenty-one years ago", "2003-01-01..2003-12-31"),
    ("a decade ago", "2014-01-01..2014-12-31"),
    ("in 10 days", "2024-03-24"),
    ("in three months", "2024-06-01..2024-06-30"),
    ("in about two years", "2026-01-01..2026-12-31"),
    ("within two years", "2024-03-14..2026-03-14"),
    ("within 72 hours", "2024-03-14..2024-03-17"),
    ("in the next two weeks", "2024-03-14..2024-03-28"),
    ("over the past three years", "2021-03-14..2024-03-14"),
    ("the past week", "2024-03-07..2024-03-14"),
    ("the last year", "2023-03-14..2024-03-14"),
    ("over the next month", "2024-03-14..2024-04-14"),
]
BOUNDS = [
    ("by the end of the week", "2024-03-14..2024-03-17"),
    ("by the end of the month", "2024-03-14..2024-03-31"),
    ("by the end of the year", "2024-03-14..2024-12-31"),
    ("within the year", "2024-03-14..2024-12-31"),
    ("by Thursday", "2024-03-14"),
    ("by next Friday", "2024-03-14..2024-03-15"),
    ("by April", "2024-03-14..2024-04-30"),
    ("until June", "2024-03-14..2024-06-30"),
    ("since Monday", "2024-03-11..2024-03-14"),
    ("since April", "2023-04-01..2024-03-14"),
    ("since the 1980s", "1980-01-01..2024-03-14"),
]
RANGES = [
    ("between 3 May and 5 June", "2024-05-03..2024-06-05"),
    ("from Friday to Sunday", "2024-03-08..2024-03-10"),
    ("from Wednesday through Friday", "2024-03-13..2024-03-15"),
    ("from 9 a.m. to 5 p.m. on Friday", "2024-03-08"),
    ("in March or April", "2024-03-01..2024-04-30"),
    ("between March and December 2020", "2020-03-01..2020-12-31"),
    ("November to February 2021", "2020-11-01..2021-02-28"),
    ("December 2022 to March", "2022-12-01..2023-03-31"),
    ("May 3-5", "2024-05-03..2024-05-05"),
    ("3–5 May 2023", "2023-05-03..2023-05-05"),
    ("May 3 to 5, 2023", "2023-05-03..2023-05-05"),
    ("from April 28-May 1", "2024-04-28..2024-05-01"),
    ("mid-to-late March", "2024-03-11..2024-03-31"),
    ("2022-23", "2022-01-01..2023-12-31"),
    ("2007 and 2008", "2007-01-01..2008-12-31"),
    ("the 1920s and '30s", "1920-01-01..1939-12-31"),
    ("later this week or early next week", "2024-03-14..2024-03-19"),
    ("by 2025 or 2026", "2024-03-14..2026-12-31"),
]
HEDGED = [
    ("“this year, but could be a few months.”", "2024-01-01..2024-12-31"),
    ("in a few months, but definitely this year", "2024-01-01..2024-12-31"),
    ("possibly April", "2024-04-01..2024-04-30"),
]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [*ABSOLUTE, *DATES, *WEEKDAYS, *RELATIVE, *COUNTED, *BOUNDS, *RANGES, *HEDGED],
)
def test_a_phrase_means_these_days_in_an_article_of_14_march_2024(phrase: str, expected: str) -> None:
    assert days(phrase) == expected


@pytest.mark.parametrize(("phrase", "expected"), ABSOLUTE)
def test_a_phrase_with_its_own_year_needs_no_publication_date(phrase: str, expected: str) -> None:
    assert days(phrase, None) == expected


@pytest.mark.parametrize("phrase", [phrase for phrase, _ in [*DATES, *WEEKDAYS, *RELATIVE, *COUNTED, *BOUNDS]])
def test_what_depends_on_an_unknown_publication_date_is_not_said(phrase: str) -> None:
    assert days(phrase, None) is None


def test_the_year_of_one_end_of_a_range_dates_the_other_without_a_publication_date() -> None:
    assert days("between March and December 2020", None) == "2020-03-01..2020-12-31"


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "soon",
        "three hours",
        "a few months",
        "a few weeks ago",
        "in the coming weeks",
        "the coming months",
        "recent years",
        "three days earlier",
        "two weeks later",
        "the next day",
        "the next month",
        "the following year",
        "the same week",
        "the end of the day",
        "Mondays",
        "the weekends",
        "after May",
        "by 1990",
        "until last year",
        "since next year",
        "the 40s",
        "the first quarter of the game",
        "March, April or May",
        "31 April",
        "April 31, 2024",
        "29 February 2023",
        "Friday, March 14, 2024",
        "99 March",
        "0000-01-01",
        "2024-13-01",
        "2024-02-30",
        "the 0th century",
        "3000 years ago",
        "in 9999 years",
    ],
)
def test_what_cannot_be_said_is_not_guessed(phrase: str) -> None:
    assert days(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "told", "to_come"),
    [
        ("on Thursday", "2024-03-14", "2024-03-14"),
        ("on Tuesday", "2024-03-12", "2024-03-19"),
        ("12 March", "2024-03-12", "2025-03-12"),
        ("in March", "2024-03-01..2024-03-31", "2024-03-01..2024-03-31"),
        ("in February", "2024-02-01..2024-02-29", "2025-02-01..2025-02-28"),
        ("the summer", "2024-06-01..2024-08-31", "2024-06-01..2024-08-31"),
        ("the weekend", "2024-03-09..2024-03-10", "2024-03-16..2024-03-17"),
        ("from Tuesday to Sunday", "2024-03-12..2024-03-17", "2024-03-19..2024-03-24"),
        ("by Friday", None, "2024-03-14..2024-03-15"),
        ("until February", None, "2024-03-14..2025-02-28"),
        ("before Christmas", None, "2024-03-14..2024-12-24"),
        ("since Tuesday", "2024-03-12..2024-03-14", "2024-03-12..2024-03-14"),
        ("last Friday", "2024-03-08", "2024-03-08"),
        ("2 March 2024", "2024-03-02", "2024-03-02"),
    ],
)
def test_what_is_to_come_is_not_over_yet(phrase: str, told: str | None, to_come: str) -> None:
    assert days(phrase) == told
    assert days(phrase, lean=1) == to_come


def test_the_day_of_publication_is_that_of_its_own_offset() -> None:
    late = datetime(2024, 3, 14, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert days("today", late) == "2024-03-14"
    assert days("today", late.astimezone(UTC)) == "2024-03-15"


def test_a_week_that_lies_in_two_months_has_its_own_start_and_end() -> None:
    assert days("the start of next week", datetime(2022, 6, 20, tzinfo=UTC)) == "2022-06-27..2022-06-28"
    assert days("late next week", datetime(2022, 6, 20, tzinfo=UTC)) == "2022-07-01..2022-07-03"


def test_months_and_years_are_crossed_at_the_turn_of_the_year() -> None:
    new_year = datetime(2024, 1, 1, tzinfo=UTC)
    assert days("yesterday", new_year) == "2023-12-31"
    assert days("last month", new_year) == "2023-12-01..2023-12-31"
    assert days("Dec. 28", new_year) == "2023-12-28"
    assert days("this winter", new_year) == "2023-12-01..2024-02-29"


def test_the_last_day_of_a_long_month_moves_to_the_last_of_a_short_one() -> None:
    assert days("within a month", datetime(2024, 1, 31, tzinfo=UTC)) == "2024-01-31..2024-02-29"


WORDS = (
    "a the this last next past coming early mid late earlier later end start of in on by since until before after "
    "within between from to and or but could be few two 3 14th 31 99 2024 1990s '90s 2022-23 2024-02-30 first fifth "
    "Monday tue. night March may Feb. february spring winter weekend day week month quarter half year decade century "
    "ago hence today overnight 9 p.m. 8:30 noon Christmas , - – — ’ ( ٣ é"
)
PHRASES = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)


@given(PHRASES | st.text(), st.none() | st.datetimes(timezones=st.none() | st.timezones()), st.sampled_from([-1, 0, 1]))
def test_no_text_raises_and_no_interval_ends_before_it_begins(
    phrase: str, published: datetime | None, lean: int
) -> None:
    found = resolve(phrase, published, lean=lean)
    assert found is None or found.first <= found.last


@given(st.dates(), st.none() | st.datetimes())
def test_an_iso_date_means_itself(day: date, published: datetime | None) -> None:
    assert resolve(day.isoformat(), published) == TimeInterval(day, day)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.none() | st.datetimes())
def test_a_written_date_means_itself(day: date, published: datetime | None) -> None:
    assert resolve(f"{day:%A}, {day:%B} {day.day}, {day.year}", published) == TimeInterval(day, day)


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)), st.sampled_from(["Monday", "Wednesday", "Sunday"]))
def test_a_bare_weekday_is_at_most_six_days_off_on_the_side_that_is_spoken_of(published: datetime, name: str) -> None:
    told, to_come = resolve(name, published), resolve(name, published, lean=1)
    assert told is not None
    assert to_come is not None
    assert f"{told.first:%A}" == f"{to_come.first:%A}" == name
    assert 0 <= (published.date() - told.first).days <= 6
    assert 0 <= (to_come.first - published.date()).days <= 6


@pytest.mark.parametrize("piece", ["the ", "by ", "to ", "9 ", "a or ", "early ", "end of ", "-", "'", "may be "])
def test_hostile_text_is_cheap(piece: str) -> None:
    began = time.process_time()
    for length in (190, 200, 100_000):
        resolve((piece * length)[:length], PUBLISHED)
    assert time.process_time() - began < 0.5
