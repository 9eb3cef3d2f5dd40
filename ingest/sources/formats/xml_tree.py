"""XML that others wrote, read safely: part by part, in bounded memory, and nothing is fetched or expanded."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from lxml import etree

from ingest.sources.document import Document
from ingest.sources.formats.xml_text import DAMAGE, xml_text
from rag.errors import SourceError

MOST_IN_PART, MOST_IN_ALL = 200_000, 3_000_000
"""Elements and attributes of one part, and of one document. More is no news, but made to fill a machine."""

DAMAGED = "it has bytes that do not fit its encoding"
"""Why a part is no item."""

# The numbers of libxml2's errors.
_NO_ELEMENT = 4
_STILL_OPEN = (63, 73, 77)  # at the end
_LIMIT = 114

_XML = "{http://www.w3.org/XML/1998/namespace}"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BEFORE_ROOT = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+", re.DOTALL)
_ROOT = re.compile(r"<(?:([^\s<>/:]+):)?([^\W\d][^\s<>/:]*)([^<>]*)")


def parts(document: Document, containers: frozenset[str]) -> Iterator[etree._Element]:
    """What stands in the containers, and is none itself: each part whole, in order, and emptied after its turn.

    A container is an element of one of these names, whatever its namespace, that is the root or stands in containers
    alone; so a root of another name is the one part. Raises SourceError where the document is no well-formed XML.
    """
    depth = opened = in_part = in_all = 0
    for event, element in _events(document):
        if event == "start":
            if depth == opened and local_name(element) in containers:
                opened += 1
            depth += 1
            size = 1 + len(element.attrib)
            in_part, in_all = in_part + size, in_all + size
            if in_part > MOST_IN_PART or in_all > MOST_IN_ALL:
                raise SourceError("it has more elements than news ever has")
            continue
        depth -= 1
        if depth < opened:
            opened -= 1
        elif depth == opened:
            yield element
            _forget(element)
            in_part = 0


def local_name(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """The namespace of an element; empty if it has none."""
    return str(element.tag)[1:].rpartition("}")[0]


def is_damaged(element: etree._Element) -> bool:
    """Whether there is something in it that does not fit the document's encoding."""
    return DAMAGE.encode() in etree.tostring(element, encoding="utf-8")


def text_in(element: etree._Element | None) -> str:
    """All text in an element, on one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def language_of(element: etree._Element) -> str:
    """The language that xml:lang gives it; empty if none does."""
    return next((lang for node in _with_ancestors(element) if (lang := node.get(f"{_XML}lang", "").strip())), "")


def address(element: etree._Element, written: str, base: str) -> str:
    """A written address as a whole one of the web, by xml:base and then `base`; empty if it is none."""
    bases = [node.get(f"{_XML}base", "") for node in _with_ancestors(element)]
    try:
        for relative in (*reversed(bases), written.strip()):
            base = urljoin(base, relative)
        address_parts = urlsplit(base)
    except ValueError:  # as for http://[
        return ""
    return base if written.strip() and address_parts.scheme in ("http", "https") and address_parts.hostname else ""


@dataclass(frozen=True, slots=True)
class Root:
    """The root element that a document begins with; all empty where there is none to be seen."""

    name: str = ""
    namespace: str = ""
    attributes: str = ""


def root_of(head: bytes) -> Root:
    """The root of the document that begins with these bytes, whatever stands before it, also in UTF-16.

    >>> root_of(b'<?xml version="1.0"?><!-- ours --><a:feed xmlns:a="http://www.w3.org/2005/Atom">').namespace
    'http://www.w3.org/2005/Atom'
    """
    text = _head_text(head)
    root = _ROOT.match(text, _end_of(_BEFORE_ROOT.match(text)))
    if root is None:
        return Root()
    prefix, name, attributes = root.groups()
    declared = re.search(rf"""\sxmlns{":" + re.escape(prefix) if prefix else ""}\s*=\s*["']([^"']*)""", attributes)
    return Root(name, declared.group(1) if declared else "", attributes)


def _end_of(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _head_text(head: bytes) -> str:
    if head.startswith(_UTF16_MARKS):
        return head.decode("utf-16", "replace")
    if b"\0" in head[:4]:
        return head.decode("utf-16-be" if head[:1] == b"\0" else "utf-16-le", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _events(document: Document) -> Iterator[tuple[str, etree._Element]]:
    """The starts and ends of all elements. Entities and document types do not get this far: see xml_text."""
    parser = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    begun = False
    for text in chain(filter(None, xml_text(document)), [""]):  # the empty one: nothing comes behind it
        if not (begun := begun or bool(text)):
            raise SourceError("it is no XML")
        failed = None
        try:
            parser.feed(text.encode()) if text else parser.close()
        except etree.XMLSyntaxError as error:
            failed = _explained(error)
        yield from cast(Iterator[tuple[str, etree._Element]], parser.read_events())  # sound, up to the error
        if failed:
            raise failed


def _explained(error: etree.XMLSyntaxError) -> SourceError | None:
    """What is wrong; None for names that can be read and mean nothing, as those with a prefix that is not declared.

    The error itself tells the first that was noted of a document; the last is what the parser stopped at.
    """
    last = cast(Any, error.error_log).last_error  # of which the stubs know nothing
    if last.type == _NO_ELEMENT:
        return SourceError("it is no XML")
    if last.level_name != "FATAL":
        return None
    if "depth" in last.message:
        return SourceError("its XML is nested too deeply")
    if last.type == _LIMIT:
        return SourceError("one text or tag of its XML is longer than 10 million characters")
    if last.type in _STILL_OPEN:
        return SourceError("its XML breaks off: an element is still open at its end")
    return SourceError(f"it is no well-formed XML: {' '.join(last.message.split())[:200]} in line {last.line}")


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _with_ancestors(element: etree._Element) -> Iterable[etree._Element]:
    return (element, *element.iterancestors())
