"""Where a text names outlets: known ones, and others by the shape of their names ("Harbour Courier", "WKTN-TV").

A text is cut into runs of capitals, and what a run names is read from the run alone, once, for most runs come often and
name no outlet. Only then is a name looked at in its place.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rag.language.attribution.names import Writing, fold, unpossessed, without_section
from rag.language.attribution.outlet_words import (
    DESCRIPTIONS,
    GENERIC,
    JOURNALS,
    NO_PAPERS,
    PAIRED_PAPERS,
    PAPERS,
    PLURALS,
    WEAK_PAPERS,
)
from rag.language.attribution.runs import (
    AFTER_NAMES,
    CAPITALS,
    CONNECTORS,
    NOT_OF_NAMES,
    OWNED,
    RUN,
    Named,
    names_in,
)
from rag.language.phrases.gazetteer import GAZETTEER

_DESCRIBED = re.compile(rf"[ \xa0](?:{DESCRIPTIONS})\b")
_DESCRIBED_BEFORE = re.compile(rf"\b(?:{DESCRIPTIONS})[ \xa0]\Z")
_OF_A_STUDY = re.compile(r" (?:study|paper)\b")
_IN_A_STUDY = re.compile(r"\b(?:in|by|from|of|journal) \Z")
_BEGINNING = re.compile(r"(?:\A|[.!?:\n])[\s\"“‘'(\[]*\Z")
_TELLING = (
    "newspaper",
    "news agency",
    "tabloid",
    "magazine",
    "broadcaster",
    "news site",
    "news website",
    "news outlet",
    "TV station",
    "television station",
    "radio station",
)
_SUNDAYS = frozenset({"sunday", "saturday"})  # "The Times" is not short for The Sunday Times
_SMALL_NAMES = ("dpa",)
_CAPITALS_BEFORE = re.compile(rf"{CAPITALS}[ \xa0]\Z")
_LOOK_BACK = 80
_LONG_AGO = 10**12
_NEAR = 1500  # characters in which "The Times" is the New York Times if that was named


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an outlet is named; `outlet` is its name in full where the text has only a short form of it.

    A `strict` mention may be something else, and needs the plainest words of reporting beside it.
    """

    start: int
    end: int
    outlet: str
    strict: bool


@dataclass(slots=True)
class _Seen:
    """What a text has named so far: papers by the ends of their names ("the Courier"), persons who share a name."""

    papers: dict[str, tuple[str, int]] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)

    def remember(self, outlet: str, place: int) -> None:
        for ending in _endings(outlet):
            self.papers[ending] = outlet, place

    def paper(self, ending: str, place: int, reach: int | None = None) -> str | None:
        """The paper whose name ends so and was the last to be named, within `reach` characters."""
        outlet, seen_at = self.papers.get(ending.casefold(), (None, 0))
        return None if reach is not None and place - seen_at > reach else outlet


def _endings(outlet: str) -> list[str]:
    """What a paper is called for short: "gazette" and "city gazette" of the "Harbour City Gazette"."""
    words = outlet.casefold().removeprefix("the ").split()
    if not words or words[0] in _SUNDAYS or words[-1].rpartition("-")[2] not in PAPERS | WEAK_PAPERS:
        return []
    return [" ".join(words[-length:]) for length in range(1, min(len(words), 3))]


@lru_cache(maxsize=8)
def _papers_of_corpus(outlets: frozenset[str]) -> Mapping[str, tuple[str, int]]:
    """The papers that the outlets are, by what only one of them is called for short; they were named long ago."""
    endings = [(ending, outlet) for outlet in sorted(map(without_section, outlets)) for ending in _endings(outlet)]
    counts = Counter(ending for ending, _ in endings)
    return {ending: (outlet, -_LONG_AGO) for ending, outlet in endings if counts[ending] == 1}


def mentions(text: str, outlets: frozenset[str]) -> tuple[Mention, ...]:
    """The places in `text` that name an outlet, in order and apart; `outlets` are names that the tables may lack."""
    seen = _Seen(dict(_papers_of_corpus(outlets)))
    found = []
    for run in RUN.finditer(text):
        for named in names_in(run.group(), outlets):
            mention = _read(text, run.start(), named, seen)
            if mention is not None:
                found.append(mention)
    for mention in (*_small(text), *_described(text)):
        place = bisect_right(found, mention.start, key=lambda other: other.start)
        before, after = found[:place][-1:], found[place : place + 1]
        if all(other.end <= mention.start for other in before) and all(other.start >= mention.end for other in after):
            found.insert(place, mention)
    return tuple(found)


def _read(text: str, offset: int, named: Named, seen: _Seen) -> Mention | None:
    start, end = offset + named.start, offset + named.end
    article = _article(text, start, named)
    mention = _in_place(text, start, end, named, article, seen)
    if mention is None or mention.outlet != named.outlet:
        return mention
    return replace(mention, outlet=f"The {text[start:end]}" if article == "The" else text[start:end])


