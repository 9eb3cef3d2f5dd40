"""An ingest from inputs to a report: stages that work at the same time, joined by short queues.

Reading, deciding, embedding and writing each take what the stage before them has made, so that the embedder, which is
the slowest by far, waits for no other. What is written is batches that are whole or not at all. A batch is as many
articles as make some `BATCH_PASSAGES` passages. It bounds memory; whatever was written before a run was killed is found
unchanged by the next one, at the cost of a hash.
"""

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from ingest.decide import Action, completed, decide
from ingest.draft import Batch, OnTheWay, draft
from ingest.embed import embed, text_keys
from ingest.fetch import Fetcher
from ingest.parse import Parsed, parse
from ingest.report import IngestReport, Progress
from ingest.sources import Input, RawItem, Reject, Unchanged, Visited, input_size, read_items
from ingest.stages import Stages, StoppedError
from ingest.tally import Tally
from ingest.write import CorpusWriter
from rag.errors import SourceError
from rag.ports import Embedder
from rag.records import Known, Vectors, Withdrawal
from rag.settings import Settings

BATCH_PASSAGES = 2_000
_ENTRIES_AT_ONCE = 200  # withdrawals and visits
_READ_AHEAD = 64  # items
_WAIT_SECONDS = 0.1

_Read = tuple[Parsed | Reject | Unchanged | Visited, str, float]
"""What was read of an item, where it stands, and the share of the inputs' bytes up to there."""


