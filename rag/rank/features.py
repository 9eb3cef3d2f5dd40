"""Passages as numbers: what speaks for each one of some candidates as the answer to a part of a question."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.language.terms import STOPWORDS, query_terms, term_of, terms, tokens
from rag.model import Asks, Implication, Part, Passage, Plan
from rag.records import Vectors
from rag.wanted import Rarities

NAMES = (
    "words",  # BM25 of the query's terms in the text, as a share of the best candidate's
    "names",  # share of the query's terms that belong to names, weighted by rarity, in text and title
    "numbers",  # the same of terms that are numbers
    "pairs",  # the same of terms that follow each other in the query and stand together in the text
    "window",  # share of the query's terms, weighted by rarity, in the best stretch of some 25 words
    "meaning",  # cosine similarity of query and passage
    "opens",  # begins its article
    "place",  # 1 / (1 + thousands of characters before it)
    "length",  # terms, against a long passage's
    "fresh_names",  # capitalised words that the question does not hold, against a passage full of them
    "fresh_numbers",  # the same of numbers, where a time or an amount is asked for
    "source",  # from an outlet or author that the part names
    "days",  # how near to the days that the part names
    "recent",  # published within some days before the question is asked, if that is known
    "season",  # within some months
    "newness",  # where it is not: within some years before the newest candidate, unless the question names a year
    "coverage",  # share of the whole question's terms in text and title
    "near",  # how near a phrase of the kind asked for stands to the question's terms (rag.rank.closely)
    "fitting",  # such a phrase is of the sort that is asked for, too
)

_SATURATION, _BY_LENGTH = 1.2, 0.75
"""k1 and b of BM25 as tantivy has them (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)."""

_WINDOW = 25
_TOGETHER = 3
_LONG = 200
_FULL = 20
_NEAR_DAYS = 2.0
_RECENT_DAYS, _SEASON_DAYS = 7.0, 60.0
_NEWNESS_DAYS = 2 * 365.0
"""Older news is asked for less often: an exponential prior (Li and Croft, "Time-Based Language Models", CIKM 2003)."""

_NEWNESS_OF_UNDATED = 0.5
"""An article without a date is taken for neither new nor old."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_KEPT = 4096
"""Passages whose terms are kept: questions of one subject meet the same ones again."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer, with their vectors, one row each."""

    passages: tuple[Passage, ...]
    vectors: Vectors


def describe(
    plan: Plan, part: Part, vector: Vectors, found: Candidates, rarities: Rarities, asked: date | None
) -> NDArray[np.float32]:
    """The features of each candidate for a part of a question, shape (candidates, len(NAMES)).

    All but those of a closer look (rag.rank.closely), which are 0.

    `vector` is that of the part's query, shape (dimension,). `rarities` are those of the question's terms. `asked` is
    the day to which articles should be near, if that is known.
    """
    texts = [analysed(passage.text) for passage in found.passages]
    usual = max(1.0, sum(len(text.terms) for text in texts) / max(1, len(texts)))
    sought = _Sought(plan, part, rarities, asked, found.passages)
    rows = [sought.describe(passage, text, usual) for passage, text in zip(found.passages, texts, strict=True)]
    values = np.zeros((len(rows), len(NAMES)), dtype=np.float32)
    for i, row in enumerate(rows):
        for name, value in row.items():
            values[i, _COLUMN[name]] = value
    if rows:
        values[:, _COLUMN["meaning"]] = found.vectors @ vector
        values[:, _COLUMN["words"]] /= max(float(values[:, _COLUMN["words"]].max()), 1e-6)
    return values


_COMMON = frozenset(map(term_of, STOPWORDS))
_COLUMN = {name: i for i, name in enumerate(NAMES)}


