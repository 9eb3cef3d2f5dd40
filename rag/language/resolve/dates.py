"""Rules for dates, and for what the calendar names: months, seasons, quarters, years, decades, centuries."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from rag.language.resolve.now import Now, Rule
from rag.language.resolve.units import months
from rag.language.resolve.words import DAY, MONTH, MONTHS, ORDINALS, PART_OF_DAY, WEEKDAY, WEEKDAYS, WHICH, YEAR, step
from rag.model import TimeInterval

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def _iso(match: re.Match[str], now: Now) -> TimeInterval | None:
    day = date.fromisoformat(match[0])
    return TimeInterval(day, day)


def _date(match: re.Match[str], now: Now) -> TimeInterval | None:
    month, ordinal = _month_of(match), match["day"]
    day = ORDINALS.index(ordinal) + 1 if ordinal in ORDINALS else int(ordinal.rstrip("stndrh"))

    def in_year(year: int) -> TimeInterval | None:
        if day not in range(1, months(year * 12 + month, 1).last.day + 1):
            return None
        found = date(year, month + 1, day)
        is_other_weekday = match["weekday"] and WEEKDAYS[found.weekday()] != match["weekday"][:3]
        return None if is_other_weekday else TimeInterval(found, found)

    return _of_a_year(match, in_year, now)


def _month(match: re.Match[str], now: Now) -> TimeInterval | None:
    return _of_a_year(match, lambda year: months(year * 12 + _month_of(match), 1), now)


def _month_of(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"][:3])


def _season(match: re.Match[str], now: Now) -> TimeInterval | None:
    month = _SEASONS[match["season"]] - 1
    return _of_a_year(match, lambda year: months(year * 12 + month, 3), now)


def _quarter(match: re.Match[str], now: Now) -> TimeInterval | None:
    quarter = int(match["number"]) - 1 if match["number"] else ORDINALS.index(match["nth"])
    return _of_a_year(match, lambda year: months(year * 12 + quarter * 3, 3), now)


def _of_a_year(match: re.Match[str], in_year: Callable[[int], TimeInterval | None], now: Now) -> TimeInterval | None:
    """The one of the year that is given, or of the years about the anchor the one that "last" and the like choose."""
    groups = match.groupdict()
    if groups.get("year"):
        return in_year(int(groups["year"]))
    anchor = now.anchor
    if anchor is None:
        return None
    chosen = step(match)
    near = [found for year in (-1, 0, 1) if (found := in_year(anchor.year + year))]
    if chosen == 0:
        near = [each for each in near if anchor.year in (each.first.year, each.last.year)]
    elif chosen is not None:
        near = [each for each in near if (each.last < anchor if chosen < 0 else each.first > anchor)]

    def remoteness(each: TimeInterval) -> tuple[bool, timedelta]:
        against = (now.lean > 0 and each.last < anchor) or (now.lean < 0 and each.first > anchor)
        return against, max(each.first - anchor, anchor - each.last, timedelta())

    return min(near, key=remoteness, default=None)


def _year(match: re.Match[str], now: Now) -> TimeInterval | None:
    return months(int(match["year"]) * 12, 12)


def _decade(match: re.Match[str], now: Now) -> TimeInterval | None:
    """The 1990s; the 1800s are a century, but the 2000s were ten years; the '90s are the latest begun by the anchor."""
    if match["short"] is None:
        year = int(match["long"])
    elif now.anchor is None:
        return None
    else:
        latest = now.anchor.year + (10 if now.lean > 0 else 0)
        year = latest - (latest - int(match["short"])) % 100
    return months(year * 12, 1200 if year % 100 == 0 and year < 2000 else 120)


def _century(match: re.Match[str], now: Now) -> TimeInterval | None:
    return months(int(match["number"]) * 1200 - 1188, 1200)


_ON_WEEKDAY = rf"(?:{WHICH} )?(?:{WEEKDAY}(?: {PART_OF_DAY})? )?(?:on )?"
DATE_RULES: tuple[tuple[str, Rule], ...] = (
    (r"\d{4}-\d\d-\d\d", _iso),
    (rf"{_ON_WEEKDAY}{MONTH} (?:the )?{DAY}(?: {YEAR})?", _date),
    (rf"{_ON_WEEKDAY}(?:the )?{DAY} (?:of )?{MONTH}(?: {YEAR})?", _date),
    (rf"(?:{WHICH} )?{MONTH}(?: (?:of )?{YEAR})?", _month),
    (rf"(?:{WHICH} )?(?P<season>{'|'.join(_SEASONS)})(?:time)?(?: (?:of )?{YEAR}(?: to \d\d)?)?", _season),
    (rf"(?:q(?P<number>[1-4])|(?P<nth>{'|'.join(ORDINALS[:4])}) quarter)(?: (?:of )?{YEAR})?", _quarter),
    (rf"(?:year )?{YEAR}", _year),
    (r"(?:(?P<long>[12]\d\d0)|'(?P<short>\d0))s", _decade),
    (r"(?P<number>\d{1,2})(?:st|nd|rd|th) century", _century),
)
