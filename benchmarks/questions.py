"""The question sets that the benchmarks ask, and how they tell a right answer."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rag.evaluation import load_set
from rag.evaluation.judge import holds_answer, holds_quote, is_stance
from rag.model import Filters

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its accepted answers and quotes; no accepted answer means that it should be declined.

    `on_its_day` are the filters with nothing later than when it was asked, if its set says when.
    """

    id: str
    text: str
    answers: tuple[str, ...]
    quotes: tuple[str, ...]
    urls: tuple[str, ...]
    type: str
    filters: Filters
    on_its_day: Filters

    @property
    def held_out(self) -> bool:
        """Whether it is of the half that nothing is fitted on, drawn by the hash of its id."""
        return sha256(self.id.encode()).digest()[0] % 2 == 1

    def is_answered_by(self, text: str) -> bool:
        """Whether an accepted answer stands in a text."""
        return holds_answer(text, self.answers)

    def quotes_in(self, texts: list[str]) -> int:
        """How many of the quotes stand in one of the texts, blanks aside."""
        return sum(any(holds_quote(text, quote) for text in texts) for quote in self.quotes)


def sample() -> list[Question]:
    """The questions of the sample corpus."""
    return _read(SAMPLES / "questions.jsonl")


def realtimeqa(data: Path = DATA) -> list[Question]:
    """RealTimeQA 2022-2023: those with an article that holds an accepted answer, without yes, no, true and false."""
    questions = _read(data / "realtimeqa" / "questions-2022-2023.jsonl.gz")
    return [question for question in questions if question.urls and not is_stance(question.answers)]


def multihop(data: Path = DATA) -> list[Question]:
    """The developers' part of MultiHop-RAG; its null queries have no accepted answer."""
    return _read(data / "multihop-rag" / "questions-dev.jsonl.gz")


def _read(path: Path) -> list[Question]:
    return [
        Question(
            each.id,
            each.text,
            each.answers,
            tuple(evidence.quote for evidence in each.evidence if evidence.quote),
            tuple(evidence.url for evidence in each.evidence),
            each.type,
            each.filters,
            each.as_asked().filters,
        )
        for each in load_set(path).questions
    ]
