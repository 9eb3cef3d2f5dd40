"""Question sets: what is asked of a corpus, and what is known of the right answers.

A set is JSON Lines, also with .gz behind its name. The fields of a line are `id` and `question`, and if known
`answers`, `evidence` ([{"url", "quote"}]), `type`, `answerable`, and the filters `as_of`, `from`, `to`, `source`,
`author`, `category`. The published files of MultiHop-RAG (`answer`) and RealTimeQA (`urls_with_answer`, `asked_on`) are
read as they are.
"""

import gzip
import zlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any

from rag.errors import SetError, UsageError
from rag.evaluation.figures import ALL, NO_TYPE
from rag.model import Filters
from rag.request import as_moment, read_identity, read_moment, read_record, read_request, read_string, read_text

INSUFFICIENT = "insufficient information."
"""MultiHop-RAG's answer to what its articles do not say."""

NULL_TYPE = "null_query"

_EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: an article, and the words in it if they are known."""

    url: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of its answer.

    `answerable` is None when it is not known whether any article answers. `asked_at` is when it was asked, at the end
    of that day.
    """

    id: str
    text: str
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    type: str = ""
    answerable: bool | None = None
    filters: Filters = _EVERYTHING
    asked_at: datetime | None = None

    def as_asked(self) -> "Question":
        """The question as of the time when it was asked, if that is known and it has no as-of time of its own."""
        if self.asked_at is None or self.filters.as_of is not None:
            return self
        return replace(self, filters=replace(self.filters, as_of=self.asked_at))


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line (from 1) that holds no question, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in order, with the lines that were rejected; `sha256` is of the uncompressed `content`.

    `notes` tell of lines that repeat others, and of ids that stood on another question already.
    """

    name: str
    content: bytes
    questions: tuple[Question, ...]
    rejected: tuple[RejectedLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """What the set is known by."""
        return sha256(self.content).hexdigest()


def load_set(path: Path) -> QuestionSet:
    """The question set in a file. Raises SetError when it cannot be read, or when no line of it is a question."""
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise SetError(f"The question set {path} cannot be read: {error}.") from error
    return read_set(path.name, content)


def read_set(name: str, content: bytes) -> QuestionSet:
    """The question set in these lines. Raises SetError when no line is a question.

    A line that says the same as an earlier one is left out. Another question under the same id gets an id of its own.
    """
    questions: dict[str, Question] = {}
    seen: set[Question] = set()
    rejected, repeats, renamed = list[RejectedLine](), list[str](), list[str]()
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                question = _question(read_record(line))
            except UsageError as error:
                rejected.append(RejectedLine(number, str(error)))
                continue
            if question in seen:
                repeats.append(str(number))
                continue
            seen.add(question)
            own = _own_id(question.id, questions)
            if own != question.id:
                renamed.append(f"{own} (line {number})")
            questions[own] = replace(question, id=own)
    if not questions:
        why = f" Line {rejected[0].line}: {rejected[0].reason}" if rejected else ""
        raise SetError(f"The question set {name} holds no question.{why}")
    return QuestionSet(name, content, tuple(questions.values()), tuple(rejected), tuple(_notes(repeats, renamed)))


def _own_id(wanted: str, taken: Container[str]) -> str:
    """An id that no question has yet: the wanted one, or that with the first number that is free."""
    numbered = (f"{wanted}#{number}" for number in count(2))
    return next(each for each in chain([wanted], numbered) if each not in taken)


def _notes(repeats: Sequence[str], renamed: Sequence[str]) -> Iterator[str]:
    if repeats:
        yield f"Lines that say the same as an earlier one are asked once: {', '.join(repeats)}."
    if renamed:
        yield f"Ids that stand on another question too were numbered: {', '.join(renamed)}."


def _question(record: Mapping[str, Any]) -> Question:
    identity = read_identity(record)
    if identity is None or not str(identity).strip():
        raise UsageError('It has no "id".')
    request = read_request(record, Filters(), 1)
    answers, evidence = _answers(record), _evidence(record)
    asked = record.get("asked_on")
    return Question(
        id=read_text(str(identity)),
        text=request.question,
        answers=answers or (),
        evidence=evidence,
        type=_type(record),
        answerable=_answerable(record, answers, evidence),
        filters=request.filters,
        asked_at=None if asked is None else as_moment(read_moment(read_string("asked_on", asked))),
    )


def _type(record: Mapping[str, Any]) -> str:
    stated = read_string("type", record.get("type") or "")
    if stated in (ALL, NO_TYPE):
        raise UsageError(f'Its "type" cannot be {stated!r}: figures over other questions are called that.')
    return stated


def _answers(record: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The accepted answers, none if it is known that there are none; None if nothing is known."""
    stated = record.get("answers")
    if stated is None:
        stated = record.get("answer")
    if stated is None:
        return None
    listed = stated if isinstance(stated, list) else [stated]
    texts = [read_string("answers", each) for each in listed]
    return tuple(text for text in texts if text.strip() and text.strip().casefold() != INSUFFICIENT)


def _evidence(record: Mapping[str, Any]) -> tuple[Evidence, ...]:
    stated = record.get("evidence")
    if stated is None:
        urls = record.get("urls_with_answer") or []
        stated = [{"url": url} for url in urls] if isinstance(urls, list) else urls
    if not isinstance(stated, list) or not all(isinstance(each, dict) and "url" in each for each in stated):
        raise UsageError('"evidence" must be a list of objects with a "url", and a "quote" if it is known.')
    found = tuple(
        Evidence(read_string("url", each["url"]), read_string("quote", each.get("quote") or "")) for each in stated
    )
    if any(each.quote and not each.quote.strip() for each in found):
        raise UsageError(
            'A "quote" of its evidence is blank, and would stand everywhere. Leave it out if it is unknown.'
        )
    return found


def _answerable(
    record: Mapping[str, Any], answers: tuple[str, ...] | None, evidence: tuple[Evidence, ...]
) -> bool | None:
    stated = record.get("answerable")
    if stated is not None and not isinstance(stated, bool):
        raise UsageError('"answerable" must be true or false.')
    if stated is not None:
        return stated
    if record.get("type") == NULL_TYPE or answers == ():
        return False
    if "urls_with_answer" in record and not evidence:  # it has an answer, but no article is known to hold it
        return None
    return True if answers or evidence else None
