"""Sitemaps, also with what search engines want to know of news: lists of addresses, and lists of such lists."""

from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

from ingest.sources.document import Document
from ingest.sources.formats.xml_tree import DAMAGED, address, is_damaged, local_name, namespace, parts, root_of, text_in
from ingest.sources.items import Link, Reject, Stated
from ingest.sources.source import Source

_CONTAINERS = frozenset(("urlset", "sitemapindex"))
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read_sitemap(document: Document) -> Iterator[Link | Reject]:
    """The addresses of a sitemap, counted from 1, with what it says of the articles there."""
    number = 0
    for part in parts(document, _CONTAINERS):
        name = local_name(part)
        if name in ("url", "sitemap"):
            number += 1
            yield _link(document.name, f"{name} {number}", part)


def _link(file: str, record: str, part: etree._Element) -> Link | Reject:
    if is_damaged(part):
        return Reject(file, DAMAGED, record)
    sitemap = f"{{{uri}}}" if (uri := namespace(part)) else ""
    url = address(part, text_in(part.find(f"{sitemap}loc")), "")
    if not url:
        return Reject(file, "its loc is no address of the web", record)
    changed = text_in(part.find(f"{sitemap}lastmod"))
    published = text_in(part.find(f"{_NEWS}news/{_NEWS}publication_date"))
    fields = {
        "title": text_in(part.find(f"{_NEWS}news/{_NEWS}title")),
        "source": text_in(part.find(f"{_NEWS}news/{_NEWS}publication/{_NEWS}name")),
        "language": text_in(part.find(f"{_NEWS}news/{_NEWS}publication/{_NEWS}language")),
    }
    dates = (
        Stated("published", published, "sitemap news:publication_date"),
        Stated("updated", changed, "sitemap lastmod"),
    )
    return Link(
        file,
        url,
        record,
        {name: value for name, value in fields.items() if value},
        tuple(date for date in dates if date.written),
        # Without lastmod the list does not tell whether the article has changed, only perhaps its title.
        sha256(f"{changed}\n{published}\n{fields['title']}".encode()).hexdigest() if changed else "",
    )


def _is_sitemap(head: bytes) -> bool:
    return root_of(head).name in _CONTAINERS


SOURCE = Source("sitemap", read_sitemap, (".xml",), ("application/xml", "text/xml"), _is_sitemap)
