"""The words that several rules share: what they count for, and the patterns that match them."""

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
THIRDS = {"early": 0, "mid": 1, "middle": 1, "late": 2}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_STEPS = {"this": 0, "current": 0, "last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}

MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
YEAR = r"(?P<year>[12]\d{3})"
DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(ORDINALS)})"
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
WHICH = r"(?:(?:this )?(?P<which>past|coming)|(?P<plain_which>this|current|last|next|upcoming))"


def step(match: re.Match[str]) -> int | None:
    """How many ones after the current one WHICH asks for, or None where the match has no such word."""
    groups = match.groupdict()
    return _STEPS.get(groups.get("which") or groups.get("plain_which") or "")
