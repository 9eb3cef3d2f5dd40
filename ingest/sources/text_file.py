"""A plain text file: one article, with its path as its identity."""

import re
from collections.abc import Iterator

from ingest.sources.decode import UNDECODABLE
from ingest.sources.document import Document
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject
from ingest.sources.source import Source
from ingest.sources.text_stream import open_text

_LONGEST_TITLE = 200
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\Z")


def read_text(document: Document) -> Iterator[RawItem | Reject]:
    """The article of a text file; nothing if the file is blank.

    Its first line is the title, unless that line is a paragraph of the text: then there is none.
    """
    with open_text(document) as file:
        text = file.stream.read(LONGEST_RECORD + 1)
    if len(text) > LONGEST_RECORD:
        yield Reject(document.name, TOO_LONG)
    elif UNDECODABLE in text:
        yield Reject(document.name, f"it has bytes that are no {file.encoding}")
    elif not text.isspace() and text:
        yield RawItem(document.name, {"id": document.id, "url": document.url, **_title_and_text(text.strip())})


def _title_and_text(text: str) -> dict[str, str]:
    first, _, rest = text.partition("\n")
    first = first.rstrip()
    if not rest:
        return {"text": text}
    begins_a_paragraph = _SENTENCE_END.search(first) is not None and not rest.startswith("\n")
    if begins_a_paragraph or len(first) > _LONGEST_TITLE:
        return {"text": text}
    return {"title": first, "text": rest}


def _looks_like_text(head: bytes) -> bool:
    return b"\0" not in head


SOURCE = Source("plain text", read_text, (".txt",), ("text/plain",), _looks_like_text)
