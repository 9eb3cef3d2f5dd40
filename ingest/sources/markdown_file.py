"""A Markdown file: one article, its fields in front matter if it has any, its text without the markup."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.sources.decode import UNDECODABLE
from ingest.sources.document import Document
from ingest.sources.formats.front_matter import FrontMatterError, front_matter
from ingest.sources.formats.markdown_text import Block, blocks, joined
from ingest.sources.items import RawItem, Reject
from ingest.sources.source import Source
from ingest.sources.text_stream import open_text

_LONGEST = 1_000_000  # of which parsing makes some hundred megabytes at worst
_TOO_LONG = "longer than 1 million characters"

_MOST_OPEN = 2_000  # brackets; parsers of Markdown look ahead from each, so that their time grows with the square

_FRONT_MATTER = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:---[ \t]*\r?\n(?:#.*\r?\n)*[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n(?:#.*\r?\n)*[\w-]+[ \t]*=)"
)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_ADDRESSES = ("url", "link", "canonical", "canonicalurl")
_TEXTS = ("text", "body", "content", "article")  # the text is what stands below
_RENAMED = {"lang": "language", "lastmod": "updated", "categories": "category"}


def read_markdown(document: Document) -> Iterator[RawItem | Reject]:
    """The article of a Markdown file; nothing if the file is blank.

    Without a title in its front matter, its first heading is the title, if that is of the first level or stands above
    the text.
    """
    with open_text(document) as file:
        markdown = file.stream.read(_LONGEST + 1)
    if len(markdown) > _LONGEST:
        yield Reject(document.name, _TOO_LONG)
        return
    if markdown.count("[") - markdown.count("]") > _MOST_OPEN:
        yield Reject(document.name, f"it has more than {_MOST_OPEN:,} brackets that are never closed")
        return
    if UNDECODABLE in markdown:
        yield Reject(document.name, f"it has bytes that are no {file.encoding}")
        return
    try:
        stated, markdown = front_matter(markdown)
    except FrontMatterError as error:
        yield Reject(document.name, str(error))
        return
    fields = _fields(document, stated)
    title, parts = _title(fields.get("title"), blocks(markdown))
    if title or parts:
        yield RawItem(document.name, {**fields, "title": title, "text": joined(parts)})


def _fields(document: Document, stated: Mapping[str, object]) -> dict[str, object]:
    """What the front matter states. An address within a site, as some programs want them, is none."""
    named = {_NOT_IN_A_NAME.sub("", name.casefold()): value for name, value in stated.items()}
    addresses = (str(named[name]) for name in _ADDRESSES if name in named)
    address = next((address for address in addresses if address.startswith(("http://", "https://"))), None)
    identity = {"id": named.get("id") or address or document.id, "url": address or document.url}
    others = {name: value for name, value in named.items() if name not in (*_ADDRESSES, *_TEXTS, *_RENAMED)}
    renamed = {_RENAMED[name]: value for name, value in named.items() if name in _RENAMED}
    return renamed | others | identity


def _title(stated: object, parts: Sequence[Block]) -> tuple[object, Sequence[Block]]:
    """The title, and the blocks without the heading that it is."""
    number = next((number for number, part in enumerate(parts) if part.level), None)
    if number is None:
        return stated, parts
    heading = parts[number]
    is_title = heading.text == stated if stated else heading.level == 1 or number == 0
    return (heading.text, [*parts[:number], *parts[number + 1 :]]) if is_title else (stated, parts)


def _begins_with_fields(head: bytes) -> bool:
    return _FRONT_MATTER.match(head) is not None


SOURCE = Source(
    "Markdown", read_markdown, (".md", ".markdown"), ("text/markdown", "text/x-markdown"), _begins_with_fields
)
