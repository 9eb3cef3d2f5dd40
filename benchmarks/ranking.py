"""Questions as retrieval sees them: the candidates of their parts with their features, and which of them are right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.questions import Question
from rag import Corpus
from rag.fuse import interleave
from rag.model import Hit, Part, Passage
from rag.rank.ranker import Ranker
from rag.retrieve import Rankings
from rag.search import Described, best_first

SEED = 7
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Candidates:
    """A question with its candidates, part by part.

    `right` has a row for each candidate, and a column for each quote that is to be found; without quotes one column,
    which tells whether an accepted answer stands in it. `whole` are the rankings of the question as it was asked, and
    `by_part` those of its parts.
    """

    question: Question
    parts: tuple[Described, ...]
    right: tuple[NDArray[np.bool_], ...]
    whole: Rankings
    by_part: tuple[Rankings, ...]

    def ranked(self, ranker: Ranker) -> tuple[Hit, ...]:
        """The candidates of all parts as one ranking."""
        scores = [ranker.scores(part.values, len(self.parts)) for part in self.parts]
        return interleave([best_first(*each) for each in zip(self.parts, scores, strict=True)])


def candidates(corpus: Corpus, questions: Sequence[Question], *, planned: bool = True) -> Iterator[Candidates]:
    """What is found for each question, as a search finds it.

    Unless `planned`, each question is one part, which implies nothing.
    """
    searcher = corpus.answerer.searcher
    for question in questions:
        filters = question.filters
        plan = searcher.plan(question.text, filters)
        if not planned:
            plan = replace(plan, implied=(), parts=(Part(0, len(question.text), question.text),))
        vectors = searcher.embed(plan)
        pool = searcher.pool(plan, vectors, filters)
        rarities = searcher.rarities(plan)
        parts = searcher.described(plan, vectors, pool, rarities, filters, closely=len(pool.passages))
        right = tuple(_right(question, part.found.passages) for part in parts)
        yield Candidates(question, parts, right, pool.rankings[0], pool.rankings[-len(parts) :])


def on_their_day(questions: Sequence[Question]) -> list[Question]:
    """RealTimeQA's questions as of the day on which each was asked."""
    return [replace(question, filters=question.on_its_day) for question in questions]


def _right(question: Question, passages: Sequence[Passage]) -> NDArray[np.bool_]:
    if not question.quotes:
        return np.array([[question.is_answered_by(passage.text)] for passage in passages], dtype=bool)
    quotes = [_bare(quote) for quote in dict.fromkeys(question.quotes)]
    return np.array([[quote in text for quote in quotes] for text in (_bare(p.text) for p in passages)], dtype=bool)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


QUOTED = ("Hits@10", "Hits@4", "MRR@10", "fact recall@10", "all facts@10")
ANSWERED = ("first 1", "first 5", "first 10")


def measured(question: Question, passages: Sequence[Passage]) -> list[float]:
    """The measures of one question's first ten passages: QUOTED where it has quotes, else ANSWERED."""
    right = _right(question, passages[:10])
    any_right = right.any(axis=1) if len(right) else np.zeros(0, dtype=bool)
    if not question.quotes:
        return [float(any_right[:k].any()) for k in (1, 5, 10)]
    first = next((1 / (place + 1) for place, found in enumerate(any_right) if found), 0.0)
    found = right.any(axis=0) if len(right) else np.zeros(1, dtype=bool)
    return [float(any_right.any()), float(any_right[:4].any()), first, float(found.mean()), float(found.all())]


def measures_of(questions: Sequence[Candidates]) -> tuple[str, ...]:
    """The names of what `measured` gives for these questions."""
    return QUOTED if questions[0].question.quotes else ANSWERED


def with_intervals(rows: Sequence[Sequence[float]]) -> str:
    """Means with their 95 % bootstrap intervals over questions, as cells of a table."""
    values = np.array(rows)
    draws = np.random.default_rng(SEED).integers(0, len(values), (1000, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5], axis=0)
    return " | ".join(f"{values[:, i].mean():.3f} ({low[i]:.3f} to {high[i]:.3f})" for i in range(values.shape[1]))


def folds(questions: Sequence[Question]) -> NDArray[np.int_]:
    """The fold of each question: those that share an article of evidence, or a week, are in one."""
    groups = _by_evidence(questions) if questions and questions[0].quotes else _by_week(questions)
    fold, sizes = np.zeros(len(questions), dtype=int), np.zeros(FOLDS)
    for group in sorted(groups, key=lambda group: (-len(group), questions[group[0]].id)):
        least = int(sizes.argmin())
        fold[group] = least
        sizes[least] += len(group)
    return fold


def _by_week(questions: Sequence[Question]) -> list[list[int]]:
    """RealTimeQA numbers its questions within a week: "rtqa-20220617_3"."""
    weeks: dict[str, list[int]] = {}
    for i, question in enumerate(questions):
        weeks.setdefault(question.id.rpartition("_")[0], []).append(i)
    return list(weeks.values())


def _by_evidence(questions: Sequence[Question]) -> list[list[int]]:
    """Connected components of questions over the articles that they share."""
    group = list(range(len(questions)))
    holder: dict[str, int] = {}

    def top(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, question in enumerate(questions):
        for url in question.urls:
            group[top(i)] = top(holder.setdefault(url, i))
    components: dict[int, list[int]] = {}
    for i in range(len(questions)):
        components.setdefault(top(i), []).append(i)
    return list(components.values())