def _in_place(text: str, start: int, end: int, named: Named, article: str, seen: _Seen) -> Mention | None:
    match named.writing:
        case None:
            return _shaped(start, end, named, article, seen)
        case Writing.PLAIN:
            return _plain(start, end, named, seen)
        case Writing.SHY:
            return _shy(text, start, end, named, article)
    if not article or not _ends(named):
        return None
    if full := seen.paper(named.outlet, start, _NEAR):
        return Mention(start, end, full, strict=False)
    if named.writing is Writing.CAPITAL_ARTICLE and article == "the":
        return None
    strict = named.writing is Writing.CAPITAL_ARTICLE and not _DESCRIBED.match(text, end)
    return Mention(start, end, named.outlet, strict)


def _plain(start: int, end: int, named: Named, seen: _Seen) -> Mention | None:
    if named.single and named.outlet.istitle():  # Michael Bloomberg, and who is called by that surname after him
        if (
            named.before
            and fold(named.before) not in NOT_OF_NAMES | GAZETTEER
            and unpossessed(named.before) == named.before
        ):
            seen.persons.add(named.outlet)
            return None
        return Mention(start, end, named.outlet, strict=named.outlet in seen.persons)
    seen.remember(named.outlet, start)
    return Mention(start, end, named.outlet, strict=False)


def _shy(text: str, start: int, end: int, named: Named, article: str) -> Mention | None:
    described = _DESCRIBED.match(text, end) or _DESCRIBED_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if not described:
        if article or not _ends(named) or (named.before and fold(named.before) not in NOT_OF_NAMES | CONNECTORS):
            return None
        if named.outlet in PLURALS and _BEGINNING.search(text, max(0, start - _LOOK_BACK), start):
            return None
        if named.outlet in JOURNALS and (
            _OF_A_STUDY.match(text, end) or _IN_A_STUDY.search(text, max(0, start - _LOOK_BACK), start)
        ):
            return None
    return Mention(start, end, named.outlet, strict=not described)


def _shaped(start: int, end: int, named: Named, article: str, seen: _Seen) -> Mention | None:
    name = named.outlet.casefold()
    is_call_sign = named.single and named.outlet.isupper()
    last = " ".join(name.split()[-2:])
    if article and (full := seen.paper(name, start)):
        return Mention(start, end, full, strict=False)
    if name in PAPERS | WEAK_PAPERS:
        return Mention(start, end, named.outlet, strict=True) if article == "The" and name not in GENERIC else None
    if last in NO_PAPERS or (is_call_sign and article) or (named.after == "of" and not is_call_sign):
        return None
    if name.split()[-1] in WEAK_PAPERS and (not article or name in GAZETTEER):
        return None
    seen.remember(named.outlet, start)
    return Mention(start, end, named.outlet, strict=not article and last not in PAIRED_PAPERS)


def _article(text: str, start: int, named: Named) -> str:
    """The article before a name, as written, or nothing."""
    before = named.before or (text[max(0, start - 4) : max(0, start - 1)] if not named.start else "")
    return before if before in ("the", "The", "THE") else ""


def _ends(named: Named) -> bool:
    return not named.after or named.after in AFTER_NAMES or named.after in CONNECTORS


def _small(text: str) -> Iterator[Mention]:
    """Names of agencies that begin with a small letter."""
    for name in _SMALL_NAMES:
        place = text.find(name)
        while place >= 0:
            end = place + len(name)
            if not (text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()):
                yield Mention(place, end, name, strict=False)
            place = text.find(name, end)


def _described(text: str) -> Iterator[Mention]:
    """Names beside words that tell what they name: "newspaper Kurier", "the Calder Press news agency"."""
    for words in _TELLING:
        place = text.find(words)
        while place >= 0:
            end = place + len(words)
            yield from _named_after(text, end)
            yield from _named_before(text, place, end)
            place = text.find(words, end)


def _named_after(text: str, end: int) -> Iterator[Mention]:
    run = RUN.match(text, end + 1) if text[end : end + 1] in (" ", "\xa0") else None
    if run is not None and not _is_no_name(run.group().split()):
        possessed = run.group()
        yield Mention(run.start(), run.start() + len(unpossessed(possessed)), unpossessed(possessed), strict=True)


def _named_before(text: str, place: int, end: int) -> Iterator[Mention]:
    run = _CAPITALS_BEFORE.search(text, max(0, place - _LOOK_BACK), place)
    if run is None:
        return
    words = run.group().split()
    while words and (
        fold(words[0]) in NOT_OF_NAMES or words[0].endswith(OWNED) or any(unpossessed(word) != word for word in words)
    ):
        words.pop(0)  # "Norland's Kurier" is Kurier
    name = " ".join(words)
    if not _is_no_name(words) and (name.casefold() not in GAZETTEER or text.startswith("magazine", place)):
        start = text.find(words[0], run.start())
        yield Mention(start, end, text[start:end], strict=True)


def _is_no_name(words: list[str]) -> bool:
    return not words or all(fold(word) in NOT_OF_NAMES for word in words) or unpossessed(words[-1]) != words[-1]
