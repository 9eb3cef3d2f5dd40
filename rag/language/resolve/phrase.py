"""A whole phrase: one thing that a rule reads, or a bound, a range, a hedge."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from rag.language.resolve.now import Now
from rag.language.resolve.plain import plain, without_clock
from rag.language.resolve.ranges import hull
from rag.language.resolve.read import of_now, read
from rag.language.resolve.units import days
from rag.model import TimeInterval

_LONGEST = 200  # characters: no phrase is longer, and hostile text stays cheap
_BOUND = re.compile(r"(by|within|until|till|before|since|after) (.+)")
_HEDGE = re.compile(r"\b(?:or |and )?(?:but|though|although|possibly|maybe|perhaps|(?:could|might|may) be)\b")


def resolve(phrase: str, published: datetime | None, *, lean: int = 0) -> TimeInterval | None:
    """The days that `phrase` means in an article published at `published`, whose own offset says which day that is.

    `lean` says where that lies of which there are several: 1 not before the publication ("will open on Friday"), -1 not
    after it ("was shown in May"), 0 on either side, as the rules have it. None is returned for what cannot be said:
    durations ("three hours"), vague times ("soon", "in the coming weeks", "a few months ago"), times counted from what
    a story told before ("two days later"), days that no calendar has, and, where `published` is unknown, whatever
    depends on it. Of a phrase that hedges, the first part that can be resolved counts. Never raises.

    >>> interval = resolve("late last year", datetime(2024, 5, 2))
    >>> str(interval.first), str(interval.last)
    ('2023-09-01', '2023-12-31')
    """
    if len(phrase) > _LONGEST:
        return None
    now = Now(published, published.date() if published else None, lean)
    text = plain(phrase)
    timeless = without_clock(text)
    if text and not timeless:
        return days(now.day, now.day)
    try:
        return _phrase(timeless, now)
    except (ValueError, OverflowError):  # 31 April, or a day outside the years 1 to 9999
        return None


def _phrase(text: str, now: Now) -> TimeInterval | None:
    found = read(text, now)
    if found:
        return found
    bound = _BOUND.fullmatch(text)
    if bound:
        return _bounded(bound[1], bound[2], now)
    return hull(text, now) or _first_of_hedged(text, now)


def _bounded(bound: str, rest: str, now: Now) -> TimeInterval | None:
    meant = _phrase(of_now(rest), replace(now, lean=-1) if bound == "since" else now)
    if meant is None or bound == "after":
        return None
    if bound == "since":
        return days(meant.first, now.day)
    return days(now.day, meant.first - timedelta(days=1) if bound == "before" else meant.last)


def _first_of_hedged(text: str, now: Now) -> TimeInterval | None:
    pieces = [piece.strip() for piece in _HEDGE.split(text)]
    if len(pieces) < 2:
        return None
    return next((found for piece in pieces if (found := _phrase(piece, now))), None)
