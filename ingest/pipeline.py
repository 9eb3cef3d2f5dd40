"""An ingest from inputs to a report: read, parse, split, embed, write, in batches that are whole or not at all.

A batch is as many articles as make some `BATCH_PASSAGES` passages. It bounds memory, and what a killed run has to do
again: whatever was written before is found unchanged by the next run, at the cost of a hash.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from ingest.decide import Action, completed, decide
from ingest.embed import embed, header
from ingest.fetch import Fetcher
from ingest.parse import Parsed, parse
from ingest.report import IngestReport, Progress
from ingest.sources import Input, Item, RawItem, Reject, Unchanged, Visited, input_size, read_items
from ingest.split import SplitSettings, split
from ingest.write import CorpusWriter
from rag.errors import SourceError
from rag.model import Passage, Version, passage_id
from rag.ports import Embedder, Known, NewVersion, Visit, Withdrawal
from rag.settings import Settings

BATCH_PASSAGES = 2_000
_VISITS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Draft:
    """A version that waits for its vectors."""

    version: Version
    parsed: Parsed
    action: Action
    passages: tuple[Passage, ...]


class _StoppedError(Exception):
    """The run was told to end."""


class Ingest:
    """One run. `load_embedder` is called when the first passage is to be made: never, if nothing is new.

    `stopped` is asked now and then whether to end: then what was not written yet is left to the next run.
    """

    def __init__(
        self,
        writer: CorpusWriter,
        load_embedder: Callable[[], Embedder],
        settings: Settings,
        progress: Callable[[Progress], None] = lambda progress: None,
        *,
        web: Fetcher | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._writer = writer
        self._load_embedder = load_embedder
        self._loaded: Embedder | None = None
        self._settings = settings
        self._progress = progress
        self._web = web
        self._stopped = stopped
        self._counts: Counter[str] = Counter()
        self._rejected: list[Reject] = []
        self._notes: list[str] = []
        self._batch: list[_Draft] = []
        self._visits: list[Visit] = []
        self._read = self._done = self._batch_done = 0.0  # shares of the inputs' bytes

    def run(self, inputs: Sequence[Input]) -> IngestReport:
        """Ingest them all. Raises UsageError for an input that names nothing, CorpusBusy, StoreError, ModelError."""
        begun, now = time.perf_counter(), datetime.now(UTC)
        size = max(1, input_size(inputs))
        with self._writer.lock("byline ingest"):
            stopped = self._all_of(inputs, size, now)
            counts = self._counts
            report = IngestReport(
                added=counts["added"],
                changed=counts["changed"],
                unchanged=counts["unchanged"],
                withdrawn=counts["withdrawn"],
                passages=counts["passages"],
                embedded=counts["embedded"],
                rejected=tuple(self._rejected),
                notes=tuple(self._notes),
                seconds=time.perf_counter() - begun,
                epoch=self._writer.store.epoch(),
                stopped=stopped,
            )
            if report.added or report.changed or report.withdrawn:
                # Without the lines about items: what is deleted later must not stand there.
                self._writer.store.record_run(now, asdict(replace(report, rejected=(), notes=())))
        return report

    def _all_of(self, inputs: Sequence[Input], size: int, now: datetime) -> bool:
        """Take all that stands in the inputs; whether the run was told to end before."""
        store = self._writer.store
        items = read_items(inputs, lambda read: self._reading(read / size), web=self._web, recall=store.visit)
        try:
            for item in items:
                self._take(item, now)
            self._write_batch()
        except _StoppedError:
            return True
        return False

    def _take(self, item: Item, now: datetime) -> None:
        match item:
            case RawItem() if self._is_repeat(item):
                self._counts["unchanged"] += 1
            case RawItem():
                try:
                    parsed = parse(item, now)
                except SourceError as error:
                    self._rejected.append(Reject(item.file, str(error), item.record))
                else:
                    self._notes += (f"{item.item}: {note}" for note in parsed.notes)
                    self._take_article(parsed, item.item, now)
            case Reject():
                self._rejected.append(item)
            case Unchanged():
                self._counts["unchanged"] += 1
            case Visited(visit):
                self._visits.append(visit)
                if not self._batch and len(self._visits) >= _VISITS_AT_ONCE:
                    self._remember()
        self._tell("reading")

    def _is_repeat(self, item: RawItem) -> bool:
        digest = item.digest
        return bool(digest) and self._writer.store.seen(digest)

    def _take_article(self, parsed: Parsed, where: str, now: datetime) -> None:
        if any(set(parsed.keys) & set(draft.parsed.keys) for draft in self._batch):
            self._write_batch()  # two versions of one article are two steps
        known = self._writer.store.known(parsed.keys)
        parsed = completed(parsed, known)
        match action := decide(parsed, known):
            case Action.KEEP:
                self._counts["unchanged"] += 1
                self._writer.store.learn(parsed.article.id, parsed.keys)
            case Action.WITHDRAW:
                self._withdraw(parsed)
            case _:
                self._batch.append(self._draft(parsed, known, action, now))
                self._note_visibility(parsed, where, action, now)
        if sum(len(draft.passages) for draft in self._batch) >= BATCH_PASSAGES:
            self._write_batch()

    def _withdraw(self, parsed: Parsed) -> None:
        withdrawal = Withdrawal(parsed.withdrawn, parsed.article.updated_at, parsed.revision)
        new = self._writer.withdraw(parsed.article.id, parsed.notice_hash, withdrawal, parsed.keys, parsed.item_hash)
        self._counts["withdrawn" if new else "unchanged"] += 1

    def _note_visibility(self, parsed: Parsed, where: str, action: Action, now: datetime) -> None:
        """Say of a version that is stored why no search will find it."""
        if action is Action.OLDER:
            self._notes.append(f"{where}: older than the version that is current; kept as history")
        elif parsed.embargoed_until and parsed.embargoed_until > now:
            self._notes.append(f"{where}: under embargo until {parsed.embargoed_until.isoformat()}")

    def _draft(self, parsed: Parsed, known: Known | None, action: Action, now: datetime) -> _Draft:
        number = known.last_number + 1 if known else 1
        embedder, article = self._embedder(), parsed.article
        before = embedder.count_tokens([embedder.info.passage_prompt + header(article)])[0]
        room = min(self._settings.passage_tokens, embedder.max_tokens) - before
        spans = split(parsed.text, embedder.count_tokens, SplitSettings(room, self._settings.overlap_tokens))
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
        return _Draft(version, parsed, action, passages)

    def _write_batch(self) -> None:
        if not self._batch:
            self._remember()
            return
        passages = [passage for draft in self._batch for passage in draft.passages]
        vectors = embed(passages, self._embedder(), lambda more: self._embedded(more, len(passages)))
        bounds = accumulate((len(draft.passages) for draft in self._batch), initial=0)
        self._tell("writing")
        self._writer.write(
            [
                NewVersion(
                    draft.version,
                    draft.parsed.content_hash,
                    draft.passages,
                    vectors[first:last],
                    draft.parsed.text_hash,
                    draft.parsed.keys,
                    draft.parsed.item_hash,
                )
                for draft, (first, last) in zip(self._batch, pairwise(bounds), strict=True)
            ]
        )
        self._counts["passages"] += len(passages)
        self._counts.update("added" if draft.action is Action.ADD else "changed" for draft in self._batch)
        self._done = self._batch_done = self._read
        self._batch.clear()
        self._remember()

    def _remember(self) -> None:
        """Remember what was visited, once all that stood there is written: else a kill would lose it."""
        if self._visits:
            self._writer.store.remember(self._visits)
            self._visits.clear()

    def _embedder(self) -> Embedder:
        if self._loaded is None:
            self._tell("loading the model")
            self._loaded = self._load_embedder()
        return self._loaded

    def _embedded(self, more: int, of: int) -> None:
        self._counts["embedded"] += more
        self._done += (self._read - self._batch_done) * more / of
        self._tell("embedding")

    def _reading(self, fraction: float) -> None:
        self._read = min(1.0, fraction)
        if not self._batch:
            self._done = self._batch_done = self._read

    def _tell(self, stage: str) -> None:
        if self._stopped():
            raise _StoppedError
        done = sum(self._counts[kind] for kind in ("added", "changed", "unchanged", "withdrawn"))
        articles = done + len(self._batch)
        self._progress(Progress(stage, articles, self._counts["embedded"], len(self._rejected), self._done))
