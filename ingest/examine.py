"""Are the truth and the indexes derived from it in step? Looks at every passage, changes nothing."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.report import Progress
from rag.errors import StoreError
from rag.ports import ArticleWriter, DerivedIndex, LexicalIndex, Scored, VectorIndex
from rag.records import Fault, Standing, Vectors

_AT_ONCE = 2_000
_SEARCHED = 1_000
"""Passages, evenly spread, that are searched for by their own vectors: every one of 100,000 would take minutes."""
_EXAMPLES = 3
_SAME = 1e-3
"""How far a vector in the index may be from the stored one: Chroma brings it to unit length in its own arithmetic."""
_NEAREST = 5
_NEARLY_THE_SAME = 0.05
"""How far others may be that are found in place of a passage: the index is approximate where many texts are alike."""
_USUALLY_MISSED = 0.05
"""The share of passages that it may miss even so."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, in how many passages and seconds.

    `broken` are those of "vectors" and "words" that cannot be compared; `differing` are passages that are not in step.
    """

    faults: tuple[Fault, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    broken: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


def examine(
    store: ArticleWriter,
    vectors: VectorIndex,
    lexical: LexicalIndex,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Diagnosis:
    """Compare truth, vectors and words, passage by passage. The writer lock must be held."""
    begun = time.perf_counter()
    progress(Progress("checking the database", 0, 0, 0, 0.0))
    faults = store.faults()
    if any(not fault.mendable for fault in faults):  # there is nothing to compare with
        return Diagnosis(tuple(faults), seconds=time.perf_counter() - begun)
    ids = store.passage_ids()
    comparison = _Comparison(vectors, lexical, expected=bool(ids))
    for first in range(0, len(ids), _AT_ONCE):
        progress(Progress("comparing the indexes", 0, first, 0, first / len(ids)))
        comparison.compare(store.standing(ids[first : first + _AT_ONCE]), every=max(1, len(ids) // _SEARCHED))
    comparison.conclude()
    return Diagnosis(
        (*faults, *comparison.faults),
        len(ids),
        time.perf_counter() - begun,
        tuple(comparison.broken),
        tuple(comparison.differing),
    )


@dataclass(slots=True)
class _Found:
    """What is known of one derived index: its rows, or why there is nothing to compare."""

    where: str
    rows: Counter[str] = field(default_factory=Counter)
    broken: str | None = None
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def read(self, read: Callable[[], Sequence[str]]) -> None:
        """Read the rows, unless the index is broken."""
        if not self.broken:
            try:
                self.rows = Counter(read())
            except StoreError as error:
                self.broken = str(error)

    def note(self, what: str, ids: Sequence[str]) -> None:
        """These passages are wrong in this way."""
        if ids and not self.broken:
            self.wrong.setdefault(what, []).extend(ids)

    def faults(self) -> list[Fault]:
        """As what is told to people; all of it can be made anew from the truth."""
        if self.broken:
            return [Fault(self.where, self.broken, mendable=True)]
        return [
            Fault(self.where, what, len(ids), tuple(ids[:_EXAMPLES]), mendable=True) for what, ids in self.wrong.items()
        ]


class _Comparison:
    """Batches of what should be, held against what the indexes have."""

    def __init__(self, vectors: VectorIndex, lexical: LexicalIndex, *, expected: bool) -> None:
        """`expected` says whether there should be anything in the indexes."""
        self._index = vectors
        self._vectors = _Found("vectors", broken=_breach(vectors, expected))
        self._words = _Found("words", broken=_breach(lexical, expected))
        self._old_words = _Found("words", broken=self._words.broken)
        self._vectors.read(vectors.ids)
        self._words.read(lexical.ids)
        self._old_words.read(lambda: lexical.ids(superseded=True))
        self._expected: tuple[set[str], set[str]] = set(), set()
        self._seen = self._searched = 0
        self._lost: list[str] = []

    def compare(self, standing: Standing, every: int) -> None:
        """Hold what these passages should be against what they are; search for every so many of them."""
        current = [passage.id for passage in standing.current]
        superseded = [passage.id for passage in standing.superseded]
        self._expected[0].update(current)
        self._expected[1].update(superseded)
        self._compare_vectors(current, standing.vectors, every)
        if not self._vectors.broken:
            self._vectors.note("passages are described otherwise", self._index.altered(standing.current))
        for found, ids in ((self._words, current), (self._old_words, superseded)):
            found.note("passages are missing", [i for i in ids if not found.rows[i]])
            found.note("passages are there more than once", [i for i in ids if found.rows[i] > 1])

    def _compare_vectors(self, ids: Sequence[str], stored: Vectors, every: int) -> None:
        if self._vectors.broken or not ids:
            return
        there = self._index.vectors(ids)
        self._vectors.note("passages are missing", [i for i in ids if i not in there and not self._vectors.rows[i]])
        self._vectors.note("passages cannot be found", [i for i in ids if i not in there and self._vectors.rows[i]])
        both = [(i, row) for i, row in zip(ids, stored, strict=True) if i in there]
        self._vectors.note(
            "passages have another vector than in the database",
            [i for i, row in both if there[i].shape != row.shape or not np.abs(there[i] - row).max() <= _SAME],
        )
        searched = both[-self._seen % every :: every]
        self._seen += len(both)
        self._searched += len(searched)
        found = self._index.search_each(np.array([row for _, row in searched]), _NEAREST)
        self._lost += [i for (i, _), hits in zip(searched, found, strict=True) if _is_lost(i, hits)]

    def conclude(self) -> None:
        """What only all batches together show: what is in the indexes and should not be, and whether searches find."""
        if len(self._lost) > _USUALLY_MISSED * self._searched:
            self._vectors.note("passages are not found by a search for their own vector", self._lost)
        current, superseded = self._expected
        stray = "passages are there that should not be"
        self._vectors.note(stray, [i for i in self._vectors.rows if i not in current])
        self._words.note(stray, [i for i in self._words.rows if i not in current])
        self._old_words.note(stray, [i for i in self._old_words.rows if i not in superseded])

    @property
    def differing(self) -> list[str]:
        """The passages to be written again, once each."""
        every = (self._vectors, self._words, self._old_words)
        return list(dict.fromkeys(i for found in every for ids in found.wrong.values() for i in ids))

    @property
    def broken(self) -> list[str]:
        """The indexes that could not be compared."""
        return [found.where for found in (self._vectors, self._words) if found.broken]

    @property
    def faults(self) -> list[Fault]:
        """All that was found."""
        old_words = [] if self._words.broken else self._old_words.faults()
        return self._vectors.faults() + self._words.faults() + old_words


def _is_lost(identifier: str, found: Scored) -> bool:
    """Whether a search for a passage's own vector found others only, and not such as say nearly the same."""
    return identifier not in dict(found) and not (found and found[-1][1] >= 1 - _NEARLY_THE_SAME)


def _breach(index: DerivedIndex, expected: bool) -> str | None:
    if expected and not index.exists():
        return "the index is missing"
    damage = index.damage(thorough=True)
    return None if damage is None else f"the index is damaged: {damage}"
