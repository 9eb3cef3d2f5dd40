"""A tar file, also one packed with gzip, bzip2 or xz: its members in order, read from front to back."""

import bz2
import io
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, BinaryIO, cast

from ingest.sources.document import Document
from ingest.sources.formats.archive import DEVICE, LINK, STRANGE, Member, documents
from ingest.sources.formats.tar_headers import (
    DEVICES,
    DIRECTORY,
    FILE,
    HARD_LINK,
    SPARSE,
    SYMBOLIC_LINK,
    Header,
    headers,
)
from ingest.sources.items import Reject
from ingest.sources.packed import Bounded
from ingest.sources.source import Source
from rag.errors import SourceError

_BZIP2 = b"BZh"
_XZ = b"\xfd7zXZ\0"
_MAGIC_PLACE = 257
_MAGIC = b"ustar"

_PROBLEMS = {
    FILE: "",
    HARD_LINK: LINK,
    SYMBOLIC_LINK: LINK,
    SPARSE: "it has holes, which may be larger than any disk",
    **dict.fromkeys(DEVICES, DEVICE),
}


def read_tar(document: Document) -> Iterator[Document | Reject]:
    """The members of a tar file. Raises SourceError behind those that can be read, if they are not all."""
    with _unpacked(document.stream) as stream:
        yield from documents(document, _members(stream))


def _members(stream: BinaryIO) -> Iterator[Member]:
    for header in headers(stream):
        if header.kind != DIRECTORY:
            yield Member(header.path, partial(_Data, stream, header), _PROBLEMS.get(header.kind, STRANGE))


class _Data:
    """The bytes of one member, from their start."""

    def __init__(self, stream: BinaryIO, header: Header) -> None:
        self._stream = stream
        self._place = header.start
        self._end = header.start + header.size

    def read(self, size: int, /) -> bytes:
        """The next bytes. Raises SourceError where the archive ends before its member does."""
        self._stream.seek(self._place)
        data = self._stream.read(min(size, self._end - self._place))
        if not data and self._place < self._end:
            raise SourceError("it breaks off")
        self._place += len(data)
        return data


class _Xz(lzma.LZMAFile):
    """Fails as the other kinds of packed files do."""

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes. Raises EOFError or OSError."""
        try:
            return super().read(size)
        except lzma.LZMAError as error:
            raise OSError(str(error)) from error


@contextmanager
def _unpacked(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, unpacked if it is packed with bzip2 or xz; if with gzip, it is unpacked already."""
    magic = stream.read(len(_XZ))
    stream.seek(0)
    if magic.startswith(_BZIP2):
        packed: IO[bytes] = bz2.BZ2File(stream)
    elif magic == _XZ:
        packed = _Xz(stream)
    else:
        yield stream
        return
    try:
        with packed, io.BufferedReader(Bounded(cast(BinaryIO, packed), stream)) as unpacked:
            yield cast(BinaryIO, unpacked)
    except (EOFError, OSError) as error:
        raise SourceError(f"its packed data are damaged or break off: {error}") from error


def _is_tar(head: bytes) -> bool:
    return head.startswith(_MAGIC, _MAGIC_PLACE)


SOURCE = Source(
    "tar",
    read_tar,
    (".tar", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
    ("application/x-tar", "application/x-gtar"),
    _is_tar,
)
