"""Phrases of amount: money, shares, counts with what they count, measures, ages, scores, durations, plain numbers.

A phrase holds the number, its unit or its noun (with at most one adjective before it), and the hedge in front:
"at least 640 workers". Years, dates and numbers that are labels ("No. 10", "Covid-19") are not amounts.
"""

from collections import deque
from collections.abc import Sequence

from rag.language.phrases.amount_words import GRAMMAR, IRREGULAR_PLURALS, LEXICON, NO_NOUN
from rag.language.phrases.phrase import Kind, Phrase
from rag.language.phrases.tokens import Tokens

_CLASS = GRAMMAR.letters
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_CALENDAR = frozenset({"date", "weekday", "clock", "year", "decade", "season", "holiday"})
_LOSE_TO_CALENDAR = frozenset({"number", "count", "score", "age"})

_HEDGE = "(?: (?: AN? ESTIMATED OF? | AN (?=AROUND) | AROUND | MORE THAN | AT LEAST | UP TO | AS [MANY FEW] AS ){0,3} )"
_NUMBER = (
    "(?: (?: NUM | [ONE WORD] | AN (?= [SCALE DOZEN] ) ) (?: HYPHEN [ONE WORD] )?"
    " (?: HYPHEN? SCALE | SHORT_SCALE | DOZEN ){0,4} (?: AND? [ONE WORD] (?: HYPHEN [ONE WORD] )? SCALE{0,2} ){0,3}"
    " (?: AND AN? [HALF FRACTION] )?  |  SCALES (?: OF SCALES )? )"
)
_QUANTITY = f"(?: YEAR | {_NUMBER} )"

_AMOUNT = GRAMMAR.pattern(
    r"""
    (?<! [HYPHEN SLASH NUMBERED] )
    {hedge}
    (?:
      (?P<money>
          CURRENCY {quantity} (?: [HYPHEN DASH TO] CURRENCY? {quantity} )? COIN? {rate}?
        | {range} [HYPHEN OF PLAIN NAME NAMES]? COIN {rate}? )
    | (?P<percent>
          {range} (?: PERCENT (?: [HYPHEN DASH TO] {quantity} PERCENT )? POINT? | PER CENT | BASIS POINT )
        | [ONE WORD] HYPHEN? FRACTION | AN FRACTION (?=OF) | [NUM ONE WORD] IN [NUM WORD]
        | (?<! [PLAIN PERIOD HYPHEN] ) HALF (?! [HYPHEN AN] ) )
    | (?P<age>
          {range} HYPHEN? YEARS HYPHEN? (?: OLD | OF AGE ) | AGE {range} | (?<= [NAME NAMES] COMMA ) NUM (?= COMMA ) )
    | {range} HYPHEN? (?:
          (?P<speed> SPEED | DISTANCE [SLASH PER AN] [HOUR PERIOD] )
        | (?P<distance> DISTANCE (?: {quantity} DISTANCE )? )
        | (?P<weight> WEIGHT ) | (?P<temperature> DEGREE CELSIUS? ) | (?P<volume> VOLUME )
        | (?P<area> AREA | SQUARE HYPHEN? DISTANCE ) | (?P<data> DATA ) | (?P<energy> ENERGY ) )
    | (?P<magnitude> {quantity} HYPHEN? MAGNITUDE | MAGNITUDE [HYPHEN OF]? {quantity} )
    | (?P<duration>
          {range} HYPHEN? {period} (?: AND {quantity} {period} | AND AN HALF )?
        | HALF [AN HYPHEN] {period} | AN {period} AND AN HALF | AN? FEW OF? {period}
        | (?<= [FOR AROUND THAN LEAST] ) AN {period} )
    | (?P<count>
          {quantity} (?: OF? PLAIN? {plural} | NAME{{1,2}} {plural} | HYPHEN PLAIN )
        | ONE (?: PLAIN | NAME{{1,2}} ) )
    | (?P<score> NUM HYPHEN NUM (?! HYPHEN ) )
    | (?P<number> (?<! NAME ) (?! ONE (?! [HYPHEN SCALE AND] ) ) {range} (?! HYPHEN NUM ) )
    )
    """.format(
        hedge=_HEDGE,
        quantity=_QUANTITY,
        range=f"(?: BETWEEN {_QUANTITY} AND {_QUANTITY} | {_QUANTITY} (?: [HYPHEN DASH TO OR] {_QUANTITY} )? )",
        plural="[PLURAL NAMES POINT]",
        rate="(?: [AN PER] [YEARS PERIOD HOUR VOLUME WEIGHT RATE] )",
        period="[YEARS PERIOD HOUR]",
    )
)


def find_amounts(tokens: Tokens, times: Sequence[Phrase]) -> list[Phrase]:
    """Find the phrases of amount, in order; a bare number inside a date of `times` (in order too) is none."""
    calendar = deque(time for time in times if time.subtype in _CALENDAR)
    phrases: list[Phrase] = []
    for match in _AMOUNT.finditer(tokens.classes(_classify)):
        start, end = tokens.starts[match.start()], tokens.ends[match.end() - 1]
        subtype = str(match.lastgroup)
        while calendar and calendar[0].end <= start:
            calendar.popleft()
        dated = bool(calendar) and calendar[0].start < end
        if not (dated and subtype in _LOSE_TO_CALENDAR):
            phrases.append(Phrase(start, end, Kind.AMOUNT, subtype))
    return phrases


def _classify(tokens: Tokens, index: int) -> str:
    word = tokens.lower[index]
    if word[0].isdecimal():
        return _classify_number(word)
    letter = LEXICON.get(word)
    if word == "." and index and tokens.words[index - 1] in ("No", "Nos"):
        return _CLASS["NUMBERED"]
    if letter is None:
        return _CLASS[_classify_word(tokens.words[index], word)]
    if letter == _CLASS["SHORT_SCALE"] and not (tokens.glued(index) and tokens.lower[index - 1][0].isdecimal()):
        return _CLASS["DISTANCE" if word == "m" else "OTHER"]
    if letter == _CLASS["DASH"] and tokens.joined(index):
        return _CLASS["HYPHEN"]
    return letter


def _classify_number(word: str) -> str:
    if word.isdecimal():
        return _CLASS["YEAR" if len(word) == 4 and _FIRST_YEAR <= int(word) <= _LAST_YEAR else "NUM"]
    plain = word[-1].isdecimal() and ":" not in word and "-" not in word and "/" not in word and word.count(".") < 2
    return _CLASS["NUM" if plain else "OTHER"]


def _classify_word(written: str, word: str) -> str:
    if not word.replace("’", "").replace("'", "").isalpha():
        return "OTHER"
    if word in NO_NOUN:
        return "STOP"
    plural = word in IRREGULAR_PLURALS or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )
    if written[0].isupper():
        return "NAMES" if plural else "NAME"
    return "PLURAL" if plural else "PLAIN"
