"""From the pieces of text on the pages of a PDF to paragraphs: what a page is made of goes, what is written stays."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*\Z")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*#{1,4}(?:\s*(?:of|/|\|)\s*#{1,4})?\s*[-–—]?", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_BULLET = re.compile(r"[•‣▪●◦–*]\s")
_SOFT_HYPHEN = "\u00ad"
_BROKEN_WORD = re.compile(rf"([^\W\d_]{{2,}})[-{_SOFT_HYPHEN}\u2010]\Z")
_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")

_EDGE = 2  # lines at the top and the bottom of a page that may be its furniture
_SAME_PLACE = 3.0  # points
_USUAL_LEADING = 1.7  # of the size; in what is set wider, lines cannot be told from paragraphs by it


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins, `y` upwards, and how high its letters are."""

    text: str
    x: float
    y: float
    size: float


Piece = tuple[str, float, float, float]
Page = Sequence[Line]


def lines(pieces: Sequence[Piece]) -> list[Line]:
    """The lines that pieces of text make up, in the order in which they are drawn."""
    found: list[Line] = []
    parts: list[Piece] = []
    for text, x, y, size in pieces:
        if parts and abs(y - parts[-1][2]) > 0.6 * max(size, parts[-1][3]):
            found += _line(parts)
            parts = []
        if text.strip() or parts:
            parts.append((text, x, y, size))
        if text.endswith("\n"):
            found += _line(parts)
            parts = []
    return found + _line(parts)


def _line(parts: Sequence[Piece]) -> list[Line]:
    text = " ".join("".join(part[0] for part in parts).translate(_LIGATURES).split())
    if not text:
        return []
    _, x, y, _ = parts[0]
    return [Line(text, x, y, max(parts, key=lambda part: len(part[0]))[3])]


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is repeated at the top or the bottom of them, and without their numbers."""
    seen = Counter(place for page in pages for place in {_place(line) for end in _ends(page) for line in end})
    return [_without(page, _furniture(page, seen)) for page in pages]


def _ends(page: Page) -> tuple[Page, Page]:
    """The lowest lines from the bottom up, and the highest from the top down."""
    by_height = sorted(page, key=lambda line: line.y)
    return by_height[:_EDGE], by_height[::-1][:_EDGE]


def _furniture(page: Page, seen: Mapping[tuple[str, int], int]) -> list[Line]:
    found: list[Line] = []
    for end in _ends(page):
        for number, line in enumerate(end):
            is_number = number == 0 and len(page) > 1 and _PAGE_NUMBER.fullmatch(_DIGITS.sub("#", line.text))
            if not is_number and seen[_place(line)] < 2:
                break
            found.append(line)
    return found


def _without(page: Page, furniture: Sequence[Line]) -> Page:
    return [line for line in page if line not in furniture]


def _place(line: Line) -> tuple[str, int]:
    """What is the same for a header on each page: its words but for numbers, and its height."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.y / _SAME_PLACE)


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """The paragraphs of pages, some of which go on from one page to the next; words broken at line ends are joined."""
    leading = _leading(pages)
    hyphens = _Hyphens(pages)
    found: list[list[str]] = []
    before: Line | None = None
    for page in pages:
        for line, following in zip_longest(page, page[1:]):
            is_elsewhere = line is page[0] or (before is not None and line.y > before.y + 0.5 * line.size)
            if before is None or _begins(before, line, following, None if is_elsewhere else leading):
                found.append([])
            found[-1].append(line.text)
            before = line
    return [hyphens.joined(texts) for texts in found]


def _leading(pages: Sequence[Page]) -> float:
    """From one line to the next, in sizes of its letters."""
    steps = [
        (before.y - line.y) / line.size
        for page in pages
        for before, line in pairwise(page)
        if before.y > line.y and line.size > 0
    ]
    return min(median(steps), _USUAL_LEADING) if steps else _USUAL_LEADING


def _begins(before: Line, line: Line, following: Line | None, leading: float | None) -> bool:
    """Whether a line begins a paragraph. No `leading`: it stands in another column or page than the line before."""
    if abs(line.size - before.size) > 0.1 * max(line.size, before.size) or _BULLET.match(line.text):
        return True
    ended = _ENDS.search(before.text[-_LONGEST_WORD:]) is not None
    goes_on = not ended and line.text[0].islower()
    if leading is None:
        return ended and not line.text[0].islower()
    if before.y - line.y > 1.2 * leading * line.size:
        return not goes_on
    indent = line.x - before.x
    is_first_line = following is None or following.x < line.x - 0.5 * line.size
    return 0.8 * line.size < indent < 6 * line.size and is_first_line and not goes_on


class _Hyphens:
    """Tells hyphens that break a word from those that are part of one, by how the document writes it elsewhere."""

    def __init__(self, pages: Sequence[Page]) -> None:
        texts = [line.text for page in pages for line in page]
        self._words = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
        breaks = [pair for pair in pairwise(texts) if _broken_word(pair[0])]
        known = [self._known(*pair) for pair in breaks]
        votes = known.count("") - known.count("-")
        # Where nothing tells: programs that break words do so every few lines.
        self._default = "" if votes > 0 or (votes == 0 and len(breaks) * 50 > len(texts) > 20) else "-"

    def joined(self, texts: Sequence[str]) -> str:
        """Lines as one text."""
        parts = [texts[0]]
        for before, text in pairwise(texts):
            if not _broken_word(before):
                parts.append(" ")
            elif text[0].islower() or before.endswith(_SOFT_HYPHEN):
                known = self._known(before, text)
                parts[-1] = parts[-1][:-1]
                parts.append(self._default if known is None else known)
            parts.append(text)
        return "".join(parts)

    def _known(self, before: str, text: str) -> str | None:
        """What joins a word at the end of a line to what follows; None if the document does not tell."""
        if before.endswith(_SOFT_HYPHEN):
            return ""
        rest = _FIRST_LETTERS.match(text)
        if rest is None:
            return None
        start, end = _broken_word(before).casefold(), rest.group().casefold()
        whole, hyphened = self._words[start + end], self._words[f"{start}-{end}"]
        return None if whole == hyphened else "" if whole > hyphened else "-"


def _broken_word(line: str) -> str:
    """The letters before a hyphen at the end of a line; nothing where there are none."""
    found = _BROKEN_WORD.search(line[-_LONGEST_WORD:])
    return found.group(1) if found else ""
