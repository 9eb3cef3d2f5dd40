"""A CSV file: its first row names the fields, every other row is a record."""

import csv
from collections import deque
from collections.abc import Iterator

from ingest.sources.decode import UNDECODABLE
from ingest.sources.document import Document
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject
from ingest.sources.source import Source
from ingest.sources.text_stream import TextFile, open_text
from rag.errors import SourceError

_BACKWARDS = 5 * LONGEST_RECORD  # characters read again in one file: enough for any damage, and the time stays linear
_LINE = 50  # characters that can be read in the time that a line takes by itself

csv.field_size_limit(LONGEST_RECORD)  # one for the whole process, and 128 kB by default: less than a long article


def read_csv(document: Document) -> Iterator[RawItem | Reject]:
    """The records of a CSV file. Raises SourceError if its first row cannot be read.

    Fields are separated by commas, semicolons or tabs, as the first row is. A row that is quoted wrongly is one
    reject: reading goes on in its next line, wherever its open quote has led.
    """
    with open_text(document) as file:
        yield from _records(file)


def _records(file: TextFile) -> Iterator[RawItem | Reject]:
    lines = _Lines(file)
    rows = csv.reader(lines, delimiter=lines.separator(), strict=True)
    names: list[str] | None = None
    while True:
        record = f"line {lines.begin_row()}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            if names is None:
                raise SourceError(f"its first row, which names the fields, cannot be read: {error}") from error
            lines.go_back()
            yield Reject(file.name, str(error), record)
            continue
        if names is None:
            names = [name.strip() for name in row]
        elif any(cell.strip() for cell in row):
            yield _record(file, record, names, row)


def _record(file: TextFile, record: str, names: list[str], row: list[str]) -> RawItem | Reject:
    if any(UNDECODABLE in cell for cell in row):
        return Reject(file.name, f"it has bytes that are no {file.encoding}", record)
    if len(row) > len(names):
        reason = f"it has {len(row)} cells, but the first row names {len(names)}: is a quote missing?"
        return Reject(file.name, reason, record)
    return RawItem(file.name, dict(zip(names, row, strict=False)), record)


class _TooLongError(Exception):
    """A row is longer than a record may be."""


class _Lines:
    """The lines of a file, of which those of the row being read can be read again."""

    def __init__(self, file: TextFile) -> None:
        self._coming = file.lines()
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._row_length = 0
        self._number = 0  # of the last line given
        self._backwards = _BACKWARDS

    def separator(self) -> str:
        """The separator that stands most often in the first line."""
        self._again.extend(line for line in [next(self._coming, "")] if line)
        return max(",;\t", key="".join(self._again).count)

    def begin_row(self) -> int:
        """Say that a row begins with the next line; the number of that line."""
        self._row, self._row_length = [], 0
        return self._number + 1

    def go_back(self) -> None:
        """Give the lines of this row once more, but for its first."""
        self._backwards -= self._row_length + _LINE * len(self._row)
        if self._backwards < 0:
            return
        self._again.extendleft(reversed(self._row[1:]))
        self._number -= len(self._row) - 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._coming)
        self._number += 1
        self._row.append(line)
        self._row_length += len(line)
        if self._row_length > LONGEST_RECORD:
            raise _TooLongError(TOO_LONG)
        return line


def _names_fields(head: bytes) -> bool:
    """Whether the first line separates several names, one of which says what its article is."""
    line = head.partition(b"\n")[0].lower()
    names = {
        name.strip(b" \r\"'\xef\xbb\xbf") for name in max((line.split(mark) for mark in (b",", b";", b"\t")), key=len)
    }
    return len(names) > 1 and bool(names & {b"url", b"link", b"id"})


SOURCE = Source("CSV", read_csv, (".csv", ".tsv"), ("text/csv", "text/tab-separated-values"), _names_fields)
