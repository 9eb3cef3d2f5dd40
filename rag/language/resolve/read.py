"""Reading what is one thing, whole or a part of something longer: the rules together."""

import re

from rag.language.resolve.dates import DATE_RULES
from rag.language.resolve.now import Now
from rag.language.resolve.parts import PART_RULES
from rag.language.resolve.relative import RELATIVE_RULES
from rag.language.resolve.units import MONTHS_IN
from rag.language.resolve.weekdays import WEEKDAY_RULES
from rag.model import TimeInterval

_RULES = tuple((re.compile(pattern), rule) for pattern, rule in (*DATE_RULES, *WEEKDAY_RULES, *RELATIVE_RULES))
_PARTS = tuple((re.compile(pattern), rule) for pattern, rule in PART_RULES)
_OPENING = re.compile(
    r"(?:the|in|on|at|during|throughout|over|for|of|around|about|roughly|sometime|possibly|maybe|perhaps|probably"
    r"|likely|potentially|even|definitely|just) (?P<rest>.+)"
)
_THE_UNIT = re.compile(rf"(?:in |of )?the (?=(?:week|{'|'.join(MONTHS_IN)})$)")


def read(text: str, now: Now) -> TimeInterval | None:
    """Read what is one thing; the first rule that matches decides, also that nothing can be said.

    ValueError or OverflowError where the calendar has no such days.
    """
    for pattern, rule in _RULES:
        if match := pattern.fullmatch(text):
            return rule(match, now)
    for pattern, part in _PARTS:
        if match := pattern.fullmatch(text):
            whole = read(of_now(match["rest"]), now)
            return part(match, whole, now) if whole else None
    opening = _OPENING.fullmatch(text)  # last: "in two weeks" is more than "two weeks"
    return read(opening["rest"], now) if opening else None


def of_now(rest: str) -> str:
    """Inside a phrase, "the year" is this year: "the end of the year".

    >>> of_now("the year"), of_now("the summer")
    ('this year', 'the summer')
    """
    return "this " + rest[found.end() :] if (found := _THE_UNIT.match(rest)) else rest
