"""A run that changes nothing: what an ingest of these inputs would do."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from ingest.decide import Action, completed, decide
from ingest.fetch import Fetcher
from ingest.parse import Parsed, parse
from ingest.report import IngestReport, Planned, Progress
from ingest.sources import Input, RawItem, Reject, Unchanged, input_size, read_items
from rag.errors import SourceError
from rag.ports import ArticleStore


class Rehearsal:
    """One such run over a corpus; `store` is None while there is none. Loads no model and takes no lock."""

    def __init__(
        self,
        store: ArticleStore | None,
        progress: Callable[[Progress], None] = lambda progress: None,
        *,
        web: Fetcher | None = None,
    ) -> None:
        self._store = store
        self._progress = progress
        self._web = web
        self._planned: list[Planned] = []
        self._rejected: list[Reject] = []
        self._notes: list[str] = []
        self._unchanged = 0
        self._seen: dict[str, Parsed] = {}  # by key: what the inputs themselves have said of an article before

    def run(self, inputs: Sequence[Input]) -> IngestReport:
        """Read them all. Raises UsageError for an input that names nothing."""
        begun, now = time.perf_counter(), datetime.now(UTC)
        size = max(1, input_size(inputs))
        recall = self._store.visit if self._store else lambda url: None
        for item in read_items(inputs, lambda read: self._tell(read / size), web=self._web, recall=recall):
            match item:
                case RawItem():
                    self._take(item, now)
                case Reject():
                    self._rejected.append(item)
                case Unchanged():
                    self._unchanged += 1
        counts = Counter(planned.action for planned in self._planned)
        return IngestReport(
            added=counts[Action.ADD],
            changed=counts[Action.CHANGE] + counts[Action.OLDER],
            unchanged=counts[Action.KEEP] + self._unchanged,
            withdrawn=counts[Action.WITHDRAW],
            rejected=tuple(self._rejected),
            notes=tuple(self._notes),
            seconds=time.perf_counter() - begun,
            epoch=self._store.epoch() if self._store else 0,
            dry_run=True,
            planned=tuple(self._planned),
        )

    def _take(self, item: RawItem, now: datetime) -> None:
        try:
            parsed = parse(item, now)
        except SourceError as error:
            self._rejected.append(Reject(item.file, str(error), item.record))
            return
        self._notes += (f"{item.item}: {note}" for note in parsed.notes)
        known = self._store.known(parsed.keys) if self._store else None
        parsed = completed(parsed, known)
        before = next((self._seen[key] for key in parsed.keys if key in self._seen), None)
        action = decide(parsed, known) if before is None else _again(before, parsed)
        self._seen |= dict.fromkeys(parsed.keys, parsed)
        self._planned.append(Planned(item.item, action.value, parsed.article.id, parsed.article.title))

    def _tell(self, fraction: float) -> None:
        self._progress(Progress("reading", len(self._planned), 0, len(self._rejected), min(1.0, fraction)))


def _again(before: Parsed, parsed: Parsed) -> Action:
    """What would become of an article's next item in the same inputs, as near as can be told without writing."""
    if parsed.withdrawn:
        return Action.KEEP if before.withdrawn else Action.WITHDRAW
    return Action.KEEP if parsed.content_hash == before.content_hash else Action.CHANGE
