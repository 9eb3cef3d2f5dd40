"""How much text is in and before each element of a page, and how much of it is links: taken in one pass."""

from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

SHORT = 250
"""The longest text that is kept for an element."""


@dataclass(slots=True)
class _Open:
    """An element that the pass is in."""

    plain_before: int
    linked_before: int
    links_before: int
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        self.length += len(text)
        if self.length <= SHORT and text:
            self.parts.append(text)


@dataclass(frozen=True, slots=True)
class _Extent:
    plain_start: int
    linked_start: int
    plain_end: int
    linked_end: int
    links: int
    text: str | None


class Measured:
    """The texts of a tree as it is now, measured in characters without the blanks around them."""

    def __init__(self, root: _Element, heading: _Element | None) -> None:
        self._extents: dict[_Element, _Extent] = {}
        self._measure(root)
        self.total = self.plain(root)
        self.has_heading = heading is not None
        self._heading_end = self._extents[heading].plain_end if heading in self._extents else 0

    def plain(self, element: _Element) -> int:
        """How much text in it is in no link."""
        extent = self._extents[element]
        return extent.plain_end - extent.plain_start

    def linked(self, element: _Element) -> int:
        """How much text in it is in links."""
        extent = self._extents[element]
        return extent.linked_end - extent.linked_start

    def links(self, element: _Element) -> int:
        """How many links are in it."""
        return self._extents[element].links

    def text(self, element: _Element) -> str | None:
        """Its text in one line, if it is short and not empty."""
        return self._extents[element].text or None

    def behind_heading(self, element: _Element) -> int:
        """How much text there is between the article's heading (or the page's start) and the element."""
        return self._extents[element].plain_start - self._heading_end

    def begin_alike(self, outer: _Element, inner: _Element) -> bool:
        """Whether nothing stands in the outer before the inner."""
        one, other = self._extents[outer], self._extents[inner]
        return (one.plain_start, one.linked_start) == (other.plain_start, other.linked_start)

    def end_alike(self, outer: _Element, inner: _Element) -> bool:
        """Whether nothing stands in the outer behind the inner."""
        one, other = self._extents[outer], self._extents[inner]
        return (one.plain_end, one.linked_end) == (other.plain_end, other.linked_end)

    def _measure(self, root: _Element) -> None:
        plain = linked = links = in_links = 0
        around = [_Open(0, 0, 0)]

        def add(text: str | None) -> None:
            nonlocal plain, linked
            size = len(text.strip()) if text else 0
            plain, linked = (plain, linked + size) if in_links else (plain + size, linked)
            around[-1].add(text or "")

        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                around.append(_Open(plain, linked, links))
                in_links += element.tag == "a"
                links += element.tag == "a"
                add(element.text)
            else:
                in_links -= element.tag == "a"
                here = around.pop()
                text = " ".join("".join(here.parts).split()) if here.length <= SHORT else None
                self._extents[element] = _Extent(
                    here.plain_before, here.linked_before, plain, linked, links - here.links_before, text
                )
                around[-1].add(" " * SHORT if text is None else "".join(here.parts))
                add(element.tail)
