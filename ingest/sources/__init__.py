"""Where articles come from: many formats, on disk and on the web, as one stream of raw items."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest.fetch import Fetcher
from ingest.sources.document import Document
from ingest.sources.files import files_of
from ingest.sources.inputs import Address, Input, is_address, places
from ingest.sources.items import Link, RawItem, Reject, Stated
from ingest.sources.reading import ADDRESS_WEIGHT, Item, Reading, Unchanged, Visited
from ingest.sources.registry import known_sources
from ingest.sources.source import Found, Source
from rag.records import Visit

__all__ = [
    "Document",
    "Found",
    "Input",
    "Item",
    "Link",
    "RawItem",
    "Reject",
    "Source",
    "Stated",
    "Unchanged",
    "Visited",
    "check_names",
    "input_size",
    "is_address",
    "read_items",
]


def read_items(
    inputs: Iterable[Input],
    progress: Callable[[int], object] = lambda bytes_read: None,
    *,
    web: Fetcher | None = None,
    recall: Callable[[str], Visit | None] = lambda url: None,
) -> Iterator[Item]:
    """What stands in files, folders with all that is below them, globs (`**` too), standard input (-) and addresses.

    Before each item, and at the end of each file, `progress` is told how much has been read of all inputs, of
    `input_size(inputs)`. Memory does not grow with the inputs. What cannot be read is a Reject. In folders and globs,
    hidden files and those of other formats are passed over. Addresses are fetched with `web`, and so is what a feed or
    a sitemap found there leads to; `recall` gives what is remembered of an address from an earlier time.

    Raises UsageError at once, before anything is read, if an input names nothing.
    """
    sources = known_sources()
    return Reading(sources, web, recall, progress).items(places(inputs, sources))


def check_names(inputs: Iterable[Input]) -> None:
    """Raises UsageError if an input names nothing. Looks into no folder."""
    places(inputs, known_sources())


def input_size(inputs: Iterable[Input]) -> int:
    """How much `read_items` would read, in bytes. Opens nothing. Raises UsageError if an input names nothing."""
    sources = known_sources()
    named = places(inputs, sources)
    files = files_of((place for place in named if isinstance(place, Path)), sources)
    addresses = sum(isinstance(place, Address) for place in named)
    return addresses * ADDRESS_WEIGHT + sum(_size(path) for path in files if isinstance(path, Path))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is gone: reading will tell
        return 0
