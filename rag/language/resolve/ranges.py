"""Phrases of several parts: "from Friday to Sunday", "May 3-5", "in March or April"."""

import re
from dataclasses import replace

from rag.language.resolve.now import Now
from rag.language.resolve.read import read
from rag.language.resolve.words import DAY, MONTH, THIRDS, YEAR
from rag.model import TimeInterval

_JOINT = re.compile(r" (?:to|through|thru|until|till|and|or) ")
_BARE = re.compile(rf"(?:the )?(?:{DAY}|{'|'.join(THIRDS)})")
_BARE_DAY = re.compile(rf"{DAY}(?: {YEAR})?")


def hull(text: str, now: Now) -> TimeInterval | None:
    """All from the first to the last of joined parts, each read near its neighbour; None where a part is unread.

    ValueError or OverflowError where the calendar has no such days.
    """
    parts = _completed(_JOINT.split(re.sub(r"^(?:from|between) ", "", text)))
    if len(parts) < 2:
        return None
    backwards = read(parts[-1], Now(None, None, 0)) is not None  # "March or April 2024": the last has the year
    found: list[TimeInterval] = []
    for part in reversed(parts) if backwards else parts:
        near = replace(now, anchor=found[-1].first, lean=-1 if backwards else 1) if found else now
        interval = read(part, near)
        if interval is None:
            return None
        found.append(interval)
    return TimeInterval(min(each.first for each in found), max(each.last for each in found))


def _completed(parts: list[str]) -> list[str]:
    """Lend parts what they share with a neighbour: "3 | 5 May", "May 3 | 5", "early | mid May", "2022 | 23"."""
    whole = list(parts)
    for place in reversed(range(len(parts) - 1)):
        if _BARE.fullmatch(whole[place]):
            whole[place] += " " + whole[place + 1].removeprefix("the ").partition(" ")[2]
    for place in range(1, len(parts)):
        before, part = whole[place - 1], whole[place]
        month = re.search(rf"\b{MONTH}\b", before)
        if month and _BARE_DAY.fullmatch(part):
            whole[place] = f"{month[0]} {part}"
        elif re.fullmatch(YEAR, before) and re.fullmatch(r"\d\d", part) and part > before[2:]:
            whole[place] = before[:2] + part
    return whole
