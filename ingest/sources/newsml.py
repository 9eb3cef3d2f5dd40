"""NewsML-G2, in which agencies send news: single news items, and messages of several."""

from collections.abc import Iterator

from lxml import etree

from ingest.sources.document import Document
from ingest.sources.formats import iptc
from ingest.sources.formats.markup_text import element_text, plain_text
from ingest.sources.formats.xml_tree import (
    DAMAGED,
    address,
    is_damaged,
    language_of,
    local_name,
    parts,
    root_of,
    text_in,
)
from ingest.sources.items import RawItem, Reject
from ingest.sources.source import Source

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_NAMESPACES = {"n": _NAR}
_CONTAINERS = frozenset(("newsMessage", "itemSet"))
_OTHER_ITEMS = {
    "packageItem": "a package, which only points to items",
    "conceptItem": "a concept, not news",
    "knowledgeItem": "a list of concepts, not news",
    "catalogItem": "a catalog, not news",
    "planningItem": "a plan for news to come",
}
_TEXTS = ("", "text", "composite")
_PAGES = frozenset(("html", "body", "div", "article", "section", "p", "nitf", "body.content"))
_DATES = {
    "firstCreated": "n:itemMeta/n:firstCreated",
    "contentCreated": "n:contentMeta/n:contentCreated",
    "versionCreated": "n:itemMeta/n:versionCreated",
    "contentModified": "n:contentMeta/n:contentModified",
    "embargoed": "n:itemMeta/n:embargoed",
}


def read_newsml(document: Document) -> Iterator[RawItem | Reject]:
    """The news items of a document, counted from 1 if it is a message of several."""
    number = 0
    for part in parts(document, _CONTAINERS):
        name = local_name(part)
        if name not in _OTHER_ITEMS and name != "newsItem":
            continue  # the message's header
        number += 1
        record = f"item {number}" if part.getparent() is not None else ""
        if name in _OTHER_ITEMS:
            yield Reject(document.name, f"it is {_OTHER_ITEMS[name]}", record)
        else:
            yield _news_item(document.name, record, part)


def _news_item(file: str, record: str, item: etree._Element) -> RawItem | Reject:
    if is_damaged(item):
        return Reject(file, DAMAGED, record)
    kind = _code(item, "n:itemMeta/n:itemClass")
    if kind not in _TEXTS:
        return Reject(file, f"it is no text but of the kind {kind!r}", record)
    version = item.get("version", "").strip()
    written = {name: text_in(_first(item, path)) for name, path in _DATES.items()}
    return RawItem(file, _fields(item, version), record, tuple(iptc.dates(written, version, "NewsML-G2")))


def _fields(item: etree._Element, version: str) -> dict[str, object]:
    guid = item.get("guid", "").strip()
    fields = {
        "id": guid,
        "url": _url(item, guid),
        "version": version,
        "status": _status(item),
        "note": _note(item, version),
        "title": _headline(item),
        "text": _text(item),
        "source": _source(item),
        "authors": _authors(item),
        "category": _category(item),
        "language": _language(item),
    }
    return {name: value for name, value in fields.items() if value}


def _url(item: etree._Element, guid: str) -> str:
    """Where it can be read on the web. Links of an item lead to other items, except those to its other forms."""
    written = [form.get("href", "") for form in _all(item, "n:itemMeta/n:altRep")]
    written += [text_in(other) for other in _all(item, "n:contentMeta/n:altId")]
    return next((url for text in (*written, guid) if (url := address(item, text, ""))), "")


def _status(item: etree._Element) -> str:
    status = _code(item, "n:itemMeta/n:pubStatus") or "usable"
    embargo = _first(item, "n:itemMeta/n:embargoed")
    if status == "usable" and embargo is not None and not text_in(embargo):
        return "withheld"  # an embargo without a date holds until the agency lifts it
    return status


def _note(item: etree._Element, version: str) -> str:
    signals = [code for signal in _all(item, "n:itemMeta/n:signal") if (code := _code_of(signal))]
    return iptc.note(signals, map(text_in, _all(item, "n:itemMeta/n:edNote")), version)


def _headline(item: etree._Element) -> str:
    headlines = _all(item, "n:contentMeta/n:headline")
    headlines.sort(key=lambda headline: iptc.code(headline.get("role", "main")) != "main")
    return next(filter(None, map(text_in, headlines)), "") or text_in(_first(item, "n:itemMeta/n:title"))


def _text(item: etree._Element) -> str:
    """The first form of the content that is text: XHTML or NITF, else HTML or plain text."""
    for inline in _all(item, "n:contentSet/n:inlineXML"):
        for root in inline:
            body = next(root.iter("{*}body.content"), root)  # NITF, whose head and end are no text of the article
            if local_name(root).lower() in _PAGES and (text := element_text(body)):
                return text
    for inline in _all(item, "n:contentSet/n:inlineData"):
        if not inline.get("encoding") and (text := plain_text(inline.text or "")):
            return text
    return ""


def _source(item: etree._Element) -> str:
    parties = [*_all(item, "n:itemMeta/n:provider"), *_all(item, "n:rightsInfo/n:copyrightHolder")]
    return next((name for party in parties if (name := _named(party))), "")


def _authors(item: etree._Element) -> str | list[str]:
    """The byline, else the persons that made it: an agency that is named as creator is no author."""
    if by := text_in(_first(item, "n:contentMeta/n:by")):
        return by
    creators = _all(item, "n:contentMeta/n:creator")
    return [name for creator in creators if "organi" not in creator.get("type", "") and (name := _named(creator))]


def _category(item: etree._Element) -> str:
    """The first topic that is named; subjects are persons and places too. Without one, the genre."""
    topics = [s for s in _all(item, "n:contentMeta/n:subject") if iptc.code(s.get("type", "")) in ("", "abstract")]
    genres = _all(item, "n:contentMeta/n:genre")
    return next((name for topic in (*topics, *genres) if (name := _name_of(topic))), "")


def _language(item: etree._Element) -> str:
    """The content's; xml:lang is that of what is said about it, but mostly the same."""
    language = _first(item, "n:contentMeta/n:language")
    return (language.get("tag", "") if language is not None else "") or language_of(item)


def _named(element: etree._Element) -> str:
    """What a party is called: by name, else by its identifier, which agencies give where they have no more."""
    return _name_of(element) or element.get("literal", "") or _code_of(element)


def _name_of(element: etree._Element) -> str:
    return text_in(_first(element, "n:name"))


def _code(item: etree._Element, path: str) -> str:
    element = _first(item, path)
    return "" if element is None else _code_of(element)


def _code_of(element: etree._Element) -> str:
    return iptc.code(element.get("qcode") or element.get("uri") or "")


def _first(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(path, _NAMESPACES)


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(path, _NAMESPACES)


def _is_newsml(head: bytes) -> bool:
    root = root_of(head)
    return root.namespace == _NAR and root.name in {"newsItem", "newsMessage", *_OTHER_ITEMS}


SOURCE = Source(
    "NewsML-G2",
    read_newsml,
    (".newsml", ".xml"),
    (
        "application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml",
        "application/vnd.iptc.g2.packageitem+xml", "application/xml", "text/xml",
    ),
    _is_newsml,
)  # fmt: skip
