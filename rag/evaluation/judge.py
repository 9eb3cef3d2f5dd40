"""Whether a text holds what it should. Pure."""

import re
import string
from collections import Counter
from collections.abc import Sequence

from rag.language.terms import words

STANCES = frozenset({"yes", "no", "true", "false"})
"""Answers that take a stand: their words stand in any text by accident, so they are never looked for in one."""


def is_stance(answers: Sequence[str]) -> bool:
    """Whether a question is answered by yes, no, true or false.

    >>> is_stance(["Yes"]), is_stance(["Norway"])
    (True, False)
    """
    return any(answer.casefold() in STANCES for answer in answers)


def holds_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether an accepted answer stands in a text, as whole words, ignoring case, accents and punctuation.

    >>> holds_answer("It opens on June 14th, in Vessen.", ["Oslo", "vessen"])
    True
    """
    padded = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(answer))} " in padded for answer in answers if words(answer))


def holds_quote(text: str, quote: str) -> bool:
    r"""Whether a quote stands in a text, blanks and line breaks aside, as MultiHop-RAG's authors count it.

    >>> holds_quote("Rain is\nexpected on Monday.", "is expected")
    True
    """
    return bare(quote) in bare(text)


def same_words(text: str, quote: str) -> bool:
    """Whether one of the two stands in the other, blanks aside: a cited sentence may be more or less than a quote.

    >>> same_words("Rain is expected.", "Rain is expected. So is snow."), same_words("Rain is expected.", "Snow.")
    (True, False)
    """
    return holds_quote(text, quote) or holds_quote(quote, text)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of five words of a text.

    >>> len(shingles("It will open on the 14th of June"))
    4
    """
    found = words(text)
    return frozenset(zip(*(found[start:] for start in range(_SHINGLE)), strict=False))


def is_repeat(text: frozenset[tuple[str, ...]], earlier: Sequence[frozenset[tuple[str, ...]]]) -> bool:
    """Whether most of what one text says, as shingles, stands in one of the earlier ones."""
    return any(len(text & other) >= _REPEATED * len(text) for other in earlier) if text else False


_SHINGLE = 5
_REPEATED = 0.8
"""The share of a text's shingles that make it a repeat: a copy keeps nearly all, another report hardly any."""


def bare(text: str) -> str:
    """A text without blanks and line breaks."""
    return re.sub(r"\s+", "", text)


def exact_match(text: str, answers: Sequence[str]) -> float:
    """1.0 if a text is an accepted answer after the normalisation of SQuAD (Rajpurkar et al., EMNLP 2016), else 0.0.

    That leaves nothing of an answer like "A". Where nothing was said, it is not what was meant.

    >>> exact_match("The Bank of Calderland.", ["bank of Calderland"])
    1.0
    """
    return float(bool(text.strip()) and any(_normalised(text) == _normalised(answer) for answer in answers))


def f1(text: str, answers: Sequence[str]) -> float:
    """The harmonic mean of precision and recall over the normalised words shared with the best accepted answer.

    Where normalisation leaves nothing of one of the two, that is whether they match, as for SQuAD 2.0; where
    nothing was said, 0.

    >>> f1("on 14 June", ["14 June", "June"])
    0.8
    """
    if not text.strip():
        return 0.0
    return max((_f1(_normalised(text), _normalised(answer)) for answer in answers), default=0.0)


def _f1(said: list[str], accepted: list[str]) -> float:
    if not said or not accepted:
        return float(said == accepted)
    shared = (Counter(said) & Counter(accepted)).total()
    return 2 * shared / (len(said) + len(accepted)) if shared else 0.0


def _normalised(text: str) -> list[str]:
    bare_words = text.lower().translate(_NO_PUNCTUATION)
    return re.sub(r"\b(?:a|an|the)\b", " ", bare_words).split()


_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
