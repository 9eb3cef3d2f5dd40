"""Reads whatever the inputs name: chooses a source for each document, and goes into what that yields in its turn."""

import hashlib
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from ingest.fetch import Fetched, Fetcher, Validators
from ingest.sources.document import Document, open_file
from ingest.sources.files import files_of
from ingest.sources.inputs import Address, Place, StandardInput
from ingest.sources.items import Link, RawItem, Reject, Stated
from ingest.sources.packed import unpacked
from ingest.sources.registry import Sources
from ingest.sources.source import Found, Source
from rag.errors import BylineError, SourceError
from rag.records import Visit

DEEPEST = 4
"""Documents inside documents: an archive in an archive in an archive is the limit."""

ADDRESS_WEIGHT = 1_000_000
"""Bytes of input that an address counts as, where progress is told: its size is known only afterwards."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that is as it was when it was fetched before."""

    url: str


@dataclass(frozen=True, slots=True)
class Visited:
    """Comes behind all that stood at an address, none of which was a reject: it need not be fetched again before it
    changes."""

    visit: Visit


Item = RawItem | Reject | Unchanged | Visited


class Reading:
    """One pass over inputs. `web` fetches, and `recall` tells what is remembered of an address."""

    def __init__(
        self,
        sources: Sources,
        web: Fetcher | None,
        recall: Callable[[str], Visit | None],
        progress: Callable[[int], object],
    ) -> None:
        self._sources = sources
        self._web = web
        self._recall = recall
        self._progress = progress
        self._before = 0  # bytes of the inputs that have been dealt with

    def items(self, places: Sequence[Place]) -> Iterator[Item]:
        """All that stands in these places, one after another. What cannot be read is a Reject."""
        for place in places:
            match place:
                case Path():
                    for path in files_of([place], self._sources):
                        yield from [path] if isinstance(path, Reject) else self._file(path)
                case Address(url):
                    yield from self._visit(Link("", url), depth=0)
                    self._passed(ADDRESS_WEIGHT)
                case StandardInput():
                    yield from self._standard_input()

    def _file(self, path: Path) -> Iterator[Item]:
        try:
            with open_file(path) as document:
                for item in self._read(document, self._sources.for_file(document), depth=0, follow=False):
                    self._progress(self._before + document.position())
                    yield item
            size = path.stat().st_size
        except (OSError, EOFError, zlib.error) as error:
            yield _unreadable(str(path), error)
            return
        self._passed(size)

    def _standard_input(self) -> Iterator[Item]:
        with _kept(sys.stdin.buffer) as document:
            yield from self._read(document, self._sources.for_stream(document), depth=0, follow=False)

    def _passed(self, size: int) -> None:
        self._before += size
        self._progress(self._before)

    def _read(self, document: Document, source: Source | None, depth: int, follow: bool) -> Iterator[Item]:
        """The items of one document. Here whatever goes wrong in a source becomes a reject."""
        if source is None:
            yield Reject(document.name, "it is of no kind that a source knows")
            return
        empty = True
        try:
            for found in source.read(document):
                for item in self._found(found, depth, follow):
                    empty = False
                    yield _dated(item, document) if isinstance(item, RawItem) else item
            if empty:
                yield Reject(document.name, "it holds no article")
        except (OSError, EOFError, zlib.error, SourceError) as error:
            yield _unreadable(document.name, error)
        except BylineError:
            raise
        except Exception as error:  # a source, of ours or of others, that fails on one document must not end the run
            yield Reject(document.name, f"reading it as {source.name} failed: {type(error).__name__}: {error}"[:300])

    def _found(self, found: Found, depth: int, follow: bool) -> Iterator[Item]:
        match found:
            case Document():
                yield from self._inside(found, depth + 1, follow)
            case Link() if follow and self._web is not None:
                yield from self._visit(found, depth + 1)
            case Link():
                yield _told(found)
            case _:
                yield found

    def _inside(self, document: Document, depth: int, follow: bool) -> Iterator[Item]:
        """A document inside another. Of a kind that no source knows it is passed over, as in a folder."""
        source = self._sources.for_answer(document) if document.media_type else self._sources.for_file(document)
        if depth > DEEPEST:
            yield Reject(document.name, "it lies too deep: an archive in an archive in an archive")
        elif source is not None:
            yield from self._read(document, source, depth, follow)

    def _visit(self, link: Link, depth: int) -> Iterator[Item]:
        """What stands at an address; where it cannot be fetched, what the list that led there tells of it."""
        if self._web is None:
            raise AssertionError("an address was named, but there is nothing to fetch with")
        before = self._recall(link.url)
        if before and link.stamp and before.stamp == link.stamp:
            yield Unchanged(link.url)
            return
        known = Validators(before.etag, before.last_modified) if before else Validators()
        try:
            with self._web.get(link.url, known) as fetched:
                yield from self._answer(link, fetched, depth)
        except SourceError as error:
            if link.fields.get("text"):
                yield replace(_told(link), remark=f"its page could not be fetched: {error}")
            else:
                yield Reject(_shown(link.url), str(error))

    def _answer(self, link: Link, fetched: Fetched, depth: int) -> Iterator[Item]:
        visit = Visit(
            link.url, fetched.validators.etag, fetched.validators.last_modified, link.stamp, fetched.fetched_at
        )
        if fetched.body is None:
            yield Unchanged(link.url)
            yield Visited(visit)
            return
        with unpacked(fetched.body) as stream:
            document = Document(
                fetched.url, fetched.url, fetched.url, stream, fetched.media_type, fetched.charset, fetched.fetched_at
            )
            if depth > DEEPEST:
                yield Reject(_shown(link.url), "it lies too deep: a list of lists of lists")
                return
            whole = True
            for item in self._read(document, self._sources.for_answer(document), depth, follow=True):
                whole = whole and not isinstance(item, Reject) and not (isinstance(item, RawItem) and item.remark)
                is_page = isinstance(item, RawItem) and item.file == document.name and not item.record
                yield _joined(item, link) if isinstance(item, RawItem) and is_page else item
        if whole:
            yield Visited(visit)


