"""Rules for what counts from the day of publication: "yesterday", "last week", "two years ago"."""

import re
from datetime import timedelta

from rag.language.resolve.now import Now, Rule
from rag.language.resolve.units import LENGTHS, MONTHS_IN, days, moved, period
from rag.language.resolve.words import PART_OF_DAY, TENS, WHICH, step
from rag.model import TimeInterval

# fmt: off
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_NUMBERS = (
    {"a": 1, "an": 1}
    | {word: number for number, word in enumerate(_ONES, 1)}
    | {word: 20 + 10 * number for number, word in enumerate(TENS)}
)
_DAY_WORDS = {"yesterday": (-1, -1), "last": (-1, -1), "overnight": (-1, 0), "tomorrow": (1, 1)}  # of others, (0, 0)
_PERIODS = ("week", *MONTHS_IN)  # the units that a calendar numbers; those shorter are counted in days
_GRAINS = {"fortnight": "week", "decade": "year", "century": "year"}  # how exactly a unit is counted, if not as itself


def _day_word(match: re.Match[str], now: Now) -> TimeInterval | None:
    if now.day is None:
        return None
    first, last = _DAY_WORDS.get(match["word"], (0, 0))
    return TimeInterval(now.day + timedelta(days=first), now.day + timedelta(days=last))


def _unit(match: re.Match[str], now: Now) -> TimeInterval | None:
    """Read "last week" by the calendar; "the past week", "the last week" and "the next two weeks" touch today."""
    published, chosen, unit = now.published, step(match), match["unit"]
    if published is None or chosen is None:
        return None
    if match["low"] is None:
        if match["plural"]:
            return None
        if match["plain_which"] and (chosen == 0 or not match["the"]):
            return period(unit, published.date(), chosen) if unit in _PERIODS else None
        if match["plain_which"] == "next" and not match["lead"]:
            return None  # "the next month" is also the one after what was told
    end = moved(published, unit, chosen * _number(match["high"] or match["low"] or "a"))
    return days(*sorted((published.date(), end)))


def _counted(match: re.Match[str], now: Now) -> TimeInterval | None:
    published, unit = now.published, match["unit"]
    if published is None:
        return None
    groups = match.groupdict()
    low, high = _number(match["low"]), _number(match["high"] or match["low"])
    if groups.get("lead") == "within":
        return days(published.date(), moved(published, unit, high))
    sign = -1 if groups.get("way") == "ago" else 1
    grain = _GRAINS.get(unit, unit if unit in _PERIODS else "day")
    ends = [period(grain, moved(published, unit, sign * count), 0) for count in (low, high)]
    return TimeInterval(min(each.first for each in ends), max(each.last for each in ends))


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else sum(_NUMBERS[word] for word in words.split())


_NUMBER = rf"(?:\d{{1,4}}|an?|(?:{'|'.join(TENS)})(?: (?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)})"
_COUNT = rf"(?P<low>{_NUMBER})(?: (?:to|or) (?P<high>{_NUMBER}))?"
_UNIT = rf"(?P<unit>{'|'.join([*LENGTHS, *MONTHS_IN])})"
_LEAD = r"(?:(?P<lead>within|in|over|during|for) )?(?P<the>(?:the|these) )?"
RELATIVE_RULES: tuple[tuple[str, Rule], ...] = (
    (rf"(?P<word>today|tonight|yesterday|tomorrow|overnight)(?: {PART_OF_DAY})?", _day_word),
    (rf"(?P<word>this|last) {PART_OF_DAY}", _day_word),
    (rf"{_LEAD}{WHICH}(?: {_COUNT})? {_UNIT}(?P<plural>s)?", _unit),
    (rf"(?P<lead>in|within) (?:about |around |roughly |just )?{_COUNT} {_UNIT}s?", _counted),
    (rf"{_COUNT} {_UNIT}s? (?P<way>ago|hence|from now|from today)", _counted),
)
