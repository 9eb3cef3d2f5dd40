"""An ingest from inputs to a report: read, parse, split, embed, write, in batches that are whole or not at all.

A batch is as many articles as make some `BATCH_PASSAGES` passages. It bounds memory, and what a killed run has to do
again: whatever was written before is found unchanged by the next run, at the cost of a hash.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from ingest.embed import embed, header
from ingest.parse import Parsed, parse
from ingest.sources import Input, RawItem, Reject, input_size, read_items
from ingest.split import SplitSettings, split
from ingest.write import CorpusWriter
from rag.errors import SourceError
from rag.model import Passage, Version, passage_id
from rag.ports import Embedder, NewVersion
from rag.settings import Settings

BATCH_PASSAGES = 2_000


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did. Counts are of articles, but for `passages` and `embedded`; `epoch` is the one it left.

    `notes` tell what was taken with a doubt (a date that is none), `rejected` what could not be taken.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    grouped: int = 0
    rejected: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come; `fraction` (0 to 1) is of the inputs' bytes whose articles are dealt with."""

    stage: str
    articles: int
    passages: int
    rejected: int
    fraction: float


@dataclass(frozen=True, slots=True)
class _Draft:
    """A version that waits for its vectors."""

    version: Version
    content_hash: str
    passages: tuple[Passage, ...]


class Ingest:
    """One run. `load_embedder` is called when the first passage is to be made: never, if nothing is new."""

    def __init__(
        self,
        writer: CorpusWriter,
        load_embedder: Callable[[], Embedder],
        settings: Settings,
        progress: Callable[[Progress], None] = lambda progress: None,
    ) -> None:
        self._writer = writer
        self._load_embedder = load_embedder
        self._loaded: Embedder | None = None
        self._settings = settings
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._rejected: list[Reject] = []
        self._notes: list[str] = []
        self._batch: list[_Draft] = []
        self._read = self._done = self._batch_done = 0.0  # shares of the inputs' bytes

    def run(self, inputs: Sequence[Input]) -> IngestReport:
        """Ingest them all. Raises UsageError for an input that names nothing, CorpusBusy, StoreError, ModelError."""
        begun, now = time.perf_counter(), datetime.now(UTC)
        size = max(1, input_size(inputs))
        with self._writer.lock("byline ingest"):
            for item in read_items(inputs, lambda bytes_read: self._reading(bytes_read / size)):
                self._take(item, now)
            self._write_batch()
            report = IngestReport(
                **self._counts,
                rejected=tuple(self._rejected),
                notes=tuple(self._notes),
                seconds=time.perf_counter() - begun,
                epoch=self._writer.store.epoch(),
            )
            if report.added or report.changed or report.withdrawn:
                self._writer.store.record_run(now, asdict(report))
        return report

    def _take(self, item: RawItem | Reject, now: datetime) -> None:
        if isinstance(item, RawItem):
            try:
                parsed = parse(item)
            except SourceError as error:
                self._rejected.append(Reject(item.where, str(error)))
            else:
                self._notes += (f"{item.where}: {note}" for note in parsed.notes)
                self._take_article(parsed, now)
        else:
            self._rejected.append(item)

    def _take_article(self, parsed: Parsed, now: datetime) -> None:
        article_id = parsed.article.id
        if any(draft.version.article.id == article_id for draft in self._batch):
            self._write_batch()  # two versions of one article are two steps
        known = self._writer.store.known(article_id)
        content_hash = f"withdrawn {parsed.content_hash}" if parsed.withdrawn else parsed.content_hash
        if known is not None and content_hash in known.content_hashes:
            self._counts["unchanged"] += 1
        elif parsed.withdrawn:
            self._counts["withdrawn" if self._writer.withdraw(article_id, content_hash) else "unchanged"] += 1
        else:
            self._batch.append(self._draft(parsed, known.last_version + 1 if known else 1, now))
            self._counts["changed" if known and known.last_version else "added"] += 1
            if sum(len(draft.passages) for draft in self._batch) >= BATCH_PASSAGES:
                self._write_batch()
        self._tell("reading")

    def _draft(self, parsed: Parsed, number: int, now: datetime) -> _Draft:
        embedder, article = self._embedder(), parsed.article
        before = embedder.count_tokens([embedder.info.passage_prompt + header(article)])[0]
        room = min(self._settings.passage_tokens, embedder.max_tokens) - before
        spans = split(parsed.text, embedder.count_tokens, SplitSettings(room, self._settings.overlap_tokens))
        passages = tuple(
            Passage(passage_id(article.id, number, ordinal), article, number, start, end, parsed.text[start:end])
            for ordinal, (start, end) in enumerate(spans)
        )
        return _Draft(Version(article, number, parsed.text, fetched_at=now), parsed.content_hash, passages)

    def _write_batch(self) -> None:
        if not self._batch:
            return
        passages = [passage for draft in self._batch for passage in draft.passages]
        vectors = embed(passages, self._embedder(), lambda more: self._embedded(more, len(passages)))
        bounds = accumulate((len(draft.passages) for draft in self._batch), initial=0)
        self._tell("writing")
        self._writer.write(
            [
                NewVersion(draft.version, draft.content_hash, draft.passages, vectors[first:last])
                for draft, (first, last) in zip(self._batch, pairwise(bounds), strict=True)
            ]
        )
        self._counts["passages"] += len(passages)
        self._done = self._batch_done = self._read
        self._batch.clear()

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
        articles = sum(self._counts[kind] for kind in ("added", "changed", "unchanged", "withdrawn"))
        self._progress(Progress(stage, articles, self._counts["embedded"], len(self._rejected), self._done))
