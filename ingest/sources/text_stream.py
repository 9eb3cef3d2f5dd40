"""An input file as characters: unpacked, decoded, and read in pieces of bounded size."""

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TextIO

from ingest.sources.decode import MARK, detect_encoding
from ingest.sources.items import LONGEST_RECORD

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class TextFile:
    """An open file of text. Its newlines are all `\\n`, and bytes that do not fit its encoding are UNDECODABLE."""

    path: Path
    encoding: str
    size: int
    stream: TextIO
    _raw: BinaryIO

    @property
    def name(self) -> str:
        """The path as it was given, in characters that can be printed."""
        return printable(self.path)

    def bytes_read(self) -> int:
        """How many of the `size` bytes on disk have been read."""
        return min(self._raw.tell(), self.size)

    def lines(self) -> Iterator[str]:
        """The lines with their ends; of one longer than a record may be, the first LONGEST_RECORD + 1 characters."""
        while line := self.stream.readline(LONGEST_RECORD + 1):
            yield line
            while len(line) > LONGEST_RECORD and not line.endswith("\n"):
                line = self.stream.readline(LONGEST_RECORD + 1)


@contextmanager
def open_text(path: Path) -> Iterator[TextFile]:
    """Open a file, gzipped or not: its first bytes tell, for names are wrong at times.

    Raises OSError, and SourceError if its encoding cannot be told. Reading a damaged gzip file raises EOFError,
    zlib.error or OSError.
    """
    with path.open("rb") as raw:
        packed = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        unpacked = gzip.GzipFile(fileobj=raw) if packed else raw
        encoding = detect_encoding(unpacked)
        unpacked.seek(0)
        with io.TextIOWrapper(unpacked, encoding, errors=MARK) as stream:
            yield TextFile(path, encoding, os.fstat(raw.fileno()).st_size, stream, raw)


def printable(path: str | PathLike[str]) -> str:
    """A path for people: bytes in it that are no text are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
