"""The main text of a page: its paragraphs with blank lines between, headings and items of lists on lines of their own.

Trafilatura tells the text from the rest (benchmarks/pages compares it with its peers), once the plain cases are out of
its way (page_furniture). What it leaves out and must not, the notes of corrections, is added here.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import cast

import trafilatura
from lxml import etree, html
from lxml.etree import _Element
from trafilatura.settings import Document, use_config

from ingest.sources.formats.page_furniture import is_by_readers, strip_furniture
from ingest.sources.formats.page_gaps import with_gaps_filled
from ingest.sources.formats.page_measure import Measured
from ingest.sources.formats.page_meta import heading, text_of
from ingest.sources.formats.page_phrases import NOTE, NOTE_LABEL
from ingest.sources.formats.page_tree import strip_no_text
from rag.errors import SourceError

# Below this length Trafilatura takes more of the page. By default it is 250, which is more than many a news item has;
# the furniture that it would guard against is gone by then.
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")

_PARAGRAPHS = frozenset("p head list quote table div ul ol dl blockquote h1 h2 h3 h4 h5 h6 section article".split())
_LINES = frozenset("item row li tr dt dd".split())
_CELL = " | "
_SEPARATED = {"lb": "\n", "br": "\n", "cell": _CELL, "td": _CELL, "th": _CELL}
_BLANKS = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = frozenset("p div li dd dt td blockquote aside section footer ul ol table tr h2 h3 h4 h5 h6".split())
_LONGEST_NOTE = 1500
_LEAST_NOTE = 25
_SENTENCE_ENDS = tuple(".!?…。！？؟।۔")
_CLOSING = "\"'”’»)]」』”"
_LEAST_SENTENCE = 30
_LEAST_DENSE = 10  # in scripts without blanks between words
_BLOCK_TAG = re.compile(r"<(?:br|div|p)\b", re.IGNORECASE)
_TOP = 3  # paragraphs


def main_text(root: _Element, title: str, body: str) -> str:
    """The article's text, or nothing where there is none. The tree is used up.

    `title` is left out where it stands before the text. `body` is the text that the page's metadata give: it is taken
    where the page itself shows less than half of it. Raises SourceError if the text cannot be told.
    """
    own = heading(root)
    measured = Measured(root, own)
    notes = list(_notes(root, measured))
    strip_furniture(root, own, measured)
    text = with_gaps_filled(_extracted(root), root, own, measured)
    if _size(text) * 2 < _size(stated := _plain(body)):
        text = stated
    text = _without_titles(text, {title, "" if own is None else text_of(own)})
    if not any(map(_is_prose, text.splitlines())):
        return ""
    known = " ".join(text.split())
    return "\n\n".join([text, *(note for note in notes if note.rpartition("\n")[2] not in known)])


def _extracted(root: _Element) -> str:
    try:
        found = trafilatura.bare_extraction(cast(html.HtmlElement, root), include_comments=False, config=_CONFIG)
    except Exception as error:  # whatever the library stumbles over is the page's fault
        raise SourceError(f"its text cannot be told: {type(error).__name__}") from error
    return _written(found.body) if isinstance(found, Document) and found.body is not None else ""


def _written(body: _Element) -> str:
    """The text of a tree: blank lines between blocks, a line for each item of a list and each row of a table."""
    pieces: list[str] = []
    inside = 0  # a block in an item or a cell begins no paragraph
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = str(element.tag)
        if tag in _LINES:
            pieces.append("\n" if event == "start" else "")
            inside += 1 if event == "start" else -1
        elif tag in _PARAGRAPHS:
            pieces.append(" " if inside else "\n\n")
        elif tag in _SEPARATED and event == "start":
            pieces.append(_SEPARATED[tag])
        text = element.text if event == "start" else element.tail if element is not body else ""
        pieces.append(_BLANKS.sub(" ", text or ""))
    lines = map(_line, "".join(pieces).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _line(written: str) -> str:
    """A line of text; of a row, the cells that are not empty."""
    return " | ".join(filter(None, (" ".join(cell.split()) for cell in written.split(_CELL))))


def _is_prose(line: str) -> bool:
    """Whether it ends as a sentence does, and is no mere word or two."""
    least = _LEAST_SENTENCE if " " in line else _LEAST_DENSE
    return len(line) >= least and line.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def _without_titles(text: str, titles: set[str]) -> str:
    """The text without the title, which stands first, or behind what stands over it."""
    known = {title.casefold() for title in titles}
    paragraphs = text.split("\n\n")
    return "\n\n".join(part for i, part in enumerate(paragraphs) if i >= _TOP or part.casefold() not in known)


def _plain(body: str) -> str:
    """A text of metadata, which may be HTML."""
    body = unescape(body)
    if "<" not in body:
        return "\n\n".join(filter(None, (" ".join(line.split()) for line in body.splitlines())))
    marked = body if _BLOCK_TAG.search(body) else body.replace("\n", "<br><br>")
    try:
        root = html.fragment_fromstring(marked, create_parent="div")
    except (etree.LxmlError, ValueError):
        return ""
    strip_no_text(root)
    return _written(root)


def _size(text: str) -> int:
    return len(text) - sum(map(str.isspace, text))


def _notes(root: _Element, measured: Measured) -> Iterator[str]:
    """The notes of corrections, wherever they stand but in readers' comments."""
    label = ""
    for element in root.iter(*_BLOCKS):
        size = measured.plain(element)
        if not 0 < size <= _LONGEST_NOTE or any(child.tag in _BLOCKS for child in element):
            continue
        text = text_of(element)
        noted = NOTE.match(text) is not None and size >= _LEAST_NOTE and measured.linked(element) < size
        if (noted or label) and not is_by_readers(element):
            yield f"{label}\n{text}".strip()
        label = text if NOTE_LABEL.fullmatch(text) else ""
