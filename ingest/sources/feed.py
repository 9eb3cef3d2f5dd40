"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom. Each entry is a link to an article, or an article if it links nowhere."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from lxml import etree

from ingest.sources.document import Document
from ingest.sources.formats.markup_text import element_text, plain_line, plain_text
from ingest.sources.formats.xml_tree import (
    DAMAGED,
    address,
    is_damaged,
    language_of,
    local_name,
    namespace,
    parts,
    root_of,
    text_in,
)
from ingest.sources.items import Link, RawItem, Reject, Stated
from ingest.sources.source import Source

_CONTAINERS = frozenset(("rss", "RDF", "channel", "feed"))

# Short names for the vocabularies that feeds mix; those of RSS itself have none, and what is of no use is not here.
_ATOM = dict.fromkeys(("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"), "atom:")
_RSS = dict.fromkeys(
    (
        "", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2", "http://purl.org/rss/2.0/",
    ),
    "",
)  # fmt: skip
_VOCABULARIES = _ATOM | _RSS | {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}  # fmt: skip
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

_DATES = (
    ("published", ("pubDate", "atom:published", "atom:issued", "dcterms:issued", "dc:date", "atom:created")),
    ("updated", ("atom:updated", "atom:modified", "dcterms:modified")),
)
_WHOLE_TEXT = ("content:encoded", "atom:content", "xhtml:body", "xhtml:div")
_SUMMARY = ("description", "atom:summary")
_MAIL = re.compile(r"\S+@\S+\s*(?:\((.*)\))?")

_WEB = ("http://", "https://")

_Children = dict[str, list[etree._Element]]


@dataclass
class _Feed:
    """What a feed says of itself, as far as it has been read."""

    title: str = ""
    language: str = ""
    address: str = ""
    authors: list[str] = field(default_factory=list)


def read_feed(document: Document) -> Iterator[Link | RawItem | Reject]:
    """The entries of a feed, counted from 1; those that it says are deleted are withdrawn articles."""
    feed = _Feed(address=document.url if document.url.startswith(_WEB) else "")
    number = 0
    for part in parts(document, _CONTAINERS):
        name = _name(part)
        if name in ("item", "atom:entry", "at:deleted-entry"):
            number += 1
            yield _entry(document.name, f"entry {number}", part, feed)
        else:
            _learn(feed, name, part)


def _learn(feed: _Feed, name: str, part: etree._Element) -> None:
    match name:
        case "title" | "atom:title":
            feed.title = feed.title or plain_line(text_in(part))
        case "language" | "dc:language":
            feed.language = feed.language or text_in(part)
        case "link" | "atom:link" if part.get("rel", "alternate") in ("alternate", "self"):
            # Relative links of a feed on disk are meant from where it was.
            feed.address = feed.address or address(part, part.get("href") or text_in(part), "")
        case "atom:author":
            feed.authors.append(_author(part))


def _entry(file: str, record: str, entry: etree._Element, feed: _Feed) -> Link | RawItem | Reject:
    if is_damaged(entry):
        return Reject(file, DAMAGED, record)
    children = _children(entry)
    url = _url(entry, children, feed)
    if _name(entry) == "at:deleted-entry":
        return _deletion(file, record, entry, url)
    fields = _fields(entry, children, feed)
    dates = tuple(_dates(children))
    if not url:
        return RawItem(file, {"id": _text(children, "guid", "atom:id"), **fields}, record, dates)
    said = json.dumps([fields, [date.written for date in dates]], sort_keys=True)
    known_as = _text(children, "guid", "atom:id")
    aliases = (known_as,) if known_as and known_as != url else ()
    return Link(file, url, record, fields, dates, sha256(said.encode()).hexdigest(), aliases)


def _deletion(file: str, record: str, entry: etree._Element, url: str) -> RawItem:
    """An entry that its publisher has taken out (RFC 6721). It is known by its Atom id, which is often its address."""
    reference = entry.get("ref", "")
    url = url or address(entry, reference, "")
    identity = {"url": url} if url else {"id": reference}
    dates = (Stated("updated", entry.get("when", ""), "feed deleted-entry"),)
    return RawItem(file, {**identity, "status": "withdrawn"}, record, dates)


def _fields(entry: etree._Element, children: _Children, feed: _Feed) -> dict[str, object]:
    text, is_whole = _content(children)
    fields = {
        "title": _title(children),
        "text": text,
        "source": _source(children) or feed.title,
        "authors": _authors(children) or _one_or_several(feed.authors),
        "category": _category(children),
        "language": _text(children, "dc:language") or language_of(entry) or feed.language,
        "kind": "summary only" if text and not is_whole else "",
    }
    return {name: value for name, value in fields.items() if value}


