"""The measures of the comparison, taken from the retrieved texts alone, and the table of them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.worker import read_lines
from rag.evaluation import Question
from rag.evaluation.figures import interval_of
from rag.evaluation.judge import holds_answer, holds_quote
from rag.evaluation.measures import mean
from rag.evaluation.results import FoundHit
from rag.evaluation.score import DEPTH, answers_found, facts


def values(questions: Sequence[Question], texts: Mapping[str, Sequence[str]]) -> dict[str, list[float]]:
    """Each measure's value for each question, as `byline eval` takes it.

    `texts` holds the passages found for each question's id, best first. Questions with quotes get the measures of
    MultiHop-RAG, the others whether an accepted answer stands in the first passages. Raises ValueError when a question
    was not asked.
    """
    if missing := [question.id for question in questions if question.id not in texts]:
        raise ValueError(f"{len(missing)} questions have no line among the answers, the first is {missing[0]}.")
    taken: dict[str, list[float]] = {}
    for question in questions:
        found = [_found(question, rank, text) for rank, text in enumerate(texts[question.id][:DEPTH], start=1)]
        for name, value in (facts(question, found) or answers_found(question, found)).items():
            taken.setdefault(name, []).append(value)
    return taken


def _found(question: Question, rank: int, text: str) -> FoundHit:
    """A hit of which no more than the text is known: a peer does not say from where in which article it is."""
    evidence = tuple(n for n, each in enumerate(question.evidence) if each.quote and holds_quote(text, each.quote))
    answers = holds_answer(text, question.answers)
    return FoundHit(rank, 0.0, "", "", 0, 0, len(text), evidence, answers)


def with_interval(taken: Sequence[float]) -> str:
    """The mean with its 95 % bootstrap interval."""
    low, high = interval_of(mean, np.array(taken)[:, np.newaxis])
    return f"{np.mean(taken):.3f} [{low:.3f}, {high:.3f}]"


def table(title: str, questions: Sequence[Question], asked: Mapping[str, Path], ingested: Mapping[str, Path]) -> str:
    """All measures and costs as Markdown: a column for each search whose answers stand in its folder.

    `asked` and `ingested` name the folders where each search's turns have left their files.
    """
    columns = {name: _column(questions, asked[name], ingested[name]) for name in asked if _is_whole(asked[name])}
    rows = dict.fromkeys(row for column in columns.values() for row in column)
    lines = [f"| {title}, {len(questions)} questions | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {row} | {' | '.join(column.get(row, '-') for column in columns.values())} |" for row in rows]
    return "\n".join(lines)


def _is_whole(folder: Path) -> bool:
    return (folder / "answers.jsonl").exists() and (folder / "ask.json").exists()


def _column(questions: Sequence[Question], asked: Path, ingested: Path) -> dict[str, str]:
    answers = {row["id"]: row for row in read_lines(asked / "answers.jsonl")}
    quality = values(questions, {id: row["texts"] for id, row in answers.items()})
    seconds = [row["seconds"] for row in answers.values()]
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    asking, ingest = _figures(asked / "ask.json"), _figures(ingested / "ingest.json")
    rows = {name: with_interval(taken) for name, taken in quality.items()}
    rows |= {
        "questions a second": f"{len(seconds) / sum(seconds):.1f}",
        "a question, ms, p50 / p95": f"{p50:.0f} / {p95:.0f}",
        "opening the index, s": f"{asking['opening seconds']:.1f}",
        "memory of the process that asks, MB": f"{asking['peak MB']:.0f}",
    }
    rows |= {name: form(ingest) for name, form in _INGEST.items()}
    return rows | {"versions": ", ".join(f"{name} {number}" for name, number in asking["versions"].items())}


_INGEST: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "passages": lambda figures: f"{figures['passages']:,}",
    "ingest, s": lambda figures: f"{figures['seconds']:.0f}",
    "passages a second": lambda figures: f"{figures['passages'] / figures['seconds']:.1f}",
    "memory of the process that ingests, MB": lambda figures: f"{figures['peak MB']:.0f}",
    "index on disk, MB": lambda figures: f"{figures['bytes'] / 1e6:.0f}",
}


def _figures(path: Path) -> dict[str, Any]:
    return next(read_lines(path))
