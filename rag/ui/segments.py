"""Cuts a text at the characters that are to be lit.

Offsets count characters as Python does. A browser counts UTF-16 units, two for an emoji, so texts are cut here and
never by an offset there.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Segment(NamedTuple):
    """A run of text that is lit as a whole, or not at all."""

    text: str
    lit: bool


def segments(text: str, start: int, end: int) -> tuple[Segment, ...]:
    """`text` with the characters from `start` to `end` lit; bounds outside the text are taken to its ends.

    >>> segments("Mr Ek left on Monday.", 14, 20)
    (Segment(text='Mr Ek left on ', lit=False), Segment(text='Monday', lit=True), Segment(text='.', lit=False))
    """
    start, end = max(start, 0), max(end, start, 0)
    cuts = (Segment(text[:start], False), Segment(text[start:end], True), Segment(text[end:], False))
    return tuple(segment for segment in cuts if segment.text)


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[Segment, ...]]:
    """The lines of `text` that are not blank, each cut by `segments`.

    >>> [[segment.text for segment in paragraph if segment.lit] for paragraph in paragraphs("ab\\n\\ncd", 1, 5)]
    [['b'], ['c']]
    """
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            yield segments(line, start - offset, end - offset)
        offset += len(line) + 1
