"""A draft to an answer: every claim gets the number of the citation that holds it, to the character."""

from collections.abc import Sequence
from datetime import datetime

from rag.language.phrases import Kind
from rag.language.resolve import resolve_in
from rag.model import Answer, Citation, Claim, Draft, Hit, Reading, Report, Sentence, TimeInterval

NEAREST = 3
"""Hits that a declined question shows."""


def attribute(question: str, draft: Draft, nearest: tuple[Hit, ...], as_of: datetime | None) -> Answer:
    """The answer that a draft makes, its citations numbered from 1 in the order of the claims.

    A draft that abstains becomes an abstention with the nearest hits.
    """
    if draft.abstention is not None:
        return Answer(
            question,
            abstention=draft.abstention,
            nearest=nearest[:NEAREST],
            confidence=draft.confidence,
            as_of=as_of,
            reader=draft.reader,
        )
    numbers: dict[Sentence, int] = {}
    repeated: dict[Sentence, tuple[Sentence, ...]] = {}
    for reading in draft.readings:
        numbers.setdefault(reading.sentence, len(numbers) + 1)
        repeated[reading.sentence] = repeated.get(reading.sentence, ()) + reading.repeated
    citations = tuple(_citation(number, sentence, repeated[sentence]) for sentence, number in numbers.items())
    return Answer(
        question,
        claims=tuple(_claim(reading, numbers[reading.sentence]) for reading in draft.readings),
        citations=citations,
        confidence=draft.confidence,
        as_of=as_of,
        reader=draft.reader,
    )


def _claim(reading: Reading, number: int) -> Claim:
    return Claim(reading.sentence.text, (number,), reading.support, reading.span, _time(reading))


def _citation(number: int, sentence: Sentence, repeated: Sequence[Sentence]) -> Citation:
    passage = sentence.hit.passage
    reports = {each.hit.passage.article.id: _report(each) for each in reversed(repeated)}
    reports.pop(passage.article.id, None)
    return Citation(
        number,
        passage.article,
        passage.version,
        sentence.start,
        sentence.end,
        quote=sentence.text,
        reports=tuple(reversed(reports.values())),
    )


def _report(sentence: Sentence) -> Report:
    passage = sentence.hit.passage
    return Report(passage.article, passage.version, sentence.start, sentence.end)


def _time(reading: Reading) -> TimeInterval | None:
    """What the answering span means when it is a time, read against the day its article was published."""
    if reading.span is None or reading.span.kind != Kind.TIME:
        return None
    sentence = reading.sentence
    return resolve_in(sentence.text, reading.span.start, reading.span.end, sentence.hit.passage.article.published_at)
