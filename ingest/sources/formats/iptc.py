"""What the two formats of news agencies share, NewsML-G2 and ninjs: both say the same of a news item, by one model."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ingest.sources.items import Stated

_BEFORE_CODE = re.compile(r".*[:/]", re.DOTALL)
_FIRST = ("", "0", "1")


def code(written: str) -> str:
    """The code itself, of a QCode or of the address that it stands for.

    >>> code("stat:usable"), code("http://cv.iptc.org/newscodes/signal/correction")
    ('usable', 'correction')
    """
    return _BEFORE_CODE.sub("", written.strip())


def dates(written: Mapping[str, str], version: str, origin: str) -> Iterator[Stated]:
    """The dates of an item, written by their names in NewsML: firstCreated, versionCreated, embargoed.

    Neither format says when an item was published. Agencies send an item when they have made it, so its first version
    was published when that was created; without that date, when its content was; and if this is the first version, at
    its own date. The date of a later version says nothing of the first.
    """
    published = ["firstPublished", "firstCreated", "contentCreated", *(["versionCreated"] if version in _FIRST else [])]
    kinds = {"published": published, "updated": ["versionCreated", "contentModified"], "embargoed": ["embargoed"]}
    for kind, names in kinds.items():
        for name in names:
            if written.get(name, "").strip():
                yield Stated(kind, written[name].strip(), f"{origin} {name}")


def note(signals: Iterable[str], for_editors: Iterable[str], version: str) -> str:
    """What the agency says of this version: "correction: Corrects the date in paragraph 3".

    Some call even a first version an update, which then says nothing.
    """
    said = dict.fromkeys(signal for signal in signals if signal and (signal != "update" or version not in _FIRST))
    notes = [" ".join(text.split()) for text in for_editors]
    return ": ".join(part for part in (", ".join(said), " ".join(notes).strip()) if part)
