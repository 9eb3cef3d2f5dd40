"""An article as markup, with the cited words lit."""

from collections.abc import Sequence

from rag.model import Version
from rag.ui.markup import Element, element
from rag.ui.places import Place
from rag.ui.segments import Segment, paragraphs
from rag.ui.wording import moment, outlet_and_day


def reader_view(version: Version, versions: Sequence[Version], place: Place) -> Element:
    """A version of an article: who and when, the title, the text. The first words that are lit take the focus."""
    article = version.article
    return element(
        "article",
        element("p", outlet_and_day(article), kind="quiet"),
        element("h3", article.title),
        element("p", " · ".join(_particulars(version)), kind="quiet"),
        _source(article.url),
        _versions(version, versions),
        _standing(version, versions),
        _text(version, place),
        kind="reader",
        lang=article.language,
    )


def _particulars(version: Version) -> list[str]:
    article = version.article
    parts = [f"By {', '.join(article.authors)}"] if article.authors else []
    parts += [article.category] if article.category else []
    parts += [f"Published {moment(article.published_at)}"] if article.published_at else []
    parts += [f"updated {moment(article.updated_at)}"] if article.updated_at else []
    return [*parts, f"fetched {moment(version.fetched_at)}"]


def _source(url: str) -> Element | None:
    """A link to the original, for addresses that a browser may be sent to."""
    if not url.startswith(("http://", "https://")):
        return element("p", url, kind="quiet") if url else None
    link = element("a", url, href=url, target="_blank", rel="noopener noreferrer")
    return element("p", link, kind="quiet")


def _versions(version: Version, versions: Sequence[Version]) -> Element | None:
    """Which version this is, with links to the others, when there are several."""
    if len(versions) < 2:
        return None
    links = [
        element("span", f"Version {other.number}, shown here", aria_current="true")
        if other.number == version.number
        else element("a", f"Version {other.number}", href=Place(version.article.id, other.number).link)
        for other in versions
    ]
    return element("div", *links, kind="versions")


def _standing(version: Version, versions: Sequence[Version]) -> Element | None:
    """A warning when search no longer sees this version."""
    if version.current:
        return None
    superseded = any(other.current for other in versions)
    words = "A newer version has taken this one's place." if superseded else "This article was withdrawn."
    return element("p", words, kind="notice")


def _text(version: Version, place: Place) -> Element:
    unfocused = True
    blocks = []
    for paragraph in paragraphs(version.text, place.start, place.end):
        blocks.append(element("p", *(_segment(segment, focus=unfocused) for segment in paragraph)))
        unfocused = unfocused and not any(segment.lit for segment in paragraph)
    return element("div", *blocks, kind="text")


def _segment(segment: Segment, *, focus: bool) -> Element | str:
    if not segment.lit:
        return segment.text
    return element("mark", segment.text, tabindex="-1", data_focus="true" if focus else None)
