"""Rows of the truth as the nouns of rag.model, and the columns that they need."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

import numpy as np

from rag.adapters.selection import CURRENT
from rag.errors import StoreError
from rag.model import Article, Bounds, Passage, StatedDate, Version
from rag.records import Vectors

Row = tuple[Any, ...]

ARTICLE = (
    "v.article_id, v.url, v.title, v.source, v.authors, v.published_at, v.updated_at, v.category, v.language, v.stub"
)
_DETAILS = "v.dates, v.revision, v.embargoed_until, v.note, v.furniture"
VERSION = f"{ARTICLE}, v.number, t.text, v.fetched_at, {CURRENT}, {_DETAILS}"
VERSION_WITHOUT_TEXT = f"{ARTICLE}, v.number, '', v.fetched_at, v.current = 1, {_DETAILS}"
PASSAGE = f'{ARTICLE}, v.number, v.furniture, p.id, p.start, p."end", substr(t.text, p.start + 1, p."end" - p.start)'

NUMBER = 10
"""Where the version's number stands in a row of VERSION and of PASSAGE: behind what is the article's."""


def article_of(row: Row) -> Article:
    """A row that begins with the columns ARTICLE."""
    article_id, url, title, source, authors, published_at, updated_at, category, language, stub = row[:NUMBER]
    return Article(
        id=article_id,
        url=url,
        title=title,
        source=source,
        authors=tuple(json.loads(authors)),
        published_at=time_of(published_at),
        updated_at=time_of(updated_at),
        category=category,
        language=language,
        stub=stub,
    )


def version_of(row: Row) -> Version:
    """A row of the columns VERSION."""
    number, text, fetched_at, current, dates, revision, embargoed_until, note, furniture = row[NUMBER:]
    return Version(
        article_of(row),
        number,
        text,
        datetime.fromisoformat(fetched_at),
        current=bool(current),
        dates=_dates_of(dates),
        revision=revision,
        embargoed_until=time_of(embargoed_until),
        note=note,
        furniture=_bounds_of(furniture),
    )


def passage_of(row: Row) -> Passage:
    """A row of the columns PASSAGE."""
    number, furniture, passage_id, start, end, text = row[NUMBER:]
    inside = tuple((first, last) for first, last in _bounds_of(furniture) if first < end and last > start)
    return Passage(passage_id, article_of(row), number, start, end, text, inside)


def vectors_of(blobs: Sequence[bytes]) -> Vectors:
    """Stored embeddings as rows, shape (blobs, dimension). Raises StoreError where they are not all of one size."""
    if len(sizes := {len(blob) for blob in blobs}) > 1 or any(size % 4 for size in sizes):
        raise StoreError("The corpus database holds vectors of a wrong size. `byline doctor` says which.")
    return np.frombuffer(b"".join(blobs), dtype=np.float32).reshape(len(blobs), -1 if blobs else 0)


def time_of(text: str | None) -> datetime | None:
    """A stored time; None is unknown."""
    return None if text is None else datetime.fromisoformat(text)


def written(time: datetime | None) -> str | None:
    """A time as it is stored."""
    return None if time is None else time.isoformat()


def dates_written(dates: Sequence[StatedDate]) -> str:
    """Stated dates as they are stored."""
    return json.dumps([[*astuple(date)[:3], written(date.moment), date.doubt] for date in dates], ensure_ascii=False)


def _dates_of(text: str) -> tuple[StatedDate, ...]:
    if text == "[]":
        return ()
    return tuple(
        StatedDate(kind, said, origin, time_of(moment), doubt) for kind, said, origin, moment, doubt in json.loads(text)
    )


def _bounds_of(text: str) -> tuple[Bounds, ...]:
    return () if text == "[]" else tuple((start, end) for start, end in json.loads(text))
