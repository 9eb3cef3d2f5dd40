"""Sentences as numbers: what speaks for and against each one as the answer to a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.language.phrases import Kind, Phrase, find_phrases
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
    "names",  # share of the question's names in the sentence or its title; 1 if it names nothing
    "meaning",  # cosine similarity of question and sentence
    "rank",  # 1 / rank of its passage
    "typed",  # holds a phrase of the kind asked for that the question does not hold
    "untyped",  # should hold one, and does not
    "near",  # how near such a phrase is to the question's terms in the sentence
    "because",  # gives a reason, and a reason is asked for
    "lead",  # 1 / (1 + place in its passage), if that opens its article
    "short",  # fewer than six words
    "long",  # its length over 40 words, in units of 40
    "question",  # is itself a question
    "unknown",  # share of the question's terms, by rarity, that stand nowhere in the corpus
    "unmatched_name",  # a name of the question that stands nowhere in the passage
)

LocatedTerm = tuple[int, int, str]

_HALF_DISTANCE = 5
"""Words of distance at which a term counts half."""

_REASONS = ("because", "due to", "as a result", "owing to", "in order to", " so that ", "after ", "since ", "caused",
            "reason", "blam", "amid", "following")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """A sentence with its features, in the order of NAMES, and the phrases of the wanted kind that are news in it."""

    sentence: Sentence
    values: NDArray[np.float64]
    fresh: tuple[Phrase, ...]
    located: list[LocatedTerm]


class Describer:
    """Describes sentences for one question.

    `rarities` gives the inverse document frequency of each of its terms, None for one that no passage holds: that
    counts as much as the rarest.
    """

    def __init__(self, plan: Plan, rarities: Mapping[str, float | None]) -> None:
        self._plan = plan
        rarest = max(filter(None, rarities.values()), default=1.0)
        self._weights = {term: rarest if rarity is None else rarity for term, rarity in rarities.items()}
        self._total = sum(self._weights.values()) or 1.0
        self._unknown = sum(self._weights[term] for term, rarity in rarities.items() if rarity is None) / self._total
        self._passages: dict[str, set[str]] = {}
        self._wanted = WANTED.get(plan.asks, frozenset())

    def describe(self, sentence: Sentence) -> Described:
        """The features of one sentence, all but its nearness in meaning."""
        plan, passage, text = self._plan, sentence.hit.passage, sentence.text
        located = located_terms(text)
        here, title = {term for _, _, term in located}, set(terms(passage.article.title))
        around = here | title | self._terms_of(passage)
        fresh = self._fresh(text)
        words = len(text.split())
        values = {
            "coverage": self._coverage(here),
            "in_context": self._coverage(around),
            "names": len(plan.names & (here | title)) / len(plan.names) if plan.names else 1.0,
            "rank": 1.0 / sentence.hit.rank,
            "typed": float(bool(fresh)),
            "untyped": float(bool(self._wanted) and not fresh),
            "near": max((self.nearness(phrase, located) for phrase in fresh), default=0.0),
            "because": float(plan.asks is Asks.WHY and any(reason in text.lower() for reason in _REASONS)),
            "lead": 1.0 / (1 + sentence.ordinal) if passage.start == 0 else 0.0,
            "short": float(words < 6),
            "long": max(0, words - 40) / 40,
            "question": float(text.rstrip("”\"' ").endswith("?")),
            "unknown": self._unknown,
            "unmatched_name": float(not plan.names <= around),
        }
        return Described(sentence, np.array([values.get(name, 0.0) for name in NAMES]), fresh, located)

    def nearness(self, phrase: Phrase, located: Sequence[LocatedTerm]) -> float:
        """How near a phrase stands to the question's terms: 1 if all were beside it, each weighted by its rarity."""
        inside = [i for i, (start, end, _) in enumerate(located) if start < phrase.end and end > phrase.start]
        if not inside:
            return 0.0
        nearest: dict[str, float] = {}
        for i, (_, _, term) in enumerate(located):
            distance = max(inside[0] - i, i - inside[-1])
            if term in self._weights and distance > 0:
                nearest[term] = max(nearest.get(term, 0.0), 1.0 / (1.0 + (distance - 1) / _HALF_DISTANCE))
        return sum(self._weights[term] * near for term, near in nearest.items()) / self._total

    def _coverage(self, present: set[str]) -> float:
        return sum(weight for term, weight in self._weights.items() if term in present) / self._total

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
