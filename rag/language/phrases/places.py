"""Places: what the gazetteer knows, what a noun calls a place ("Hudson River"), what stands after "in" or "near"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.language.phrases.gazetteer import COUNTRIES, GAZETTEER, PLACE_HEADS, PLACE_NOUNS, REGIONS
from rag.language.phrases.lists import word_set
from rag.language.phrases.name_words import NO_NAMES
from rag.language.phrases.names import place_inside, placing_word, written
from rag.language.phrases.phrase import Kind, Phrase
from rag.language.phrases.runs import Run
from rag.language.phrases.tokens import Tokens

_WIDE = COUNTRIES | REGIONS
_LONGEST_GUESS = 3
_PARTS_OF_PLACES = word_set(
    """
    north south east west northern southern eastern western central greater downtown upper lower mainland upstate
    inner northeast northwest southeast southwest northeastern northwestern southeastern southwestern
    """
)


@dataclass(slots=True)
class _Place:
    first: int
    last: int
    subtype: str
    wide: bool = False


def find_places(tokens: Tokens, runs: Sequence[Run], names: Sequence[Phrase]) -> list[Phrase]:
    """Find the places among the runs of capitals, in order; `names` are the persons and organisations among them."""
    named = {name.start: name for name in names}
    places: list[_Place] = []
    previous: Run | None = None
    for run in runs:
        for place in _places_of(tokens, run, named.get(tokens.starts[run.first])):
            if place.wide and place.first == run.first and previous and _is_comma(tokens, previous.last + 1, run.first):
                _widen(tokens, places, previous, named, place)
            places.append(place)
        previous = run
    return [Phrase(tokens.starts[place.first], tokens.ends[place.last], Kind.PLACE, place.subtype) for place in places]


def _places_of(tokens: Tokens, run: Run, name: Phrase | None) -> Iterator[_Place]:
    """Yield what in a run is a place; more than one only for a pair such as "Russia-Ukraine"."""
    key = written(tokens, run)
    person = name is not None and name.kind is Kind.PERSON and name.subtype == "known"
    if person:
        return
    parts = key.split("-")
    if key in GAZETTEER:
        yield _Place(run.first, run.last, "known", key in _WIDE)
    elif len(parts) == len(run.words) > 1 and all(part in GAZETTEER for part in parts):
        yield from (_Place(index, index, "known") for index in run.words)
    elif len(run.words) > 1 and _is_called_a_place(tokens, run):
        yield _Place(run.first, run.last, "known")
    elif inside := place_inside(tokens, run):
        yield _Place(inside.first, inside.last, "part")
    elif _may_be_placed(tokens, run, name):
        yield _Place(run.first, run.last, "guess")


def _is_called_a_place(tokens: Tokens, run: Run) -> bool:
    first, last = tokens.words[run.first], tokens.words[run.last]
    if last in PLACE_NOUNS or first in PLACE_HEADS:
        return True
    return first.lower() in _PARTS_OF_PLACES and written(tokens, Run(run.words[1:])) in GAZETTEER


def _may_be_placed(tokens: Tokens, run: Run, name: Phrase | None) -> bool:
    surely_named = name is not None and name.subtype == "known"
    short = len(run.words) <= _LONGEST_GUESS and tokens.lower[run.first] not in NO_NAMES
    return short and not surely_named and not run.role and bool(placing_word(tokens, run))


def _widen(tokens: Tokens, places: list[_Place], left: Run, named: Mapping[int, Phrase], right: _Place) -> None:
    """Let `right` ("Texas") begin at the town before its comma, which is the last place so far or becomes one."""
    if places and places[-1].first == left.first and places[-1].last == left.last:
        if not places[-1].wide or tokens.lower[right.first] == "d.c.":
            right.first = places.pop().first
        return
    name = named.get(tokens.starts[left.first])
    unsure = name is None or name.subtype == "guess" or bool(placing_word(tokens, left))
    if len(left.words) <= _LONGEST_GUESS and unsure:
        right.first = left.first


def _is_comma(tokens: Tokens, index: int, end: int) -> bool:
    return index + 1 == end and tokens.words[index] == ","
