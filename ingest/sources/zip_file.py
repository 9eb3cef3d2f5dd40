"""A zip file: its members, in the order of its list. Nothing is unpacked to disk but what a reader goes back to."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from ingest.sources.document import Document
from ingest.sources.formats.archive import Member, documents, problem_with
from ingest.sources.formats.rewind import Rewindable
from ingest.sources.formats.zip_directory import BREAKS_OFF, Entry, before_the_break, data_start, listed
from ingest.sources.items import Reject
from ingest.sources.packed import Bounded, check_proportion
from ingest.sources.source import Source
from rag.errors import SourceError

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_STORED, _DEFLATED = 0, 8
_OFFICE = "[Content_Types].xml"
_FIRST = 1000  # among which an office document names itself
_STEP = 16 * 1024


def read_zip(document: Document) -> Iterator[Document | Reject]:
    """The members of a zip file. Of one that breaks off, those before the break, if they tell their sizes.

    Raises SourceError for an office document, and where the archive is damaged or out of all proportion.
    """
    with _quickly_sought(document.stream) as stream:
        entries = listed(stream)
        if entries is not None:
            _refuse_office(islice(listed(stream) or (), _FIRST))
        yield from documents(document, _members(stream, entries or before_the_break(stream)))
        if entries is None:
            raise SourceError(BREAKS_OFF)


def _refuse_office(entries: Iterator[Entry]) -> None:
    for number, entry in enumerate(entries):
        if entry.path == _OFFICE or (number == 0 and entry.path == "mimetype"):
            raise SourceError("it is an office document or an e-book: save it as PDF, HTML or plain text")


def _members(stream: BinaryIO, entries: Iterator[Entry]) -> Iterator[Member]:
    allowance = _Allowance(stream.seek(0, io.SEEK_END))
    for entry in entries:
        allowance.spend(0)
        if not entry.path.endswith(("/", "\\")):
            yield Member(entry.path, partial(_Unpacked, stream, entry, allowance), _problem(entry))


def _problem(entry: Entry) -> str:
    if entry.flags & _ENCRYPTED:
        return "it is encrypted"
    if entry.method not in (_STORED, _DEFLATED):
        return f"it is packed by method {entry.method}; only what is stored or deflated is read"
    return problem_with(entry.mode)


class _Allowance:
    """What all members together may unpack to: they may share their packed bytes, so each alone would not tell."""

    def __init__(self, packed: int) -> None:
        self._packed = packed
        self._spent = 0

    def spend(self, size: int) -> None:
        """Raises SourceError when it is spent."""
        self._spent += size
        check_proportion(self._spent, self._packed)


class _Unpacked:
    """The bytes of one member, from their start."""

    def __init__(self, stream: BinaryIO, entry: Entry, allowance: _Allowance) -> None:
        self._stream = stream
        self._place = data_start(stream, entry)
        self._left = entry.packed_size
        self._inflating = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == _DEFLATED else None
        self._allowance = allowance
        self._stated = entry.checksum
        self._checksum = 0

    def read(self, size: int, /) -> bytes:
        """The next bytes. Raises SourceError or zlib.error where they are damaged, and when there are too many."""
        data = self._inflated(self._inflating, size) if self._inflating else self._packed(size)
        self._allowance.spend(len(data))
        self._checksum = zlib.crc32(data, self._checksum)
        if not data and self._checksum != self._stated:
            raise SourceError("it is damaged: its checksum is wrong")
        return data

    def _packed(self, size: int) -> bytes:
        self._stream.seek(self._place)  # others read the stream in between
        data = self._stream.read(min(size, self._left))
        if not data and self._left:
            raise SourceError("it breaks off")
        self._place += len(data)
        self._left -= len(data)
        return data

    def _inflated(self, inflating: "zlib._Decompress", size: int) -> bytes:
        while not inflating.eof:
            packed = inflating.unconsumed_tail or self._packed(_STEP)
            if data := inflating.decompress(packed, size):
                return data
            if not packed:
                raise SourceError("its packed data break off")
        return b""


@contextmanager
def _quickly_sought(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or a copy of it on disk if going back in it is slow: the list of members stands at its end."""
    if not isinstance(getattr(stream, "raw", None), Bounded | Rewindable):
        yield stream
        return
    with TemporaryFile() as copy:
        copyfileobj(stream, copy)
        yield cast(BinaryIO, copy)


def _begins_a_member(head: bytes) -> bool:
    return head.startswith(b"PK\3\4")


SOURCE = Source("zip", read_zip, (".zip",), ("application/zip", "application/x-zip-compressed"), _begins_a_member)