def _told(link: Link) -> RawItem:
    """What a list tells of an article, as an item."""
    return RawItem(link.file, {"url": link.url, **link.fields}, link.record, link.dates, link.aliases)


def _joined(page: RawItem, link: Link) -> RawItem:
    """A page's item with what the list that led to it says besides."""
    besides = {name: value for name, value in link.fields.items() if name not in ("text", "kind", "id")}
    stated = {name: value for name, value in page.fields.items() if value not in (None, "", [], ())}
    return replace(
        page, fields=besides | stated, dates=page.dates + link.dates, aliases=(*page.aliases, link.url, *link.aliases)
    )


def _shown(url: str) -> str:
    """An address for people: without what a password may stand in."""
    return re.sub(r"//[^/?#]*@", "//", url)


def _dated(item: RawItem, document: Document) -> RawItem:
    """The item with when its document was fetched, if that is known and the item does not say it."""
    if document.fetched_at is None or any(date.kind == "fetched" for date in item.dates):
        return item
    fetched = Stated("fetched", document.fetched_at.isoformat(), "when its document was fetched")
    return replace(item, dates=(*item.dates, fetched))


def _unreadable(name: str, error: Exception) -> Reject:
    if isinstance(error, SourceError):
        return Reject(name, str(error))
    if isinstance(error, EOFError):
        return Reject(name, "its packed data break off: the rest of it cannot be read")
    return Reject(name, f"it cannot be read to its end: {getattr(error, 'strerror', None) or error}")


@contextmanager
def _kept(stream: BinaryIO) -> Iterator[Document]:
    """A stream that can be read once, as a document, kept in a temporary file. What it holds is its identity."""
    digest = hashlib.sha256()
    with tempfile.TemporaryFile() as kept:
        while part := stream.read(1 << 20):
            digest.update(part)
            kept.write(part)
        kept.seek(0)
        with unpacked(cast(BinaryIO, kept)) as content:
            name = f"stdin:{digest.hexdigest()[:16]}"
            yield Document("standard input", name, "", content)
