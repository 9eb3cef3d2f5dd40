"""Which days a time phrase of a news article means: "late last year" in an article of May 2024 is autumn 2023.

The phrase is brought to a plain form ("Sunday, Nov. 5 at 2 a.m." to "sunday nov 5"), and the first rule that matches
the whole of it reads it. Rules call one another for what they contain: "by | the end of | the year". What no rule reads
is cut at "to", "and", "or" and the like, and the hull of its parts is meant. Where English leaves a choice:

- Weeks run from Monday to Sunday, seasons are the northern ones, and winter (December to February) belongs to the
  year in which it begins.
- A weekday is the day of publication or one of the six days before it; a month, a season or a date without a year is
  the nearest one. Of what is to come, each is the first that is not over yet.
- "Last summer" is the latest that was over, "next summer" the first yet to begin, "this summer" that of the year.
- "Early", "mid" and "late" are thirds: days 1 to 10, 11 to 20 and 21 to the end of a month; January to April of a year.
- "Two weeks ago" is a week, "in three months" a month: as exact as the unit that was counted.
- "By" and "until" begin with the publication, "since" ends with it. What has no such other end is left unsaid: "after
  May", or "by Friday" where the Friday is past.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rag.model import TimeInterval

_LONGEST = 200  # characters: no phrase is longer, and hostile text stays cheap

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_THIRDS = {"early": 0, "mid": 1, "middle": 1, "late": 2}
_SHARES = {"half": 2, "quarter": 4}
_STEPS = {"this": 0, "current": 0, "last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}
_DAY_WORDS = {"yesterday": (-1, -1), "last": (-1, -1), "overnight": (-1, 0), "tomorrow": (1, 1)}  # of others, (0, 0)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# fmt: off
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = (
    {"a": 1, "an": 1}
    | {word: number for number, word in enumerate(_ONES, 1)}
    | {word: 20 + 10 * number for number, word in enumerate(_TENS)}
)
_LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "night": timedelta(days=1),
    "week": timedelta(weeks=1),
    "fortnight": timedelta(weeks=2),
}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_GRAINS = {"fortnight": "week", "decade": "year", "century": "year"}  # how exactly a unit is counted, if not as itself
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


@dataclass(frozen=True, slots=True)
class _Now:
    """Where a phrase is read from.

    `anchor` is the day to which names without a year are near: that of publication, or the other end of a range. `lean`
    says where they lie: 1 not before it, -1 not after it, 0 on either side.
    """

    published: datetime | None
    anchor: date | None
    lean: int

    @property
    def day(self) -> date | None:
        return self.published.date() if self.published else None


def resolve(phrase: str, published: datetime | None, *, future: bool = False) -> TimeInterval | None:
    """The days that `phrase` means in an article published at `published`, whose own offset says which day that is.

    `future` tells that the sentence speaks of what is to come ("will open on Friday"). None is returned for what cannot
    be said: durations ("three hours"), vague times ("soon", "in the coming weeks", "a few months ago"), times counted
    from what a story told before ("two days later"), days that no calendar has, and, where `published` is unknown,
    whatever depends on it. Of a phrase that hedges, the first part that can be resolved counts. Never raises.

    >>> interval = resolve("late last year", datetime(2024, 5, 2))
    >>> str(interval.first), str(interval.last)
    ('2023-09-01', '2023-12-31')
    """
    if len(phrase) > _LONGEST:
        return None
    now = _Now(published, published.date() if published else None, 1 if future else 0)
    text = _plain(phrase)
    without_clock = " ".join(_CLOCK.sub(" ", text).split())
    if text and not without_clock:
        return _days(now.day, now.day)
    try:
        return _phrase(without_clock, now)
    except (ValueError, OverflowError):  # 31 April, or a day outside the years 1 to 9999
        return None


# The form of a phrase

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(_ORDINALS)})"
_PART = r"(?: (?:morning|afternoon|evening|night))?"
_WHICH = r"(?:(?:this )?(?P<which>past|coming)|(?P<plain_which>this|current|last|next|upcoming))"
_NUMBER = rf"(?:\d{{1,4}}|an?|(?:{'|'.join(_TENS)})(?: (?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)})"
_COUNT = rf"(?P<low>{_NUMBER})(?: (?:to|or) (?P<high>{_NUMBER}))?"
_UNIT = rf"(?P<unit>{'|'.join([*_LENGTHS, *_MONTHS_IN])})"
_NEAR = r"(?:about |around |roughly |just )?"

_CLOCK_TIME = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock)|\d{1,2}:\d\d|noon|midnight|midday|dawn|dusk|sunrise|sunset)"
_CLOCK = re.compile(
    r"(?:\b(?:from|between|at|by|before|after|until|till|since|about|around|to|and|or|through) )*"
    rf"\b(?:\d{{1,2}} (?:to|or|and) )?{_CLOCK_TIME}\b"
    r"(?: (?:[ecmp][sd]?t|gmt|utc|bst|cest|cet|ist|jst|aest|local|eastern|central|pacific|mountain)\b)?(?: time\b)?"
)
_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "−": "-"})
_HYPHEN = re.compile(rf"\b(mid|early|late|{'|'.join(_TENS)})-(?=\w)")
_DASH_OR_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b|-", re.ASCII)
_HOLIDAY = re.compile(rf"\b(?:{'|'.join(_HOLIDAYS)})\b")


def _plain(phrase: str) -> str:
    """Small letters, words parted by one blank, no commas or stops, dashes as "to", holidays by their date."""
    text = phrase.lower().translate(_SIGNS).replace("-to-", " to ")
    text = re.sub(r"\.(?!\d)|(?<!\d)\.", "", text)
    text = _DASH_OR_ISO.sub(lambda found: " to " if found[0] == "-" else found[0], _HYPHEN.sub(r"\1 ", text))
    text = " ".join(re.sub(r"[^a-z\d':.-]+", " ", text, flags=re.ASCII).split())
    return _HOLIDAY.sub(lambda found: _HOLIDAYS[found[0]], text)


# Phrases: a bound, a range, a hedge, or one thing that a rule reads

_BOUND = re.compile(r"(by|within|until|till|before|since|after) (.+)")
_JOINT = re.compile(r" (?:to|through|thru|until|till|and|or) ")
_HEDGE = re.compile(r"\b(?:or |and )?(?:but|though|although|possibly|maybe|perhaps|(?:could|might|may) be)\b")
_BARE = re.compile(rf"(?:the )?(?:{_DAY}|{'|'.join(_THIRDS)})")
_BARE_DAY = re.compile(rf"{_DAY}(?: {_YEAR})?")


def _phrase(text: str, now: _Now) -> TimeInterval | None:
    found = _read(text, now)
    if found:
        return found
    bound = _BOUND.fullmatch(text)
    if bound:
        return _bounded(bound[1], bound[2], now)
    return _hull(text, now) or _first_of_hedged(text, now)


def _bounded(bound: str, rest: str, now: _Now) -> TimeInterval | None:
    meant = _phrase(_of_now(rest), replace(now, lean=-1) if bound == "since" else now)
    if meant is None or bound == "after":
        return None
    if bound == "since":
        return _days(meant.first, now.day)
    return _days(now.day, meant.first - timedelta(days=1) if bound == "before" else meant.last)


def _hull(text: str, now: _Now) -> TimeInterval | None:
    """All from the first to the last of joined parts, each read near its neighbour: "from Friday to Sunday"."""
    parts = _completed(_JOINT.split(re.sub(r"^(?:from|between) ", "", text)))
    if len(parts) < 2:
        return None
    backwards = _read(parts[-1], _Now(None, None, 0)) is not None  # "March or April 2024": the last has the year
    found: list[TimeInterval] = []
    for part in reversed(parts) if backwards else parts:
        near = replace(now, anchor=found[-1].first, lean=-1 if backwards else 1) if found else now
        interval = _read(part, near)
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
        month = re.search(rf"\b{_MONTH}\b", before)
        if month and _BARE_DAY.fullmatch(part):
            whole[place] = f"{month[0]} {part}"
        elif re.fullmatch(_YEAR, before) and re.fullmatch(r"\d\d", part) and part > before[2:]:
            whole[place] = before[:2] + part
    return whole


def _first_of_hedged(text: str, now: _Now) -> TimeInterval | None:
    pieces = [piece.strip() for piece in _HEDGE.split(text)]
    if len(pieces) < 2:
        return None
    return next((found for piece in pieces if (found := _phrase(piece, now))), None)


def _read(text: str, now: _Now) -> TimeInterval | None:
    """Read what is one thing; the first rule that matches decides, also that nothing can be said."""
    for pattern, rule in _RULES:
        match = pattern.fullmatch(text)
        if match:
            return rule(match, now)
    return None


# Rules for what has a name: dates, months, seasons, weekdays, years


def _iso(match: re.Match[str], now: _Now) -> TimeInterval | None:
    day = date.fromisoformat(match[0])
    return TimeInterval(day, day)


def _date(match: re.Match[str], now: _Now) -> TimeInterval | None:
    month, ordinal = _MONTHS.index(match["month"][:3]) + 1, match["day"]
    day = _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else int(ordinal.rstrip("stndrh"))

    def in_year(year: int) -> TimeInterval | None:
        if day not in range(1, _months(year * 12 + month - 1, 1).last.day + 1):
            return None
        found = date(year, month, day)
        is_other_weekday = match["weekday"] and _WEEKDAYS[found.weekday()] != match["weekday"][:3]
        return None if is_other_weekday else TimeInterval(found, found)

    return _named(match, in_year, now)


def _month(match: re.Match[str], now: _Now) -> TimeInterval | None:
    month = _MONTHS.index(match["month"][:3])
    return _named(match, lambda year: _months(year * 12 + month, 1), now)


def _season(match: re.Match[str], now: _Now) -> TimeInterval | None:
    month = _SEASONS[match["season"]] - 1
    return _named(match, lambda year: _months(year * 12 + month, 3), now)


def _quarter(match: re.Match[str], now: _Now) -> TimeInterval | None:
    quarter = int(match["number"]) - 1 if match["number"] else _ORDINALS.index(match["nth"])
    return _named(match, lambda year: _months(year * 12 + quarter * 3, 3), now)


def _named(match: re.Match[str], in_year: Callable[[int], TimeInterval | None], now: _Now) -> TimeInterval | None:
    """The one of the year that is given, or of the years about the anchor the one that "last" and the like choose."""
    groups = match.groupdict()
    if groups.get("year"):
        return in_year(int(groups["year"]))
    anchor = now.anchor
    if anchor is None:
        return None
    step = _step(match)
    near = [found for year in (-1, 0, 1) if (found := in_year(anchor.year + year))]
    if step == 0:
        near = [each for each in near if anchor.year in (each.first.year, each.last.year)]
    elif step is not None:
        near = [each for each in near if (each.last < anchor if step < 0 else each.first > anchor)]

    def remoteness(each: TimeInterval) -> tuple[bool, timedelta]:
        against = (now.lean > 0 and each.last < anchor) or (now.lean < 0 and each.first > anchor)
        return against, max(each.first - anchor, anchor - each.last, timedelta())

    return min(near, key=remoteness, default=None)


def _step(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    return _STEPS.get(groups.get("which") or groups.get("plain_which") or "")


def _weekday(match: re.Match[str], now: _Now) -> TimeInterval | None:
    anchor, step = now.anchor, _step(match)
    if anchor is None:
        return None
    ahead = (_WEEKDAYS.index(match["weekday"][:3]) - anchor.weekday()) % 7
    if step:
        away = (ahead or 7) if step > 0 else ahead - 7
    elif now.lean > 0:
        away = ahead
    elif step == 0:
        away = ahead if anchor.weekday() + ahead < 7 else ahead - 7
    else:
        away = ahead - 7 if ahead else 0
    day = anchor + timedelta(days=away)
    return TimeInterval(day, day)


def _weekend(match: re.Match[str], now: _Now) -> TimeInterval | None:
    anchor, step = now.anchor, _step(match)
    if anchor is None:
        return None
    begun = anchor.weekday() >= 5
    if step is None:
        step = 0 if begun or now.lean > 0 else -1
    elif "coming" in match[0] and not begun:
        step = 0
    saturday = anchor + timedelta(days=5 - anchor.weekday() + 7 * step)
    return TimeInterval(saturday, saturday + timedelta(days=1))


def _year(match: re.Match[str], now: _Now) -> TimeInterval | None:
    return _months(int(match["year"]) * 12, 12)


def _decade(match: re.Match[str], now: _Now) -> TimeInterval | None:
    """The 1990s; the 1800s are a century, but the 2000s were ten years; the '90s are the latest begun by the anchor."""
    if match["short"] is None:
        year = int(match["long"])
    elif now.anchor is None:
        return None
    else:
        latest = now.anchor.year + (10 if now.lean > 0 else 0)
        year = latest - (latest - int(match["short"])) % 100
    return _months(year * 12, 1200 if year % 100 == 0 and year < 2000 else 120)


