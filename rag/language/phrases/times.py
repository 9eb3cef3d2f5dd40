"""Phrases of time: dates, weekdays, clock times, years, seasons, "late last week", "within two years".

A plain "in", "on" or "at" stays outside the phrase. "By", "since", "until", "before", "after" and "within", which
change its meaning, and the "in" of "in two weeks" are inside it. Coordinated phrases are one: "March or April".
"""

from dataclasses import dataclass

from rag.language.phrases.phrase import Kind, Phrase
from rag.language.phrases.time_words import GRAMMAR, LEXICON
from rag.language.phrases.tokens import Tokens

_CLASS = GRAMMAR.letters
_MONTHS = frozenset(_CLASS[name] for name in ("MONTH", "SHY_MONTH", "ABBREVIATION"))
_CAPITALISED = _MONTHS | {_CLASS[name] for name in ("WEEKDAY", "HOLIDAY", "ZONE", "NAMED")}
_ALSO_GIVEN_NAMES = frozenset({"april", "june", "august"})
_FIRST_YEAR, _LAST_YEAR = 1500, 2100

_ATOM = GRAMMAR.pattern(
    r"""
      (?P<clock>
          (?: DAY | CLOCK ) (?: (?: TO | DASH | HYPHEN ) (?: DAY | CLOCK ) )? MERIDIEM (?: ZONE | LOCAL TIME )?
        | (?: CLOCK | NOON ) (?: ZONE | LOCAL TIME )? )
    | (?P<date>
          ISO
        | (?: THIS? WEEKDAY DOT? COMMA? )?
          (?: {month} THE? (?: DAY (?! MEASURE ) | ORDINAL ) (?: [DASH HYPHEN] DAY (?! [DASH HYPHEN] ) )?
              (?: COMMA? {year} )?
            | THE? (?: DAY | ORDINAL ) (?: [DASH HYPHEN] DAY )? OF? {month} (?: COMMA? {year} )? )
        | {early} {month} (?: OF? {year} )? | THIS {month} | {month} [OF COMMA]? {year}
        | (?<=[IN BY DURING THROUGH FROM BOUND OF BETWEEN]) SHY_MONTH (?! CLITIC | NAME )
        | (?<=[MONTH SHY_MONTH][TO AND OR DASH HYPHEN]) SHY_MONTH
        | (?<=IN) ABBREVIATION DOT
        | MONTH )
    | (?P<weekday> (?: {early} | EDGE ON | THIS )? WEEKDAY PART? )
    | (?P<holiday> NEW UNIT CLITIC (?: UNIT | EVE ) | NAMED CLITIC? UNIT | THIS? HOLIDAY (?: EVE | UNIT )? )
    | (?P<decade> THE? {early}? (?: DECADE | (?: ORDINAL | DAY ) CENTURY ) )
    | (?P<relative>
          THE? {early}? END OF (?: [THE THIS]{{1,2}} {period} | {month}? {year} | MONTH | {period} )
        | THE? {early}? (?: ORDINAL | SECOND | THIS ){{1,2}} (?: HALF | {period} ) OF
          (?: [THE THIS]{{1,2}} {period} | {month}? {year} | MONTH | SHY_MONTH )
        | {early}? TODAY PART? | THIS TIME THIS {period}
        | EDGE IN (?: THE | THIS ) {period} | EDGE IN {year}
        | [THE AN]? {early}? THIS{{1,2}} (?: FEW | {number} )? {period}
        | THE WEEKEND
        | {counted} {period} (?: AGO | EDGE (?! IN ) | FROM TODAY ) )
    | (?P<season>
          [THE AN]? {early}? (?: SEASON | FALL ) [OF COMMA]? {year}
        | [THE AN]? {early} SEASON | (?<=[IN BY DURING BOUND]) THE? SEASON | (?<=IN) THE FALL )
    | (?P<duration_until>
          [WITHIN IN BOUND] [AT HEDGE]? (?: [THE AN] THIS )? {counted} THIS? (?: UNIT | SECOND )
        | WITHIN [THE THIS]{{1,2}} {period} )
    | (?P<duration> AN? FEW OF? HEDGE? UNIT )
    | (?P<year> {early}? {year} (?: [DASH HYPHEN] [DAY NUMBER] )? )
    """.format(
        month="(?: [MONTH SHY_MONTH] | ABBREVIATION DOT? )",
        year="(?: (?<!CURRENCY) YEAR (?! MEASURE ) )",
        period="[UNIT WEEKEND CENTURY PART SEASON FALL]",
        early="(?: EDGE HYPHEN? )",
        number="(?: [DAY NUMBER] (?: [TO OR DASH HYPHEN] [DAY NUMBER] )? )",
        counted="(?: AN? FEW OF? | AN | [DAY NUMBER] (?: [TO OR DASH HYPHEN] [DAY NUMBER] )? )",
    )
)

