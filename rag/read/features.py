"""Sentences as numbers: what speaks for and against each one as the answer to a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.language.phrases import Kind, Phrase, find_phrases
from rag.language.resolve import resolve_in
from rag.language.synonyms import synonyms
from rag.language.terms import located_terms, query_terms, terms
from rag.model import Asks, Passage, Plan, Sentence

WANTED: Mapping[Asks, frozenset[Kind]] = {
    Asks.WHEN: frozenset({Kind.TIME}),
    Asks.WHO: frozenset({Kind.PERSON, Kind.ORGANISATION}),
    Asks.AMOUNT: frozenset({Kind.AMOUNT}),
    Asks.WHERE: frozenset({Kind.PLACE}),
}
"""The kinds of phrase that answer each kind of question; other questions are answered by a whole sentence."""

NAMES = (
    "coverage",  # share of the question's terms in the sentence, each weighted by its rarity
    "in_context",  # the same in the sentence, its passage and its title
    "meaning",  # cosine similarity of question and sentence
    "rank",  # 1 / rank of its passage
    "typed",  # holds a phrase of the kind asked for that the question does not hold
    "fitting",  # holds one of the sort that is asked for: money for a price, workers for "how many workers"
    "near",  # how near such a phrase is to the question's terms in the sentence
    "lead",  # 1 / (1 + place in its passage), if that opens its article
    "short",  # fewer than six words
    "unknown",  # share of the question's terms, by rarity, that stand nowhere in the corpus
)

LocatedTerm = tuple[int, int, str]

_VAGUE: Mapping[Asks, frozenset[str]] = {
    Asks.WHEN: frozenset({"duration", "clock"}),
    Asks.WHO: frozenset({"guess"}),
    Asks.WHERE: frozenset({"guess", "part"}),
}
"""Sorts of phrase that seldom answer although their kind is right."""

_DENIAL = re.compile(r"\b(?:not|no longer|never|instead of)\b", re.IGNORECASE)

_NEXT = 20
"""Characters behind a count within which what is counted may stand: "900 of the workers"."""

_HALF_DISTANCE = 5
"""Words of distance at which a term counts half."""

Rarities = Mapping[str, float | None]
"""The inverse document frequency of stemmed terms; None for one that no passage of the corpus holds."""


def unknown_terms(asked: Sequence[str], rarities: Rarities) -> set[str]:
    """Those of a question's terms that no passage holds, in whatever word."""
    return {term for term in asked if all(rarities.get(alike) is None for alike in synonyms(term))}


def weights_of(asked: Sequence[str], rarities: Rarities) -> dict[str, float]:
    """How much each of a question's terms tells: its rarity, or that of its rarest synonym when it is not known.

    One that is not known at all tells as much as the rarest of the question.
    """
    unknown = unknown_terms(asked, rarities)
    known = {
        term: own if (own := rarities.get(term)) is not None else max(filter(None, map(rarities.get, synonyms(term))))
        for term in asked
        if term not in unknown
    }
    rarest = max(known.values(), default=1.0)
    return {term: known.get(term, rarest) for term in asked}


@dataclass(frozen=True, slots=True)
class Described:
    """A sentence with its features, in the order of NAMES, and the phrases of the wanted kind that are news in it."""

    sentence: Sentence
    values: NDArray[np.float64]
    fresh: tuple[Phrase, ...]
    located: list[LocatedTerm]