def _century(match: re.Match[str], now: _Now) -> TimeInterval | None:
    return _months(int(match["number"]) * 1200 - 1188, 1200)


# Rules for a share of something longer


def _edge(match: re.Match[str], now: _Now) -> TimeInterval | None:
    whole = _read(_of_now(match["rest"]), now)
    return _share(whole, _THIRDS[match["edge"]], 3) if whole else None


def _before_or_after_now(match: re.Match[str], now: _Now) -> TimeInterval | None:
    """Earlier or later this year; where today is no part of the whole, no more than the whole can be said."""
    whole, day = _read(_of_now(match["rest"]), now), now.day
    if whole is None or day is None or not whole.first <= day <= whole.last:
        return whole
    return TimeInterval(whole.first, day) if match["edge"] == "earlier" else TimeInterval(day, whole.last)


def _end(match: re.Match[str], now: _Now) -> TimeInterval | None:
    """The first or last month of a year or season, year of a decade, or third of what is shorter."""
    whole = _read(_of_now(match["rest"]), now)
    if whole is None:
        return None
    at_end = match["end"] in ("end", "close")
    if whole.last - whole.first < timedelta(days=31):
        return _share(whole, 2 if at_end else 0, 3)
    months = _month_count(whole)
    length = 1 if months <= 12 else months // 10
    start = _month_number(whole.first)
    return _months(start + months - length if at_end else start, length)


