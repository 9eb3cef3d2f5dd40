"""Puts headings and lists back that the telling of the main text left out between its paragraphs.

On pages whose elements have names that it does not know, Trafilatura gathers paragraphs alone.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from lxml.etree import _Element

from ingest.sources.formats.page_measure import Measured
from ingest.sources.formats.page_meta import text_of

_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_LISTS = frozenset("ul ol dl".split())
_TEXT = (*_HEADINGS, "p", "blockquote", "pre", "table")
_BLOCKS = (*_TEXT, *_LISTS, "li", "dt", "dd", "div", "td")
_LEAST_LIST = 60  # characters; in lists of fewer are the names of things to press


def with_gaps_filled(text: str, root: _Element, own: _Element | None, measured: Measured) -> str:
    """The text, with what stands on the page behind the heading and before or between its paragraphs: headings of what
    is in the text, and lists that are no lists of links."""
    paragraphs = text.split("\n\n")
    places: dict[str, list[int]] = defaultdict(list)
    for place, paragraph in enumerate(paragraphs):
        for line in paragraph.split("\n"):
            places[line].append(place)
    before: dict[int, list[str]] = {}
    missing: list[str] = []
    reached = 0
    for block in _wanted(list(_blocks(root, own, measured)), places):
        known = next((line for line in block.split("\n") if line in places), None)
        if known is None:
            missing.append(block)
            continue
        at = bisect_left(places[known], reached)
        if at < len(places[known]):
            reached = places[known][at]
            before[reached] = [*before.get(reached, []), *missing]
            missing = []
    return "\n\n".join(part for i, paragraph in enumerate(paragraphs) for part in (*before.get(i, ()), paragraph))


def _wanted(blocks: list[tuple[str, str]], known: dict[str, list[int]]) -> list[str]:
    """The blocks that are in the text or belong to it, in order."""
    wanted: list[str] = []
    leads_on = False  # whether what comes next is in the text
    for tag, block in reversed(blocks):
        leads_on = tag in _LISTS or any(line in known for line in block.split("\n")) or (tag in _HEADINGS and leads_on)
        if leads_on:
            wanted.append(block)
    return wanted[::-1]


def _blocks(root: _Element, own: _Element | None, measured: Measured) -> Iterator[tuple[str, str]]:
    """The innermost blocks behind the heading, with their tags; a list is one, with a line for each item."""
    begun = own is None
    in_lists: set[_Element] = set()
    for element in root.iter(*_BLOCKS, *(() if own is None else (str(own.tag),))):
        begun = begun or element is own
        if not begun or element is own or element in in_lists:
            continue
        if element.tag in _LISTS and next(element.iterdescendants(*_TEXT), None) is None:
            in_lists.update(element.iterdescendants())
            if measured.plain(element) >= max(_LEAST_LIST, measured.linked(element)):
                yield str(element.tag), "\n".join(filter(None, map(text_of, element.iter("li", "dt", "dd"))))
        elif not any(child.tag in _BLOCKS for child in element) and (text := text_of(element)):
            yield str(element.tag), text
