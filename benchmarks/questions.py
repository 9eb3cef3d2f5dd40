"""Question sets of several formats, as one: what the benchmarks ask, and how they tell a right answer."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from rag.language.terms import words

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its accepted answers and quotes; no accepted answer means that it should be declined."""

    id: str
    text: str
    answers: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    type: str = ""
    as_of: str | None = None

    @property
    def held_out(self) -> bool:
        """Whether it is of the half that nothing is fitted on, drawn by the hash of its id."""
        return sha256(self.id.encode()).digest()[0] % 2 == 1

    def is_answered_by(self, text: str) -> bool:
        """Whether an accepted answer stands in a text, as whole words, ignoring case, accents and punctuation."""
        padded = f" {' '.join(words(text))} "
        return any(f" {' '.join(words(answer))} " in padded for answer in self.answers)

    def quotes_in(self, texts: list[str]) -> int:
        """How many of the quotes stand in one of the texts, blanks aside."""
        bare = [re.sub(r"\s+", "", text) for text in texts]
        return sum(any(re.sub(r"\s+", "", quote) in text for text in bare) for quote in self.quotes)


def sample() -> list[Question]:
    """The questions of the sample corpus."""
    return [
        Question(
            row["id"],
            row["question"],
            tuple(row["answers"]),
            tuple(evidence["quote"] for evidence in row["evidence"]),
            tuple(evidence["url"] for evidence in row["evidence"]),
            row["type"],
            row.get("as_of"),
        )
        for row in _rows(SAMPLES / "questions.jsonl")
    ]


def realtimeqa(data: Path = DATA) -> list[Question]:
    """RealTimeQA 2022-2023: those with an article that holds an accepted answer, without yes, no, true and false."""
    return [
        Question(row["id"], row["question"], tuple(row["answers"]), urls=tuple(row["urls_with_answer"]), type="quiz")
        for row in _rows(data / "realtimeqa" / "questions-2022-2023.jsonl.gz")
        if row["urls_with_answer"] and not {a.casefold() for a in row["answers"]} & {"yes", "no", "true", "false"}
    ]


def multihop(data: Path = DATA) -> list[Question]:
    """The developers' part of MultiHop-RAG; its null queries have no accepted answer."""
    return [
        Question(
            row["id"],
            row["question"],
            () if row["type"] == "null_query" else (row["answer"],),
            tuple(evidence["quote"] for evidence in row["evidence"]),
            tuple(evidence["url"] for evidence in row["evidence"]),
            row["type"],
        )
        for row in _rows(data / "multihop-rag" / "questions-dev.jsonl.gz")
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
