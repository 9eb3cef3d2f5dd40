"""A question to its parts: where it asks about several things, or the same thing of several sources.

Each source, or list of sources, is the anchor of a part. A clause follows a source that is its subject ("the TechCrunch
report claims ...") and goes before one that it leans on ("..., according to TechCrunch").
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.language.terms import query_terms
from rag.model import Bounds
from rag.plan.sources import Mention, leans_on, runs

_BOUNDARY = re.compile(
    r"[,;]?\s+(?:while|whereas|but|unlike|compared|in\s+contrast|in\s+comparison|similarly|similar\s+to|before|after|"
    r"as\s+opposed|and\s+(?:does|do|did|is|are|was|were|has|have|how|whether|the\s+subsequent|also|then)|"
    r"or\s+(?:does|do|did)|align|differ\w*)\b|[,;]\s+(?:and\s+)?|\s+and\s+|\s+than\s+",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;]\s+(?:(?:and|but|while|whereas|who|which|that|as\s+well\s+as)\s+)*|\s+(?:while|whereas)\s+"
    r"|\s+and\s+(?=(?:is|was|has|had|also|who|which|then|later|subsequently|does|did)\b)",
    re.IGNORECASE,
)
_LEAST_TERMS = 3
"""Telling terms that a clause must have to be looked for on its own."""


def stretches(
    question: str, mentions: Sequence[Mention], whole: Sequence[Bounds]
) -> list[tuple[Bounds, list[Mention]]]:
    """The stretches of a question, in order and without gaps, each with its list of sources.

    Nothing inside the bounds in `whole` (a date, a name) is cut.
    """
    anchors = runs(question, mentions)
    masked = _masked(question, whole)
    cuts = [_cut(question, masked, one[-1], other[0]) for one, other in pairwise(anchors)]
    edges = [0, *cuts, len(question)]
    return [((edges[i], edges[i + 1]), list(run)) for i, run in enumerate(anchors)] or [((0, len(question)), [])]


def clauses(question: str, whole: Sequence[Bounds]) -> Iterator[Bounds]:
    """The clauses of a question that say enough to be looked for; what says less joins the one before."""
    begun = 0
    for boundary in _CLAUSE.finditer(_masked(question, whole)):
        if _telling(question[begun : boundary.start()]) and _telling(question[boundary.end() :]):
            yield begun, boundary.start()
            begun = boundary.end()
    yield begun, len(question)


def _cut(question: str, masked: str, one: Mention, other: Mention) -> int:
    """Where the stretch of one source ends and that of the next begins."""
    boundaries = [match.start() for match in _BOUNDARY.finditer(masked, one.end, other.start)]
    if not boundaries:
        return one.end if leans_on(question, one) else other.start
    return boundaries[0] if leans_on(question, one) else boundaries[-1]


def _masked(question: str, whole: Sequence[Bounds]) -> str:
    """The question with what must stay whole as one long word, so that nothing in it looks like the end of a clause."""
    for start, end in whole:
        question = question[:start] + "x" * (end - start) + question[end:]
    return question


def _telling(text: str) -> bool:
    return len(query_terms(text)) >= _LEAST_TERMS
