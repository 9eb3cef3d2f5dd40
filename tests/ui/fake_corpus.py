"""A corpus in memory, with answers written by hand: what the pages show, without a model or a store."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from rag.corpus import Corpus
from rag.errors import ArticleNotFound
from rag.identity import passage_id
from rag.model import (
    Abstention,
    Answer,
    Article,
    Asks,
    Citation,
    Claim,
    Filters,
    Hit,
    Implication,
    Implied,
    Passage,
    Plan,
    Ranking,
    Reason,
    Report,
    Span,
    Story,
    TimeInterval,
    Version,
)
from rag.records import CorpusStatus, Facet, Withdrawal

HOSTILE = (
    "<script>window.run = 1</script> <img src=x onerror='window.run = 1'> **bold** [x](javascript:run) $x^2$ :smile:"
)
"""What an article must never do to a page, all in one line."""


def version(
    key: str, title: str, text: str, *, source: str, day: int, number: int = 1, current: bool = True, url: str = ""
) -> Version:
    published = datetime(2024, 3, day, 9, 30, tzinfo=UTC)
    article = Article(
        id=key,
        url=url or f"https://news.example/{key}",
        title=title,
        source=source,
        authors=("Ada Moreau",),
        published_at=published,
        category="politics",
        language="en",
    )
    return Version(article, number, text, published, current)


REOPENING = "The harbour 🌊 reopens on 9 April, said the harbour master, Ines Okafor, once the wreck is raised."
HARBOUR_TEXT = (
    "PORT ANSEL 🚢 – The harbour authority kept its counsel for a week, and would not be drawn on costs.\n\n"
    + "\n\n".join(
        f"Paragraph {n} of the minutes records that nothing was decided and that tea was served." for n in range(1, 15)
    )
    + f"\n\nOn Tuesday it spoke. {REOPENING}\n\n"
    + "\n\n".join(
        f"Resident {n} said that the fishing fleet could hardly wait any longer than that." for n in range(1, 15)
    )
)
HARBOUR = version("harbour", "Harbour to reopen in April", HARBOUR_TEXT, source="Meridian Wire", day=12)
FERRY_FIRST = version(
    "ferry", "Ferry fares will rise", "Fares rise by 4 percent in May.", source="The Ansel Echo", day=3, current=False
)
FERRY = version(
    "ferry",
    "Ferry fares will rise more than said",
    "Fares rise by 6 percent in May. The company had first said 4 percent.",
    source="The Ansel Echo",
    day=3,
    number=2,
)
HOSTILE_VERSION = version("hostile", HOSTILE, f"{HOSTILE} stands here.", source=HOSTILE, day=20, url="javascript:run()")
ECHO = version("echo", "Harbour opens at last", HARBOUR_TEXT, source="The Ansel Echo", day=13)
RADIO = version("radio", "Wreck raised", f"It is up. {REOPENING}", source="Radio Calder", day=11)
VERSIONS = (HARBOUR, FERRY_FIRST, FERRY, HOSTILE_VERSION)
STORY = Story(
    (
        Report(RADIO.article, 1, origin="Reuters"),
        Report(HARBOUR.article, 1),
        Report(ECHO.article, 1, is_copy=True, origin="Meridian Wire"),
    ),
    origins=2,
)


def cite(number: int, cited: Version, quote: str, *reports: Report, origin: str | None = None) -> Citation:
    start = cited.text.index(quote)
    copies = tuple(report.article.id for report in reports if report.is_copy)
    return Citation(number, cited.article, cited.number, start, start + len(quote), quote, copies, origin, reports)


def hit(rank: int, found: Version) -> Hit:
    text = found.text[:200]
    key = passage_id(found.article.id, found.number, 0)
    return Hit(rank, 1 / rank, Passage(key, found.article, found.number, 0, len(text), text))


def reopening(question: str) -> Answer:
    start = REOPENING.index("9 April")
    fares = "Fares rise by 6 percent in May."
    return Answer(
        question,
        claims=(
            Claim(REOPENING, (1,), 0.94, Span(start, start + len("9 April"), "when")),
            Claim(fares, (2,), 0.71),
        ),
        citations=(
            cite(
                1,
                HARBOUR,
                REOPENING,
                Report(ECHO.article, 1, is_copy=True, origin="Meridian Wire"),
                Report(RADIO.article, 1, 10, 10 + len(REOPENING), origin="Reuters"),
            ),
            cite(2, FERRY, fares, origin="Bloomberg"),
        ),
        confidence=0.86,
        origins=3,
        reports=4,
        reader="extractive",
    )


def plan_of(question: str, without: Collection[str]) -> Plan:
    """Of a question that implies two outlets, one of them hostile, and a day."""
    day = date(2024, 3, 12)
    implied = (
        Implied(Implication.SOURCE, "Meridian Wire", 0, 1, ("Meridian Wire",)),
        Implied(Implication.SOURCE, HOSTILE, 1, 2, (HOSTILE,)),
        Implied(Implication.PUBLISHED, "2024-03-12", 2, 3, days=TimeInterval(day, day)),
    )
    left = tuple(each for each in implied if each.key not in without)
    return Plan(question, Asks.WHEN, ("harbour",), frozenset(), implied=left)


def hostile(question: str) -> Answer:
    return Answer(
        question,
        claims=(Claim(f"{HOSTILE} stands here.", (1,), 0.4),),
        citations=(
            cite(1, HOSTILE_VERSION, HOSTILE, Report(HOSTILE_VERSION.article, 1, origin=HOSTILE), origin=HOSTILE),
        ),
        confidence=0.3,
        origins=1,
        reports=1,
        conflicts=(HOSTILE,),
    )


def declined(question: str) -> Answer:
    words = "The word “Atlantis” stands in no article, so nothing is answered about it."
    return Answer(
        question, abstention=Abstention(Reason.UNKNOWN_TERMS, words), nearest=(hit(1, HARBOUR), hit(2, HOSTILE_VERSION))
    )


class FakeCorpus(Corpus):
    """Answers what "harbour" and "hostile" are in, declines the rest, and keeps the filters it was asked with."""

    def __init__(self, versions: Sequence[Version] = VERSIONS, folder: Path = Path("corpus")) -> None:
        self.folder = folder
        self.held = tuple(versions)
        self.withdrawals: dict[str, Withdrawal] = {}
        self.asked: list[tuple[str, Filters]] = []
        self.left_out: tuple[str, ...] = ()

    @property
    def ranking(self) -> str:
        return "by hand 1"

    @property
    def reader(self) -> str:
        return "by hand 2"

    def ask(self, question: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()) -> Answer:
        self.asked.append((question, filters))
        self.left_out = tuple(without)
        if "outlets" in question:
            return replace(reopening(question), plan=plan_of(question, without))
        if "harbour" in question:
            return reopening(question)
        return hostile(question) if "hostile" in question else declined(question)

    def search(
        self, query: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()
    ) -> Ranking:
        return Ranking(query, declined(query).nearest[:k])

    def passages(self, reference: str, *, filters: Filters = Filters()) -> tuple[Passage, ...]:
        return (hit(1, self.article(reference)).passage,)

    def article(self, reference: str, version: int | None = None) -> Version:
        versions = self.versions(reference)
        if version is None:
            return next((each for each in versions if each.current), versions[-1])
        for each in versions:
            if each.number == version:
                return each
        raise ArticleNotFound(reference)

    def versions(self, reference: str) -> tuple[Version, ...]:
        found = tuple(each for each in (*self.held, ECHO, RADIO) if reference in (each.article.id, each.article.url))
        if not found:
            raise ArticleNotFound(reference)
        return found

    def story(self, reference: str) -> Story:
        shown = self.article(reference)
        return STORY if shown is HARBOUR else Story((Report(shown.article, shown.number),), 1)

    def withdrawal(self, reference: str) -> Withdrawal | None:
        return self.withdrawals.get(reference)

    def articles(
        self, *, filters: Filters = Filters(), matching: str = "", offset: int = 0, limit: int = 50
    ) -> list[Article]:
        return self._found(filters, matching)[offset : offset + limit]

    def count_articles(self, *, filters: Filters = Filters(), matching: str = "") -> int:
        return len(self._found(filters, matching))

    def facets(self, field: str) -> list[Facet]:
        counts = Counter(getattr(article, field) for article in self._found(Filters(), ""))
        return [Facet(value, number) for value, number in counts.most_common()]

    def status(self) -> CorpusStatus:
        days = [each.article.published_at for each in self.held if each.article.published_at]
        return CorpusStatus(
            articles=self.count_articles(),
            versions=len(self.held),
            passages=len(self.held),
            withdrawn=0,
            embargoed=0,
            epoch=self.epoch(),
            embedder=None,
            first_published=min(days, default=None),
            last_published=max(days, default=None),
        )

    def epoch(self) -> int:
        return 1

    def size_on_disk(self) -> int:
        return 12_345_678

    def example_questions(self, n: int = 4) -> tuple[str, ...]:
        return ("When does the harbour reopen?", f"Is this hostile: {HOSTILE}?")[:n]

    def _found(self, filters: Filters, matching: str) -> list[Article]:
        return [
            each.article
            for each in reversed(self.held)
            if each.current
            and matching.casefold() in each.article.title.casefold()
            and (not filters.sources or each.article.source in filters.sources)
            and (not filters.categories or each.article.category in filters.categories)
        ]