class Ingest:
    """One run. `load_embedder` is called when the first passage is to be made: never, if nothing is new.

    `progress` is told, and `stopped` asked now and then whether to end, from whatever thread of the run. When it is to
    end, what was not written yet is left to the next run.
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
        self._web = web
        self._stages = Stages(stopped, most=3)
        self._tally = Tally(progress)
        self._on_the_way = OnTheWay(writer.store.known)
        self._written: set[str] = set()

    def run(self, inputs: Sequence[Input]) -> IngestReport:
        """Ingest them all. Raises UsageError for an input that names nothing, CorpusBusy, StoreError, ModelError."""
        begun, now = time.perf_counter(), datetime.now(UTC)
        size = max(1, input_size(inputs))
        with self._writer.lock("byline ingest"):
            stopped = self._all_of(inputs, size, now)
            tally = self._tally
            report = IngestReport(
                added=tally["added"],
                changed=tally["changed"],
                unchanged=tally["unchanged"],
                withdrawn=tally["withdrawn"],
                grouped=self._writer.store.count_copied(self._written),
                passages=tally["passages"],
                embedded=tally["embedded"],
                rejected=tuple(tally.rejected),
                notes=tuple(tally.notes),
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
        try:
            with self._stages as stages:
                read = stages.ahead(self._read(inputs, size, now), _READ_AHEAD)
                batches = stages.ahead(self._batches(read, now), 1)
                for batch, vectors in stages.ahead(self._embedded(batches), 1):
                    self._write(batch, vectors)
        except StoppedError:
            return True
        self._writer.store.forget_vectors()
        return False

    def _read(self, inputs: Sequence[Input], size: int, now: datetime) -> Generator[_Read]:
        """What stands in the inputs, as far as that can be told without asking what becomes of it."""
        share, store = 0.0, self._writer.store

        def reading(read: int) -> None:
            nonlocal share
            share = min(1.0, read / size)

        for item in read_items(inputs, reading, web=self._web, recall=store.visit):
            self._stages.check()
            match item:
                case RawItem() if (digest := item.digest) and store.seen(digest):
                    yield Unchanged(item.item), item.item, share
                case RawItem():
                    try:
                        yield parse(item, now), item.item, share
                    except SourceError as error:
                        yield Reject(item.file, str(error), item.record), item.item, share
                case _:
                    yield item, "", share

    def _batches(self, read: Iterable[_Read], now: datetime) -> Generator[Batch]:
        """What is to be written. An item of an article that is on its way has to wait until that is stored."""
        batch = Batch()
        for item, where, share in read:
            if isinstance(item, Parsed):
                known, on_its_way = self._on_the_way.known(item)
                while on_its_way:  # two versions of one article are two steps
                    if batch:
                        yield self._on_the_way.handed_on(batch)
                        batch = Batch()
                    self._stages.check()
                    self._on_the_way.wait(on_its_way, _WAIT_SECONDS)
                    known, on_its_way = self._on_the_way.known(item)
                self._decide(batch, item, known, where, now)
            else:
                self._note(batch, item)
            batch.share = share
            if len(batch.passages) >= BATCH_PASSAGES or len(batch.withdrawals) + len(batch.visits) >= _ENTRIES_AT_ONCE:
                yield self._on_the_way.handed_on(batch)
                batch = Batch()
            elif not self._on_the_way.batches:
                self._tell("reading", 0.0 if batch else share)
        if batch:
            yield self._on_the_way.handed_on(batch)

    def _note(self, batch: Batch, item: Reject | Unchanged | Visited) -> None:
        match item:
            case Reject():
                self._tally.rejected.append(item)
            case Unchanged():
                self._tally.count(["unchanged", "taken"])
            case Visited(visit):
                batch.visits.append(visit)

    def _decide(self, batch: Batch, parsed: Parsed, known: Known | None, where: str, now: datetime) -> None:
        self._tally.notes += (f"{where}: {note}" for note in parsed.notes)
        self._tally.count(["taken"])
        parsed = completed(parsed, known)
        match action := decide(parsed, known):
            case Action.KEEP:
                self._tally.count(["unchanged"])
                self._writer.store.learn(parsed.article.id, parsed.keys)
                return
            case Action.WITHDRAW:
                batch.withdrawals.append(parsed)
            case _:
                batch.drafts.append(draft(parsed, known, action, now, self._embedder(), self._settings))
                self._note_visibility(parsed, where, action, now)
        self._on_the_way.begin(parsed)

    def _note_visibility(self, parsed: Parsed, where: str, action: Action, now: datetime) -> None:
        """Say of a version that is stored why no search will find it."""
        if action is Action.OLDER:
            self._tally.notes.append(f"{where}: older than the version that is current; kept as history")
        elif parsed.embargoed_until and parsed.embargoed_until > now:
            self._tally.notes.append(f"{where}: under embargo until {parsed.embargoed_until.isoformat()}")

    def _embedder(self) -> Embedder:
        if self._loaded is None:
            self._tell("loading the model")
            self._loaded = self._load_embedder()
        return self._loaded

    def _embedded(self, batches: Iterable[Batch]) -> Generator[tuple[Batch, list[Vectors]]]:
        """Each batch with the vectors of its drafts."""
        before = 0.0
        for batch in batches:
            yield batch, self._vectors(batch, before)
            before = batch.share

    def _vectors(self, batch: Batch, before: float) -> list[Vectors]:
        """Those of each draft; `before` is the share of the inputs up to this batch."""

        def embedded(more: int, done: float) -> None:
            batch.arithmetic[self._embedder().arithmetic] += more
            self._tally.add("embedded", more)
            self._tell("embedding", before + (batch.share - before) * done)

        if not batch.drafts:
            return []
        vectors = embed(batch.passages, self._embedder(), self._writer.store, embedded)
        bounds = accumulate((len(each.passages) for each in batch.drafts), initial=0)
        return [vectors[first:last] for first, last in pairwise(bounds)]

    def _write(self, batch: Batch, vectors: Sequence[Vectors]) -> None:
        """Write a batch; what was visited is remembered once all that stood there is written, lest a kill lose it."""
        self._tell("writing")
        if batch.drafts:
            versions = [each.with_vectors(rows) for each, rows in zip(batch.drafts, vectors, strict=True)]
            self._writer.write(versions, batch.arithmetic if any(batch.arithmetic) else None)
            self._writer.store.forget_vectors(text_keys(batch.passages, self._embedder().info))
        for parsed in batch.withdrawals:
            self._withdraw(parsed)
        if batch.visits:
            self._writer.store.remember(batch.visits)
        self._on_the_way.end(batch)
        self._written |= {each.version.article.id for each in batch.drafts}
        self._tally.add("passages", len(batch.passages))
        self._tally.count("added" if each.action is Action.ADD else "changed" for each in batch.drafts)
        self._tally.tell("writing", batch.share)

    def _withdraw(self, parsed: Parsed) -> None:
        withdrawal = Withdrawal(parsed.withdrawn, parsed.article.updated_at, parsed.revision)
        new = self._writer.withdraw(parsed.article.id, parsed.notice_hash, withdrawal, parsed.keys, parsed.item_hash)
        self._tally.count(["withdrawn" if new else "unchanged"])

    def _tell(self, stage: str, done: float = 0.0) -> None:
        self._stages.check()
        self._tally.tell(stage, done)