class _Sought:
    """What the candidates are compared with: one part of one question."""

    def __init__(
        self, plan: Plan, part: Part, rarities: Rarities, asked: date | None, passages: Sequence[Passage]
    ) -> None:
        order = query_terms(part.query)
        self._weights = _weights(order, rarities)
        self._whole = self._weights if part.query == plan.question else _weights(plan.terms, rarities)
        self._pairs = {
            pair: min(self._weights[term] for term in pair) for pair in pairwise(order) if len(set(pair)) == 2
        }
        self._names = {term: weight for term, weight in self._weights.items() if term in plan.names}
        self._numbers = {term: weight for term, weight in self._weights.items() if term[0].isdigit()}
        self._asked = frozenset(terms(plan.question)) | _COMMON
        self._counts = plan.asks in (Asks.WHEN, Asks.AMOUNT)
        self._sources = {name for each in part.implied if each.kind is not Implication.PUBLISHED for name in each.names}
        self._days = [each.days for each in part.implied if each.days is not None]
        self._asked_on = asked
        of_any_time = not self._days and not any(map(_YEAR.fullmatch, plan.terms))
        self._newest = newest_day(passages) if asked is None and of_any_time and len(plan.parts) == 1 else None

    def describe(self, passage: Passage, text: "Analysed", usual: float) -> dict[str, float]:
        title = _title_terms(passage.article.title)
        spots = [(place, term) for place, term in enumerate(text.terms) if term in self._weights]
        places: dict[str, list[int]] = {}
        for place, term in spots:
            places.setdefault(term, []).append(place)
        here = places.keys() | (title & self._weights.keys())
        whole = here if self._whole is self._weights else self._whole.keys() & (title | set(text.terms))
        return {
            "words": self._bm25(places, len(text.terms), usual),
            "names": _share(self._names, here),
            "numbers": _share(self._numbers, here),
            "pairs": self._together(places),
            "window": best_stretch(spots, self._weights)[0],
            "opens": float(passage.start == 0),
            "place": 1.0 / (1.0 + passage.start / 1000),
            "length": min(1.0, len(text.terms) / _LONG),
            "fresh_names": self._fresh(text.capitalised),
            "fresh_numbers": self._fresh(text.numbers) if self._counts else 0.0,
            "coverage": _share(self._whole, whole),
            **self._of_article(passage),
        }

    def _of_article(self, passage: Passage) -> dict[str, float]:
        article = passage.article
        values = {"source": float(article.source in self._sources or not self._sources.isdisjoint(article.authors))}
        if article.published_at is None:
            return values if self._newest is None else values | {"newness": _NEWNESS_OF_UNDATED}
        published = article.published_at.date()
        if self._days:
            away = min(max((days.first - published).days, (published - days.last).days, 0) for days in self._days)
            values["days"] = float(np.exp(-away / _NEAR_DAYS))
        if self._asked_on is not None:
            before = max(0, (self._asked_on - published).days)
            values["recent"], values["season"] = np.exp(-before / _RECENT_DAYS), np.exp(-before / _SEASON_DAYS)
        if self._newest is not None:
            values["newness"] = np.exp(-(self._newest - published).days / _NEWNESS_DAYS)
        return values

    def _bm25(self, places: Mapping[str, Sequence[int]], length: int, usual: float) -> float:
        damping = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * length / usual)
        total = sum(self._weights.values())
        reached = sum(self._weights[term] * len(at) / (len(at) + damping) for term, at in places.items())
        return reached / total if total else 0.0

    def _together(self, places: Mapping[str, Sequence[int]]) -> float:
        total = sum(self._pairs.values())
        reached = sum(
            weight
            for (one, other), weight in self._pairs.items()
            if one in places and other in places and _near(places[one], places[other])
        )
        return reached / total if total else 0.0

    def _fresh(self, found: frozenset[str]) -> float:
        return min(1.0, len(found - self._asked) / _FULL)


def newest_day(passages: Iterable[Passage]) -> date | None:
    """The day on which the newest of these was published; None if no date is known."""
    published = (passage.article.published_at for passage in passages)
    return max((moment.date() for moment in published if moment is not None), default=None)


def best_stretch(places: Sequence[tuple[int, str]], weights: Mapping[str, float]) -> tuple[float, int, int]:
    """The share of all weight that the terms in the best stretch of some 25 words have, and its first and last place.

    `places` are those of the terms that have a weight, in order. Where there are none the last is before the first.
    """
    total = sum(weights.values())
    inside, covered, behind = Counter[str](), 0.0, 0
    best, first, last = 0.0, 0, -1
    for place, term in places:
        inside[term] += 1
        covered += weights[term] if inside[term] == 1 else 0.0
        while place - places[behind][0] >= _WINDOW:
            left = places[behind][1]
            inside[left] -= 1
            covered -= 0.0 if inside[left] else weights[left]
            behind += 1
        if covered > best:
            best, first, last = covered, places[behind][0], place
    return best / total if total else 0.0, first, last


def _weights(wanted: Sequence[str], rarities: Rarities) -> dict[str, float]:
    return {term: rarities.get(term) or 0.0 for term in wanted}


def _share(weights: Mapping[str, float], present: Set[str]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in present) / total if total else 0.0


def _near(one: Sequence[int], other: Sequence[int]) -> bool:
    return any(0 < there - here <= _TOGETHER for here in one for there in other)


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text's stemmed terms in order, and what else of it is compared."""

    terms: tuple[str, ...]
    capitalised: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=_KEPT)
def analysed(text: str) -> Analysed:
    """A passage's text, taken apart; those of the last passages are kept."""
    written = tokens(text)
    capitalised = frozenset([term_of(token) for token in written if token[0].isupper()])
    numbers = frozenset([term_of(token) for token in written if token[0].isdigit()])
    return Analysed(tuple(map(term_of, written)), capitalised, numbers)


@lru_cache(maxsize=_KEPT)
def _title_terms(title: str) -> frozenset[str]:
    return frozenset(terms(title))
