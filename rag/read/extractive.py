"""The extractive reader: sentences that answer, in their own words, with the span that answers, or an abstention.

Every sentence of the context is described by a few features. One logistic model over them ranks the sentences, and a
second one over the features of the best tells how likely it is right; below a threshold the question is declined.
`benchmarks/fit_reader.py` fits both and says on what; what it found lies in `fitted.json`.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.language.terms import located_terms, query_terms, terms
from rag.model import Abstention, Asks, Draft, Plan, Reading, Reason, Sentence, Span
from rag.ports import Embedder
from rag.read.features import NAMES, Described, Describer
from rag.records import Vectors
from rag.wanted import Rarities, unknown_terms

NAME = "extractive"
MOST_READINGS = 3
SHORTLIST = 12
"""Sentences whose meaning is compared with the question's, the best by words alone: the costly step."""

ALIKE = 0.6
"""Share of common terms (Jaccard) from which two sentences are near-repeats."""

MEANING = NAMES.index("meaning")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The two models: a weight for each feature, and a bias last; and where to draw the line."""

    ranking: NDArray[np.float64]
    confidence: NDArray[np.float64]
    threshold: float
    further: float

    @classmethod
    def load(cls) -> "Fitted":
        """As `benchmarks/fit_reader.py` left them."""
        kept = json.loads(resources.files("rag.read").joinpath("fitted.json").read_text(encoding="utf-8"))
        ranking, confidence = (
            [*map(kept[model].__getitem__, NAMES), kept[model]["bias"]] for model in ("ranking", "confidence")
        )
        return cls(np.array(ranking), np.array(confidence), kept["threshold"], kept["further"])

    @property
    def hash(self) -> str:
        """Of all that was fitted."""
        kept = json.dumps([NAMES, self.ranking.tolist(), self.confidence.tolist(), self.threshold, self.further])
        return sha256(kept.encode()).hexdigest()[:12]


class ExtractiveReader:
    """Reads a context and picks the one to three sentences that answer."""

    def __init__(self, embedder: Callable[[], Embedder], fitted: Fitted | None = None) -> None:
        self._embedder = embedder
        self._fitted = fitted or Fitted.load()

    @property
    def name(self) -> str:
        """What it is known by: its kind, with a hash of what was fitted."""
        return f"{NAME} {self._fitted.hash}"

    def read(self, plan: Plan, vector: Vectors, sentences: Sequence[Sentence], rarities: Rarities) -> Draft:
        """The sentences that answer, best first; or an abstention with its reason.

        `vector` is the question's (shape (dimension,)), `rarities` those of its terms and of their synonyms.
        """
        describer = Describer(plan, rarities)
        best_first = self.rank(vector, sentences, describer)
        if not best_first:
            return Draft(NAME, abstention=Abstention(Reason.NOTHING_FOUND, "Nothing in these articles comes near."))
        confidence = self.confidence(best_first[0])
        if confidence < self._fitted.threshold:
            return Draft(NAME, abstention=_decline(plan, rarities), confidence=confidence)
        return Draft(NAME, tuple(self._readings(plan, best_first, describer)), confidence=confidence)

    def rank(self, vector: Vectors, sentences: Sequence[Sentence], describer: Describer) -> list[Described]:
        """The sentences that come near enough by words to be compared in meaning, described, best first."""
        described = [describer.describe(sentence) for sentence in sentences]
        shortlist = self._sorted(described)[:SHORTLIST]
        if not shortlist:
            return []
        nearness = self._embedder().embed_passages([each.sentence.text for each in shortlist]) @ vector
        for each, near in zip(shortlist, nearness, strict=True):
            each.values[MEANING] = near
        return self._sorted(shortlist)

    def confidence(self, best: Described) -> float:
        """How likely a sentence with these features, ranked first, is right."""
        return _logistic(best.values, self._fitted.confidence)

    def _sorted(self, described: Sequence[Described]) -> list[Described]:
        return sorted(described, key=lambda each: -_logistic(each.values, self._fitted.ranking))

    def _readings(self, plan: Plan, best_first: Sequence[Described], describer: Describer) -> list[Reading]:
        """The best, and those after it that are nearly as good, of the same names, each with what repeats it."""
        best, line = best_first[0], max(self._fitted.threshold, self._fitted.further * self.confidence(best_first[0]))
        chosen: list[tuple[Described, list[Sentence]]] = [(best, [])]
        for each in best_first[1:]:
            if self.confidence(each) < line or not _speaks_of(plan.names, each):
                continue
            repeated = next((again for other, again in chosen if _repeats(each, other, describer)), None)
            if repeated is None:
                chosen.append((each, []))
            else:
                repeated.append(each.sentence)
        return [
            Reading(each.sentence, self.confidence(each), _span(each, describer), tuple(again))
            for each, again in chosen[:MOST_READINGS]
        ]


def _repeats(one: Described, other: Described, describer: Describer) -> bool:
    """Whether two sentences say the same: in nearly the same words, or with the same words that answer."""
    here, there = ({term for _, _, term in each.located} for each in (one, other))
    if len(here & there) >= ALIKE * len(here | there):
        return True
    answers = [_span(each, describer) for each in (one, other)]
    return (
        None not in answers and len({_words(each, span) for each, span in zip((one, other), answers, strict=True)}) == 1
    )


def _words(described: Described, span: Span | None) -> tuple[str, ...]:
    return () if span is None else query_terms(described.sentence.text[span.start : span.end])


def _speaks_of(names: frozenset[str], described: Described) -> bool:
    """Whether a sentence or its title holds one of the names, if there are any."""
    here = {term for _, _, term in described.located} | set(terms(described.sentence.hit.passage.article.title))
    return not names or bool(names & here)


def _decline(plan: Plan, rarities: Rarities) -> Abstention:
    """Why nothing answers, as far as can be told: words that no article has, or no phrase of the kind asked for."""
    missing = unknown_terms(plan.terms, rarities)
    unknown = dict.fromkeys(
        plan.question[start:end] for start, end, term in located_terms(plan.question) if term in missing
    )
    if unknown:
        return Abstention(Reason.UNKNOWN_TERMS, f"No article here speaks of {_listed(list(unknown))}.")
    wanted = _WANTED_WORDS.get(plan.asks, "answers this")
    return Abstention(Reason.NO_ANSWER, f"These articles come near it, but no sentence of them {wanted}.")


_WANTED_WORDS = {
    Asks.WHEN: "says when",
    Asks.WHO: "says who",
    Asks.WHERE: "says where",
    Asks.AMOUNT: "gives the amount",
    Asks.WHY: "says why",
}


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _logistic(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    return float(1.0 / (1.0 + np.exp(-(values @ weights[:-1] + weights[-1]))))


def _span(described: Described, describer: Describer) -> Span | None:
    """The phrase that answers: of the sort asked for, if there is one, and nearest to the question's terms."""
    if not described.fresh:
        return None
    located, sentence = described.located, described.sentence
    best = max(
        described.fresh,
        key=lambda phrase: (describer.fits(phrase, sentence, located), describer.wanted.nearness(phrase, located)),
    )
    return Span(best.start, best.end, best.kind)
