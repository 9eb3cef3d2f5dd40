from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import read_date, read_day

DAY = datetime(2024, 3, 14, tzinfo=UTC)
EVENING = datetime(2024, 3, 14, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-03-14", DAY),
        ("20240314", DAY),
        (20240314, DAY),
        ("2024-03-14T18:05:00Z", EVENING),
        ("2024-03-14T19:05:00+01:00", EVENING),
        ("2024-03-14 18:05", EVENING),
        ("2024-03-14 18:05:00 UTC", EVENING),
        ("2024-03-14 19:05:00 +0100", EVENING),
        ("2024-03-14T18:05:00.000000000Z", EVENING),
        ("Thu, 14 Mar 2024 18:05:00 GMT", EVENING),
        ("Thu, 14 Mar 2024 14:05:00 EDT", EVENING),
        ("14 Mar 2024 19:05 +0100", EVENING),
        ("March 14, 2024", DAY),
        ("Thursday, Mar. 14th 2024", DAY),
        ("14 march 2024", DAY),
        ("2024/03/14", DAY),
        ("2024-3-14", DAY),
        ("2024/3/14 18:05", EVENING),
        ("2024-03-13T24:00:00", DAY),
        ("2024-03-13T24:00:00+00:00", DAY),
        ("March 14, 2024 6:05 PM", EVENING),
        ("March 14, 2024 at 6:05 p.m.", EVENING),
        ("14 March 2024, 2:05pm EDT", EVENING),
        ("2024-03-14 12:00 AM", DAY),
        ("2024-03-14 12 p.m.", DAY.replace(hour=12)),
        ("2024-03-14 6:05 a.m.", DAY.replace(hour=6, minute=5)),
        ("Sept. 1, 2023", datetime(2023, 9, 1, tzinfo=UTC)),
        (1710439500, EVENING),
        (1710439500000, EVENING),
        ("1710439500", EVENING),
        (1710439500.0, EVENING),
    ],
)
def test_dates_are_read_in_the_forms_that_files_use(written: str | float, moment: datetime) -> None:
    assert read_date(written) == moment


def test_the_offset_that_is_given_is_kept() -> None:
    moment = read_date("2024-03-14T18:05:00-05:30")
    assert moment.utcoffset() == -timedelta(hours=5, minutes=30)


@pytest.mark.parametrize(
    "written",
    [
        *("", "31/31/2024", "03/04/2024", "2024-02-30", "2024", "2024-03", "yesterday", "14 Foo 2024", "0000-00-00"),
        *("2024-03-14-05:00", "14 Mar 2024 18:05 CET", "2024-03-14T25:00", "2024-03-14T18:05+99:00"),
        *("2024-03-14 13:05 PM", "2024-03-14 0:05 AM", "2024-03-14 18", "2024-03-14T24:00:01", "9999-12-31T24:00"),
        *("01/02/2024", "1-2-2024", "24/03/14", "2024/03-14", "2024/13/14", "01/02/2024 6:05 PM"),
        *("0", "nan", "inf", "9" * 5000),
    ],
)
def test_what_has_no_meaning_or_two_is_no_date(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (any message: it is for the caller to say)
        read_date(written)


@pytest.mark.parametrize(
    "written",
    [
        *("14 March 2024, 6:05 p.m. CET", "Thu, 14 Mar 2024 18:05 CEST", "March 14, 2024 at 7 pm in London"),
        *("2024-03-14T25:00", "2024/3/14 18:05+99:00", "2024-03-14 13:05 PM"),
    ],
)
def test_the_day_is_read_where_the_time_behind_it_cannot_be(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (any message: it is for the caller to say)
        read_date(written)
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    "written",
    [
        *("01/02/2024 18:05 CET", "2024-02-30 18:05 CET", "2024-03 18:05 CET", "14 Foo 2024 18:05 CET", ""),
        *("18:05 CET", "2024-03-14-05:00"),
        *("14 March 2024 to 16 March 2024", "2024-03-14 2024-03-16", "2024-03-145:00 CET"),
    ],
)
def test_what_is_no_day_with_a_time_behind_it_gives_no_day(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (any message: it is for the caller to say)
        read_day(written)


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7)), timezone(timedelta(minutes=345))])))
def test_a_moment_survives_being_written(moment: datetime) -> None:
    assert read_date(moment.isoformat()) == moment
