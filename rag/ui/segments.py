"""Cuts a text at the characters that are to be lit, and at what of it is furniture.

Offsets count characters as Python does. A browser counts UTF-16 units, two for an emoji, so texts are cut here and
never by an offset there.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rag.model import Bounds


class Segment(NamedTuple):
    """A run of text that is lit as a whole, or not at all; `furniture` tells that it is no reporting."""

    text: str
    lit: bool
    furniture: bool = False


class Paragraph(NamedTuple):
    """A line of a text that is not blank; `start` is where in the text it begins."""

    start: int
    segments: tuple[Segment, ...]


def segments(text: str, start: int, end: int, furniture: Sequence[Bounds] = ()) -> tuple[Segment, ...]:
    """`text` with the characters from `start` to `end` lit; bounds outside the text are taken to its ends.

    >>> [segment.text for segment in segments("Mr Ek left on Monday.", 14, 20)]
    ['Mr Ek left on ', 'Monday', '.']
    """
    bounds = [(start, max(start, end)), *furniture]
    cuts = sorted({0, len(text), *(min(max(cut, 0), len(text)) for pair in bounds for cut in pair)})
    return tuple(
        Segment(text[first:last], start <= first < end, any(begin <= first < stop for begin, stop in furniture))
        for first, last in pairwise(cuts)
    )


def paragraphs(text: str, start: int, end: int, furniture: Sequence[Bounds] = ()) -> Iterator[Paragraph]:
    """The lines of `text` that are not blank, each cut by `segments`.

    >>> [[segment.text for segment in line.segments if segment.lit] for line in paragraphs("ab\\n\\ncd", 1, 5)]
    [['b'], ['c']]
    """
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            within = [(first - offset, last - offset) for first, last in furniture]
            yield Paragraph(offset, segments(line, start - offset, end - offset, within))
        offset += len(line) + 1
