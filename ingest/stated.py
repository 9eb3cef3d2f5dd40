"""The dates that an input states of an article: which of them can be used, and what is doubtful about the others.

Nothing is guessed into place: what is impossible, in the future or no date is kept as it was written, with the reason,
and the article's date is the next one that is stated, or unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ingest.dates import read_date, read_day, states_zone
from ingest.sources.items import Stated
from rag.model import StatedDate

EARLIEST_YEAR = 1600
"""The first newspapers."""

AHEAD = "lies in the future"
"""The doubt that may be gone another day."""

ASSUMED = "states no time zone; taken as UTC"
"""The doubt about most dates of most inputs."""

_TOLERATED = timedelta(hours=26)  # a day begins that much earlier elsewhere, and clocks differ
_LONGEST = 60


def judged(stated: Iterable[Stated], now: datetime) -> tuple[StatedDate, ...]:
    """Each stated date with the moment that it names, if it can be used. Only an embargo may lie far ahead of `now`."""
    dates = tuple(dict.fromkeys(_judged(date, now) for date in stated if date.written.strip()))
    published = first(dates, "published")
    return tuple(
        replace(date, doubt="is before it was published")
        if date.kind == "updated" and not date.doubt and published and date.moment and date.moment < published
        else date
        for date in dates
    )


def first(dates: Sequence[StatedDate], kind: str) -> datetime | None:
    """The first usable moment of a kind; None when it is unknown."""
    return next((date.moment for date in dates if date.kind == kind and date.moment), None)


def _judged(stated: Stated, now: datetime) -> StatedDate:
    date = StatedDate(stated.kind, stated.written.strip()[:_LONGEST], stated.origin)
    try:
        moment, doubt = _moment(stated.written)
    except ValueError:
        return replace(date, doubt="is no date that can be read")
    if moment.year < EARLIEST_YEAR:
        return replace(date, doubt="is before the first newspapers")
    if stated.kind != "embargoed" and moment > now + _TOLERATED:
        return replace(date, doubt=AHEAD)
    return replace(date, moment=moment, doubt=doubt)


def _moment(written: str) -> tuple[datetime, str]:
    """The moment that is written, and what had to be assumed or left out. Raises ValueError."""
    try:
        moment = read_date(written)
    except ValueError:
        return read_day(written), "has a time or zone that cannot be read; the time is left out"
    return moment, "" if states_zone(written) else ASSUMED
