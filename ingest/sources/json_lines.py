"""JSON Lines: one record a line. A bad line is one reject."""

from collections.abc import Iterator

from ingest.sources.items import RawItem, Reject
from ingest.sources.json_record import json_record
from ingest.sources.text_stream import TextFile


def read_json_lines(file: TextFile) -> Iterator[RawItem | Reject]:
    """The record of each line that is not blank."""
    for number, line in enumerate(file.lines(), start=1):
        record = line.strip().lstrip("\ufeff")  # joined files have byte order marks inside
        if record:
            yield json_record(f"{file.name}, line {number}", record, file.encoding)
