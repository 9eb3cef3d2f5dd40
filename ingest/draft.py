"""What is on its way to a corpus: drafts of versions, and the batches in which they are written."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ingest.decide import Action
from ingest.embed import header
from ingest.parse import Parsed
from ingest.split import SplitSettings, split
from rag.identity import passage_id
from rag.model import Passage, Version
from rag.ports import Embedder
from rag.records import Known, NewVersion, Vectors, Visit
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """A version that waits for its vectors."""

    version: Version
    parsed: Parsed
    action: Action
    passages: tuple[Passage, ...]

    def with_vectors(self, vectors: Vectors) -> NewVersion:
        """The version as it is written; `vectors` has one row for each of its passages."""
        parsed = self.parsed
        return NewVersion(
            self.version,
            parsed.content_hash,
            self.passages,
            vectors,
            parsed.text_hash,
            parsed.keys,
            parsed.item_hash,
        )


def draft(
    parsed: Parsed, known: Known | None, action: Action, now: datetime, embedder: Embedder, settings: Settings
) -> Draft:
    """The next version of an article, cut into passages that leave room for the header they are embedded under."""
    number = known.last_number + 1 if known else 1
    article = parsed.article
    before = embedder.count_tokens([embedder.info.passage_prompt + header(article)])[0]
    room = min(settings.passage_tokens, embedder.max_tokens) - before
    spans = split(parsed.text, embedder.count_tokens, SplitSettings(room, settings.overlap_tokens))
    passages = tuple(
        Passage(passage_id(article.id, number, ordinal), article, number, start, end, parsed.text[start:end])
        for ordinal, (start, end) in enumerate(spans)
    )
    version = Version(
        article,
        number,
        parsed.text,
        fetched_at=parsed.fetched_at or now,
        current=action is not Action.OLDER,
        dates=parsed.dates,
        revision=parsed.revision,
        embargoed_until=parsed.embargoed_until,
        note=parsed.note,
        furniture=parsed.furniture,
    )
    return Draft(version, parsed, action, passages)


@dataclass(slots=True)
class Batch:
    """What is written at once: drafts and withdrawals, each of another article, and the visits they were found by.

    `share` is that of the inputs' bytes which had been read when its last item came, `arithmetic` how many passages
    were embedded with which.
    """

    drafts: list[Draft] = field(default_factory=list)
    withdrawals: list[Parsed] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    share: float = 0.0
    arithmetic: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.drafts or self.withdrawals or self.visits)

    @property
    def passages(self) -> list[Passage]:
        """Those of all drafts, in order."""
        return [passage for draft in self.drafts for passage in draft.passages]

    @property
    def articles(self) -> list[Parsed]:
        """What the items said of whose articles this is."""
        return [*(draft.parsed for draft in self.drafts), *self.withdrawals]


class OnTheWay:
    """The articles of batches that are not written yet: what becomes of their next items is decided once they are."""

    def __init__(self, known: Callable[[Sequence[str]], Known | None]) -> None:
        self._known = known
        self._names: set[str] = set()
        self._changed = threading.Condition()
        self.batches = 0  # that were handed on

    def known(self, parsed: Parsed) -> tuple[Known | None, frozenset[str]]:
        """What is stored of an item's article; and what is on its way of that article, by name."""
        with self._changed:
            names = frozenset(self._names)  # looked up first: what is not among them now is in the truth by then
        known = self._known(parsed.keys)
        return known, names & {*parsed.keys, known.article_id if known else parsed.article.id}

    def begin(self, parsed: Parsed) -> None:
        """An article is on its way."""
        with self._changed:
            self._names.update(_names(parsed))

    def handed_on(self, batch: Batch) -> Batch:
        """The same batch, which is complete."""
        with self._changed:
            self.batches += 1
        return batch

    def end(self, batch: Batch) -> None:
        """A batch is written."""
        with self._changed:
            self.batches -= 1
            self._names.difference_update(name for parsed in batch.articles for name in _names(parsed))
            self._changed.notify_all()

    def wait(self, names: frozenset[str], seconds: float) -> None:
        """Until none of these is on its way, or for so long."""
        with self._changed:
            self._changed.wait_for(lambda: names.isdisjoint(self._names), seconds)


def _names(parsed: Parsed) -> tuple[str, ...]:
    return (*parsed.keys, parsed.article.id)
