"""When a page says that its article was published and updated: every statement of it, the best first."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from ingest.sources.formats.page_meta import Meta, heading, text_of
from ingest.sources.formats.page_schema import Schema, texts, types
from ingest.sources.items import Stated

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dcterms.issued", "dc.date.issued",
    "publish-date", "publish_date", "publishdate", "publication_date", "originalpublicationdate", "pubdate", "ptime",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "article:updated_time", "article:modified", "datemodified",
    "dcterms.modified", "dc.date.modified", "utime", "og:updated_time",
)  # fmt: skip
_NAMES = {"published": ("datePublished", _PUBLISHED), "updated": ("dateModified", _UPDATED)}

_YEAR = re.compile(r"[0-9]{4}")
_WORD = re.compile(r"[A-Za-z]+")
_SAYS_PUBLISHED = frozenset("published pubdate datepublished posted".split())
_SAYS_UPDATED = frozenset("updated modified datemodified lastmod".split())
_UPDATED_BEFORE = re.compile(
    r"\b(?:updated|modified|aktualisiert|stand|actualizad[oa]|aggiornato)\b|mis à jour", re.IGNORECASE
)
_NEAR = 300  # characters of text between a heading and the date of its article
_LONGEST_AROUND = 80
_MOST = 20  # time elements so near


def page_dates(root: _Element, schema: Schema, meta: Meta) -> tuple[Stated, ...]:
    """All that is stated, by JSON-LD and microdata, by meta elements, of the page as a whole, and by time elements."""
    times = list(_times(root))
    return tuple(
        dict.fromkeys(
            Stated(kind, written, origin)
            for kind, (said, names) in _NAMES.items()
            for written, origin in (
                *((date, f"{origin} {said}") for origin, thing in schema.articles for date in texts(thing.get(said))),
                *((date, f"meta {name}") for name in names for date in meta.all(name)),
                *((date, f"JSON-LD WebPage {said}") for date in _of_the_page(schema, said)),
                *((date, "time element") for labelled, date in times if labelled == kind),
            )
        )
    )


def _of_the_page(schema: Schema, said: str) -> list[str]:
    return [date for thing in schema.others if "WebPage" in types(thing) for date in texts(thing.get(said))]


def _times(root: _Element) -> Iterator[tuple[str, str]]:
    """The time elements that say of themselves what they tell, or stand right behind the heading.

    Others tell of events, of comments, or of other articles.
    """
    own = heading(root)
    times = [time for time in root.iter("time") if _YEAR.search(_written(time))]
    if own is None or not times:
        return
    near = _near(root, own)
    articles = set(own.iterancestors("article"))
    for time in times:
        around = next(time.iterancestors("article"), None)
        if around is not None and around not in articles:
            continue
        says = _says(time)
        if says and (around is not None or time in near):
            yield says, _written(time)
        elif not says and time in near and _stands_alone(time):
            yield "published", _written(time)


def _written(time: _Element) -> str:
    return time.get("datetime") or text_of(time)


def _says(time: _Element) -> str:
    """The kind of a date, by its own or its parent's names, or by the words before it."""
    parent = time.getparent()
    names = [time.get("class", ""), time.get("itemprop", ""), parent.get("class", "") if parent is not None else ""]
    words = {word.lower() for name in names for word in _WORD.findall(name)}
    if time.get("pubdate") is not None or words & _SAYS_PUBLISHED:
        return "published"
    return "updated" if words & _SAYS_UPDATED or _UPDATED_BEFORE.search(_before(time)) else ""


def _stands_alone(time: _Element) -> bool:
    """Whether it is no part of a sentence, as the date of an event would be."""
    parent = time.getparent()
    around = [time.tail or "", _before(time)]
    if parent is not None and parent.tag in ("p", "li", "td"):
        around.append(text_of(parent).replace(text_of(time), "", 1))
    return all(len(" ".join(text.split())) <= _LONGEST_AROUND for text in around)


def _before(time: _Element) -> str:
    """The text right before it."""
    previous, parent = time.getprevious(), time.getparent()
    return (previous.tail if previous is not None else parent.text if parent is not None else "") or ""


def _near(root: _Element, own: _Element) -> set[_Element]:
    """The time elements behind the heading, with little text between."""
    found: set[_Element] = set()
    text = 0
    behind = False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element.tag == "time" and behind:
                found.add(element)
            text += len((element.text or "").strip()) if element.tag not in ("script", "style") else 0
        else:
            if element is own:
                behind, text = True, 0
            text += len((element.tail or "").strip())
        if (behind and text > _NEAR) or len(found) == _MOST:
            break
    return found
