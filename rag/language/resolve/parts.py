"""Rules for a part of something longer: "late | March", "the end of | the year", "the second half of | 2024".

Each takes the days of the whole, which stand in the group "rest" of its pattern.
"""

import re
from collections.abc import Callable
from datetime import timedelta

from rag.language.resolve.now import Now
from rag.language.resolve.units import days, month_count, month_number, months, share
from rag.language.resolve.words import ORDINALS, THIRDS
from rag.model import TimeInterval

PartRule = Callable[[re.Match[str], TimeInterval, Now], TimeInterval | None]

_SHARES = {"half": 2, "quarter": 4}


def _third(match: re.Match[str], whole: TimeInterval, now: Now) -> TimeInterval | None:
    return share(whole, THIRDS[match["third"]], 3)


def _before_or_after_now(match: re.Match[str], whole: TimeInterval, now: Now) -> TimeInterval | None:
    """Earlier or later this year; where today is no part of the whole, no more than the whole can be said."""
    day = now.day
    if day is None or not whole.first <= day <= whole.last:
        return whole
    return TimeInterval(whole.first, day) if match["side"] == "earlier" else TimeInterval(day, whole.last)


def _end(match: re.Match[str], whole: TimeInterval, now: Now) -> TimeInterval | None:
    """The first or last month of a year or season, year of a decade, or third of what is shorter."""
    at_end = match["end"] in ("end", "close")
    if whole.last - whole.first < timedelta(days=31):
        return share(whole, 2 if at_end else 0, 3)
    count = month_count(whole)
    length = 1 if count <= 12 else count // 10
    start = month_number(whole.first)
    return months(start + count - length if at_end else start, length)


def _nth_share(match: re.Match[str], whole: TimeInterval, now: Now) -> TimeInterval | None:
    of, place = _SHARES[match["unit"]], _place(match)
    return share(whole, place % of, of) if place < of else None


def _nth_week(match: re.Match[str], whole: TimeInterval, now: Now) -> TimeInterval | None:
    """The first week of May is its first seven days."""
    place = _place(match)
    first = whole.last - timedelta(days=6) if place < 0 else whole.first + timedelta(weeks=place)
    return days(max(first, whole.first), min(first + timedelta(days=6), whole.last))


def _nth_weekend(match: re.Match[str], whole: TimeInterval, now: Now) -> TimeInterval | None:
    place = _place(match)
    if place < 0:
        saturday = whole.last - timedelta(days=(whole.last.weekday() - 5) % 7)
    else:
        saturday = whole.first + timedelta(days=(5 - whole.first.weekday()) % 7 + 7 * place)
    return TimeInterval(saturday, saturday + timedelta(days=1)) if whole.first <= saturday <= whole.last else None


def _place(match: re.Match[str]) -> int:
    """From 0; -1 is the last."""
    return -1 if match["nth"] in ("last", "final") else ORDINALS.index(match["nth"])


_NTH = rf"(?P<nth>{'|'.join(ORDINALS[:5])}|last|final)"
PART_RULES: tuple[tuple[str, PartRule], ...] = (
    (r"(?P<third>early|mid|late) (?P<rest>.+)", _third),
    (r"(?P<third>middle) of (?P<rest>.+)", _third),
    (r"(?P<side>earlier|later) (?P<rest>.+)", _before_or_after_now),
    (r"(?P<end>start|beginning|end|close) of (?P<rest>.+)", _end),
    (rf"{_NTH} (?P<unit>{'|'.join(_SHARES)}) (?:of|in) (?P<rest>.+)", _nth_share),
    (rf"{_NTH} week (?:of|in) (?P<rest>.+)", _nth_week),
    (rf"{_NTH} weekend (?:of|in) (?P<rest>.+)", _nth_weekend),
)
