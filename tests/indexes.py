"""The derived indexes in memory: quick doubles that keep the promises of the ports, and lose what the dead lose."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from rag.identity import version_key
from rag.language.terms import terms
from rag.model import Passage
from rag.ports import Scored
from rag.records import Vectors


class MemoryVectors:
    """Exact cosine similarity."""

    def __init__(self) -> None:
        self.rows: dict[str, Vectors] = {}
        self.files: set[str] = set()  # what still stands somewhere in them

    def search(self, vector: Vectors, k: int) -> Scored:
        scored = [(identifier, float(row @ vector)) for identifier, row in self.rows.items()]
        return sorted(scored, key=lambda pair: -pair[1])[:k]

    def search_each(self, vectors: Vectors, k: int) -> list[Scored]:
        return [self.search(vector, k) for vector in vectors]

    def exists(self) -> bool:
        return True

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        self.rows |= {passage.id: row for passage, row in zip(passages, vectors, strict=True)}
        self.files |= {passage.id for passage in passages}

    def remove(self, ids: Sequence[str]) -> None:
        for identifier in ids:
            self.rows.pop(identifier, None)

    def damage(self, *, thorough: bool = False) -> str | None:
        return None

    def waste(self) -> int:
        return 0

    def altered(self, passages: Sequence[Passage]) -> list[str]:
        return []

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        return {identifier: self.rows[identifier] for identifier in ids if identifier in self.rows}

    @contextmanager
    def rebuilt(self) -> Iterator["MemoryVectors"]:
        fresh = MemoryVectors()
        yield fresh
        self.rows, self.files = fresh.rows, fresh.files

    def erase(self, ids: Sequence[str]) -> None:
        self.files -= set(ids)

    def refresh(self) -> None:
        """Nothing to do: there is one process."""

    def close(self) -> None:
        """Nothing to let go of."""

    def ids(self) -> list[str]:
        return list(self.rows)


class MemoryWords:
    """BM25 (k1 = 1.2, b = 0.75) over text and title as one field; rows are a passage and whether it is superseded."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Passage, bool]] = {}
        self._pending: dict[str, tuple[Passage, bool] | None] = {}
        self.files: set[str] = set()  # what still stands somewhere in them

    def search(self, query: Sequence[str], k: int, versions: Collection[str] | None = None) -> Scored:
        scored = [(i, self._score(i, query)) for i in self._among(versions)]
        return sorted((pair for pair in scored if pair[1] > 0), key=lambda pair: -pair[1])[:k]

    def document_frequency(self, term: str) -> int:
        return sum(term in self._terms(identifier) for identifier in self.rows)

    def exists(self) -> bool:
        return True

    def add(self, passages: Sequence[Passage], *, superseded: bool = False) -> None:
        self._pending |= {passage.id: (passage, superseded) for passage in passages}

    def remove(self, ids: Sequence[str]) -> None:
        self._pending |= dict.fromkeys(ids)

    def damage(self, *, thorough: bool = False) -> str | None:
        return None

    @contextmanager
    def rebuilt(self) -> Iterator["MemoryWords"]:
        fresh = MemoryWords()
        yield fresh
        fresh.commit()
        self.rows, self.files, self._pending = fresh.rows, fresh.files, {}

    def commit(self) -> None:
        merged = self.rows | self._pending
        self.files |= {identifier for identifier, row in self._pending.items() if row is not None}
        self.rows = {identifier: row for identifier, row in merged.items() if row is not None}
        self._pending = {}

    def refresh(self) -> None:
        """Nothing to do: there is one process."""

    def close(self) -> None:
        """What was not committed is lost."""
        self._pending = {}

    def ids(self, *, superseded: bool = False) -> list[str]:
        return [identifier for identifier, row in self.rows.items() if row[1] == superseded]

    def _among(self, versions: Collection[str] | None) -> Iterator[str]:
        for identifier, (passage, superseded) in self.rows.items():
            key = version_key(passage.article.id, passage.version)
            if not superseded if versions is None else key in versions:
                yield identifier

    def _terms(self, identifier: str) -> list[str]:
        passage = self.rows[identifier][0]
        return terms(f"{passage.article.title} {passage.text}")

    def _score(self, identifier: str, query: Sequence[str]) -> float:
        here, average = self._terms(identifier), np.mean([len(self._terms(i)) for i in self.rows])
        score = 0.0
        for term in query:
            n, count = self.document_frequency(term), here.count(term)
            rarity = np.log(1 + (len(self.rows) - n + 0.5) / (n + 0.5))
            score += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(here) / average))
        return float(score)
