"""A plain text file: one article, with its path as its identity."""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.sources.decode import UNDECODABLE
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject
from ingest.sources.text_stream import TextFile, printable

_LONGEST_TITLE = 200
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\Z")


def read_text(file: TextFile) -> Iterator[RawItem | Reject]:
    """The article of a text file; nothing if the file is blank.

    Its first line is the title, unless that line is a paragraph of the text: then there is none.
    """
    text = file.stream.read(LONGEST_RECORD + 1)
    if len(text) > LONGEST_RECORD:
        yield Reject(file.name, TOO_LONG)
    elif UNDECODABLE in text:
        yield Reject(file.name, f"it has bytes that are no {file.encoding}")
    elif not text.isspace() and text:
        yield RawItem(file.name, {**_identity(file.path), **_title_and_text(text.strip())})


def _identity(path: Path) -> dict[str, str]:
    resolved = path.resolve()
    return {"id": printable(resolved), "url": resolved.as_uri()}


def _title_and_text(text: str) -> dict[str, str]:
    first, _, rest = text.partition("\n")
    first = first.rstrip()
    if not rest:
        return {"text": text}
    begins_a_paragraph = _SENTENCE_END.search(first) is not None and not rest.startswith("\n")
    if begins_a_paragraph or len(first) > _LONGEST_TITLE:
        return {"text": text}
    return {"title": first, "text": rest}
