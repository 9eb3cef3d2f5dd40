"""JSON Lines: one record a line. A bad line is one reject."""

import re
from collections.abc import Iterator

from ingest.sources.document import Document
from ingest.sources.formats.json_record import json_record
from ingest.sources.items import RawItem, Reject
from ingest.sources.source import Source
from ingest.sources.text_stream import open_text

_TWO_OBJECTS = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def read_json_lines(document: Document) -> Iterator[RawItem | Reject]:
    """The record of each line that is not blank."""
    with open_text(document) as file:
        for number, line in enumerate(file.lines(), start=1):
            record = line.strip().lstrip("\ufeff")  # joined files have byte order marks inside
            if record:
                yield json_record(document.name, f"line {number}", record, file.encoding)


def _begins_with_two_objects(head: bytes) -> bool:
    return _TWO_OBJECTS.match(head) is not None


SOURCE = Source(
    "JSON Lines",
    read_json_lines,
    (".jsonl", ".ndjson"),
    ("application/x-ndjson", "application/jsonl", "application/json-lines"),
    _begins_with_two_objects,
)