def _nth(match: re.Match[str], now: _Now) -> TimeInterval | None:
    """The second half of 2024; the first week of May, which is its first seven days; the last weekend of May."""
    whole = _read(_of_now(match["rest"]), now)
    if whole is None:
        return None
    unit, is_last = match["unit"], match["nth"] in ("last", "final")
    place = 0 if is_last else _ORDINALS.index(match["nth"])
    if unit in _SHARES:
        of = _SHARES[unit]
        return _share(whole, of - 1 if is_last else place, of) if place < of else None
    if unit == "week":
        first = whole.last - timedelta(days=6) if is_last else whole.first + timedelta(weeks=place)
        return _days(max(first, whole.first), min(first + timedelta(days=6), whole.last))
    if is_last:
        first = whole.last - timedelta(days=(whole.last.weekday() - 5) % 7)
    else:
        first = whole.first + timedelta(days=(5 - whole.first.weekday()) % 7 + 7 * place)
    return TimeInterval(first, first + timedelta(days=1)) if whole.first <= first <= whole.last else None


def _without_opening(match: re.Match[str], now: _Now) -> TimeInterval | None:
    return _read(match["rest"], now)


def _of_now(rest: str) -> str:
    """Inside a phrase, "the year" is this year: "the end of the year"."""
    return re.sub(rf"^(?:in |of )?the (?=(?:week|{'|'.join(_MONTHS_IN)})$)", "this ", rest)


