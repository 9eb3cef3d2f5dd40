"""A WARC file, as web crawls are kept in: the pages, feeds and texts that were fetched are documents."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from ingest.sources.document import Document
from ingest.sources.formats.http_body import BodyError, body
from ingest.sources.formats.warc_records import LONGEST_LINE, Damaged, Record, header_fields, records
from ingest.sources.items import LONGEST_RECORD, Reject
from ingest.sources.packed import unpacked
from ingest.sources.source import Source
from rag.errors import SourceError

_IN_MEMORY = 1024 * 1024
_TOO_LARGE = f"longer than {LONGEST_RECORD // 1_000_000} million bytes"
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE | re.ASCII)

# What a page, a feed or a text is sent as. What else a page needs (pictures, styles, programs and their data) is passed
# over. Where no type is named, it may be anything.
_TYPES = frozenset(
    "text/html text/plain text/markdown text/xml application/xml application/pdf application/feed+json".split()
) | {""}
_NO_PAGES = frozenset(("application/opensearchdescription+xml", "application/soap+xml"))
_FOR_PROGRAMS = re.compile(r"/(?:robots|ads|app-ads|humans|llms|security)\.txt\Z|/\.well-known/")


def read_warc(document: Document) -> Iterator[Document | Reject]:
    """What was fetched and can be read. Raises SourceError where the file breaks off or is damaged to its end."""
    for record in records(document.stream):
        if isinstance(record, Damaged):
            yield Reject(document.name, record.reason, f"record {record.number}")
            continue
        with suppress(SourceError):  # it breaks off in this record: told when the next is looked for
            headers = _answer(record)
            if headers is not None and _may_be_an_article(record, headers):
                yield from _content(document, record, headers)


def _answer(record: Record) -> Mapping[str, str] | None:
    """The HTTP headers of a page that was there, as far as they matter; None for any other record."""
    if record.headers.get("warc-type") == "resource":
        return {"content-type": record.headers.get("content-type", "")}
    is_http = record.headers.get("content-type", "").startswith("application/http")
    if record.headers.get("warc-type") != "response" or not is_http:
        return None
    status = record.block.readline(LONGEST_LINE).split()
    if status[:1] and status[0].startswith(b"HTTP/") and status[1:2] == [b"200"]:
        return header_fields(record.block.readline)
    return None


def _may_be_an_article(record: Record, headers: Mapping[str, str]) -> bool:
    address = _address(record)
    media_type = _media_type(headers)
    is_document = media_type in _TYPES or (media_type.startswith("application/") and media_type.endswith("+xml"))
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    is_on_the_web = address.lower().startswith(("http://", "https://"))
    return is_on_the_web and is_document and media_type not in _NO_PAGES and not _FOR_PROGRAMS.match(path)


def _content(document: Document, record: Record, headers: Mapping[str, str]) -> Iterator[Document | Reject]:
    address = _address(record)
    place = f"record {record.number}, {address}"
    if "warc-truncated" in record.headers:
        yield Reject(document.name, "it was cut short when it was recorded", place)
        return
    with SpooledTemporaryFile[bytes](_IN_MEMORY) as kept:
        try:
            for part in body(record.block, headers.get("transfer-encoding", ""), headers.get("content-encoding", "")):
                if kept.tell() + len(part) > LONGEST_RECORD:
                    raise BodyError(_TOO_LARGE)
                kept.write(part)
        except BodyError as error:
            yield Reject(document.name, str(error), place)
            return
        if record.block.is_whole and kept.tell():
            kept.seek(0)
            with unpacked(cast(BinaryIO, kept)) as stream:
                yield _document(document, record, headers, stream)


def _document(document: Document, record: Record, headers: Mapping[str, str], stream: BinaryIO) -> Document:
    address = _address(record)
    charset = _CHARSET.search(headers.get("content-type", ""))
    return replace(
        document,
        name=f"{document.name}: {address}",
        id=address,
        url=address,
        stream=stream,
        media_type=_media_type(headers),
        charset=charset.group(1) if charset else "",
        fetched_at=_moment(record.headers.get("warc-date", "")),
    )


def _address(record: Record) -> str:
    return record.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _moment(written: str) -> datetime | None:
    """When a record was made. The format has it in UTC, and with more digits than a datetime keeps."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _begins_as_warc(head: bytes) -> bool:
    return head.startswith(b"WARC/")


SOURCE = Source("WARC", read_warc, (".warc",), ("application/warc",), _begins_as_warc)
