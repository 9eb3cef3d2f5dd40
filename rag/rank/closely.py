"""A closer look at the best candidates: does a phrase of the kind that is asked for stand beside the question's terms?

That takes more time than all other features of a candidate together. So it is done for the best by those, and there in
the stretch that covers most of the question.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rag.language.terms import token_spans
from rag.model import Passage
from rag.rank.features import NAMES, Candidates, analysed, best_stretch
from rag.wanted import Wanted

CLOSELY = 20
"""Candidates that are looked at closely: 10 find less, 50 no more (docs/retrieval.md)."""

_AROUND = 8
"""Words on either side of the stretch in which the phrase may stand."""

_COLUMNS = [NAMES.index(name) for name in ("near", "fitting")]


def look_closely(wanted: Wanted, found: Candidates, rows: Iterable[int], values: NDArray[np.float32]) -> None:
    """Fill in the features "near" and "fitting" of these candidates, rows of `values` (candidates, len(NAMES))."""
    if wanted.kinds:
        for row in rows:
            values[row, _COLUMNS] = _looked_at(wanted, found.passages[row])


def _looked_at(wanted: Wanted, passage: Passage) -> tuple[float, bool]:
    """How near a phrase of the wanted kind stands to the question's terms, and whether one is of the wanted sort."""
    terms = analysed(passage.text).terms
    _, first, last = best_stretch(wanted.places(terms), wanted.weights)
    if last < first:
        return 0.0, False
    around = slice(max(0, first - _AROUND), last + 1 + _AROUND)
    spans = token_spans(passage.text)[around]
    start = spans[0][0]
    text = passage.text[start : spans[-1][1]]
    located = [(begin - start, end - start, term) for (begin, end), term in zip(spans, terms[around], strict=True)]
    phrases = wanted.fresh(text)
    return (
        max((wanted.nearness(phrase, located) for phrase in phrases), default=0.0),
        any(wanted.fits(phrase, text, located, passage.article.published_at) for phrase in phrases),
    )
