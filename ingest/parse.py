"""From a raw item to an article: which field is which, what its values mean, and what is missing."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from ingest.clean import clean_line, clean_text
from ingest.dates import read_date, read_day
from ingest.sources.items import RawItem
from rag.errors import SourceError
from rag.language.sentences import sentence_spans
from rag.model import Article

# Names are compared by their letters and digits alone, ignoring case: published_at, publishedAt, Published-At. Where an
# item has several, the first of these counts.
_NAMES = {
    "id": ("id",),
    "url": ("url", "link"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article"),
    "source": ("source", "publisher", "site"),
    "authors": ("authors", "author", "byline"),
    "published_at": ("publishedat", "published", "datepublished", "publishdate", "pubdate", "date"),
    "updated_at": ("updatedat", "updated", "datemodified"),
    "category": ("category",),
    "language": ("language",),
    "status": ("status",),
}
_WITHDRAWN = frozenset(("withdrawn", "canceled", "cancelled", "killed", "retracted"))
_LONGEST_TITLE = 120
_EARLIEST_YEAR = 1600  # the first newspapers
_AHEAD = timedelta(days=2)  # a file's clock may be wrong by a time zone, not by more

_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*,\s*+(?!(?:Jr|Sr|I{2,3}|IV)\b)(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_BETWEEN_INVERTED = re.compile(r"\s*;\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its cleaned text.

    `withdrawn` says that its publisher has taken it back; then the text may be empty. `content_hash` changes with
    anything that a reader sees. `notes` tell what of the item could not be used, for the report.
    """

    article: Article
    text: str
    withdrawn: bool
    content_hash: str
    notes: tuple[str, ...] = ()


def parse(item: RawItem, now: datetime | None = None) -> Parsed:
    """The article that an item states.

    - The id is the one given, or else the url.
    - Without a title, the first line of the text is the title; if that is long, its first sentence, cut if need be.
    - Without a source, the host of an http url is the source, without "www.".
    - The text may be a list of strings: its paragraphs.
    - Authors may be a list, or a text with commas, semicolons or "and" between the names.
    - A date is read by `read_date`: without an offset it is in UTC. One that cannot be read, is older than newspapers
      or lies more than two days ahead of `now` (the present time by default) is left unknown, with a note. Where only
      the time of day or its zone cannot be read, the day is kept, with a note.

    Raises SourceError if there is neither url nor id, or in an article that is not withdrawn no text, or one of another
    shape than a string or a list of strings.
    """
    fields = _fields(item.fields)
    article_id, url = _identity(fields)
    paragraphs = _paragraphs(fields.get("text"))
    text = clean_text("\n\n".join(paragraphs or ()))
    withdrawn = _written(fields.get("status")).strip().casefold() in _WITHDRAWN
    if not text and not withdrawn:
        raise SourceError(
            "it has no text" if paragraphs is not None else "its text is neither a string nor a list of strings"
        )
    notes: list[str] = []
    latest = (now or datetime.now(UTC)) + _AHEAD
    article = Article(
        id=article_id,
        url=url,
        title=_line(fields.get("title")) or _title_from(text),
        source=_line(fields.get("source")) or _host(url),
        authors=_authors(fields.get("authors")),
        published_at=_date(fields, "published_at", latest, notes),
        updated_at=_date(fields, "updated_at", latest, notes),
        category=_line(fields.get("category")) or None,
        language=_line(fields.get("language")) or None,
    )
    return Parsed(article, text, withdrawn, _content_hash(article, text), tuple(notes))


def _fields(given: Mapping[str, object]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in given.items():
        if value not in (None, [], {}) and not (isinstance(value, str) and not value.strip()):
            values.setdefault(_NO_LETTERS.sub("", name.casefold()), value)
    return {
        field: next(values[name] for name in names if name in values)
        for field, names in _NAMES.items()
        if not values.keys().isdisjoint(names)
    }


def _written(value: object) -> str:
    """The text of a value: of a thing with a name its name, of a list its first."""
    match value:
        case str():
            return value
        case int() | float() if not isinstance(value, bool):
            return str(value)
        case {"name": named}:
            return _written(named)
        case [first, *_]:
            return _written(first)
    return ""


def _paragraphs(value: object) -> list[str] | None:
    """The parts of a text; None if any is no string, for to leave that out would make another text."""
    if isinstance(value, list):
        return value if all(isinstance(part, str) for part in value) else None
    return None if isinstance(value, dict) else [_written(value)]


def _line(value: object) -> str:
    return clean_line(_written(value))


def _identity(fields: Mapping[str, object]) -> tuple[str, str]:
    url = _written(fields.get("url")).strip()
    article_id = _written(fields.get("id")).strip() or url
    if not article_id:
        raise SourceError("it has neither url nor id")
    if _NO_TEXT.search(article_id + url):
        raise SourceError("its url or id holds characters that are no text")
    return article_id, url


def _title_from(text: str) -> str:
    line = text.partition("\n")[0]
    if len(line) <= _LONGEST_TITLE:
        return line
    start, end = sentence_spans(line[: 10 * _LONGEST_TITLE])[0]
    if end - start <= _LONGEST_TITLE:
        return line[start:end]
    cut = line[start : start + _LONGEST_TITLE]
    return (cut.rpartition(" ")[0] or cut[:-1]) + "…"


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:  # as for http://[
        return None
    return host.removeprefix("www.") if host else None


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        names: Iterable[str] = map(_line, value)
    else:
        names = _names_in(_line(value))
    stripped = (_BY.sub("", name, count=1).strip() if _BY.match(name) else name for name in names)
    return tuple(dict.fromkeys(name for name in stripped if name))


def _names_in(byline: str) -> Sequence[str]:
    """The names of a byline. Where there are semicolons, a comma is inside a name: Doe, Jane; Roe, Richard."""
    return (_BETWEEN_INVERTED if ";" in byline else _BETWEEN_NAMES).split(byline)


def _date(fields: Mapping[str, object], field: str, latest: datetime, notes: list[str]) -> datetime | None:
    written = _written(fields.get(field))
    if not written.strip():
        return None
    named = f"{field} {written[:40]!r}"
    try:
        moment, whole = _moment(written)
    except ValueError:
        problem = "is no date that can be read"
    else:
        if moment.year >= _EARLIEST_YEAR and moment <= latest:
            if not whole:
                notes.append(f"{named} has a time or zone that cannot be read; the time is left out")
            return moment
        problem = "lies in the future" if moment.year >= _EARLIEST_YEAR else "is before the first newspapers"
    notes.append(f"{named} {problem}; left unknown")
    return None


def _moment(written: str) -> tuple[datetime, bool]:
    """The moment that is written, and whether that is all of it or only the day. Raises ValueError."""
    try:
        return read_date(written), True
    except ValueError:
        return read_day(written), False


def _content_hash(article: Article, text: str) -> str:
    dates = (moment and moment.isoformat() for moment in (article.published_at, article.updated_at))
    seen = (
        article.url, article.title, article.source, article.authors, *dates, article.category, article.language, text
    )  # fmt: skip
    return sha256(json.dumps(seen, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
