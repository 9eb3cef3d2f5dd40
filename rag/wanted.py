"""What a question looks for in a text: its terms, weighted by rarity, and a phrase of the kind that it asks for."""

import re
from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from rag.language.phrases import Kind, Phrase, find_phrases
from rag.language.resolve import resolve_in
from rag.language.synonyms import synonyms
from rag.language.terms import query_terms
from rag.model import Asks, Plan

KINDS: Mapping[Asks, frozenset[Kind]] = {
    Asks.WHEN: frozenset({Kind.TIME}),
    Asks.WHO: frozenset({Kind.PERSON, Kind.ORGANISATION}),
    Asks.AMOUNT: frozenset({Kind.AMOUNT}),
    Asks.WHERE: frozenset({Kind.PLACE}),
}
"""The kinds of phrase that answer each kind of question; other questions are answered by a whole sentence."""

LocatedTerm = tuple[int, int, str]
"""A stemmed term and the characters `text[start:end]` that it stands in."""

Rarities = Mapping[str, float | None]
"""The inverse document frequency of stemmed terms; None for one that no passage of the corpus holds."""

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


class Wanted:
    """What one question looks for. A term counts as present where one of its synonyms is.

    `rarities` gives the inverse document frequency of its terms and of their synonyms, None for one that no passage
    holds. `kinds` are those of the phrases that answer it: none, where a whole sentence does. `weights` says how much
    each of its terms tells, and `unknown` is the share of those that stand nowhere in the corpus.
    """

    def __init__(self, plan: Plan, rarities: Rarities) -> None:
        self.kinds = KINDS.get(plan.asks, frozenset())
        self.weights = weights_of(plan.terms, rarities)
        self._plan = plan
        self._total = sum(self.weights.values()) or 1.0
        self._meant = {alike: term for term in plan.terms for alike in synonyms(term)} | {t: t for t in plan.terms}
        self.unknown = self._share(unknown_terms(plan.terms, rarities))

    def coverage(self, present: Set[str]) -> float:
        """The share of the question's terms that are among these, each weighted by its rarity."""
        return self._share({self._meant[term] for term in self._meant.keys() & present})

    def places(self, terms: Sequence[str]) -> list[tuple[int, str]]:
        """Which of the terms of a text are the question's, by their place among them, and which of it each means."""
        return [(place, self._meant[term]) for place, term in enumerate(terms) if term in self._meant]

    def fresh(self, text: str) -> tuple[Phrase, ...]:
        """Phrases of the wanted kind with at least one term of meaning that the question does not hold."""
        return tuple(
            phrase
            for phrase in (find_phrases(text, self.kinds) if self.kinds else ())
            if not self.weights.keys() >= set(query_terms(text[phrase.start : phrase.end]))
        )

    def fits(self, phrase: Phrase, text: str, located: Sequence[LocatedTerm], published: datetime | None) -> bool:
        """Whether a phrase of the wanted kind is also of the sort that is asked for, as far as the question says.

        `located` are the terms of the text in which it stands, and `published` is when that was.
        """
        plan = self._plan
        if plan.counted and phrase.subtype == "count":
            end = phrase.end + _NEXT
            return any(term in plan.counted for first, last, term in located if first < end and last > phrase.start)
        if plan.sorts or plan.counted:
            return phrase.subtype in plan.sorts
        if plan.ahead and phrase.kind is Kind.TIME and (_denied(phrase, text) or _is_past(phrase, text, published)):
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
        return sum(self.weights[term] * near for term, near in nearest.items()) / self._total

    def _share(self, terms: Set[str]) -> float:
        return sum(weight for term, weight in self.weights.items() if term in terms) / self._total


def _is_past(phrase: Phrase, text: str, published: datetime | None) -> bool:
    """Whether a time was over when the article was published: "last week" does not say when something will be."""
    meant = resolve_in(text, phrase.start, phrase.end, published)
    return meant is not None and published is not None and meant.last < published.date()


def _denied(phrase: Phrase, text: str) -> bool:
    """Whether a time stands behind a denial: "will not open next month" does not say when it will."""
    return _DENIAL.search(text, 0, phrase.start) is not None
