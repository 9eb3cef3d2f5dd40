"""The one thing that a source is: how to recognise a format, and how to read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.sources.document import Document
from ingest.sources.items import Link, RawItem, Reject

Found = RawItem | Reject | Link | Document
"""What a source gives, one after another. A Document is read in its turn, by whichever source knows it, before the
next is asked for; so an archive yields its members."""


@dataclass(frozen=True, slots=True)
class Source:
    """A format of input.

    `suffixes` (".rss") are how the names of its files end, in lower case, and `media_types` ("application/rss+xml")
    what servers call it. `recognises`, given a document's first bytes, decides where several sources share a name,
    and where there is none; a source without it is chosen by name alone.

    `read` gives what stands in a document. It must not hold more than one record in memory, and raises SourceError
    where the rest of the document cannot be read; what was given until then is taken.
    """

    name: str
    read: Callable[[Document], Iterator[Found]]
    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    recognises: Callable[[bytes], bool] | None = None
