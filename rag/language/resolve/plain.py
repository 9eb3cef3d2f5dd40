"""The plain form of a phrase, which the rules match."""

import re

from rag.language.resolve.words import TENS

_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "−": "-"})
_HYPHEN = re.compile(rf"\b(mid|early|late|{'|'.join(TENS)})-(?=\w)")
_DASH_OR_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b|-", re.ASCII)
_HOLIDAYS = {
    "christmas eve": "december 24",
    "christmas day": "december 25",
    "christmas": "december 25",
    "boxing day": "december 26",
    "new year's eve": "december 31",
    "new year's day": "january 1",
    "valentine's day": "february 14",
    "juneteenth": "june 19",
    "halloween": "october 31",
    "veterans day": "november 11",
}
_HOLIDAY = re.compile(rf"\b(?:{'|'.join(_HOLIDAYS)})\b")

_CLOCK_TIME = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock)|\d{1,2}:\d\d|noon|midnight|midday|dawn|dusk|sunrise|sunset)"
_CLOCK = re.compile(
    r"(?:\b(?:from|between|at|by|before|after|until|till|since|about|around|to|and|or|through) )*"
    rf"\b(?:\d{{1,2}} (?:to|or|and) )?{_CLOCK_TIME}\b"
    r"(?: (?:[ecmp][sd]?t|gmt|utc|bst|cest|cet|ist|jst|aest|local|eastern|central|pacific|mountain)\b)?(?: time\b)?"
)


def plain(phrase: str) -> str:
    """Small letters, words parted by one blank, no commas or stops, dashes as "to", holidays by their date.

    >>> plain("Sunday, Nov. 5–7")
    'sunday nov 5 to 7'
    """
    text = phrase.lower().translate(_SIGNS).replace("-to-", " to ")
    text = re.sub(r"\.(?!\d)|(?<!\d)\.", "", text)
    text = _DASH_OR_ISO.sub(lambda found: " to " if found[0] == "-" else found[0], _HYPHEN.sub(r"\1 ", text))
    text = " ".join(re.sub(r"[^a-z\d':.-]+", " ", text, flags=re.ASCII).split())
    return _HOLIDAY.sub(lambda found: _HOLIDAYS[found[0]], text)


def without_clock(text: str) -> str:
    """A plain phrase without its times of day, which no interval of days needs.

    >>> without_clock("from 9 am to 5 pm et on friday")
    'on friday'
    """
    return " ".join(_CLOCK.sub(" ", text).split())
