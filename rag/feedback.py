"""What readers say of answers, kept as a question set: `feedback.jsonl` in the corpus's folder.

Each line is a question of the set, with what was said of its answer beside it (`verdict`, and the corpus's `epoch`).
There is one line for a question under its filters: when it is marked again, by whomever, the new line takes the place
of the old one. Lines that people have put there themselves stay as they are.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from rag.errors import CorpusBusy, StoreError, UsageError
from rag.model import Answer, Filters, Version

FILE = "feedback.jsonl"

_LOCK = "feedback.lock"
_LOCK_SECONDS = 10.0


class Verdict(StrEnum):
    """What a reader says of an answer, or of its having been declined."""

    RIGHT = "right"
    WRONG = "wrong"
    DECLINE = "should-have-declined"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article that show the right answer: `quote == version.text[start:end]`."""

    url: str
    version: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A question with what was said of its answer.

    `answerable` is None, and `answers` empty, when that does not follow from what was said. `epoch` is that of the
    corpus which gave the answer.
    """

    question: str
    filters: Filters
    verdict: Verdict
    epoch: int
    answerable: bool | None
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same question under the same filters."""
        asked = json.dumps([self.question, _filters(self.filters)], sort_keys=True)
        return f"feedback-{sha256(asked.encode()).hexdigest()[:16]}"

    def record(self) -> dict[str, Any]:
        """The fields of its line; what is not known is left out."""
        fields: dict[str, Any] = {"id": self.id, "question": self.question}
        if self.answers or self.answerable is False:
            fields["answers"] = list(self.answers)
        fields["evidence"] = [
            {"url": each.url, "quote": each.quote, "version": each.version, "start": each.start, "end": each.end}
            for each in self.evidence
        ]
        fields["type"] = "feedback"
        if self.answerable is not None:
            fields["answerable"] = self.answerable
        return fields | _filters(self.filters) | {"epoch": self.epoch, "verdict": self.verdict.value}


def evidence_in(version: Version, start: int, end: int) -> Evidence:
    """The words between these bounds of a version's text, without the blanks around them.

    Raises UsageError when no words stand there.
    """
    quote = version.text[start:end] if 0 <= start < end <= len(version.text) else ""
    if not quote.strip():
        raise UsageError("No words of the article are selected.")
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    article = version.article
    return Evidence(article.url or article.id, version.number, start, start + len(quote), quote)


def mark_of(
    verdict: Verdict,
    answer: Answer,
    filters: Filters,
    epoch: int,
    *,
    right_answer: str = "",
    evidence: tuple[Evidence, ...] = (),
) -> Mark:
    """What follows when a reader says this of an answer, and perhaps gives the right one and the evidence for it.

    Of an answer that is right, the words that it marks and its citations stand for what the reader does not give.
    """
    said: tuple[str, ...] = (right_answer.strip(),) if right_answer.strip() else ()
    answerable = _answerable(verdict, answer, given=bool(said or evidence))
    if answerable is False:
        said, evidence = (), ()
    elif verdict is Verdict.RIGHT:
        said, evidence = said or _marked_words(answer), evidence or _cited(answer)
    return Mark(answer.question.strip(), filters, verdict, epoch, answerable, said, evidence)


def keep(folder: Path, mark: Mark) -> None:
    """Write a mark into the feedback of the corpus in this folder, whole or not at all.

    Raises StoreError when it cannot be written, CorpusBusy when others are writing all the time.
    """
    _replace(folder, mark.id, [json.dumps(mark.record(), ensure_ascii=False).encode()])


def take_back(folder: Path, mark_id: str) -> None:
    """Remove the line of a mark. Raises as `keep` does."""
    _replace(folder, mark_id, [])


def _answerable(verdict: Verdict, answer: Answer, *, given: bool) -> bool | None:
    """Whether the corpus answers the question, as far as the reader says so.

    A wrong answer alone does not tell whether there is a right one.
    """
    match verdict:
        case Verdict.DECLINE:
            return False
        case Verdict.RIGHT:
            return not answer.abstained
    return True if given or answer.abstained else None


def _marked_words(answer: Answer) -> tuple[str, ...]:
    """The words that answer in the first sentence where some are marked."""
    for claim in answer.claims:
        if claim.span:
            return (claim.text[claim.span.start : claim.span.end],)
    return ()


def _cited(answer: Answer) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(cited.article.url or cited.article.id, cited.version, cited.start, cited.end, cited.quote)
        for cited in answer.citations
    )


def _filters(filters: Filters) -> dict[str, Any]:
    """Those filters that are set, by the names that a question set has for them."""
    days = {"from": filters.published_from, "to": filters.published_to, "as_of": filters.as_of}
    names = {"source": filters.sources, "author": filters.authors, "category": filters.categories}
    return {name: day.isoformat() for name, day in days.items() if day} | {
        name: list(values) for name, values in names.items() if values
    }


def _replace(folder: Path, mark_id: str, lines: list[bytes]) -> None:
    """Write `lines` in the place of the line with that id."""
    path = folder / FILE
    with _alone(folder):
        before = path.read_bytes().splitlines() if path.exists() else []
        after = [line for line in before if _id(line) != mark_id] + lines
        draft = path.with_suffix(".draft")
        try:
            with draft.open("wb") as file:
                file.writelines(line + b"\n" for line in after)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise


def _id(line: bytes) -> object:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record.get("id") if isinstance(record, dict) else None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no other session or process writes feedback."""
    try:
        with FileLock(folder / _LOCK, timeout=_LOCK_SECONDS):
            yield
    except Timeout:
        raise CorpusBusy("Others are writing feedback to this corpus. Try again later.") from None
    except OSError as error:
        raise StoreError(f"Feedback cannot be kept in {folder / FILE}: {error.strerror or error}.") from error