_RANGE = GRAMMAR.pattern("[TO AND OR DASH HYPHEN THROUGH] [HEDGE IN ON AT BY]? | BOUND")
_HEDGED = GRAMMAR.pattern(
    "[COMMA DASH]? [BUT OR AND]? (?: IN | HEDGE )? (?: COULD BE | HEDGE ) [IN BY]? | [COMMA DASH]? OR"
)
_ON = GRAMMAR.pattern("COMMA? [ON AT OF]")
_OPENERS = GRAMMAR.pattern("[FROM BETWEEN]")
_BOUNDS = GRAMMAR.pattern("[BY BOUND WITHIN]")
_CALENDAR = frozenset({"date", "weekday", "holiday", "clock"})


@dataclass(slots=True)
class _Found:
    first: int
    last: int
    subtype: str
    ranged: bool = False


def find_times(tokens: Tokens) -> list[Phrase]:
    """Find the phrases of time, in order, none overlapping another."""
    classes = tokens.classes(_classify)
    found: list[_Found] = []
    for match in _ATOM.finditer(classes):
        atom = _Found(match.start(), match.end() - 1, str(match.lastgroup).replace("_", "-"))
        if not (found and _join(found[-1], atom, classes[found[-1].last + 1 : atom.first])):
            found.append(atom)
    return [_phrase(tokens, classes, each) for each in found]


def _classify(tokens: Tokens, index: int) -> str:
    word = tokens.lower[index]
    if word[0].isdigit():
        return _classify_number(tokens, index)
    letter = LEXICON.get(word)
    capital = tokens.words[index][0].isupper()
    if letter is None:
        is_decade = word[0] in "'’" and len(word) > 2
        return _CLASS["DECADE" if is_decade else "NAME" if capital else "OTHER"]
    if letter in _CAPITALISED and not capital:
        return _CLASS["COULD"] if word == "may" else _CLASS["OTHER"]
    if word in _ALSO_GIVEN_NAMES and _precedes_a_surname(tokens, index):
        return _CLASS["NAME"]
    if letter == _CLASS["DASH"] and tokens.joined(index):
        return _CLASS["HYPHEN"]
    return letter


def _classify_number(tokens: Tokens, index: int) -> str:
    word = tokens.lower[index]
    if word.isdecimal():
        if len(word) <= 2 and 1 <= int(word) <= 31:
            return _CLASS["DAY"]
        return _CLASS["YEAR" if len(word) == 4 and _FIRST_YEAR <= int(word) <= _LAST_YEAR else "NUMBER"]
    if word.endswith(("st", "nd", "rd", "th")):
        return _CLASS["ORDINAL"]
    if word.endswith("0s"):
        return _CLASS["DECADE"]
    if ":" in word:
        return _CLASS["CLOCK"]
    return _CLASS["ISO" if "-" in word or "/" in word else "NUMBER"]


def _precedes_a_surname(tokens: Tokens, index: int) -> bool:
    if index + 1 >= len(tokens.words):
        return False
    following = tokens.words[index + 1]
    return following[0].isupper() and following.isalpha() and following.lower() not in LEXICON


def _join(left: _Found, right: _Found, gap: str) -> bool:
    """Extend `left` to the end of `right` when what stands between makes them one phrase."""
    pair = {left.subtype, right.subtype}
    alike = len(pair) == 1 or pair <= _CALENDAR | {"year"}
    ranged = bool(_RANGE.fullmatch(gap)) and alike
    joined = (
        ranged
        or bool(_HEDGED.fullmatch(gap))
        or (gap in ("", _CLASS["COMMA"]) and len(pair) == 2 and pair <= _CALENDAR)
        or (not gap and "clock" in pair)
        or (bool(_ON.fullmatch(gap)) and (left.subtype in ("clock", "weekday") or right.subtype == "clock"))
    )
    if joined:
        left.last = right.last
        left.ranged = left.ranged or ranged
        left.subtype = left.subtype if left.subtype != "clock" or right.subtype == "duration" else right.subtype
    return joined


def _phrase(tokens: Tokens, classes: str, found: _Found) -> Phrase:
    first = found.first
    before = classes[first - 1] if first else ""
    if _BOUNDS.fullmatch(before) or (found.ranged and _OPENERS.fullmatch(before)):
        first -= 1
    last = found.last
    if classes[last] == _CLASS["DOT"] and last == len(classes) - 1:
        last -= 1
    return Phrase(tokens.starts[first], tokens.ends[last], Kind.TIME, found.subtype)
