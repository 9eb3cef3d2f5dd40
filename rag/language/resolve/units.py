"""Days, months and calendar units. A month has a number: 0 is January of the year 0."""

from datetime import date, datetime, timedelta

from rag.model import TimeInterval

LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "night": timedelta(days=1),
    "week": timedelta(weeks=1),
    "fortnight": timedelta(weeks=2),
}
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def days(first: date | None, last: date | None) -> TimeInterval | None:
    """The interval, or None when an end of it is unknown or they stand in the wrong order."""
    return TimeInterval(first, last) if first and last and first <= last else None


def month_number(day: date) -> int:
    """The number of the month in which a day lies."""
    return day.year * 12 + day.month - 1


def month_count(interval: TimeInterval) -> int:
    """How many months an interval touches."""
    return month_number(interval.last) - month_number(interval.first) + 1


def months(number: int, count: int) -> TimeInterval:
    """The `count` months from month `number` on; ValueError where they leave the years 1 to 9999."""
    after = number + count
    return TimeInterval(
        date(number // 12, number % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    )


def share(whole: TimeInterval, place: int, of: int) -> TimeInterval:
    """The part at `place` (from 0) of equal parts; of whole months, but of days where the whole is a month or less."""
    length = (whole.last - whole.first).days + 1
    if length < 7:
        return whole
    if length > 31:
        start, count = month_number(whole.first), month_count(whole)
        return months(start + count * place // of, max(1, count * (place + 1) // of - count * place // of))
    length = 30 if length >= 28 else length
    first = whole.first + timedelta(days=length * place // of)
    after = whole.first + timedelta(days=length * (place + 1) // of)
    return TimeInterval(first, whole.last if place == of - 1 else after - timedelta(days=1))


def period(unit: str, day: date, step: int) -> TimeInterval:
    """The day, week, month, ..., century that lies `step` ones after the one of `day`."""
    if unit == "day":
        return TimeInterval(day, day)
    if unit == "week":
        monday = day + timedelta(days=7 * step - day.weekday())
        return TimeInterval(monday, monday + timedelta(days=6))
    size = MONTHS_IN[unit]
    origin = 12 if unit == "century" else 0  # the 20th century began in 1901
    return months(((month_number(day) - origin) // size + step) * size + origin, size)


def moved(published: datetime, unit: str, count: int) -> date:
    """The day on which `count` units have passed since publication."""
    if unit in LENGTHS:
        return (published + count * LENGTHS[unit]).date()
    month = months(month_number(published) + count * MONTHS_IN[unit], 1)
    return month.first + timedelta(days=min(published.day, month.last.day) - 1)