class Describer:
    """Describes sentences for one question.

    `rarities` gives the inverse document frequency of its terms and of their synonyms, None for one that no passage
    holds. A term counts as present where one of its synonyms is.
    """

    def __init__(self, plan: Plan, rarities: Rarities) -> None:
        self._plan = plan
        self._weights = weights_of(plan.terms, rarities)
        self._total = sum(self._weights.values()) or 1.0
        self._unknown = sum(self._weights[term] for term in unknown_terms(plan.terms, rarities)) / self._total
        self._meant = {alike: term for term in plan.terms for alike in synonyms(term)} | {t: t for t in plan.terms}
        self._passages: dict[str, set[str]] = {}
        self._wanted = WANTED.get(plan.asks, frozenset())

    def describe(self, sentence: Sentence) -> Described:
        """The features of one sentence, all but its nearness in meaning."""
        passage, text = sentence.hit.passage, sentence.text
        located = located_terms(text)
        here, title = {term for _, _, term in located}, set(terms(passage.article.title))
        around = here | title | self._terms_of(passage)
        fresh = self._fresh(text)
        values = {
            "coverage": self._coverage(here),
            "in_context": self._coverage(around),
            "rank": 1.0 / sentence.hit.rank,
            "typed": float(bool(fresh)),
            "fitting": float(any(self.fits(phrase, sentence, located) for phrase in fresh)),
            "near": max((self.nearness(phrase, located) for phrase in fresh), default=0.0),
            "lead": 1.0 / (1 + sentence.ordinal) if passage.start == 0 else 0.0,
            "short": float(len(text.split()) < 6),
            "unknown": self._unknown,
        }
        return Described(sentence, np.array([values.get(name, 0.0) for name in NAMES]), fresh, located)

    def fits(self, phrase: Phrase, sentence: Sentence, located: Sequence[LocatedTerm]) -> bool:
        """Whether a phrase of the wanted kind is also of the sort that is asked for, as far as the question says."""
        plan = self._plan
        if plan.counted and phrase.subtype == "count":
            end = phrase.end + _NEXT
            return any(term in plan.counted for first, last, term in located if first < end and last > phrase.start)
        if plan.sorts or plan.counted:
            return phrase.subtype in plan.sorts
        if plan.ahead and phrase.kind is Kind.TIME and (_denied(phrase, sentence) or _is_past(phrase, sentence)):
            return False
        return phrase.subtype not in _VAGUE.get(plan.asks, ())

    def nearness(self, phrase: Phrase, located: Sequence[LocatedTerm]) -> float:
        """How near a phrase stands to the question's terms: 1 if all were beside it, each weighted by its rarity."""
        inside = [i for i, (start, end, _) in enumerate(located) if start < phrase.end and end > phrase.start]
        if not inside:
            return 0.0
        nearest: dict[str, float] = {}
        for i, (_, _, term) in enumerate(located):
            distance = max(inside[0] - i, i - inside[-1])
            if term in self._meant and distance > 0:
                near = 1.0 / (1.0 + (distance - 1) / _HALF_DISTANCE)
                nearest[self._meant[term]] = max(nearest.get(self._meant[term], 0.0), near)
        return sum(self._weights[term] * near for term, near in nearest.items()) / self._total

    def _coverage(self, present: set[str]) -> float:
        meant = {self._meant[term] for term in present & self._meant.keys()}
        return sum(self._weights[term] for term in meant) / self._total

    def _terms_of(self, passage: Passage) -> set[str]:
        if passage.id not in self._passages:
            self._passages[passage.id] = set(terms(passage.text))
        return self._passages[passage.id]

    def _fresh(self, text: str) -> tuple[Phrase, ...]:
        """Phrases of the wanted kind with at least one term of meaning that the question does not hold."""
        return tuple(
            phrase
            for phrase in (find_phrases(text, self._wanted) if self._wanted else ())
            if not self._weights.keys() >= set(query_terms(text[phrase.start : phrase.end]))
        )


def _is_past(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a time was over when the article was published: "last week" does not say when something will be."""
    published = sentence.hit.passage.article.published_at
    meant = resolve_in(sentence.text, phrase.start, phrase.end, published)
    return meant is not None and published is not None and meant.last < published.date()


def _denied(phrase: Phrase, sentence: Sentence) -> bool:
    """Whether a time stands behind a denial: "will not open next month" does not say when it will."""
    return _DENIAL.search(sentence.text, 0, phrase.start) is not None
