"""What the sources give: raw items, and rejects for what cannot be one."""

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_RECORD = 20_000_000
"""Characters of one record, unpacked. More is no news article, but a damaged file or a gzip bomb."""

TOO_LONG = f"longer than {LONGEST_RECORD // 1_000_000} million characters"


@dataclass(frozen=True, slots=True)
class RawItem:
    """One record as it stands in an input; `where` tells a person where: "news.jsonl, line 3"."""

    where: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reject:
    """One line of the report: what could not be taken, and why."""

    item: str
    reason: str
