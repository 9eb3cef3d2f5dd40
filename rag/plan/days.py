"""The days of which a question wants reports: "the article published on October 13, 2023", "said last week"."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rag.language.phrases import Kind, find_phrases
from rag.language.resolve import resolve_in
from rag.model import Bounds, TimeInterval
from rag.plan.sources import speaks_of_reporting

_LONGEST = timedelta(days=92)
"""Longer times, a year say, are what articles are about rather than when they were published."""

_RECENT = timedelta(days=62)
"""How long before the asking day something is news that articles of those days report."""

_NEAR = 60
_BOUNDS = ("after", "before", "since", "until", "till", "by", "within")


def days_in(question: str, asked: datetime | None) -> Iterator[tuple[Bounds, TimeInterval]]:
    """The days of publication that a question speaks of, with where it does.

    `asked` is when it is asked, if that is known: without it "last week" says nothing. "After October 4" is that day:
    how near an article is to it is what counts.
    """
    for phrase in find_phrases(question, (Kind.TIME,)):
        start = _without_bound(question, phrase.start, phrase.end)
        meant = resolve_in(question, start, phrase.end, asked)
        if meant is None or meant.last - meant.first > _LONGEST:
            continue
        recent = asked is not None and asked.date() - _RECENT <= meant.last and meant.first <= asked.date()
        if recent or speaks_of_reporting(question[max(0, start - _NEAR) : start]):
            yield (start, phrase.end), meant


def _without_bound(question: str, start: int, end: int) -> int:
    first, _, rest = question[start:end].partition(" ")
    return end - len(rest) if rest and first.lower() in _BOUNDS else start
