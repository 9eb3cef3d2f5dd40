"""Which articles of different outlets report the same event, each in its own words. Pure.

An event is a concrete happening of a day or two, not a topic. That two articles tell of one shows where they begin: in
the words of their titles and leads. These are compared as sets of terms; that rarer terms weigh more changed nothing
that could be measured. `event_keys` finds the few articles worth a comparison, `report_one_event` compares two. Each
depends on the articles alone, never on the order in which they came in or on what else there is.
"""

import re
from math import sqrt
from typing import NamedTuple
from zlib import crc32

from rag.language.attribution import own_origin
from rag.language.terms import STOPWORDS, terms
from rag.model import Article

_LEAD = 600  # characters of a text that say what it is about
_BODY = 4_000  # characters that are compared where no date tells events apart
_LEAST_WORDS = 120  # fewer are a caption or a teaser
_TITLE_TERMS = 12  # that make keys

_LEAST_ALIKE = 0.6  # of twice the likeness of the leads, and that of the titles, less the days between the two
_LEAST_ALIKE_UNDATED = (0.45, 0.33)  # the same, and the likeness of the texts
_SECONDS = 86_400

_ROUND_UP = re.compile(
    r"\b(?:\d+|five|ten) (?:things|takeaways)|\bthings (?:to|you need to) know|briefing|\bphotos\b|\bpictures\b|"
    r"\blive\b|\bweek(?:end)?'?s\b|\bopinion\b|\banalysis\b|fact check|timeline|\bbest\b|what to know|"
    r"\bwho (?:is|was)\b|what we know|deals|rankings|picks|odds|prediction|how to watch|what to expect|"
    r"\bhistory of\b|\bmeaning\b",
    re.IGNORECASE,
)
_LISTED = 3  # commas in the title of a list of many things


class Account(NamedTuple):
    """What an article is compared by; `moment` is when it was published, in seconds."""

    outlet: str
    moment: float | None
    title: frozenset[str]
    lead: frozenset[str]
    body: frozenset[str]


def account(article: Article, text: str) -> Account | None:
    """What an article tells, by its text without furniture; None for what reports no one event.

    Of that kind are round-ups, lists, galleries, series, comments and what is too short, told by the title and length.
    """
    if len(text.split()) < _LEAST_WORDS or _ROUND_UP.search(article.title) or article.title.count(",") >= _LISTED:
        return None
    moment = article.published_at.timestamp() if article.published_at else None
    headed = f"{article.title}. {text}"[: len(article.title) + 2 + _BODY]
    return Account(
        own_origin(article),
        moment,
        _telling(article.title),
        _telling(headed[: len(article.title) + 2 + _LEAD]),
        _telling(headed) if moment is None else frozenset(),
    )


def event_keys(told: Account | None) -> tuple[int, ...]:
    """The keys under which an account is found: its title's terms on its day and on the next, so that two of them meet.

    Without a date they are those of no day, so what is undated is compared with what is undated.
    """
    if told is None:
        return ()
    hashes = sorted(crc32(term.encode()) for term in told.title)[:_TITLE_TERMS]
    first = 0 if told.moment is None else int(told.moment // _SECONDS) + 1_000_000
    days = (0,) if told.moment is None else (first, first + 1)
    return tuple(day << 32 | each for day in days for each in hashes)


def report_one_event(one: Account | None, other: Account | None) -> bool:
    """Whether two articles, of different outlets and at most a day apart, report the same event."""
    if one is None or other is None or one.outlet == other.outlet or not one.title & other.title:
        return False
    alike = 2 * _alike(one.lead, other.lead) + _alike(one.title, other.title)
    if one.moment is not None and other.moment is not None:
        days = abs(one.moment - other.moment) / _SECONDS
        return days <= 1 and alike - days >= _LEAST_ALIKE
    if one.moment is not None or other.moment is not None:
        return False
    return alike >= _LEAST_ALIKE_UNDATED[0] and _alike(one.body, other.body) >= _LEAST_ALIKE_UNDATED[1]


def _telling(text: str) -> frozenset[str]:
    """The terms that tell something: no stopwords, no scraps."""
    return frozenset(
        term for term in terms(text) if term not in STOPWORDS and len(term) > (1 if term[0].isdigit() else 2)
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two sets (Ochiai 1957): from 0, nothing in common, to 1, the same."""
    return len(one & other) / sqrt(len(one) * len(other) or 1)
