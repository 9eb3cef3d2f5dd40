"""Whom the words of an answer come from, who else reports them, and how many independent origins that makes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rag.identity import version_key
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
from rag.language.furniture import without_furniture
from rag.model import Answer, Article, Citation, Grouping, Hit, Passage, Report, Story, Version
from rag.stories import quoted_in

LONGEST = 200_000
"""Characters of a text that are looked at: what stands behind them comes from where the text as a whole does."""

COPIES = 20
"""Of one text that are looked at, the earliest: what these do not say of its origin, the others hardly will."""

_UNDATED = datetime.max.replace(tzinfo=UTC)


def trace(
    answer: Answer, groups: Mapping[str, Grouping], versions: Collection[Version], outlets: frozenset[str]
) -> Answer:
    """The answer with the origin of each citation, the other reports of the same, and the number of both.

    What a cited sentence, or one that it goes on from, says it has from an outlet has that origin; else its text as a
    whole has one: the outlet that it relays, or its own. Copies are one text. If one of them says whom it relays, all
    relay it; what none says is that outlet's which published first.

    `groups` are those of what is cited and repeated; `versions` those that may be seen of it and of its copies;
    `outlets` the names of the corpus's own. Where another version has come in a moment ago, only that text as a whole
    tells the origin.
    """
    citations = [_with_copies(citation, groups, versions) for citation in answer.citations]
    looked = _look({each.article for each in told_in(answer.citations)}, groups, versions, outlets)
    keys: set[str] = set()

    def traced(citation: Citation) -> Citation:
        of_citation = _origin(citation, looked)
        keys.add(of_citation)
        reports = []
        for report in sorted(citation.reports, key=lambda report: _appeared(report.article)):
            key = of_citation if report.is_copy else _origin(report, looked)
            keys.add(key)
            reports.append(replace(report, origin=_name(report.article, key, looked)))
        return replace(citation, origin=_name(citation.article, of_citation, looked), reports=tuple(reports))

    traced_citations = tuple(map(traced, citations))
    told = {each.article.id for each in told_in(citations)}
    return replace(answer, citations=traced_citations, origins=len(keys), reports=len(told))


def trace_hits(
    hits: Sequence[Hit], groups: Mapping[str, Grouping], versions: Collection[Version], outlets: frozenset[str]
) -> tuple[tuple[Hit, ...], int, int]:
    """The hits with the origin of each, the number of independent ones, and that of the articles that report them.

    All as `trace` has it; the reports are the articles that were found.
    """
    looked = _look({hit.passage.article for hit in hits}, groups, versions, outlets)
    keys = [_origin(hit.passage, looked) for hit in hits]
    traced = (replace(hit, origin=_name(hit.passage.article, key, looked)) for hit, key in zip(hits, keys, strict=True))
    found = {article_id for hit in hits for article_id in (hit.passage.article.id, *hit.also_in)}
    return tuple(traced), len(set(keys)), len(found)


def tell(
    article_id: str, groups: Mapping[str, Grouping], versions: Collection[Version], outlets: frozenset[str]
) -> Story:
    """The story that an article is part of, with the outlet that each report as a whole comes from.

    `versions` are those of all its reports, this article's among them, and `groups` theirs.
    """
    looked = _look((), groups, versions, outlets)
    copies = _beside(article_id, groups)
    reports = [
        Report(
            version.article,
            version.number,
            is_copy=version.article.id in copies,
            origin=_name(version.article, looked.of_texts[version.article.id], looked),
        )
        for version in sorted(versions, key=lambda version: _appeared(version.article))
    ]
    return Story(tuple(reports), len({looked.of_texts[report.article.id] for report in reports}))


def told_in(citations: Iterable[Citation]) -> Iterator[Citation | Report]:
    """Each citation, followed by the reports of the same."""
    for citation in citations:
        yield citation
        yield from citation.reports


def _with_copies(citation: Citation, groups: Mapping[str, Grouping], versions: Iterable[Version]) -> Citation:
    """The citation with the copies of its article in which the quote stands, word for word."""
    copies = _beside(citation.article.id, groups)
    holding = [
        Report(version.article, version.number, is_copy=True)
        for version in versions
        if version.article.id in copies
        and quoted_in(citation.quote, without_furniture(version.text, version.furniture))
    ]
    holding.sort(key=lambda report: _appeared(report.article))
    others = [report for report in citation.reports if report.article.id not in copies]
    return replace(citation, also_in=tuple(report.article.id for report in holding), reports=(*holding, *others))


def _beside(article_id: str, groups: Mapping[str, Grouping]) -> set[str]:
    """The copies of an article, by id."""
    return {copy.id for copy in groups[article_id].copies} if article_id in groups else set()


@dataclass(frozen=True, slots=True)
class _Read:
    """A version as far as it is looked at, and what its text attributes to whom."""

    article: Article
    text: str
    found: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was read, by version key; whose a text as a whole is, by article id; what outlets are called, by key."""

    read: Mapping[str, _Read]
    of_texts: Mapping[str, str]
    names: Mapping[str, str]


def _look(
    told: Collection[Article], groups: Mapping[str, Grouping], versions: Collection[Version], outlets: frozenset[str]
) -> _Looked:
    """Read the versions of what is told, and of each text the first of its copies."""
    articles = {article.id: article for article in (*told, *(version.article for version in versions))}
    texts = _texts(articles.values(), groups)
    looked_at = {article.id for article in told}.union(*({copy.id for copy in copies[:COPIES]} for copies in texts))
    read = {
        version_key(each.article.id, each.number): _read(each, outlets)
        for each in versions
        if each.article.id in looked_at
    }
    return _Looked(read, _origins_of_texts(texts, read.values()), _names(read.values()))


def _read(version: Version, outlets: frozenset[str]) -> _Read:
    text = version.text[:LONGEST]
    return _Read(version.article, text, attributions(text, outlets))


def _texts(articles: Iterable[Article], groups: Mapping[str, Grouping]) -> list[list[Article]]:
    """The articles, copies of one text together, the earliest first."""
    keys: dict[str, str] = {}
    for article_id in groups:
        if article_id not in keys:
            members = {article_id} | _beside(article_id, groups)
            keys |= dict.fromkeys(members, min(members))
    texts: defaultdict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=_appeared):
        texts[keys.get(article.id, article.id)].append(article)
    return list(texts.values())


def _origins_of_texts(texts: Iterable[Sequence[Article]], read: Iterable[_Read]) -> dict[str, str]:
    """The key of the outlet that each article's text as a whole comes from, by the article's id."""
    versions = {each.article.id: each for each in read}
    origins: dict[str, str] = {}
    for copies in texts:
        seen = (versions[article.id] for article in copies if article.id in versions)
        said = (relayed(each.article, each.text, each.found) for each in seen)
        origin = next(filter(None, said), None) or own_origin(copies[0])
        origins |= dict.fromkeys((article.id for article in copies), origin)
    return origins


def _origin(told: Citation | Report | Passage, looked: _Looked) -> str:
    """The key of the outlet that words of an article come from."""
    where = looked.read.get(version_key(told.article.id, told.version))
    said = where and attributed_to(where.article, where.text, told.start, told.end, where.found)
    return said or looked.of_texts[told.article.id]


def _appeared(article: Article) -> tuple[datetime, str]:
    """When an article appeared, to sort by: those without a date come last."""
    return article.published_at or _UNDATED, article.id


def _name(article: Article, key: str, looked: _Looked) -> str | None:
    """What the outlet with this key is called; None if it is the article's own."""
    return None if key == own_origin(article) else known_name(key) or looked.names.get(key, key)


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
