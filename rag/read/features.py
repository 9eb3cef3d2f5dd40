"""Sentences as numbers: what speaks for and against each one as the answer to a question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.language.phrases import Phrase
from rag.language.terms import located_terms, terms
from rag.model import Passage, Plan, Sentence
from rag.wanted import LocatedTerm, Rarities, Wanted

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


@dataclass(frozen=True, slots=True)
class Described:
    """A sentence with its features, in the order of NAMES, and the phrases of the wanted kind that are news in it."""

    sentence: Sentence
    values: NDArray[np.float64]
    fresh: tuple[Phrase, ...]
    located: list[LocatedTerm]


class Describer:
    """Describes sentences for one question, by what is wanted. `rarities` are of its terms and of their synonyms."""

    def __init__(self, plan: Plan, rarities: Rarities) -> None:
        self.wanted = Wanted(plan, rarities)
        self._passages: dict[str, set[str]] = {}

    def describe(self, sentence: Sentence) -> Described:
        """The features of one sentence, all but its nearness in meaning."""
        passage, text = sentence.hit.passage, sentence.text
        located = located_terms(text)
        here, title = {term for _, _, term in located}, set(terms(passage.article.title))
        around = here | title | self._terms_of(passage)
        fresh = self.wanted.fresh(text)
        values = {
            "coverage": self.wanted.coverage(here),
            "in_context": self.wanted.coverage(around),
            "rank": 1.0 / sentence.hit.rank,
            "typed": float(bool(fresh)),
            "fitting": float(any(self.fits(phrase, sentence, located) for phrase in fresh)),
            "near": max((self.wanted.nearness(phrase, located) for phrase in fresh), default=0.0),
            "lead": 1.0 / (1 + sentence.ordinal) if passage.start == 0 else 0.0,
            "short": float(len(text.split()) < 6),
            "unknown": self.wanted.unknown,
        }
        return Described(sentence, np.array([values.get(name, 0.0) for name in NAMES]), fresh, located)

    def fits(self, phrase: Phrase, sentence: Sentence, located: Sequence[LocatedTerm]) -> bool:
        """Whether a phrase of the wanted kind is also of the sort that is asked for, as far as the question says."""
        return self.wanted.fits(phrase, sentence.text, located, sentence.hit.passage.article.published_at)

    def _terms_of(self, passage: Passage) -> set[str]:
        if passage.id not in self._passages:
            self._passages[passage.id] = set(terms(passage.text))
        return self._passages[passage.id]
