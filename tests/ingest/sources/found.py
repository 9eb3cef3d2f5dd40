"""What a source finds in some bytes, for the tests of sources that are containers."""

import io
import zlib
from dataclasses import dataclass, field

from ingest.sources.document import Document
from ingest.sources.items import RawItem, Reject
from ingest.sources.packed import unpacked
from ingest.sources.source import Source
from rag.errors import SourceError


@dataclass
class Found:
    """What was found before the error, if there was one: documents with their contents, items and rejects."""

    documents: list[Document] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    items: list[RawItem] = field(default_factory=list)
    rejects: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""

    @property
    def names(self) -> list[str]:
        return [document.name for document in self.documents]


def find(source: Source, data: bytes, name: str = "a") -> Found:
    """Read data, gzipped or not, as a file of that name would be; each document as a text would be."""
    found = Found()
    try:
        with unpacked(io.BytesIO(data)) as stream:
            for item in source.read(Document(name, f"/{name}", f"file:///{name}", stream)):
                match item:
                    case Document():
                        _read(item, found)
                    case RawItem():
                        found.items.append(item)
                    case Reject(_, reason, record):
                        found.rejects.append((record, reason))
    except SourceError as error:
        found.error = str(error)
    return found


def _read(document: Document, found: Found) -> None:
    text = io.TextIOWrapper(document.stream, "latin-1", newline="")
    try:
        document.head()
        content = text.read()
    except (SourceError, EOFError, OSError, zlib.error) as error:
        found.rejects.append((document.name, str(error)))
    else:
        found.documents.append(document)
        found.contents.append(content.encode("latin-1"))
    finally:
        text.detach()