# Rules for what counts from the day of publication


def _day_word(match: re.Match[str], now: _Now) -> TimeInterval | None:
    if now.day is None:
        return None
    first, last = _DAY_WORDS.get(match["word"], (0, 0))
    return TimeInterval(now.day + timedelta(days=first), now.day + timedelta(days=last))


def _unit(match: re.Match[str], now: _Now) -> TimeInterval | None:
    """Read "last week" by the calendar; "the past week", "the last week" and "the next two weeks" touch today."""
    published, step, unit = now.published, _step(match), match["unit"]
    if published is None or step is None:
        return None
    if match["low"] is None:
        if match["plural"]:
            return None
        if match["plain_which"] and (step == 0 or not match["the"]):
            return _period(unit, published.date(), step) if unit in ("week", *_MONTHS_IN) else None
        if match["plain_which"] == "next" and not match["lead"]:
            return None  # "the next month" is also the one after what was told
    end = _moved(published, unit, step * _number(match["high"] or match["low"] or "a"))
    return _days(*sorted((published.date(), end)))


def _counted(match: re.Match[str], now: _Now) -> TimeInterval | None:
    published, unit = now.published, match["unit"]
    if published is None:
        return None
    groups = match.groupdict()
    low, high = _number(match["low"]), _number(match["high"] or match["low"])
    if groups.get("lead") == "within":
        return _days(published.date(), _moved(published, unit, high))
    sign = -1 if groups.get("way") == "ago" else 1
    grain = _GRAINS.get(unit, unit if unit in ("week", *_MONTHS_IN) else "day")
    ends = [_period(grain, _moved(published, unit, sign * count), 0) for count in (low, high)]
    return TimeInterval(min(each.first for each in ends), max(each.last for each in ends))


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Now], TimeInterval | None]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\d{4}-\d\d-\d\d", _iso),
        (rf"(?:{_WHICH} )?(?:{_WEEKDAY}{_PART} )?(?:on )?{_MONTH} (?:the )?{_DAY}(?: {_YEAR})?", _date),
        (rf"(?:{_WHICH} )?(?:{_WEEKDAY}{_PART} )?(?:on )?(?:the )?{_DAY} (?:of )?{_MONTH}(?: {_YEAR})?", _date),
        (rf"(?:{_WHICH} )?{_MONTH}(?: (?:of )?{_YEAR})?", _month),
        (rf"(?:{_WHICH} )?(?P<season>{'|'.join(_SEASONS)})(?:time)?(?: (?:of )?{_YEAR}(?: to \d\d)?)?", _season),
        (rf"(?:q(?P<number>[1-4])|(?P<nth>{'|'.join(_ORDINALS[:4])}) quarter)(?: (?:of )?{_YEAR})?", _quarter),
        (rf"(?:{_WHICH} )?{_WEEKDAY}{_PART}", _weekday),
        (rf"(?:{_WHICH} )?weekend", _weekend),
        (rf"(?:year )?{_YEAR}", _year),
        (r"(?:(?P<long>[12]\d\d0)|'(?P<short>\d0))s", _decade),
        (r"(?P<number>\d{1,2})(?:st|nd|rd|th) century", _century),
        (r"(?P<edge>early|mid|late) (?P<rest>.+)", _edge),
        (r"(?P<edge>middle) of (?P<rest>.+)", _edge),
        (r"(?P<edge>earlier|later) (?P<rest>.+)", _before_or_after_now),
        (r"(?P<end>start|beginning|end|close) of (?P<rest>.+)", _end),
        (
            rf"(?P<nth>{'|'.join(_ORDINALS[:5])}|last|final) (?P<unit>{'|'.join(_SHARES)}|week|weekend) "
            r"(?:of|in) (?P<rest>.+)",
            _nth,
        ),
        (rf"(?P<word>today|tonight|yesterday|tomorrow|overnight){_PART}", _day_word),
        (r"(?P<word>this|last) (?:morning|afternoon|evening|night)", _day_word),
        (
            r"(?:(?P<lead>within|in|over|during|for) )?(?P<the>(?:the|these) )?"
            rf"{_WHICH}(?: {_COUNT})? {_UNIT}(?P<plural>s)?",
            _unit,
        ),
        (rf"(?P<lead>in|within) {_NEAR}{_COUNT} {_UNIT}s?", _counted),
        (rf"{_COUNT} {_UNIT}s? (?P<way>ago|hence|from now|from today)", _counted),
        (
            r"(?:the|in|on|at|during|throughout|over|for|of|around|about|roughly|sometime|possibly|maybe|perhaps|probably"
            r"|likely|potentially|even|definitely|just) (?P<rest>.+)",
            _without_opening,
        ),
    )
)


