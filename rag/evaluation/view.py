"""A run as people look at it: each question with its evidence, its hits and its answer, in the articles' words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rag.corpus import Corpus
from rag.errors import ArticleNotFound
from rag.evaluation.results import Bounds, Cited, FoundHit, Result, Said
from rag.evaluation.runs import Run
from rag.evaluation.sets import Evidence, Question
from rag.model import Article, Version

GONE = "No longer in the corpus."
_EXCERPT = 320
"""Characters of a hit that are shown."""


class Outcome(StrEnum):
    """How a question ended."""

    RIGHT = "right"
    WRONG = "wrong"
    DECLINED_RIGHTLY = "rightly declined"
    DECLINED_WRONGLY = "wrongly declined"
    DECLINED = "declined"
    UNTOLD = "answered, cannot be told"


def outcome(question: Question, result: Result) -> Outcome:
    """How a question ended, as far as its set lets one tell."""
    if result.answer.abstained:
        told = {True: Outcome.DECLINED_WRONGLY, False: Outcome.DECLINED_RIGHTLY, None: Outcome.DECLINED}
        return told[question.answerable]
    wrong = result.values.get("wrong")
    if wrong is None:
        return Outcome.UNTOLD
    return Outcome.WRONG if wrong else Outcome.RIGHT


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Evidence, with the rank of the first hit that holds it, and whether it was cited."""

    evidence: Evidence
    rank: int | None
    cited: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim's words: before, in and after the answering span."""

    claim: Said
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation with its article and words."""

    cited: Cited
    article: Article | None
    quote: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with its article and the beginning of its words."""

    hit: FoundHit
    article: Article | None
    excerpt: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that is to be seen of one question."""

    question: Question
    result: Result
    outcome: Outcome
    evidence: tuple[EvidenceView, ...]
    claims: tuple[ClaimView, ...]
    citations: tuple[CitationView, ...]
    hits: tuple[HitView, ...]


def question_views(run: Run, corpus: Corpus, ids: Iterable[str] | None = None) -> Iterator[QuestionView]:
    """Every question of a run in the order of its set, or those of these ids.

    The words come from the corpus, as far as they are in it yet.
    """
    look_up = _lookup(corpus)
    asked = run.by_id()
    for question, result in asked.values() if ids is None else (asked[each] for each in ids):
        yield _question_view(question, result, look_up)


Lookup = Callable[[str, int], Version | None]


def _lookup(corpus: Corpus) -> Lookup:
    @lru_cache(maxsize=256)
    def look_up(article: str, version: int) -> Version | None:
        try:
            return corpus.article(article, version)
        except ArticleNotFound:
            return None

    return look_up


def _question_view(question: Question, result: Result, look_up: Lookup) -> QuestionView:
    citations = tuple(_citation_view(cited, look_up) for cited in result.answer.citations)
    quotes = {view.cited.number: view.quote for view in citations}
    return QuestionView(
        question,
        result,
        outcome(question, result),
        tuple(_evidence_view(number, evidence, result) for number, evidence in enumerate(question.evidence)),
        tuple(_claim_view(claim, quotes) for claim in result.answer.claims),
        citations,
        tuple(_hit_view(hit, look_up) for hit in result.hits),
    )


def _evidence_view(number: int, evidence: Evidence, result: Result) -> EvidenceView:
    rank = next((hit.rank for hit in result.hits if number in hit.evidence), None)
    cited = any(number in each.evidence for each in result.answer.citations)
    return EvidenceView(evidence, rank, cited, number in result.missing)


def _claim_view(claim: Said, quotes: dict[int, str]) -> ClaimView:
    text = claim.text if claim.text is not None else quotes.get(claim.citations[0], GONE)
    start, end = claim.span or (len(text), len(text))
    return ClaimView(claim, text[:start], text[start:end], text[end:])


def _citation_view(cited: Cited, look_up: Lookup) -> CitationView:
    version = look_up(cited.article, cited.version)
    return CitationView(cited, _article(version), _words(version, (cited.start, cited.end)))


def _hit_view(hit: FoundHit, look_up: Lookup) -> HitView:
    version = look_up(hit.article, hit.version)
    words = _words(version, (hit.start, min(hit.end, hit.start + _EXCERPT)))
    return HitView(hit, _article(version), words + ("…" if hit.end - hit.start > _EXCERPT else ""))


def _article(version: Version | None) -> Article | None:
    return None if version is None else version.article


def _words(version: Version | None, bounds: Bounds) -> str:
    return GONE if version is None else version.text[bounds[0] : bounds[1]]
