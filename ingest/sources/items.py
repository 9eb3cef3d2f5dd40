"""What the sources give: raw items, links to what is elsewhere, and rejects for what cannot be an item."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

LONGEST_RECORD = 20_000_000
"""Characters of one record, unpacked. More is no news article, but a damaged file or a gzip bomb."""

TOO_LONG = f"longer than {LONGEST_RECORD // 1_000_000} million characters"


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as an input states it.

    `kind` is "published", "updated", "fetched" or "embargoed"; `origin` tells a person where it stands: "JSON-LD
    datePublished".
    """

    kind: str
    written: str
    origin: str


@dataclass(frozen=True, slots=True)
class RawItem:
    """One record as it stands in an input: its fields by whatever names it has (ingest.parse knows the usual ones).

    `file` and `record` tell a person where: "news.jsonl" and "line 3". Of several `dates` of a kind the first that is
    one counts; the date fields of `fields` come after them. `aliases` are other addresses or ids of the same
    article, and `remark` is what a person should know of how it was read.
    """

    file: str
    fields: Mapping[str, object]
    record: str = ""
    dates: tuple[Stated, ...] = ()
    aliases: tuple[str, ...] = ()
    remark: str = ""

    @property
    def item(self) -> str:
        """Where it stands, for a person."""
        return _place(self.file, self.record)

    @property
    def digest(self) -> str:
        """The same for items that say the same, wherever they stand and whenever they were fetched.

        Empty for one whose fields cannot be written as JSON.
        """
        dates = [(date.kind, date.written, date.origin) for date in self.dates if date.kind != "fetched"]
        try:
            said = json.dumps((self.fields, dates, self.aliases), sort_keys=True)
        except (TypeError, ValueError, RecursionError):
            return ""
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reject:
    """One line of the report: what could not be taken, and why."""

    file: str
    reason: str
    record: str = ""

    @property
    def item(self) -> str:
        """Where it stands, for a person."""
        return _place(self.file, self.record)


@dataclass(frozen=True, slots=True)
class Link:
    """An article, or a further list of links, that stands elsewhere: what a feed or a sitemap says of it.

    It is fetched where fetching was asked for. Else `fields` and `dates` are all there is of it. What the page itself
    says goes before what is said of it here. `stamp` changes when the article does, as far as the list tells: a page
    whose stamp was seen before is not fetched again. Empty: the list does not tell. `aliases` are what else the list
    calls it by.
    """

    file: str
    url: str
    record: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    dates: tuple[Stated, ...] = ()
    stamp: str = ""
    aliases: tuple[str, ...] = ()


def _place(file: str, record: str) -> str:
    return f"{file}, {record}" if record else file
