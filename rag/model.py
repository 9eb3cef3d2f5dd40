"""The nouns of Byline: plain frozen values that every step takes and gives.

Offsets count characters (Python `str` indices) of a version's text. Times are aware datetimes; `None` is "unknown".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import overload


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of one news item, as one of its versions states it.

    `stub` says why a text is not the whole of an article ("paywall", "headline only"): it is found and shown, but is
    never the only ground of an answer.
    """

    id: str
    url: str
    title: str
    source: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    category: str | None = None
    language: str | None = None
    stub: str | None = None


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as an input stated it, and what became of it.

    `kind` is "published", "updated", "fetched" or "embargoed"; `origin` tells a person where it stood. `moment` is None
    when it cannot be used, and `doubt` says why, or what had to be assumed.
    """

    kind: str
    written: str
    origin: str
    moment: datetime | None = None
    doubt: str = ""


Bounds = tuple[int, int]
"""Start and end of some characters of a text."""


@dataclass(frozen=True, slots=True)
class Version:
    """The text of an article as it stood at one time. Versions are numbered from 1, as they came in, and never change.

    `revision` is the publisher's own number for it. Until `embargoed_until` no search sees it. `note` is what the
    publisher says of the change ("correction: ..."). `furniture` bounds what of the text is no reporting, such as an
    invitation to a newsletter; it is shown, and grounds no answer.
    """

    article: Article
    number: int
    text: str
    fetched_at: datetime
    current: bool = True
    dates: tuple[StatedDate, ...] = ()
    revision: int | None = None
    embargoed_until: datetime | None = None
    note: str | None = None
    furniture: tuple[Bounds, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one version: the unit that is retrieved. `text == version.text[start:end]`.

    `furniture` bounds, in the version's text, what in it is no reporting.
    """

    id: str
    article: Article
    version: int
    start: int
    end: int
    text: str
    furniture: tuple[Bounds, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which other articles tell what an article tells, the earliest first, those without a date last.

    `copies` are of one text with it. `stories` report the same event in other words, with the copies of these; what
    they in turn stand beside is not among them, so a story does not grow from one event to the next.
    """

    copies: tuple[Article, ...] = ()
    stories: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the score that its ranking gave it; `rank` counts from 1.

    `also_in` are the ids of copies of its article that were found, too, and say nothing that it does not say. `origin`
    names the outlet that the article has it from, and is None where that is its own.
    """

    rank: int
    score: float
    passage: Passage
    also_in: tuple[str, ...] = ()
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Ranking(Sequence[Hit]):
    """Hits, best first, with the milliseconds that each step took, and what the query was taken to ask.

    `reports` counts the articles that were found, and `origins` the outlets that these have it from, as in an Answer.
    """

    query: str
    hits: tuple[Hit, ...]
    timings: Mapping[str, float] = field(default_factory=dict)
    origins: int = 0
    reports: int = 0
    plan: "Plan | None" = None

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[index]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a question may be answered from. Empty means all; the parts are joined by "and".

    Sources, authors, categories and languages match whole names, ignoring case. `published_from` and
    `published_to` are days, both included (in UTC). With `as_of`, each article is taken in the version that was
    current at that moment, and nothing published later, or at an unknown time, is used.
    """

    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("sources", "authors", "categories", "languages"):  # given as lists, they could not be hashed
            object.__setattr__(self, name, tuple(getattr(self, name)))

    def __bool__(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filters()


def end_of_day(day: date) -> datetime:
    """The last moment of `day` in UTC: what "as of 1 April" means.

    >>> end_of_day(date(2024, 4, 1)).isoformat()
    '2024-04-01T23:59:59.999999+00:00'
    """
    return datetime.combine(day, time.max, tzinfo=UTC)


class Asks(StrEnum):
    """What kind of thing a question asks for."""

    WHEN = "when"
    WHO = "who"
    AMOUNT = "amount"
    WHERE = "where"
    WHY = "why"
    WHAT = "what"
    WHETHER = "whether"


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """The days that a time phrase means, both included: "this year" in an article of 2024 is all of 2024."""

    first: date
    last: date


class Implication(StrEnum):
    """What a question can say of the articles that it is to be answered from."""

    SOURCE = "source"
    AUTHOR = "author"
    PUBLISHED = "published"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Implied:
    """What `question[start:end]` says of the articles that answer: from whom they are, or of which days.

    `value` tells it to a person. `names` are the outlets or authors of the corpus that are meant ("The Independent"
    is three of them), `days` those of publication. Such articles are preferred; others are not ruled out.
    """

    kind: Implication
    value: str
    start: int
    end: int
    names: tuple[str, ...] = ()
    days: TimeInterval | None = None

    @property
    def key(self) -> str:
        """What it is called when it is to be left out: "source:TechCrunch"."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks about, `question[start:end]`, and what it implies of the articles.

    `query` is what is looked for: the part without what it implies.
    """

    start: int
    end: int
    query: str
    implied: tuple[Implied, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question asks for: its stemmed terms that carry meaning, and which of them belong to names.

    `ahead` tells that it asks for what was still to come ("when will"). Of an amount, `sorts` says which sorts are
    meant ("money", "percent"; empty: any), and `counted` the stemmed terms of what is counted ("how many *workers*").
    `implied` is all that it says of the articles, `parts` (one at least) what is looked for.
    """

    question: str
    asks: Asks
    terms: tuple[str, ...]
    names: frozenset[str]
    ahead: bool = False
    sorts: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    implied: tuple[Implied, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a hit: `text == version.text[start:end]`, the `ordinal`th (from 0) of its passage."""

    hit: Hit
    ordinal: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """The words inside a claim that answer: `claim.text[start:end]`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, with the numbers of the citations that support it.

    `support` (0 to 1) is how sure the reader is that the citations hold the claim; `span` the words that answer.
    """

    text: str
    citations: tuple[int, ...]
    support: float
    span: Span | None = None
    time: TimeInterval | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Another article that tells what a citation does: a copy of the cited one, or one with a sentence that says it.

    `start` and `end` bound that sentence in the text of this version; in a copy both are 0. `origin` names the outlet
    that the article has it from, and is None where that is its own.
    """

    article: Article
    version: int
    start: int = 0
    end: int = 0
    is_copy: bool = False
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim stands: `quote == version.text[start:end]` of that article's version, to the character.

    `also_in` are the ids of copies of the article in which it stands, too, word for word.
    `origin` names the outlet that the article has it from ("told Bloomberg"), and is None where that is its own.
    `reports` are the other articles that tell the same; the copies among them are those of `also_in`.
    """

    number: int
    article: Article
    version: int
    start: int
    end: int
    quote: str
    also_in: tuple[str, ...] = ()
    origin: str | None = None
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """An article among the other reports of what it tells, its copies and those of the same event: all of them, the
    earliest first, those without a date last. `origins` counts whom they have it from."""

    reports: tuple[Report, ...]
    origins: int


class Reason(StrEnum):
    """Why a question is declined."""

    EMPTY_QUESTION = "empty-question"
    EMPTY_CORPUS = "empty-corpus"
    NOTHING_FOUND = "nothing-found"
    UNKNOWN_TERMS = "unknown-terms"
    NO_ANSWER = "no-answer"
    ONLY_STUBS = "only-stubs"


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer: a reason for programs and a sentence for people."""

    reason: Reason
    explanation: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that a reader took as answering, with the span that answers and how sure the reader is (0 to 1).

    `repeated` are sentences of other articles that answer the same, and would have been taken in its place.
    """

    sentence: Sentence
    support: float
    span: Span | None = None
    repeated: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader makes of a context: readings, best first, or an abstention; and how likely the first is right."""

    reader: str
    readings: tuple[Reading, ...] = ()
    abstention: Abstention | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its citations, or an abstention with the nearest evidence; never both, never neither.

    `confidence` (0 to 1) is how likely the reader takes the answer to be right. `reports` counts the articles that tell
    what is cited, and `origins` the outlets that these have it from: copies of one text have one origin, and who relays
    another outlet is no second witness of it. Near-repeats are never cited beside each other.
    """

    question: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstention: Abstention | None = None
    nearest: tuple[Hit, ...] = ()
    confidence: float | None = None
    origins: int = 0
    reports: int = 0
    conflicts: tuple[str, ...] = ()
    as_of: datetime | None = None
    reader: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
    plan: Plan | None = None

    @property
    def abstained(self) -> bool:
        """Whether the question was declined."""
        return self.abstention is not None

    @property
    def text(self) -> str | None:
        """The claims as running text, each followed by its citation markers; None when declined."""
        if self.abstained:
            return None
        return " ".join(f"{claim.text} {''.join(f'[{n}]' for n in claim.citations)}" for claim in self.claims)
