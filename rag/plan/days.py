"""The days of which a question wants reports: "the article published on October 13, 2023", "said last week"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from rag.language.phrases import Kind, find_phrases
from rag.language.resolve import resolve_in
from rag.model import Bounds, TimeInterval
from rag.plan.sources import speaks_of_reporting

_LONGEST = timedelta(days=92)
"""Longer times, a year say, are what articles are about rather than when they were published."""

_RECENT = timedelta(days=62)
"""How long before the asking day something is news that articles of those days report."""

_THIS_WEEK = re.compile(r"(?:this|(?:the\s+)?current)\s+week", re.IGNORECASE)
_WEEK = timedelta(days=6)
"""From the first day of a week to its last."""

_NEAR = 60
_AS_OF = re.compile(r"\bas\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OPENS = re.compile(r"\W*(?:(?:back\s+)?(?:on|in|during)\s+)?(?:the\s+)?", re.IGNORECASE)
"""What may stand before days that open a question, as in "On October 13, 2023, what did TechCrunch report of it?"."""

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
        if recent or _published(question, start, phrase.end):
            yield (start, phrase.end), _as_news_says_it(question[start : phrase.end], meant, asked)


def _as_news_says_it(phrase: str, meant: TimeInterval, asked: datetime | None) -> TimeInterval:
    """The same days; but "this week" also covers the last seven: asked on a Tuesday, it mostly means those before."""
    if asked is None or not _THIS_WEEK.fullmatch(phrase):
        return meant
    return replace(meant, first=asked.date() - _WEEK)


def _published(question: str, start: int, end: int) -> bool:
    """Whether days in a question are said of something published, or of what was known then."""
    before, behind = question[max(0, start - _NEAR) : start], question[end : end + _NEAR]
    opening = bool(_OPENS.fullmatch(question, 0, start)) and speaks_of_reporting(behind)
    return opening or speaks_of_reporting(before) or bool(_AS_OF.search(before))


def _without_bound(question: str, start: int, end: int) -> int:
    first, _, rest = question[start:end].partition(" ")
    return end - len(rest) if rest and first.lower() in _BOUNDS else start
