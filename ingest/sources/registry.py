"""Which sources there are, Byline's own and those of other packages, and which of them reads a document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from urllib.parse import urlsplit

from ingest.sources import (
    csv_file,
    feed,
    html_page,
    json_file,
    json_lines,
    markdown_file,
    newsml,
    pdf_file,
    sitemap,
    tar_file,
    text_file,
    warc_file,
    zip_file,
)
from ingest.sources.document import Document
from ingest.sources.source import Source
from rag.errors import UsageError

ENTRY_POINTS = "byline.sources"
"""The group of entry points by which a package adds a source: each names a Source."""

# Where several recognise a document, the first does: plain text, which recognises nearly anything, comes last.
BUILT_IN = (
    json_lines.SOURCE, json_file.SOURCE, feed.SOURCE, sitemap.SOURCE, newsml.SOURCE, html_page.SOURCE, warc_file.SOURCE,
    pdf_file.SOURCE, zip_file.SOURCE, tar_file.SOURCE, csv_file.SOURCE, markdown_file.SOURCE, text_file.SOURCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources in the order in which they are asked."""

    all: Sequence[Source]

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of files end that some source reads."""
        return tuple(dict.fromkeys(suffix for source in self.all for suffix in source.suffixes))

    def named(self, name: str) -> list[Source]:
        """The sources that read files of such a name, which may also end in .gz.

        >>> [source.name for source in known_sources().named("feeds/News.JSONL.gz")]
        ['JSON Lines']
        """
        bare = name.lower().removesuffix(".gz")
        return [source for source in self.all if bare.endswith(source.suffixes) and source.suffixes]

    def for_file(self, document: Document) -> Source | None:
        """The source of a file, by its name; where several share that, by its first bytes; None if none knows it."""
        named = self.named(document.name)
        return named[0] if len(named) == 1 else _recognising(named, document)

    def for_answer(self, document: Document) -> Source | None:
        """The source of what a server sent: by its bytes, for servers misname much; else by what they called it."""
        called = [source for source in self.all if document.media_type in source.media_types]
        named = self.named(urlsplit(document.url).path)
        sure = [source for source in self.all if source not in _NEARLY_ANYTHING]
        return _recognising(sure, document) or next(iter(called or named), None)

    def for_stream(self, document: Document) -> Source | None:
        """The source of bytes without a name."""
        return _recognising(self.all, document)


@cache
def known_sources() -> Sources:
    """Byline's sources behind those that installed packages add. Raises UsageError if one of these cannot be loaded."""
    return Sources((*_added(), *BUILT_IN))


_NEARLY_ANYTHING = (csv_file.SOURCE, text_file.SOURCE)


def _recognising(sources: Iterable[Source], document: Document) -> Source | None:
    head = document.head()
    return next((source for source in sources if source.recognises is not None and source.recognises(head)), None)


def _added() -> list[Source]:
    added = []
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            source = entry.load()
        except Exception as error:  # loading it runs a stranger's module
            raise UsageError(f"The source {entry.name!r} ({entry.value}) cannot be loaded: {error}.") from error
        if not isinstance(source, Source):
            raise UsageError(f"The source {entry.name!r} ({entry.value}) is no ingest.sources.Source.")
        added.append(source)
    return added
