"""Which address is an article's own, of those that its page names, and which others lead to it too.

A page may name any address. To believe one that is another site's, or the front page's, would make one article of many.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from lxml.etree import _Element

from rag.identity import url_key

_LONGEST = 2000
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff<>\"\\]")
_FRONT = re.compile(r"/*(?:index\.\w+)?")
_SHARED = frozenset("ac co com edu go gob gouv gov govt ltd me mil ne net nom or org plc sch".split())


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page's article, empty if nothing names one, and its other addresses."""

    url: str
    aliases: tuple[str, ...]


def page_address(root: _Element, url: str, named: Iterable[str], besides: Iterable[str]) -> Address:
    """The address of the article on a page that came from `url`: its canonical link, else the first that is `named`,
    else `url` if it is of the web, else the first that is named `besides`.

    A page of the web is believed about addresses on its own site; one from a file about any but a front page.
    """
    page = url if _web(url) else ""

    def believed(links: Iterable[str]) -> list[str]:
        return [address for link in links if (address := _believed(link, page))]

    base = _base(root, page)
    own = believed([*canonical_links(root, url), *(_joined(base, link) for link in named)])
    first = next(iter([*own, page] if own or page else believed(besides)), "")
    others = dict.fromkeys([page, *own, *believed(_links(root, "amphtml", base))])
    return Address(first, tuple(other for other in others if other not in ("", first)))


def canonical_links(root: _Element, url: str) -> list[str]:
    """What the page that came from `url` links to as its canonical address."""
    return _links(root, "canonical", _base(root, url if _web(url) else ""))


def _base(root: _Element, page: str) -> str:
    """What relative links are relative to."""
    for base in root.iter("base"):
        if href := base.get("href"):
            return _joined(page, href)
    return page


def _links(root: _Element, rel: str, base: str) -> list[str]:
    links = [link.get("href", "") for link in root.iter("link") if rel in link.get("rel", "").lower().split()]
    return [_joined(base, link) for link in links if link]


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:  # as for http://[
        return ""


def _believed(address: str, page: str) -> str:
    """The address without its fragment, if it may be that of the article on this page; else nothing."""
    bare, fragment = urldefrag(address)
    parts, own = _web(bare), _web(page)
    if parts is None:
        return ""
    if fragment.startswith(("!", "/")):  # an address within a page that is a program
        bare = address
    elif own is None and _is_front(parts):
        return ""
    elif own is not None and url_key(bare) != url_key(page):
        # The key of a copy in an AMP cache begins with the host that it is a copy from.
        site = _site(url_key(page).partition("/")[0].partition(":")[0])
        if _site(parts.hostname or "") != site or (_is_front(parts) and not _is_front(own)):
            return ""
    return bare


def _web(address: str) -> SplitResult | None:
    """The parts of an address of the web. One that holds a password is nobody's."""
    if len(address) > _LONGEST or _NO_ADDRESS.search(address):
        return None
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  it is checked on being read
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def _is_front(parts: SplitResult) -> bool:
    return _FRONT.fullmatch(parts.path) is not None and not parts.query


def _site(host: str) -> str:
    """The part of a host's name that belongs to one owner, as far as its form tells.

    >>> _site("www.news.example"), _site("m.news.co.uk"), _site("192.0.2.7")
    ('news.example', 'news.co.uk', '192.0.2.7')
    """
    labels = host.lower().removeprefix("www.").rstrip(".").split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED
    return ".".join(labels[-3 if shared else -2 :])
