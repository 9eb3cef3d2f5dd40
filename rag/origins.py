"""Whom the words of an answer come from, and how many independent origins that makes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rag.language.attribution import (
    Attribution,
    attributed_to,
    attributions,
    canonical,
    known_name,
    own_origin,
    relayed,
    without_section,
)
from rag.model import Answer, Article, Citation, Report, Story, Version, version_key

LONGEST = 200_000
"""Characters of a text that are looked at: what stands behind them comes from where the text as a whole does."""

_UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Read:
    """A version as far as it is looked at, and what its text attributes to whom."""

    article: Article
    text: str
    found: tuple[Attribution, ...]


def trace(answer: Answer, versions: Iterable[Version], outlets: frozenset[str]) -> Answer:
    """The answer with the origin of each citation and report, and with the number of independent ones.

    What a cited sentence, or one that it goes on from, says it has from an outlet has that origin; else its text as a
    whole has one: the outlet that it relays, or its own. Copies are one text. If one of them says whom it relays, all
    relay it; what none says is that outlet's which published first.

    `versions` are those that are cited and reported, and `outlets` the names of the corpus's own. Where another one has
    come in their place a moment ago, only that text as a whole tells the origin.
    """
    read = {version_key(each.article.id, each.number): _read(each, outlets) for each in versions}
    of_texts = _origins_of_texts(_texts(answer.citations), read.values())
    names = _names(read.values())
    keys: set[str] = set()

    def traced(citation: Citation) -> Citation:
        of_citation = _origin(citation, read, of_texts)
        reports = []
        for report in citation.reports:
            key = of_citation if report.is_copy else _origin(report, read, of_texts)
            keys.add(key)
            reports.append(replace(report, origin=_name(report.article, key, names)))
        keys.add(of_citation)
        return replace(citation, origin=_name(citation.article, of_citation, names), reports=tuple(reports))

    citations = tuple(map(traced, answer.citations))
    return replace(answer, citations=citations, origins=len(keys), reports=len(_articles(citations)))


def _name(article: Article, key: str, names: Mapping[str, str]) -> str | None:
    """What the outlet with this key is called; None if it is the article's own."""
    return None if key == own_origin(article) else known_name(key) or names.get(key, key)


def tell(article_id: str, texts: Sequence[Sequence[Version]], outlets: frozenset[str]) -> Story:
    """The story that an article is part of, with the outlet that each report as a whole comes from.

    `texts` are the versions to be seen of its reports, that of this article among them, copies of one text together.
    """
    read = {version.article.id: _read(version, outlets) for versions in texts for version in versions}
    of_texts = _origins_of_texts(([version.article for version in versions] for versions in texts), read.values())
    names = _names(read.values())
    copies = {version.article.id for versions in texts for version in versions if _holds(versions, article_id)}
    reports = (
        Report(
            version.article,
            version.number,
            is_copy=version.article.id in copies - {article_id},
            origin=_name(version.article, of_texts[version.article.id], names),
        )
        for versions in texts
        for version in versions
    )
    first_to_last = sorted(reports, key=lambda report: _appeared(report.article))
    return Story(tuple(first_to_last), len(set(of_texts.values())))


def _holds(versions: Iterable[Version], article_id: str) -> bool:
    return any(version.article.id == article_id for version in versions)


def _appeared(article: Article) -> tuple[datetime, str]:
    """When an article appeared, to sort by: those without a date come last."""
    return article.published_at or _UNDATED, article.id


def told_in(citations: Iterable[Citation]) -> Iterator[Citation | Report]:
    """Each citation, followed by the reports of the same."""
    for citation in citations:
        yield citation
        yield from citation.reports


def _read(version: Version, outlets: frozenset[str]) -> _Read:
    text = version.text[:LONGEST]
    return _Read(version.article, text, attributions(text, outlets))


def _origin(told: Citation | Report, read: Mapping[str, _Read], of_texts: Mapping[str, str]) -> str:
    """The key of the outlet that a sentence comes from."""
    where = read.get(version_key(told.article.id, told.version))
    said = where and attributed_to(where.article, where.text, told.start, told.end, where.found)
    return said or of_texts[told.article.id]


def _articles(citations: Iterable[Citation]) -> dict[str, Article]:
    """The cited articles and those that report the same, by id."""
    return {each.article.id: each.article for each in told_in(citations)}


def _origins_of_texts(texts: Iterable[Iterable[Article]], read: Iterable[_Read]) -> dict[str, str]:
    """The key of the outlet that each article's text as a whole comes from, by the article's id.

    The articles of one text stand together.
    """
    versions = {each.article.id: each for each in read}
    origins: dict[str, str] = {}
    for copies in texts:
        first_to_last = sorted(copies, key=_appeared)
        seen = (versions[article.id] for article in first_to_last if article.id in versions)
        said = (relayed(each.article, each.text, each.found) for each in seen)
        origin = next(filter(None, said), None) or own_origin(first_to_last[0])
        origins |= dict.fromkeys((article.id for article in first_to_last), origin)
    return origins


def _texts(citations: Sequence[Citation]) -> list[list[Article]]:
    """The articles of an answer, those that are copies of one text together."""
    articles = _articles(citations)
    texts = [{article_id} for article_id in articles]
    for citation in citations:
        copies = {citation.article.id} | {report.article.id for report in citation.reports if report.is_copy}
        touched = [text for text in texts if text & copies]
        texts = [text for text in texts if not text & copies] + [copies.union(*touched)]
    return [[articles[article_id] for article_id in text] for text in texts]


def _names(read: Collection[_Read]) -> dict[str, str]:
    """What the outlets are called that the texts name or stand in, by their keys."""
    names: dict[str, str] = {}
    for each in read:
        for item in each.found:
            names.setdefault(canonical(item.outlet), item.outlet)
    for each in read:
        if each.article.source:
            names[own_origin(each.article)] = without_section(each.article.source)
    return names
