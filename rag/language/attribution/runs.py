"""What a run of capitals names, read from the run alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.language.attribution.names import Name, Writing, fold, names, unpossessed
from rag.language.attribution.outlet_words import (
    HYPHENATED_PAPERS,
    NO_STATIONS,
    PAIRED_PAPERS,
    PAPERS,
    SECTIONS,
    WEAK_PAPERS,
)
from rag.language.phrases.gazetteer import GAZETTEER
from rag.language.phrases.name_words import NATIONALITIES

_REST = r"(?:(?:\.[A-Z])+\.|(?<=S)t\.|[\w&’'-]*+(?:\.(?:com|org|net)\b)?)"
_CAPITAL = rf"[A-ZÀ-ÖØ-Þ]{_REST}"
CAPITALS = rf"{_CAPITAL}(?:[ \xa0]{_CAPITAL})*"
RUN = re.compile(  # it begins with one set of characters, as that is found quickly; "60 Minutes" is a name too
    rf"[A-ZÀ-ÖØ-Þ69](?<!\w.){_REST}"
    rf"(?:[ \xa0](?:{_CAPITAL}|(?:of|de|della|dello|the|and|&|on)(?=[ \xa0][A-ZÀ-ÖØ-Þ&])|24\b|4\b)){{0,30}}+"
)
AFTER_NAMES = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_STARTERS = frozenset(map(str.casefold, AFTER_NAMES)) | frozenset(
    "the a an and but as in on at by for from to with while when after before if even last per via according citing "
    "meanwhile however also now yet so or though although since following yesterday today earlier both like unlike "
    "former uk us u.s. eu".split()
)
NOT_OF_NAMES = _STARTERS | NATIONALITIES
OWNED = ("-based", "-owned", "-backed", "-run")  # before a name, no part of it
CONNECTORS = frozenset("of de della dello the and on &".split())
_WORD = re.compile(r"[^ \xa0]+")
_STATION = re.compile(r"[KW][A-Z]{3}|[KW][A-Z]{2,3}-(?:TV|FM|AM|DT|LP)")
_LONGEST = 6  # words of a name
_Index = Mapping[str, tuple[Name, ...]]
_ANY_STATION = re.compile(r"\b[KW][A-Z]{2,3}\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a run, with the words around it there; `writing` is None for one that has only the shape of a name."""

    start: int
    end: int
    outlet: str
    writing: Writing | None
    single: bool
    before: str
    after: str


@lru_cache(maxsize=100_000)
def names_in(run: str, outlets: frozenset[str]) -> tuple[Named, ...]:
    """The names of outlets in a run of capitals, in order."""
    if _anchors(outlets).isdisjoint(_parts(run)) and not _ANY_STATION.search(run):
        return ()
    bounds = [word.span() for word in _WORD.finditer(run)]
    words = [run[start:end] for start, end in bounds]
    found: list[Named] = []
    at = 0
    while at < len(words):
        name = _name(words, at, names(outlets))
        if name is None:
            at += 1
            continue
        length, outlet, writing = name
        last = at + length - 1
        if writing is None and found and found[-1].writing is Writing.PLAIN and found[-1].after == words[at]:
            found[-1] = replace(found[-1], end=bounds[last][0] + len(unpossessed(words[last])), after="")
            at = last + 1  # "NBC Bay Area News" is one name
            continue
        end = bounds[last][0] + len(unpossessed(words[last]))
        ended = unpossessed(words[last]) != words[last]
        after = "" if ended or last + 1 == len(words) else words[last + 1]
        found.append(Named(bounds[at][0], end, outlet, writing, length == 1, words[at - 1] if at else "", after))
        at = last + 1
    return tuple(found)


@lru_cache(maxsize=8)
def _anchors(outlets: frozenset[str]) -> frozenset[str]:
    """A part of every name that can be found, as a quick look takes runs apart."""
    firsts = (_parts(name.words[0]) for several in names(outlets).values() for name in several)
    return (
        HYPHENATED_PAPERS
        | WEAK_PAPERS
        | {pair.partition(" ")[2] for pair in PAIRED_PAPERS}
        | {parts[0] for parts in firsts}
    )


def _parts(run: str) -> list[str]:
    return run.casefold().replace("’", "'").replace("'s", "").replace("'", "").replace("-", " ").split()


def _name(words: list[str], at: int, index: _Index) -> tuple[int, str, Writing | None] | None:
    """The name that begins with this word: a known one, unless it is an ordinary word of a longer one."""
    known = _known(words, at, index)
    if known is not None and known[2] is Writing.PLAIN:
        return known
    shaped = _of_shape(words, at, index)
    return shaped if known is None or (shaped is not None and shaped[0] > known[0]) else known


def _known(words: list[str], at: int, index: _Index) -> tuple[int, str, Writing] | None:
    """The longest known name from here: how many words it has with its sections, the outlet, how it is written."""
    word = words[at]
    for first in {fold(word), fold(unpossessed(word))}:
        for name in index.get(first, ()):
            length = len(name.words)
            if name.is_written(words[at : at + length]):
                if name.writing is Writing.PLAIN:
                    length += _sections(words, at + length)
                return length, name.outlet, name.writing
    return None


def _sections(words: list[str], at: int) -> int:
    """How many words from here name parts of the outlet before them; none if that one ends with a possessive."""
    end = at
    while end < len(words) and unpossessed(words[end - 1]) == words[end - 1]:
        word = fold(unpossessed(words[end]))
        if word not in SECTIONS and (word not in GAZETTEER or words[end - 1].lower() == "of"):
            break
        end += 1
    return end - at


def _of_shape(words: list[str], at: int, index: _Index) -> tuple[int, str, None] | None:
    """How many words from here have the shape of a name, and that name."""
    if _is_station(words, at):
        return 1 + _sections(words, at + 1), unpossessed(words[at]), None
    if fold(words[at]) in _STARTERS or words[at] in CONNECTORS or words[at].endswith(OWNED):
        return None
    length = 0
    for end in range(at, min(at + _LONGEST, len(words))):
        if words[end] in CONNECTORS or words[end] == "The" or (end > at and _is_known_pair(words, end, index)):
            break
        weak = end + 1 == len(words) or words[end + 1] in CONNECTORS | AFTER_NAMES
        if _is_paper(words[at : end + 1], weak=weak or unpossessed(words[end]) != words[end]):
            length = end + 1 - at
            if words[end + 1 : end + 2] == ["&"]:  # the News & Guide
                return length + 2, " ".join(words[at : end + 3]), None
        if unpossessed(words[end]) != words[end]:
            break
    if not length:
        return None
    return length, unpossessed(" ".join(words[at : at + length])), None


def _is_paper(words: list[str], *, weak: bool) -> bool:
    last = fold(unpossessed(words[-1]))
    head, _, tail = last.rpartition("-")
    pair = f"{fold(words[-2])} {last}" if len(words) > 1 else ""
    if head:
        return tail in HYPHENATED_PAPERS or head in PAPERS | WEAK_PAPERS
    return last in PAPERS or pair in PAIRED_PAPERS or (weak and last in WEAK_PAPERS)


def _is_station(words: list[str], at: int) -> bool:
    sign = unpossessed(words[at])
    return _STATION.fullmatch(sign) is not None and sign not in NO_STATIONS


def _is_known_pair(words: list[str], at: int, index: _Index) -> bool:
    """Whether a known name of two words or more begins here: a writer's name may stand right before it."""
    known = _known(words, at, index)
    return known is not None and known[0] > 1
