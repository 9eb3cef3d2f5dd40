"""A JSON file: an array of records, an object with such an array, or records one after another.

The text is cut into the texts of its records by counting brackets outside strings, and only then are they read. So a
file larger than the memory streams, and a record that is no JSON is one reject, where a parser of the whole would stop.
"""

import re
from collections.abc import Iterator

from ingest.sources.document import Document
from ingest.sources.formats.json_record import json_record
from ingest.sources.items import LONGEST_RECORD, RawItem, Reject
from ingest.sources.source import Source
from ingest.sources.text_stream import TextFile, open_text
from rag.errors import SourceError

_CHUNK = 64 * 1024
_STRUCTURE = re.compile(r'["\[\]{},]')
_REST_OF_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_NAMES_THE_LIST = re.compile(r'"(?:articles|items)"\s*:\s*\Z')  # as NewsAPI and JSON Feed do

_NO_LIST = 0
_PAST_THE_LIST = -1


def read_json(document: Document) -> Iterator[RawItem | Reject]:
    """The records of a JSON file, counted from 1. Raises SourceError after the last one if the JSON breaks off."""
    with open_text(document) as file:
        for number, text in enumerate(_records(file), start=1):
            yield json_record(document.name, f"record {number}", text, file.encoding)


def _records(file: TextFile) -> Iterator[str]:
    cutter = _Cutter()
    for text, mark in _pieces(file):
        record = cutter.take(text, mark)
        if record and not record.isspace():
            yield record
    if (rest := cutter.rest()).strip():
        yield rest
    if cutter.depth:
        raise SourceError("it breaks off: a bracket or a quote is still open at its end")


def _pieces(file: TextFile) -> Iterator[tuple[str, str]]:
    """The text cut at each bracket and comma that is in no string: what stands before it, and it.

    The mark is empty where a chunk ends.
    """
    in_string = False
    for chunk in _chunks(file):
        start = position = 0
        while position < len(chunk):
            if in_string:
                rest = _REST_OF_STRING.match(chunk, position)
                position = rest.end() + 1 if rest else len(chunk)
                in_string = position > len(chunk)
            elif mark := _STRUCTURE.search(chunk, position):
                position = mark.end()
                in_string = mark.group() == '"'
                if not in_string:
                    yield chunk[start : mark.start()], mark.group()
                    start = position
            else:
                break
        yield chunk[start:], ""


def _chunks(file: TextFile) -> Iterator[str]:
    """The text in chunks, none of which ends between a backslash and what it escapes."""
    while chunk := file.stream.read(_CHUNK):
        while chunk.endswith("\\") and (following := file.stream.read(1)):
            chunk += following
        yield chunk


class _Cutter:
    """Puts pieces together to the texts of records. Of one that is too long it keeps just more than is allowed."""

    def __init__(self) -> None:
        self.depth = 0  # of open brackets
        self._list_depth = _NO_LIST  # the depth at which the records of the open list stand
        self._parts: list[str] = []
        self._length = 0

    def take(self, text: str, mark: str) -> str | None:
        """Go on to this mark; the record that ends there, if one does."""
        self._keep(text)
        if mark in ("]", "}"):
            return self._close(mark)
        if mark == "," and self.depth == self._list_depth:
            return self.rest()
        if mark in ("[", "{"):
            self._open(mark)
        else:
            self._keep(mark)
        return None

    def rest(self) -> str:
        """What has been kept since the last record."""
        record = "".join(self._parts)
        self._parts, self._length = [], 0
        return record

    def _keep(self, text: str) -> None:
        if text and self._length <= LONGEST_RECORD:
            self._parts.append(text)
            self._length += len(text)

    def _open(self, bracket: str) -> None:
        begins_the_list = bracket == "[" and self._list_depth == _NO_LIST and self._is_before_the_list()
        self.depth += 1
        if begins_the_list:
            self._list_depth = self.depth
            self.rest()
        else:
            self._keep(bracket)

    def _is_before_the_list(self) -> bool:
        if self.depth == 0:
            return not "".join(self._parts).strip()
        return self.depth == 1 and _NAMES_THE_LIST.search("".join(self._parts[-3:])) is not None

    def _close(self, bracket: str) -> str | None:
        record = None
        if self.depth == self._list_depth:
            self._list_depth = _PAST_THE_LIST
            record = self.rest()
        else:
            self._keep(bracket)
        self.depth = max(0, self.depth - 1)
        if self.depth == 0:
            remainder = self.rest()
            record = remainder if self._list_depth == _NO_LIST else record
            self._list_depth = _NO_LIST
        return record


def _begins_with_a_bracket(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


SOURCE = Source(
    "JSON", read_json, (".json",), ("application/json", "application/feed+json", "text/json"), _begins_with_a_bracket
)