# Days, months and calendar units


def _days(first: date | None, last: date | None) -> TimeInterval | None:
    """The interval, or None when an end of it is unknown or they stand in the wrong order."""
    return TimeInterval(first, last) if first and last and first <= last else None


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_count(interval: TimeInterval) -> int:
    return _month_number(interval.last) - _month_number(interval.first) + 1


def _months(number: int, count: int) -> TimeInterval:
    """The `count` months from month `number` on, where number 0 is January of the year 0."""
    after = number + count
    return TimeInterval(
        date(number // 12, number % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    )


def _share(whole: TimeInterval, place: int, of: int) -> TimeInterval:
    """The part at `place` (from 0) of equal parts; of whole months, but of days where the whole is a month or less."""
    days = (whole.last - whole.first).days + 1
    if days < 7:
        return whole
    if days > 31:
        start, months = _month_number(whole.first), _month_count(whole)
        return _months(start + months * place // of, max(1, months * (place + 1) // of - months * place // of))
    length = 30 if days >= 28 else days
    first = whole.first + timedelta(days=length * place // of)
    after = whole.first + timedelta(days=length * (place + 1) // of)
    return TimeInterval(first, whole.last if place == of - 1 else after - timedelta(days=1))


def _period(unit: str, day: date, step: int) -> TimeInterval:
    """The day, week, month, ..., century that lies `step` ones after the one of `day`."""
    if unit == "day":
        return TimeInterval(day, day)
    if unit == "week":
        monday = day + timedelta(days=7 * step - day.weekday())
        return TimeInterval(monday, monday + timedelta(days=6))
    size = _MONTHS_IN[unit]
    origin = 12 if unit == "century" else 0  # the 20th century began in 1901
    return _months(((_month_number(day) - origin) // size + step) * size + origin, size)


def _moved(published: datetime, unit: str, count: int) -> date:
    """The day on which `count` units have passed since publication."""
    if unit in _LENGTHS:
        return (published + count * _LENGTHS[unit]).date()
    month = _months(_month_number(published) + count * _MONTHS_IN[unit], 1)
    return month.first + timedelta(days=min(published.day, month.last.day) - 1)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else sum(_NUMBERS[word] for word in words.split())
