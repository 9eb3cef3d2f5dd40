"""Where a phrase is read from, and what a rule is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from rag.model import TimeInterval


@dataclass(frozen=True, slots=True)
class Now:
    """Where a phrase is read from.

    `anchor` is the day to which names without a year are near: that of publication, or the other end of a range. `lean`
    says where they lie: 1 not before it, -1 not after it, 0 on either side.
    """

    published: datetime | None
    anchor: date | None
    lean: int

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return self.published.date() if self.published else None


# The days that a match means, or None where nothing can be said.
Rule = Callable[[re.Match[str], Now], TimeInterval | None]
