"""Dates as news files write them. Nothing is guessed: what fits none of these forms is no date."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = "january february march april may june july august september october november december".upper().split()

# RFC 2822, section 4.3: the zones whose names have one meaning.
_ZONES = {"": 0, "UT": 0, "UTC": 0, "GMT": 0, "Z": 0}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<zone>[A-Z]{1,3}|[+-]\d\d(?::?\d\d)?))?"
)
_DAY = r"(?P<day>\d{1,2})(?:ST|ND|RD|TH)?"
_MONTH = r"(?P<month>[A-Z]{3,9})\.?"
_WEEKDAY = r"(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*\.?,?\s+)?"
_FORMS = (
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:(?:T|\s+){_TIME})?"),  # ISO 8601
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})(?:,?\s+{_TIME})?"),  # RFC 2822; 14 March 2024
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})(?:,?\s+{_TIME})?"),  # March 14, 2024
)
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?")
_MILLISECONDS = 100_000_000_000  # from here on; as seconds it would be in the year 5138


def read_date(value: str | float) -> datetime:
    """The moment that a text or number names. A day is its first moment; without an offset it is in UTC.

    Read are ISO 8601, the dates of mails and feeds (RFC 2822), English dates with the month as a word, and seconds or
    milliseconds since 1970, from 1973 on. Raises ValueError for all else: 03/04/2024, for one, has two meanings.

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


def _moment(parts: dict[str, str]) -> datetime:
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    microsecond = int(parts.get("fraction", "").ljust(6, "0")[:6])
    day = int(parts["year"]), _month(parts["month"]), int(parts["day"])
    return datetime(*day, hour, minute, second, microsecond, _zone(parts.get("zone", "")))


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
