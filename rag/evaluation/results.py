"""What became of one question, as a run keeps it.

No word of an article is kept, only where the words stand: what is deleted from a corpus is not in its runs either.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit: `evidence` numbers (from 0) what of the question's evidence it holds; `answers` if an accepted answer."""

    rank: int
    score: float
    passage: str
    article: str
    version: int
    start: int
    end: int
    evidence: tuple[int, ...] = ()
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: `exact` if its quote is what its version says there; `evidence` as of a hit."""

    number: int
    article: str
    version: int
    start: int
    end: int
    also_in: tuple[str, ...] = ()
    exact: bool = True
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A claim: `span` bounds the answering words in it. `text` is None when it is the words of its first citation."""

    citations: tuple[int, ...]
    support: float
    span: Bounds | None = None
    kind: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, or why there is none: `reason_code` is then one of rag.model.Reason."""

    reason_code: str = ""
    reason: str = ""
    confidence: float | None = None
    origins: int = 0
    reader: str = ""
    claims: tuple[Said, ...] = ()
    citations: tuple[Cited, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether the question was declined."""
        return bool(self.reason_code)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question.

    `values` are its measures by name, where they could be taken. `missing` numbers evidence that stands in no passage
    that the question's filters let through. `milliseconds` are those of `ask`, and of the search in it
    (`search`), if anything was looked for.
    """

    id: str
    hits: tuple[FoundHit, ...]
    answer: Given
    values: Mapping[str, float]
    missing: tuple[int, ...] = ()
    milliseconds: Mapping[str, float] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)


def result_of(record: Mapping[str, Any]) -> Result:
    """The result that a record was made of. Raises KeyError and TypeError if it was made of none."""
    answer = record["answer"]
    return Result(
        record["id"],
        tuple(FoundHit(**_tuples(hit)) for hit in record["hits"]),
        Given(
            **answer
            | {
                "claims": tuple(Said(**_tuples(claim)) for claim in answer["claims"]),
                "citations": tuple(Cited(**_tuples(cited)) for cited in answer["citations"]),
            }
        ),
        record["values"],
        tuple(record["missing"]),
        record["milliseconds"],
    )


def _tuples(record: Mapping[str, Any]) -> dict[str, Any]:
    """JSON's lists as the tuples that they were."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
