"""The meta elements of a page, and its headings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

_FRONT = re.compile(r"(?:https?://[^/]*)?/?(?:index\.\w+)?", re.IGNORECASE)

_LEAST_TITLE, _LONGEST_TITLE = 15, 1000


@dataclass(frozen=True, slots=True)
class Meta:
    """What meta elements say, by the name or property that they give, in lower case."""

    _values: Mapping[str, Sequence[str]]

    def all(self, *names: str) -> list[str]:
        """The values of the first name, then those of the next, and so on."""
        return [value for name in names for value in self._values.get(name, ())]


def page_meta(root: _Element) -> Meta:
    """The meta elements of a page. Those in an object of microdata are read with that."""
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join(element.get("content", "").split())
        names = element.get("property") or element.get("name") or element.get("http-equiv") or _loose(element)
        if content:
            for name in names.lower().split():
                values.setdefault(name, []).append(content)
    return Meta(values)


def _loose(element: _Element) -> str:
    in_object = any(above.get("itemscope") is not None for above in element.iterancestors())
    return "" if in_object else element.get("itemprop", "")


def heading(root: _Element) -> _Element | None:
    """The heading of the page's article: of several, the longest that the page's title holds, else the first.

    One that leads to the front page is the outlet's name, and counts only if there is no other. Headings of lower rank
    count where there is no such one, and the title holds them.
    """
    highest = [element for element in root.iter() if _is_heading(element) and text_of(element)]
    highest = [element for element in highest if not any(map(_is_front, element.iter("a")))] or highest
    lower = [element for element in root.iter("h2", "h3") if not highest and len(text_of(element)) >= _LEAST_TITLE]
    titles = [text_of(title)[:_LONGEST_TITLE].casefold() for title in list(root.iter("title"))[:1]]
    held = [element for element in (*highest, *lower) if any(text_of(element).casefold() in title for title in titles)]
    return max(held, key=lambda element: len(text_of(element)), default=highest[0] if highest else None)


def _is_heading(element: _Element) -> bool:
    return element.tag == "h1" or (element.get("role") == "heading" and element.get("aria-level") == "1")


def _is_front(link: _Element) -> bool:
    return _FRONT.fullmatch(link.get("href", "").strip()) is not None


def text_of(element: _Element) -> str:
    """The text of an element in one line."""
    return " ".join("".join(map(str, element.itertext())).split())