def _name(element: etree._Element) -> str:
    prefix = _VOCABULARIES.get(namespace(element))
    return "" if prefix is None else prefix + local_name(element)


def _children(element: etree._Element) -> _Children:
    children: _Children = {}
    for child in element:
        children.setdefault(_name(child), []).append(child)
    return children


def _all(children: _Children, *names: str) -> Iterator[etree._Element]:
    for name in names:
        yield from children.get(name, ())


def _text(children: _Children, *names: str) -> str:
    return next((text for child in _all(children, *names) if (text := text_in(child))), "")


def _url(entry: etree._Element, children: _Children, feed: _Feed) -> str:
    """The article's own address: before that of a service in between, and a guid only where there is no link."""
    links = [(child, text_in(child)) for child in _all(children, "feedburner:origLink", "link")]
    pages = [link for link in _all(children, "atom:link") if link.get("rel", "alternate") == "alternate"]
    pages.sort(key=lambda link: "html" not in link.get("type", "html"))
    links += [(link, link.get("href", "")) for link in pages]
    ids = [text_in(guid) for guid in _all(children, "guid") if guid.get("isPermaLink", "true").strip() != "false"]
    ids.append(entry.get(f"{_RDF}about", ""))
    links += [(entry, whole) for whole in ids if whole.startswith(_WEB)]
    return next((url for child, written in links if (url := address(child, written, feed.address))), "")


def _dates(children: _Children) -> Iterator[Stated]:
    for kind, names in _DATES:
        for name in names:
            if written := _text(children, name):
                yield Stated(kind, written, f"feed {name.removeprefix('atom:')}")


def _title(children: _Children) -> str:
    for title in _all(children, "title", "atom:title", "dc:title"):
        text = text_in(title)
        if text:
            return text if _is_plain(title) else plain_line(text)
    return ""


def _content(children: _Children) -> tuple[str, bool]:
    """The text, and whether it is the whole article's as far as the feed tells."""
    for names, is_whole in ((_WHOLE_TEXT, True), (_SUMMARY, False)):
        for child in _all(children, *names):
            if text := _paragraphs(child):
                return text, is_whole
    return "", False


def _paragraphs(child: etree._Element) -> str:
    if child.get("src") or child.get("mode") == "base64":  # it stands elsewhere, or is no text
        return ""
    if len(child):
        return element_text(child)
    return (child.text or "").strip() if _is_plain(child) else plain_text(child.text or "")


def _is_plain(child: etree._Element) -> bool:
    """Whether it is sure to have no tags: RSS never says, and Atom does unless it has none."""
    return namespace(child) in _ATOM and "html" not in child.get("type", "text")


def _source(children: _Children) -> str:
    titles = (title for source in _all(children, "atom:source") for title in _children(source).get("atom:title", ()))
    return _text(children, "source") or next(map(text_in, titles), "")


def _authors(children: _Children) -> str | list[str]:
    names = [text_in(child) for child in _all(children, "dc:creator")]
    names = names or [_author(child) for child in _all(children, "author", "atom:author")]
    return _one_or_several([name for name in names if name])


def _author(element: etree._Element) -> str:
    """The name of an author. RSS wants a mail address, with the name behind it; alone it tells no name."""
    if named := _children(element).get("atom:name"):
        return text_in(named[0])
    text = text_in(element)
    mail = _MAIL.fullmatch(text)
    return (mail.group(1) or "") if mail else text


def _one_or_several(names: list[str]) -> str | list[str]:
    """One text may name several, as a byline does; of several, each is a name."""
    return names[0] if len(names) == 1 else names


def _category(children: _Children) -> str:
    for category in _all(children, "category", "atom:category", "dc:subject"):
        if text := category.get("label") or category.get("term") or text_in(category):
            return text
    return ""


def _is_feed(head: bytes) -> bool:
    root = root_of(head)
    if root.name == "RDF":  # which holds much else
        return any(rss in root.attributes for rss in _RSS if rss)
    return (root.name == "rss" and root.namespace in _RSS) or (
        root.name in ("feed", "entry") and root.namespace in _ATOM
    )


SOURCE = Source(
    "feed",
    read_feed,
    (".rss", ".atom", ".rdf", ".xml"),
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    _is_feed,
)
