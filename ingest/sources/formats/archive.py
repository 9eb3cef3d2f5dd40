"""What zip and tar share: which members of an archive are read, and how each becomes a document."""

import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from ingest.sources.document import Document, printable
from ingest.sources.formats.rewind import Readable, rewindable
from ingest.sources.items import Reject
from ingest.sources.packed import unpacked
from rag.errors import SourceError

MOST_MEMBERS = 1_000_000
"""Members of one archive. More are no collection of articles, but made to keep a machine busy."""

LINK = "it is a link; links inside archives are not followed"
DEVICE = "it is a device, not a file"
STRANGE = "it is neither a file nor a folder"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: `opened` gives its bytes from their start. With a `problem` it is not opened."""

    path: str
    opened: Callable[[], Readable]
    problem: str = ""


def documents(archive: Document, members: Iterable[Member]) -> Iterator[Document | Reject]:
    """The members as documents, each open until the next is asked for. Hidden ones are passed over."""
    for number, member in enumerate(members):
        if number == MOST_MEMBERS:
            raise SourceError(f"it has more than {MOST_MEMBERS:,} members; the rest is left out")
        path = _plain(member.path)
        if _is_hidden(path):
            continue
        if member.problem:
            yield Reject(archive.name, member.problem, printable(path))
            continue
        with ExitStack() as closing:
            try:
                raw = closing.enter_context(rewindable(member.opened))
                found: Document | Reject = archive.member(path, closing.enter_context(unpacked(raw)))
            except (SourceError, EOFError, OSError, zlib.error) as error:
                found = Reject(archive.name, str(error), printable(path))
            yield found


def problem_with(mode: int) -> str:
    """Why what has these Unix mode bits is not read; nothing where it is a file, or the bits do not tell.

    >>> problem_with(0o120777)
    'it is a link; links inside archives are not followed'
    """
    match stat.S_IFMT(mode):
        case 0 | stat.S_IFREG | stat.S_IFDIR:
            return ""
        case stat.S_IFLNK:
            return LINK
        case stat.S_IFCHR | stat.S_IFBLK | stat.S_IFIFO | stat.S_IFSOCK:
            return DEVICE
    return STRANGE


def _plain(path: str) -> str:
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path


def _is_hidden(path: str) -> bool:
    """Whether the member is hidden, or is what macOS keeps beside a file."""
    parts = path.replace("\\", "/").split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)
