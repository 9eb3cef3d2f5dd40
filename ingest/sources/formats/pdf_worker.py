"""A program of its own that takes the text out of a PDF on its standard input, and writes it as JSON Lines.

First what the document says of itself, then for each page its pieces of text: their words, their place, their size.
Reading a PDF made to do harm can take hours and any memory, in whatever library; a process can be limited and ended.
It imports nothing of ours, so that it starts at once.
"""

import json
import math
import resource
import sys
from contextlib import suppress
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

_SECONDS = 120
_MEMORY = 1_000_000_000
_MOST_PIECES = 200_000  # on one page; some programs place each letter by itself


class _Problem(Exception):
    """Why the document is not read."""


def main(most_pages: int, most_characters: int) -> None:
    """Write what stands in the document, or why it cannot be read."""
    _limit(resource.RLIMIT_CPU, _SECONDS)
    _limit(resource.RLIMIT_AS, _MEMORY)
    try:
        _write_pages(most_pages, most_characters)
    except _Problem as problem:
        _write({"problem": str(problem)})
    except MemoryError:
        _write({"problem": "reading it takes more memory than any article needs"})
    except RecursionError:
        _write({"problem": "it is nested too deeply"})
    except Exception as error:  # whatever the library stumbles over is the document's fault
        _write({"problem": f"it is damaged: {error}"[:200]})


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    with suppress(OSError, ValueError):  # not every system can limit everything
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _write_pages(most_pages: int, most_characters: int) -> None:
    reader = PdfReader(sys.stdin.buffer)
    if reader.is_encrypted:
        _decrypt(reader)
    pages = reader.get_num_pages()
    if pages > most_pages:
        raise _Problem(f"it has {pages:,} pages; no article has more than {most_pages:,}")
    said = reader.metadata
    _write({"title": _text(said and said.title), "author": _text(said and said.author)})
    left = most_characters
    for page in reader.pages:
        pieces = _pieces(page)
        left -= sum(len(piece[0]) for piece in pieces)
        if left < 0:
            raise _Problem(f"longer than {most_characters // 1_000_000} million characters")
        _write(pieces)


def _decrypt(reader: PdfReader) -> None:
    """Open what anyone may open: some are encrypted without a password."""
    with suppress(DependencyError):  # of a kind for which another library is needed
        if reader.decrypt("") != PasswordType.NOT_DECRYPTED:
            return
    raise _Problem("it is encrypted")


def _pieces(page: Any) -> list[tuple[str, float, float, float]]:
    """The pieces of text of a page in the order in which they are drawn, turned upright."""
    pieces: list[tuple[str, float, float, float]] = []

    def take(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        if text and len(pieces) <= _MOST_PIECES:
            pieces.append((text, *_place(outer, inner, size)))

    page.extract_text(visitor_text=take)
    if len(pieces) > _MOST_PIECES:
        raise _Problem(f"a page of it has more than {_MOST_PIECES:,} pieces of text")
    return pieces


def _place(outer: list[float], inner: list[float], size: float) -> tuple[float, float, float]:
    """Where a piece begins, along its lines and across them, and how high its letters are."""
    a = inner[0] * outer[0] + inner[1] * outer[2]
    b = inner[0] * outer[1] + inner[1] * outer[3]
    c = inner[2] * outer[0] + inner[3] * outer[2]
    d = inner[2] * outer[1] + inner[3] * outer[3]
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    width = math.hypot(a, b) or 1.0
    along, across = (x * a + y * b) / width, (y * a - x * b) / width
    return round(along, 2), round(across, 2), round(abs(size) * math.hypot(c, d), 2)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
