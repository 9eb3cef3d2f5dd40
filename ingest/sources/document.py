"""A document: bytes with a name, wherever they come from: a file, an archive's member, standard input, the web."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ingest.sources.packed import unpacked
from rag.errors import SourceError

HEAD = 4096
"""Bytes at the start of a document by which its format is recognised."""


@dataclass(frozen=True, slots=True)
class Document:
    """An open document.

    `name` is for people. `id` and `url` identify an article that does not say itself who it is, as a plain text file:
    its path or its address. `stream` is at its start, can be sought in, and gives what was gzipped unpacked.
    `media_type` and `charset` are what a server called it ("text/html", "utf-8"), `fetched_at` is when it was fetched.
    `position()` is how many bytes have been read of the file on disk that it is, or is inside of.
    """

    name: str
    id: str
    url: str
    stream: BinaryIO
    media_type: str = ""
    charset: str = ""
    fetched_at: datetime | None = None
    position: Callable[[], int] = int

    def head(self) -> bytes:
        """Its first bytes; the stream is at its start again."""
        head = self.stream.read(HEAD)
        self.stream.seek(0)
        return head

    def member(self, path: str, stream: BinaryIO) -> "Document":
        """A document inside this one, at this path in it.

        Raises SourceError when the path is absolute or climbs out.
        """
        parts = path.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
            raise SourceError("its path leads out of the archive")
        shown = printable(path)
        return replace(
            self,
            name=f"{self.name}: {shown}",
            id=f"{self.id}!/{shown}",
            url=f"{self.url}!/{quote(shown)}",
            stream=stream,
            media_type="",
            charset="",
        )


@contextmanager
def open_file(path: Path) -> Iterator[Document]:
    """A file as a document. Raises OSError."""
    with path.open("rb") as raw, unpacked(raw) as stream:
        resolved = path.resolve()
        yield Document(printable(path), printable(resolved), resolved.as_uri(), stream, position=raw.tell)


def printable(path: str | PathLike[str]) -> str:
    """A path for people: bytes in it that are no text are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
