"""What a page states of its article beside the text: who wrote it, when it was published, under which address.

Only what is stated is taken. A date in the text, in the address, or of the server's file is nobody's statement of when
an article was published.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml.etree import _Element

from ingest.sources.formats.page_address import canonical_links, page_address
from ingest.sources.formats.page_dates import page_dates
from ingest.sources.formats.page_meta import Meta, heading, page_meta, text_of
from ingest.sources.formats.page_schema import Schema, addresses, article_text, is_false, page_schema, texts, types
from ingest.sources.formats.page_tree import Page
from ingest.sources.items import Stated

_SECTIONS = ("article:section", "parsely-section", "section", "category")
_AUTHORS = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dcterms.creator", "dc.creator")
_LISTS = frozenset(("CollectionPage", "SearchResultsPage"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NO_NAME = re.compile(r"(?:https?:)?//|www\.|\S*@\S+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:[|–—»«·•]|-|::)\s+")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_LONGEST_TITLE = 500
_LONGEST_TAIL = 50


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stated: the address (or none) and further ones, the title (or none), `fields` of a raw item, and dates.

    `body` is the text that metadata give, often without its paragraphs, and `description` a sentence or two.
    """

    url: str
    aliases: tuple[str, ...]
    title: str
    fields: Mapping[str, object]
    dates: tuple[Stated, ...]
    body: str
    description: str
    is_list: bool


def page_facts(page: Page, url: str) -> Facts:
    """The facts of the page that came from `url`."""
    root = page.root
    meta = page_meta(root)
    schema = page_schema(page, [url, *canonical_links(root, url), *meta.all("og:url")])
    articles = [thing for _, thing in schema.articles]
    address = page_address(root, url, meta.all("og:url"), [link for thing in articles for link in addresses(thing)])
    source = _first(_said(schema, "publisher"), meta.all("og:site_name"), _publisher(schema), meta.all("publisher"))
    title = _title(root, schema, meta, source)
    fields = {
        "title": title,
        "source": source,
        "authors": _authors(root, schema, meta),
        "category": _first(_said(schema, "articleSection"), meta.all(*_SECTIONS)),
        "language": _language(root, schema, meta),
        "note": " ".join(_corrections(schema)),
        "access": "paywall" if _is_paywalled(schema, meta) else "",
        "kind": "live blog" if any("LiveBlogPosting" in types(thing) for thing in articles) else "",
    }
    is_list = any(_LISTS.intersection(types(thing)) for thing in schema.others)
    return Facts(
        address.url,
        address.aliases,
        title,
        {name: value for name, value in fields.items() if value},
        page_dates(root, schema, meta),
        body=next(filter(None, map(article_text, articles)), ""),
        description=_first(_said(schema, "description"), texts(meta.all("og:description", "description"))),
        is_list=is_list and not articles and "article" not in meta.all("og:type"),
    )


def _said(schema: Schema, name: str) -> list[str]:
    return [text for _, thing in schema.articles for text in texts(thing.get(name))]


def _first(*groups: Iterable[str]) -> str:
    return next((" ".join(value.split()) for group in groups for value in group if value.strip()), "")


def _publisher(schema: Schema) -> list[str]:
    kinds = ("WebSite", "NewsMediaOrganization")
    return [name for thing in schema.others if set(kinds) & set(types(thing)) for name in texts(thing.get("name"))]


def _title(root: _Element, schema: Schema, meta: Meta, source: str) -> str:
    own = heading(root)
    shown = [_without_outlet(text_of(title), source) for title in list(root.iter("title"))[:1]]
    stated = [_without_outlet(title, source, sure=True) for title in meta.all("og:title", "twitter:title")]
    titles = [*_said(schema, "headline"), *stated, *([text_of(own)] if own is not None else []), *shown]
    titles = [title for title in map(_line, titles) if title and len(title) <= _LONGEST_TITLE]
    first = next(iter(titles), "")
    begun = _CUT_OFF.sub("", first)
    # A headline that metadata cut off stands whole elsewhere.
    return next(
        (title for title in titles if begun != first and len(title) > len(first) and title.startswith(begun)), first
    )


def _line(text: str) -> str:
    return next(iter(texts(text)), "")


def _without_outlet(title: str, source: str, *, sure: bool = False) -> str:
    """The title without the outlet's name at an end. Unless one must be `sure`, a short tail counts as such a name."""
    parts = [(found.start(), found.end()) for found in _BETWEEN.finditer(title)]
    if not parts:
        return title
    head, tail = title[: parts[-1][0]], title[parts[-1][1] :]
    if source and source.casefold() == tail.casefold():
        return head
    if source and source.casefold() == title[: parts[0][0]].casefold():
        return title[parts[0][1] :]
    return head if not sure and len(tail) <= min(_LONGEST_TAIL, len(head)) else title


def _authors(root: _Element, schema: Schema, meta: Meta) -> list[str] | str:
    """The names. Of what is a single text, no thing with a name, that text: it may hold several."""
    linked = [text_of(link) for link in root.iter("a") if "author" in link.get("rel", "").lower().split()]
    things = {
        name
        for _, thing in schema.articles
        for part in _listed(thing.get("author"))
        for name in texts(part)
        if isinstance(part, dict)
    }
    for group in (_said(schema, "author"), _said(schema, "creator"), meta.all(*_AUTHORS), linked):
        names = list(dict.fromkeys(name for name in map(_line, group) if name and not _NO_NAME.match(name)))
        if names:
            return names if len(names) > 1 or names[0] in things else names[0]
    return []


def _language(root: _Element, schema: Schema, meta: Meta) -> str:
    page = next(root.iter("html"), root)
    stated = [
        *_said(schema, "inLanguage"), page.get("lang", ""), page.get("xml:lang", ""),
        *meta.all("content-language", "language", "dc.language", "og:locale"),
    ]  # fmt: skip
    return next((tag.replace("_", "-") for tag in map(str.strip, stated) if _LANGUAGE.fullmatch(tag)), "")


def _corrections(schema: Schema) -> list[str]:
    """What was corrected, as a text or as a comment with one."""
    stated = [thing.get("correction") for _, thing in schema.articles]
    parts = [part for value in stated for part in (value if isinstance(value, list) else [value])]
    written = [part.get("text", part.get("description")) if isinstance(part, Mapping) else part for part in parts]
    return list(dict.fromkeys(text for value in written for text in texts(value)))


def _is_paywalled(schema: Schema, meta: Meta) -> bool:
    free = [part for _, thing in schema.articles for part in _listed(thing.get("isAccessibleForFree"))]
    return any(map(is_false, free)) or "locked" in meta.all("article:content_tier")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
