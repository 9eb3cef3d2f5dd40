"""Rules for weekdays and weekends."""

import re
from datetime import timedelta

from rag.language.resolve.now import Now, Rule
from rag.language.resolve.words import PART_OF_DAY, WEEKDAY, WEEKDAYS, WHICH, step
from rag.model import TimeInterval


def _weekday(match: re.Match[str], now: Now) -> TimeInterval | None:
    anchor, chosen = now.anchor, step(match)
    if anchor is None:
        return None
    ahead = (WEEKDAYS.index(match["weekday"][:3]) - anchor.weekday()) % 7
    if chosen:
        away = (ahead or 7) if chosen > 0 else ahead - 7
    elif now.lean > 0:
        away = ahead
    elif chosen == 0:
        away = ahead if anchor.weekday() + ahead < 7 else ahead - 7
    else:
        away = ahead - 7 if ahead else 0
    day = anchor + timedelta(days=away)
    return TimeInterval(day, day)


def _weekend(match: re.Match[str], now: Now) -> TimeInterval | None:
    anchor, weeks = now.anchor, step(match)
    if anchor is None:
        return None
    begun = anchor.weekday() >= 5
    if weeks is None:
        weeks = 0 if begun or now.lean > 0 else -1
    elif "coming" in match[0] and not begun:
        weeks = 0
    saturday = anchor + timedelta(days=5 - anchor.weekday() + 7 * weeks)
    return TimeInterval(saturday, saturday + timedelta(days=1))


WEEKDAY_RULES: tuple[tuple[str, Rule], ...] = (
    (rf"(?:{WHICH} )?{WEEKDAY}(?: {PART_OF_DAY})?", _weekday),
    (rf"(?:{WHICH} )?weekend", _weekend),
)
