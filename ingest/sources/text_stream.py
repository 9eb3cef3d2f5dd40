"""A document as characters: decoded, and read in pieces of bounded size."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from ingest.sources.decode import MARK, detect_encoding
from ingest.sources.document import Document
from ingest.sources.items import LONGEST_RECORD


@dataclass(frozen=True, slots=True)
class TextFile:
    """A document of text. Its newlines are all `\\n`, and bytes that do not fit its encoding are UNDECODABLE."""

    name: str
    encoding: str
    stream: TextIO

    def lines(self) -> Iterator[str]:
        """The lines with their ends; of one longer than a record may be, the first LONGEST_RECORD + 1 characters."""
        while line := self.stream.readline(LONGEST_RECORD + 1):
            yield line
            while len(line) > LONGEST_RECORD and not line.endswith("\n"):
                line = self.stream.readline(LONGEST_RECORD + 1)


@contextmanager
def open_text(document: Document) -> Iterator[TextFile]:
    """A document as text. Raises SourceError if its encoding cannot be told.

    Reading a damaged gzip file raises EOFError, zlib.error or OSError.
    """
    encoding = detect_encoding(document.stream)
    document.stream.seek(0)
    stream = io.TextIOWrapper(document.stream, encoding, errors=MARK)
    try:
        yield TextFile(document.name, encoding, stream)
    finally:
        stream.detach()  # whoever opened the document closes it
