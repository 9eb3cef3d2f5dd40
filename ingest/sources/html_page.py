"""A web page: the one article on it, and nothing of what stands around that."""

import codecs
import re
from collections.abc import Iterator

from ingest.sources.document import Document
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject, Stated
from ingest.sources.source import Source

NO_TEXT = "it has no main text that can be told from its menus and notices"
LIST = "it says that it is a list of pages, and holds no article of its own"

_BEFORE = rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]*>|<!--.*?-->)*+"
_HTML = re.compile(
    _BEFORE + rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|base)[\s/>])", re.IGNORECASE | re.DOTALL
)


def read_html(document: Document) -> Iterator[RawItem | Reject]:
    """The article of a page. Nothing is fetched: what a page loads by script is not there, unless it says it besides.

    A page that shows a title and a description alone gives these, as of the kind "headline only".
    Raises SourceError if its encoding cannot be told, or it is built such that its text cannot be.
    """
    page = document.stream.read(LONGEST_RECORD + 1)
    yield Reject(document.name, TOO_LONG) if len(page) > LONGEST_RECORD else _read(document, page)


def _read(document: Document, page: bytes) -> RawItem | Reject:
    # Imported here, for lxml and trafilatura take time to load, which is not to be waited for where no page is read.
    from ingest.sources.formats.page_facts import page_facts
    from ingest.sources.formats.page_text import main_text
    from ingest.sources.formats.page_tree import page_tree

    tree = page_tree(page, document.charset)
    if tree is None:
        return Reject(document.name, "it is empty")
    facts = page_facts(tree, document.url)
    if facts.is_list:
        return Reject(document.name, LIST)
    fields = dict(facts.fields)
    if text := main_text(tree.root, facts.title, facts.body):
        fields["text"] = text
    elif facts.title and facts.description:
        fields |= {"text": facts.description, "kind": "headline only"}
    else:
        return Reject(document.name, NO_TEXT)
    fields = _identity(document, facts.url) | fields
    fetched = (Stated("fetched", document.fetched_at.isoformat(), "the fetch"),) if document.fetched_at else ()
    return RawItem(document.name, fields, dates=facts.dates + fetched, aliases=facts.aliases)


def _identity(document: Document, url: str) -> dict[str, object]:
    return {"url": url} if url else {"id": document.id, "url": document.url}


def _looks_like_html(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    return _HTML.match(head) is not None


SOURCE = Source(
    "web page", read_html, (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), _looks_like_html
)
