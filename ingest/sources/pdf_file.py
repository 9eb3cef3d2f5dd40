"""A PDF: one article, of the text on its pages. When its file was made is not when it was published: it has no date."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from ingest.sources.document import Document
from ingest.sources.formats.pdf_layout import Page, lines, paragraphs, without_furniture
from ingest.sources.items import LONGEST_RECORD, RawItem
from ingest.sources.source import Source
from rag.errors import SourceError

_WORKER = Path(__file__).parent / "formats" / "pdf_worker.py"
_MOST_PAGES = 2_000
_MOST_BYTES = 100_000_000
_STEP = 1 << 20

_LONGEST_TITLE = 200
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\Z")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd]")

# What programs put in for a title or an author when nobody gives one.
_NO_TITLE = re.compile(
    r"untitled.*|(?:document|layout|slide|presentation|page|print|doc|title)[\s_-]*\d*|powerpoint presentation"
    r"|microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|odt|indd|qx[dp]|tex|pdf|rtf|pages|pptx?|xlsx?|html?|txt)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{4,}")
_CAPITALISED = r"[^\W\d_a-z][^\W\d_]*(?:[.'’-][^\W\d_]*)*"
_PARTICLE = r"d[aeiou]s?|del|der|v[ao]n|la|le|bin|al|el|y|e|zu"
_NAME = re.compile(rf"{_CAPITALISED}(?: (?:{_PARTICLE}|{_CAPITALISED})){{1,4}}")
_NO_NAME = re.compile(
    r"\b(?:user|office|admin|administrator|unknown|owner|team|department|inc|ltd|gmbh|llc|desktop)\b", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+(?:and|&)\s+")


def read_pdf(document: Document) -> Iterator[RawItem]:
    """The article of a PDF. Raises SourceError if it has no text, or cannot be read within bounds.

    Its title is what the file states, if its first page bears that out, or else the first line.
    """
    with TemporaryFile() as copy:
        _copy(document, copy)
        said, pages = _taken_apart(copy)
    parts: Sequence[str] = paragraphs(without_furniture(pages))
    if not parts:
        raise SourceError("it holds no text, perhaps only pictures of it")
    text = "\n\n".join(parts)
    if 5 * len(_UNREADABLE.findall(text)) > len(text):
        raise SourceError("its fonts do not say which letters they draw")
    title, parts = _title(said.get("title", ""), next(filter(None, pages)), parts)
    authors = {"authors": names} if (names := _names(said.get("author", ""))) else {}
    fields = {"id": document.id, "url": document.url, "title": title, **authors, "text": "\n\n".join(parts)}
    yield RawItem(document.name, fields)


def _copy(document: Document, copy: IO[bytes]) -> None:
    """Put the document where another process can read it."""
    while part := document.stream.read(_STEP):
        copy.write(part)
        if copy.tell() > _MOST_BYTES:
            raise SourceError(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    copy.seek(0)


def _taken_apart(copy: IO[bytes]) -> tuple[Mapping[str, str], list[Page]]:
    """What a document says of itself, and its pages."""
    command = [sys.executable, "-P", "-W", "ignore", str(_WORKER), str(_MOST_PAGES), str(LONGEST_RECORD)]
    said: Mapping[str, str] = {}
    pages: list[Page] = []
    problem = ""
    with subprocess.Popen(command, stdin=copy, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        for line in worker.stdout or ():
            answer = json.loads(line) if line.endswith(b"\n") else {}
            if isinstance(answer, list):
                pages.append(lines(answer))
            else:
                said = said or answer
                problem = answer.get("problem", problem)
    if worker.returncode:
        ended = worker.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        problem = "reading it takes longer than any article needs" if ended else "it cannot be read"
    if problem:
        raise SourceError(problem)
    return said, pages


def _title(stated: str, first_page: Page, parts: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The title, and the paragraphs without it."""
    stated = " ".join(stated.split())
    seen = {word for line in first_page for word in _WORD.findall(line.text.casefold())}
    words = _WORD.findall(stated.casefold())
    is_borne_out = 2 * sum(word in seen for word in words) >= len(words) > 0
    first = parts[0]
    if is_borne_out and len(stated) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(stated):
        return stated, parts[1:] if first.casefold() == stated.casefold() else parts
    if len(parts) > 1 and len(first) <= _LONGEST_TITLE and not _SENTENCE_END.search(first):
        return first, parts[1:]
    return None, parts


def _names(stated: str) -> list[str]:
    """The authors, if what is stated are names of people."""
    names = _BETWEEN_NAMES.split(" ".join(stated.split()))
    return names if all(_NAME.fullmatch(name) and not _NO_NAME.search(name) for name in names) else []


def _begins_as_pdf(head: bytes) -> bool:
    return head.startswith(b"%PDF-")


SOURCE = Source("PDF", read_pdf, (".pdf",), ("application/pdf", "application/x-pdf"), _begins_as_pdf)
