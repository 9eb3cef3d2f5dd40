"""A question to its plan."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from rag.language.phrases import Kind, find_phrases
from rag.language.terms import STOPWORDS, query_terms, words
from rag.model import Asks, Bounds, Implication, Implied, Part, Plan, TimeInterval
from rag.plan.asks import asked_for, asks_ahead, counted_in, sorts_of_amount
from rag.plan.days import days_in
from rag.plan.parts import clauses, stretches
from rag.plan.sources import Mention, Sources

_LATEST = re.compile(r"\b(?:latest|newest|most\s+recent(?:ly)?|currently|right\s+now|as\s+of\s+(?:now|today))\b", re.I)


def plan_for(
    question: str, sources: Sources = Sources(), asked: datetime | None = None, without: Collection[str] = ()
) -> Plan:
    """The plan of a question; no model is asked.

    `sources` are the corpus's, `asked` is when it is asked, if that is known. What is implied under one of the keys in
    `without` is taken for words like any other.
    """
    asks = asked_for(question)
    kinds = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE)
    found = [question[phrase.start : phrase.end] for phrase in find_phrases(question, kinds)]
    mentions = [each for each in sources.named_in(question) if _of(question, each).key not in without]
    others = [each for each in (*_days(question, asked), *_latest(question)) if each.key not in without]
    implied = sorted([*(_of(question, each) for each in mentions), *others], key=lambda each: each.start)
    return Plan(
        question,
        asks,
        terms=query_terms(question),
        ahead=asks_ahead(question),
        names=frozenset(term for name in found for term in query_terms(name)),
        sorts=sorts_of_amount(question) if asks is Asks.AMOUNT else frozenset(),
        counted=counted_in(question) if asks is Asks.AMOUNT else frozenset(),
        implied=tuple(implied),
        parts=tuple(_parts(question, mentions, implied)),
    )


def _days(question: str, asked: datetime | None) -> Iterator[Implied]:
    for (start, end), days in days_in(question, asked):
        yield Implied(Implication.PUBLISHED, _written(days), start, end, days=days)


def _written(days: TimeInterval) -> str:
    return f"{days.first}" if days.first == days.last else f"{days.first} to {days.last}"


def _latest(question: str) -> Iterator[Implied]:
    if (match := _LATEST.search(question)) is not None:
        yield Implied(Implication.LATEST, "latest", match.start(), match.end())


def _of(question: str, mention: Mention) -> Implied:
    kind = Implication.SOURCE if mention.outlets else Implication.AUTHOR
    names = mention.outlets or mention.authors
    value = names[0] if len(names) == 1 else question[mention.start : mention.end]
    return Implied(kind, value, mention.start, mention.end, names)


def _parts(question: str, mentions: Sequence[Mention], implied: Sequence[Implied]) -> Iterator[Part]:
    """The parts of a question: for each stretch one for each of its sources; then its clauses, if it is one stretch.

    A question that leans on one list of sources collects what they say, clause by clause.
    """
    whole = [(each.start, each.end) for each in implied]
    found = stretches(question, mentions, whole)
    for bounds, run in found:
        inside = [each for each in implied if bounds[0] <= each.start < bounds[1]]
        of_all = [each for each in inside if each.kind in (Implication.PUBLISHED, Implication.LATEST)]
        named = {_of(question, mention).names: _of(question, mention) for mention in run}
        for one in named.values() or (None,):
            yield _part(question, bounds, inside, of_all if one is None else [one, *of_all])
    if len(found) == 1 and mentions:
        several = [bounds for bounds in clauses(question, whole) if not _only_days(question, bounds, implied)]
        for bounds in several if len(several) > 1 else ():
            yield _part(question, bounds, implied, implied)


def _part(question: str, bounds: Bounds, left_out: Sequence[Implied], implied: Sequence[Implied]) -> Part:
    start, end = bounds
    query = _without(question, bounds, left_out)
    return Part(start, end, query if query_terms(query) else question[start:end], tuple(implied))


def _only_days(question: str, bounds: Bounds, implied: Sequence[Implied]) -> bool:
    """Whether a clause says nothing but the days that articles are of: the "On May 3, 2024" that opens a question."""
    days = [each for each in implied if each.kind is Implication.PUBLISHED]
    return STOPWORDS.issuperset(words(_without(question, bounds, days)))


def _without(question: str, bounds: Bounds, left_out: Sequence[Implied]) -> str:
    """What stands in these bounds beside the sources and days that are left out."""
    letters = list(question)
    for each in left_out:
        if each.kind is not Implication.LATEST:
            letters[each.start : each.end] = " " * (each.end - each.start)
    return " ".join("".join(letters[bounds[0] : bounds[1]]).split())
