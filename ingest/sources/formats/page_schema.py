"""What a page says of its article in the terms of schema.org: as JSON-LD, or as microdata in its elements.

Both become the same plain objects, so that one reading fits both.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from lxml.etree import _Element

from ingest.sources.formats.page_meta import text_of
from ingest.sources.formats.page_tree import Page
from rag.identity import url_key

Thing = Mapping[str, object]

_DEEPEST = 8
_WRAPPED = ("<!--", "-->", "//", "/*", "*/", "<![CDATA[", "]]>", ";")
_LAYERS = 4
_CODE = re.compile(r"<(script|style)\b.*?(?:</\1[^>]*>|\Z)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"</?(?:br|div|li|p)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LONGEST = 10_000  # of a text that is one line
_TRUE_OR_FALSE = re.compile(r"(?:https?://schema\.org/)?(true|false)", re.IGNORECASE)
# Of microdata, what is read here: the rest may be the whole text of a page.
_READ = frozenset(
    "headline author creator publisher datePublished dateModified articleSection inLanguage isAccessibleForFree url "
    "mainEntityOfPage correction name".split()
)


@dataclass(frozen=True, slots=True)
class Schema:
    """The things that describe the page's article, best first, each with where it stands; and what else is said.

    `others` are the things of the page that are no article, as the page itself and its publisher.
    """

    articles: tuple[tuple[str, Thing], ...]
    others: tuple[Thing, ...]


def page_schema(page: Page, addresses: Iterable[str]) -> Schema:
    """What a page says. Of several articles it is about the one whose address is among `addresses`, else the first."""
    things = [thing for text in page.json_ld for thing in _things(_loaded(text))]
    known = {str(thing["@id"]): thing for thing in things if "@id" in thing and len(thing) > 1}
    things = [_resolved(thing, known) for thing in things]
    stated = _of_the_page([thing for thing in things if is_article(thing)], addresses)
    marked = [] if (scope := _scope(page.root)) is None else [_properties(scope)]
    articles = [("JSON-LD", thing) for thing in stated] + [("microdata", thing) for thing in marked]
    return Schema(tuple(articles), tuple(thing for thing in things if not is_article(thing)))


def types(thing: Thing) -> list[str]:
    """Its types without the address of their vocabulary."""
    return [re.split("[/#:]", kind)[-1] for kind in _each(thing.get("@type")) if isinstance(kind, str)]


def is_article(thing: Thing) -> bool:
    """Whether it is an article, of whatever kind."""
    return any(kind.endswith(("Article", "BlogPosting")) or kind == "Report" for kind in types(thing))


def texts(value: object) -> list[str]:
    """The texts of a value, or of a list of values: of a thing its name. Without markup."""
    found = [plain for part in _each(value) if (plain := _plain(part))]
    return list(dict.fromkeys(found))


def _plain(value: object) -> str:
    if isinstance(value, dict):
        value = next(iter(_each(value.get("name", value.get("@value")))), None)
    if not isinstance(value, str):
        return ""
    return " ".join(_TAG.sub("", _BREAK.sub(" ", _CODE.sub(" ", unescape(value[:_LONGEST])))).split())


def addresses(thing: Thing) -> list[str]:
    """The addresses that a thing gives as its own."""
    values = [part for key in ("mainEntityOfPage", "url", "@id") for part in _each(thing.get(key))]
    both = [
        part for each in values for part in ((each.get("@id"), each.get("url")) if isinstance(each, dict) else [each])
    ]
    return [part.partition("#")[0] for part in both if isinstance(part, str)]


def is_false(value: object) -> bool:
    """Whether a value is false, in any of the ways that this is written."""
    written = _TRUE_OR_FALSE.fullmatch(value.strip()) if isinstance(value, str) else None
    return value is False or (written is not None and written.group(1).lower() == "false")


def article_text(thing: Thing) -> str:
    """The whole text that a thing gives of its article; of a live blog, its posts."""
    body = thing.get("articleBody")
    if isinstance(body, str) and body.strip():
        return body
    posts = (post for post in _each(thing.get("liveBlogUpdate")) if isinstance(post, Mapping))
    parts = (part for post in posts for part in (post.get("headline"), post.get("articleBody")))
    return "\n\n".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def _loaded(text: str) -> object:
    """The JSON of a script, which may be wrapped in comments; None if it is broken."""
    try:
        return json.loads(_unwrapped(text), strict=False)
    except (ValueError, RecursionError):
        return None


def _unwrapped(text: str) -> str:
    for _ in range(_LAYERS):
        for mark in _WRAPPED:
            text = text.strip().removeprefix(mark).removesuffix(mark)
    return text.strip()


def _things(value: object, depth: int = 0) -> Iterator[Thing]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _things(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(key), depth + 1)


def _resolved(thing: Thing, known: Mapping[str, Thing]) -> Thing:
    """The thing with what it only points to put in its place, as far as it has a name."""

    named = {key: thing[key] for key in ("author", "creator", "publisher") if key in thing}
    return {**thing, **{key: [_named(part, known) for part in _each(value)] for key, value in named.items()}}


def _named(value: object, known: Mapping[str, Thing]) -> object:
    return known.get(str(value.get("@id")), value) if isinstance(value, dict) and "name" not in value else value


def _of_the_page(articles: list[Thing], known: Iterable[str]) -> list[Thing]:
    """The article of the page, and the others that are it too: of the same address or headline."""
    keys = {url_key(address) for address in known if address}
    matching = [thing for thing in articles if keys.intersection(map(url_key, addresses(thing)))]
    first = matching[0] if matching else next(iter(articles), {})
    headline = texts(first.get("headline"))
    alike = [thing for thing in articles if headline and texts(thing.get("headline")) == headline]
    return list({id(thing): thing for thing in (first, *matching, *alike) if thing}.values())


def _each(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


# Microdata


def _scope(root: _Element) -> _Element | None:
    """The element that is the page's article: the one with its headline, else the first."""
    scopes = [element for element in root.iter() if _is_article_scope(element)]
    return next((scope for scope in scopes if next(scope.iter("h1"), None) is not None), next(iter(scopes), None))


def _is_article_scope(element: _Element) -> bool:
    return element.get("itemscope") is not None and is_article({"@type": element.get("itemtype", "").split()})


def _properties(scope: _Element) -> Thing:
    found: dict[str, object] = {"@type": scope.get("itemtype", "").split()}
    for element in scope.iterdescendants():
        for name in element.get("itemprop", "").split():
            if name in _READ and _owner(element) is scope:
                values = found.setdefault(name, [])
                if isinstance(values, list):
                    values.append(_value(element))
    return found


def _owner(element: _Element) -> _Element | None:
    return next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)


def _value(element: _Element) -> object:
    if element.get("itemscope") is not None:
        named = next((part for part in element.iterdescendants() if "name" in part.get("itemprop", "").split()), None)
        return {"name": _value(named) if named is not None else text_of(element)}
    for attribute in ("content", "datetime"):
        if (value := element.get(attribute)) is not None:
            return value
    if element.tag == "link":
        return element.get("href", "")
    return text_of(element)
