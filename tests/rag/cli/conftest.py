"""A corpus of two articles behind the commands, with no store and no model."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.care import Checkup
from ingest.examine import Diagnosis
from ingest.report import IngestReport, Progress
from ingest.sources import Reject
from rag.cli.backend import Backend
from rag.cli.group import byline
from rag.errors import ArticleNotFound, BylineError, CorpusNotFound
from rag.model import (
    Abstention,
    Answer,
    Article,
    Citation,
    Claim,
    Filters,
    Hit,
    Passage,
    Ranking,
    Reason,
    Report,
    Span,
    StatedDate,
    Story,
    TimeInterval,
    Version,
)
from rag.records import BY_HAND, Backup, Withdrawal

CET = timezone(timedelta(hours=1))
OIL = Article(
    id="https://north.example/oil",
    url="https://north.example/oil",
    title="Bank raises oil forecast",
    source="North Wire",
    authors=("Ada Lund",),
    published_at=datetime(2024, 3, 5, 9, tzinfo=UTC),
    updated_at=datetime(2024, 3, 6, 9, tzinfo=UTC),
    category="business",
    language="en",
)
SOUTH = Article(
    id="https://south.example/oil",
    url="https://south.example/oil",
    title="Oil: the bank sees more",
    source="South Wire",
    published_at=datetime(2024, 3, 4, 9, tzinfo=UTC),
)
SNOW = Article(id="notes/snow.txt", url="notes/snow.txt", title="Snow closes the pass")
OIL_TEXT = "The bank raised its forecast to $90 a barrel this year. Traders shrugged.\nIt had said $85 before."
OIL_DATES = (
    StatedDate("published", "2024-03-05T10:00:00+01:00", "JSON-LD datePublished", datetime(2024, 3, 5, 10, tzinfo=CET)),
    StatedDate("updated", "soon", "field updated", None, "is no date that can be read"),
)
OIL_VERSIONS = (
    Version(replace(OIL, updated_at=None), 1, "An older text.", datetime(2024, 3, 5, 10, tzinfo=UTC), current=False),
    Version(
        OIL,
        2,
        OIL_TEXT,
        datetime(2024, 3, 6, 10, tzinfo=UTC),
        dates=OIL_DATES,
        revision=5,
        note="correction: the forecast",
        furniture=((56, 73),),
    ),
)
SNOW_VERSIONS = (Version(SNOW, 1, "Snow closed the pass.", datetime(2024, 3, 7, tzinfo=UTC)),)

OIL_SENTENCE = OIL_TEXT[:55]
OIL_HIT = Hit(1, 0.75, Passage("key-2-0", OIL, 2, 0, len(OIL_TEXT), OIL_TEXT), (SOUTH.id,), "South Wire")
ANSWER = Answer(
    question="What is the forecast?",
    claims=(
        Claim(OIL_SENTENCE, (1,), 0.9, Span(32, 44, "amount"), TimeInterval(date(2024, 1, 1), date(2024, 12, 31))),
    ),
    citations=(
        Citation(
            1,
            OIL,
            2,
            0,
            55,
            OIL_SENTENCE,
            also_in=(SOUTH.id,),
            origin="South Wire",
            reports=(Report(SOUTH, 1, is_copy=True), Report(SNOW, 1, 0, 21, origin="East Radio")),
        ),
    ),
    confidence=0.8,
    origins=2,
    reports=3,
    reader="extractive",
    timings={"retrieve": 12.345, "read": 0.04},
)
DECLINED = Answer(
    question="Who won?",
    abstention=Abstention(Reason.NO_ANSWER, "The articles do not say who won."),
    nearest=(OIL_HIT,),
    reader="extractive",
)

REPORT = IngestReport(
    added=2,
    changed=1,
    unchanged=3,
    rejected=(Reject("articles.jsonl", "no text", "line 4"),),
    notes=("The file is in Latin-1.",),
    passages=9,
    embedded=8,
    seconds=1.25,
    epoch=7,
)

EVERYTHING = Filters()
BACKUP = Backup(2, 7, 3, 4, 1200, "2024-12-01T12:00:00+00:00", 5_000_000)
WHOLE = Checkup(Diagnosis(), Diagnosis())


@dataclass
class FakeCorpus:
    """Answers what it was told to, and remembers what it was asked."""

    answers: dict[str, Answer | Exception] = field(default_factory=lambda: {"Who won?": DECLINED})
    asked: list[tuple[str, Filters, int]] = field(default_factory=list)
    library: dict[str, tuple[Version, ...]] = field(
        default_factory=lambda: {OIL.id: OIL_VERSIONS, SNOW.id: SNOW_VERSIONS}
    )
    withdrawals: dict[str, Withdrawal] = field(default_factory=dict)
    copies: dict[str, tuple[Article, ...]] = field(default_factory=dict)
    same_story: dict[str, tuple[Article, ...]] = field(default_factory=dict)
    folder: Path = Path("data/news")
    closed: bool = False

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.closed = True

    def ask(self, question, *, filters=EVERYTHING, k=10):
        self.asked.append((question, filters, k))
        answer = self.answers.get(question, ANSWER)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def search(self, query, *, filters=EVERYTHING, k=10):
        self.asked.append((query, filters, k))
        return Ranking(query, (OIL_HIT,), {"dense": 3.21}, 1, 2) if "oil" in query else Ranking(query, ())

    def article(self, reference, version=None):
        versions = self.versions(reference)
        return versions[-1 if version is None else version - 1]

    def versions(self, reference: str) -> tuple[Version, ...]:
        if reference not in self.library:
            raise ArticleNotFound(reference)
        return self.library[reference]

    def story(self, reference):
        itself = Report(self.versions(reference)[-1].article, 1)
        copies = (Report(copy, 1, is_copy=True) for copy in self.copies.get(reference, ()))
        others = (Report(other, 1) for other in self.same_story.get(reference, ()))
        return Story((itself, *copies, *others), 1)

    def withdrawal(self, reference):
        return self.withdrawals.get(reference)

    def articles(self, *, filters=EVERYTHING, matching="", offset=0, limit=50):
        self.asked.append((matching, filters, limit))
        return [versions[-1].article for versions in self.library.values()][offset : offset + limit]

    def count_articles(self, *, filters=EVERYTHING, matching=""):
        return len(self.library)

    def facets(self, field):
        from rag.records import Facet

        return [Facet("North Wire", 1)] if field == "source" else []

    def epoch(self):
        return 7

    def status(self):
        from rag.records import CorpusStatus, EmbedderInfo

        return CorpusStatus(
            articles=len(self.library),
            versions=3,
            passages=4,
            withdrawn=len(self.withdrawals),
            embargoed=0,
            epoch=7,
            embedder=EmbedderInfo("mini", 384, "53aa"),
            first_published=OIL.published_at,
            last_published=OIL.published_at,
            arithmetic={"OpenVINO float32": 4},
            copy_groups=2,
            articles_of_stories=3,
        )

    def size_on_disk(self):
        return 12_345_678


@dataclass
class FakeBackend(Backend):
    """A library without stores. Without a corpus, none can be opened."""

    corpus: FakeCorpus | None = field(default_factory=FakeCorpus)
    report: IngestReport = REPORT
    steps: tuple[Progress, ...] = ()
    failure: Exception | None = None
    opened: list[object] = field(default_factory=list)
    ingested: list[tuple[str, ...]] = field(default_factory=list)
    rounds: tuple[IngestReport | BylineError, ...] = (REPORT,)
    intervals: list[float] = field(default_factory=list)
    checkup: Checkup = WHOLE
    kept: list[tuple[Path, bool]] = field(default_factory=list)
    asked_to: list[tuple[bool, bool]] = field(default_factory=list)

    def open_corpus(self, corpus):
        self.opened.append(corpus)
        if self.corpus is None:
            raise CorpusNotFound(corpus or "corpus")
        return self.corpus

    def ingest(self, inputs, corpus, progress, *, dry_run, stopped):
        if self.failure:
            raise self.failure
        self.ingested.append(inputs)
        for step in self.steps:
            progress(step)
        return replace(self.report, dry_run=dry_run)

    def watch(self, inputs, corpus, progress, *, told, interval, stop):
        self.ingested.append(inputs)
        self.intervals.append(interval)
        for outcome in self.rounds:
            for step in self.steps:
                progress(step)
            told(outcome)

    def check_up(self, corpus, progress, *, repair, compact):
        progress(Progress("comparing the indexes", 0, 600, 0, 0.5))
        self.asked_to.append((repair, compact))
        return self.checkup

    def back_up(self, file, corpus, progress, *, force):
        progress(Progress("writing the backup", 0, 0, 0, 0.5))
        self.kept.append((file, force))
        return BACKUP

    restore = back_up

    def delete(self, article_ids, corpus):
        assert self.corpus
        return len([self.corpus.library.pop(article_id) for article_id in article_ids])

    def withdraw(self, article_ids, corpus):
        assert self.corpus
        new = set(article_ids) - self.corpus.withdrawals.keys()
        self.corpus.withdrawals |= dict.fromkeys(article_ids, Withdrawal(BY_HAND))
        return len(new)

    def reinstate(self, article_ids, corpus):
        assert self.corpus
        return len([each for each in article_ids if self.corpus.withdrawals.pop(each, None)])


@pytest.fixture
def backend():
    return FakeBackend()


@pytest.fixture
def corpus(backend):
    return backend.corpus


@pytest.fixture
def run(backend):
    """Runs `byline` with these arguments; stdout and stderr are kept apart."""

    def runs(*arguments, stdin=None):
        return CliRunner().invoke(byline, arguments, input=stdin, obj=backend)

    return runs
