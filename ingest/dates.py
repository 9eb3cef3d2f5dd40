"""Dates as news files write them. Nothing is guessed: what fits none of these forms is no date."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = "january february march april may june july august september october november december".upper().split()

# RFC 2822, section 4.3: the zones whose names have one meaning.
_ZONES = {"": 0, "UT": 0, "UTC": 0, "GMT": 0, "Z": 0}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

_DAY = r"(?P<day>\d{1,2})(?:ST|ND|RD|TH)?"
_MONTH = r"(?P<month>[A-Z]{3,9})\.?"
_WEEKDAY = r"(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*\.?,?\s+)?"
_DAYS = (
    r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",  # ISO 8601; 2024/3/14
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})",  # RFC 2822; 14 March 2024
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",  # March 14, 2024
)
_BEFORE_TIME = r"(?:T|,?\s+(?:AT\s+)?)"
_TIME = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?|(?=\s*[AP]\.?M))"
    r"(?:\s*(?P<half>[AP])\.?M\.?(?![A-Z]))?"  # 7:00 PM; 7 p.m.
    r"(?:\s*(?P<zone>[A-Z]{1,3}|[+-]\d\d(?::?\d\d)?))?"
)
_UNREAD_TIME = r"\d{1,2}(?:[:.]\d\d|\s*[AP]\.?M).*"
_FORMS = tuple(re.compile(rf"{day}(?:{_BEFORE_TIME}{_TIME})?") for day in _DAYS)
_DAYS_WITH_MORE = tuple(re.compile(rf"{day}{_BEFORE_TIME}{_UNREAD_TIME}") for day in _DAYS)
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?")
_MILLISECONDS = 100_000_000_000  # from here on; as seconds it would be in the year 5138


def read_date(value: str | float) -> datetime:
    """The moment that a text or number names. A day is its first moment; without an offset it is in UTC.

    Read are ISO 8601 (also with slashes), the dates of mails and feeds (RFC 2822), English dates with the month as a
    word, times with a.m. or p.m., and seconds or milliseconds since 1970, from 1973 on. Raises ValueError for all else:
    03/04/2024, for one, has two meanings.

    >>> read_date("Thu, 14 Mar 2024 18:05:00 +0100").isoformat()
    '2024-03-14T18:05:00+01:00'
    >>> read_date("March 14, 2024") == read_date(1710374400)
    True
    """
    written = str(value).strip().upper()
    for form in _FORMS:
        if match := form.fullmatch(written):
            return _moment(match.groupdict(default=""))
    if _EPOCH.fullmatch(written):
        number = float(written)
        return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS else number, UTC)
    raise ValueError(f"{value!r} is no date")


def states_zone(value: str) -> bool:
    """Whether a date that `read_date` reads says in which zone its time is. A day alone has no time to be in one.

    >>> states_zone("2024-03-14T18:05:00Z"), states_zone("2024-03-14 18:05"), states_zone("2024-03-14")
    (True, False, True)
    """
    written = value.strip().upper()
    matches = (match for form in _FORMS if (match := form.fullmatch(written)))
    return all(match["hour"] is None or match["zone"] for match in matches)


def read_day(value: str) -> datetime:
    """The first moment, in UTC, of the day before a time that `read_date` cannot read. Raises ValueError.

    >>> read_day("14 March 2024, 6:05 p.m. CET").isoformat()
    '2024-03-14T00:00:00+00:00'
    """
    written = value.strip().upper()
    for form in _DAYS_WITH_MORE:
        if match := form.fullmatch(written):
            return datetime(*_day(match.groupdict()), tzinfo=UTC)
    raise ValueError(f"{value!r} is no day with a time behind it")


def _moment(parts: dict[str, str]) -> datetime:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    microsecond = int(parts["fraction"].ljust(6, "0")[:6])
    zone = _zone(parts["zone"])
    if parts["half"]:
        hour = _of_24(hour, parts["half"])
    if (hour, minute, second, microsecond) == (24, 0, 0, 0):  # ISO 8601: the end of a day
        return _next(datetime(*_day(parts), tzinfo=zone))
    return datetime(*_day(parts), hour, minute, second, microsecond, zone)


def _day(parts: dict[str, str]) -> tuple[int, int, int]:
    return int(parts["year"]), _month(parts["month"]), int(parts["day"])


def _of_24(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} is no hour of half a day")
    return hour % 12 + (12 if half == "P" else 0)


def _next(midnight: datetime) -> datetime:
    try:
        return midnight + timedelta(days=1)
    except OverflowError:
        raise ValueError("the day after the last that can be counted") from None


def _month(written: str) -> int:
    if written.isdecimal():
        return int(written)
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(written):
            return number
    raise ValueError(f"{written} is no month")


def _zone(written: str) -> timezone:
    if written.startswith(("+", "-")):
        digits = written[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        return timezone(-offset if written[0] == "-" else offset)
    if written not in _ZONES:
        raise ValueError(f"{written} is no time zone, or more than one")
    return timezone(timedelta(hours=_ZONES[written]))
