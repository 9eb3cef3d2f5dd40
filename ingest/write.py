"""Write to the truth and to the indexes derived from it, in the order that survives being killed at any point.

1. The ids of the new passages are noted as unsettled (in the truth).
2. The derived indexes get them; no reader sees them, since the truth does not know them as current.
3. One transaction makes the new versions current, raises the epoch, and unsettles the passages they supersede.
4. `settle` brings the derived rows of everything unsettled in step with the truth.

A writer that dies leaves unsettled ids behind, and the next one begins by settling them. What is deleted is noted in
the same way until no file of an index holds it any more.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from rag.ports import ArticleWriter, LexicalIndex, VectorIndex
from rag.records import NewVersion, Standing, Withdrawal

_SETTLED_AT_ONCE = 2_000
_TOLERATED_WASTE = 10_000
"""Vectors of no more use, some 17 MB, for which no index is made anew."""


class CorpusWriter:
    """The truth and its derived indexes, changed together. Every method must be called while `lock` is held."""

    def __init__(self, store: ArticleWriter, vectors: VectorIndex, lexical: LexicalIndex) -> None:
        self.store = store
        self._vectors = vectors
        self._lexical = lexical

    @contextmanager
    def lock(self, purpose: str) -> Iterator[None]:
        """Hold the writer lock, after mending what a killed writer left and what was lost. Raises CorpusBusy."""
        with self.store.lock(purpose):
            try:
                self.store.lift_embargoes()
                self._renew()
                self._settle()
                self._erase()
                yield
            finally:
                self._vectors.close()
                self._lexical.close()

    def write(self, versions: Sequence[NewVersion], arithmetic: Mapping[str, int] | None = None) -> None:
        """Make these versions current, all or none; `arithmetic` as the store's `commit` has it."""
        current = [new for new in versions if new.version.current and new.passages]
        passages = [passage for new in current for passage in new.passages]
        self.store.unsettle([passage.id for new in versions for passage in new.passages])
        if passages:
            self._vectors.add(passages, np.concatenate([new.vectors for new in current]))
            self._lexical.add(passages)
            self._lexical.commit()
        self.store.commit(versions, arithmetic)
        self._settle()

    def withdraw(
        self,
        article_id: str,
        notice: str,
        withdrawal: Withdrawal = Withdrawal(),
        keys: Sequence[str] = (),
        item_hash: str = "",
    ) -> bool:
        """Take an article out of every search, keep its versions readable; whether it was not withdrawn before."""
        withdrawn = self.store.withdraw(article_id, notice, withdrawal, keys, item_hash)
        self._settle()
        return withdrawn

    def reinstate(self, article_id: str) -> bool:
        """Put a withdrawn article back; whether it was withdrawn."""
        reinstated = self.store.reinstate(article_id)
        self._settle()
        return reinstated

    def delete(self, article_ids: Sequence[str]) -> int:
        """Remove articles with all that is stored of them; how many there were."""
        deleted = self.store.delete(article_ids)
        self._settle()
        self._erase()
        return deleted

    def mend(self, passage_ids: Sequence[str]) -> None:
        """Bring the derived rows of these passages in step with the truth, whatever they are now."""
        self.store.unsettle(passage_ids)
        self._settle()
        self._erase()
        self.store.raise_epoch()

    def rebuild_vectors(self) -> None:
        """Make the vector index anew from the truth. Nothing is embedded again."""
        with self._vectors.rebuilt() as fresh:
            for standing in self._all_standing():
                fresh.add(standing.current, standing.vectors)
        self.store.raise_epoch()

    def rebuild_words(self) -> None:
        """Make the lexical index anew from the truth."""
        with self._lexical.rebuilt() as fresh:
            for standing in self._all_standing():
                fresh.add(standing.current)
                fresh.add(standing.superseded, superseded=True)
            fresh.commit()
        self.store.raise_epoch()

    def _all_standing(self) -> Iterator[Standing]:
        ids = self.store.passage_ids()
        for first in range(0, len(ids), _SETTLED_AT_ONCE):
            yield self.store.standing(ids[first : first + _SETTLED_AT_ONCE])

    def _settle(self) -> None:
        """Bring the derived rows of everything unsettled in step with the truth."""
        unsettled = self.store.unsettled()
        for first in range(0, len(unsettled), _SETTLED_AT_ONCE):
            some = unsettled[first : first + _SETTLED_AT_ONCE]
            standing = self.store.standing(some)
            current = {passage.id for passage in standing.current}
            gone = [identifier for identifier in some if identifier not in current]
            self._vectors.remove(gone)
            self._lexical.remove(gone)
            self._vectors.add(standing.current, standing.vectors)
            self._lexical.add(standing.current)
            self._lexical.add(standing.superseded, superseded=True)
            self._lexical.commit()
            self.store.settle(some)

    def _erase(self) -> None:
        """Leave nothing of deleted articles in any file, whether this writer deleted them or one that was stopped."""
        if gone := self.store.unerased():
            self._vectors.erase(gone)
            self.rebuild_words()  # else it keeps those of removed passages until its parts are merged, maybe never
            self.store.note_erased()

    def _renew(self) -> None:
        """Make a derived index anew that was lost or damaged, or whose files are mostly waste."""
        passages = self.store.count_passages()
        lost = passages and not self._vectors.exists()
        if self._vectors.damage() or lost or self._vectors.waste() > max(passages, _TOLERATED_WASTE):
            self.rebuild_vectors()
        if self._lexical.damage() or (passages and not self._lexical.exists()):
            self.rebuild_words()
