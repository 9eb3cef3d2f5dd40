"""From a raw item to an article: which field is which, what its values mean, and what is missing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from ingest.authors import author_names
from ingest.clean import clean_line, clean_text
from ingest.sources.inputs import is_address
from ingest.sources.items import RawItem, Stated
from ingest.stated import AHEAD, ASSUMED, first, judged
from rag.errors import SourceError
from rag.identity import content_hash, text_hash, url_key
from rag.language.furniture import furniture_spans, stub_reason, without_furniture
from rag.language.sentences import sentence_spans
from rag.model import Article, Bounds, StatedDate
from rag.records import Statement

# Names are compared by their letters and digits alone, ignoring case: published_at, publishedAt, Published-At. Where an
# item has several, the first of these counts.
_NAMES = {
    "id": ("id",),
    "url": ("url", "link"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article"),
    "source": ("source", "publisher", "site"),
    "authors": ("authors", "author", "byline"),
    "published": ("publishedat", "published", "datepublished", "publishdate", "pubdate", "date"),
    "updated": ("updatedat", "updated", "datemodified"),
    "embargoed": ("embargoed", "embargo", "embargoeduntil"),
    "category": ("category",),
    "language": ("language",),
    "status": ("status", "pubstatus"),
    "revision": ("revision", "version"),
    "note": ("note", "correction", "editorsnote"),
    "access": ("access",),
    "kind": ("kind",),
}
_DATES = ("published", "updated", "embargoed")
_WITHDRAWN = frozenset("withdrawn canceled cancelled killed retracted deleted".split())
_WITHHELD = frozenset("withheld held".split())
_LONGEST_TITLE = 120
_LONGEST_NOTE = 1000

_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_REVISION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its cleaned text, and what the item says of this version of it.

    `keys` are what the article is known by (rag.identity). `withdrawn` says why its publisher has taken it back
    ("withdrawn", "withheld"), or is empty; then the text may be empty. `dates` are all that are stated, `fetched_at`
    one of them. `notes` tell what of the item could not be used, for the report. `item_hash` is the item's digest, or
    empty where the same item may mean something else on another day.
    """

    article: Article
    text: str
    keys: tuple[str, ...]
    withdrawn: str = ""
    furniture: tuple[Bounds, ...] = ()
    dates: tuple[StatedDate, ...] = ()
    fetched_at: datetime | None = None
    revision: int | None = None
    embargoed_until: datetime | None = None
    note: str | None = None
    notes: tuple[str, ...] = ()
    item_hash: str = ""

    @property
    def content_hash(self) -> str:
        """Changes with what makes a version of its own."""
        return content_hash(self.article, self._reporting)

    @property
    def statement(self) -> Statement:
        """What a version is stored for."""
        return self.content_hash, self.revision, self.article.updated_at, self.embargoed_until

    @property
    def text_hash(self) -> str:
        """Changes with the title and the text."""
        return text_hash(self.article.title, self._reporting)

    @property
    def notice_hash(self) -> str:
        """Tells one notice of withdrawal from another."""
        updated = self.article.updated_at and self.article.updated_at.isoformat()
        said = f"{self.withdrawn} {self.revision} {updated} {self.note} {self.content_hash}"
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def _reporting(self) -> str:
        return without_furniture(self.text, self.furniture)


def parse(item: RawItem, now: datetime | None = None) -> Parsed:
    """The article that an item states.

    - The id is the one given, or else the url.
    - Without a title, the first line of the text is the title; if that is long, its first sentence, cut if need be.
      Without a text, the title is the text, of a stub.
    - Without a source, the host of an http url is the source, without "www.".
    - The text may be a list of strings: its paragraphs.
    - Authors may be a list, or a text with commas, semicolons or "and" between the names.
    - Of several dates of a kind, the first that can be used counts. One that cannot be read, is older than newspapers
      or lies ahead of `now` (the present time by default) is kept with its doubt, and noted.
    - Under an embargo that cannot be read, the article is withheld: better late than too early.

    Raises SourceError if there is neither url nor id, or in an article that is not withdrawn neither text nor title, or
    a text of another shape than a string or a list of strings.
    """
    fields = _fields(item.fields)
    article_id, url, keys = _identity(fields, item.aliases)
    dates = judged((*item.dates, *_stated(fields, item.fields)), now or datetime.now(UTC))
    withdrawn = _withdrawn(fields, dates)
    title, text = _title_and_text(fields, withdrawn)
    furniture = furniture_spans(text)
    article = Article(
        id=article_id,
        url=url,
        title=title,
        source=_line(fields.get("source")) or host_of(url),
        authors=_authors(fields.get("authors")),
        published_at=first(dates, "published"),
        updated_at=first(dates, "updated"),
        category=_line(fields.get("category")) or None,
        language=_line(fields.get("language")) or None,
        stub=stub_reason(text, title=title, access=_line(fields.get("access")), kind=_line(fields.get("kind"))),
    )
    revision = _written(fields.get("revision")).strip()
    return Parsed(
        article,
        text,
        keys,
        withdrawn,
        furniture,
        dates,
        fetched_at=first(dates, "fetched"),
        revision=int(revision) if _REVISION.fullmatch(revision) else None,
        embargoed_until=first(dates, "embargoed"),
        note=_line(fields.get("note"))[:_LONGEST_NOTE] or None,
        item_hash="" if any(date.doubt == AHEAD for date in dates) else item.digest,
        notes=(
            *([item.remark] if item.remark else []),
            *(_doubt(date) for date in dates if date.doubt not in ("", ASSUMED)),
        ),
    )


def _title_and_text(fields: Mapping[str, object], withdrawn: str) -> tuple[str, str]:
    title = _line(fields.get("title"))
    paragraphs = _paragraphs(fields.get("text"))
    if paragraphs is None and not withdrawn:
        raise SourceError("its text is neither a string nor a list of strings")
    text = clean_text("\n\n".join(paragraphs or ())) or title
    if not text and not withdrawn:
        raise SourceError("it has no text")
    return title or _title_from(text), text


def _withdrawn(fields: Mapping[str, object], dates: Sequence[StatedDate]) -> str:
    status = _written(fields.get("status")).strip().casefold().removeprefix("stat:")
    if status in _WITHDRAWN:
        return "withdrawn"
    under_embargo = any(date.kind == "embargoed" for date in dates)
    unreadable = under_embargo and first(dates, "embargoed") is None
    return "withheld" if status in _WITHHELD or unreadable else ""


def _stated(fields: Mapping[str, object], given: Mapping[str, object]) -> list[Stated]:
    """The dates of a record's own fields."""
    return [
        Stated(kind, written, f"field {_name_of(fields[kind], given)}")
        for kind in _DATES
        if (written := _written(fields.get(kind)))
    ]


def _name_of(value: object, given: Mapping[str, object]) -> str:
    return next(name for name, other in given.items() if other is value)


def _doubt(date: StatedDate) -> str:
    left_unknown = "" if date.moment else "; left unknown"
    return f"{date.kind} {date.written[:40]!r} ({date.origin}) {date.doubt}{left_unknown}"


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


def _identity(fields: Mapping[str, object], aliases: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    """The id, the url, and the keys of both. An id that is an address is one, unless there is another."""
    url = _written(fields.get("url")).strip()
    given = _written(fields.get("id")).strip()
    if not given and not url:
        raise SourceError("it has neither url nor id")
    if _NO_TEXT.search(given + url):
        raise SourceError("its url or id holds characters that are no text")
    addresses = [url] if url else [given] if is_address(given) else []
    has_own_id = given and given not in addresses
    keys = [*([f"id:{given}"] if has_own_id else []), *(f"url:{url_key(each)}" for each in addresses)]
    keys += (f"url:{url_key(each)}" if is_address(each) else f"alias:{each}" for each in aliases)
    keys += [f"alias:{given}"] if has_own_id else []
    return given or url, url, tuple(dict.fromkeys(keys))


def _title_from(text: str) -> str:
    line = text.partition("\n")[0]
    if len(line) <= _LONGEST_TITLE:
        return line
    start, end = sentence_spans(line[: 10 * _LONGEST_TITLE])[0]
    if end - start <= _LONGEST_TITLE:
        return line[start:end]
    cut = line[start : start + _LONGEST_TITLE]
    return (cut.rpartition(" ")[0] or cut[:-1]) + "…"


def host_of(url: str) -> str | None:
    """The host of a web address, without "www.": the source of an article that names none."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:  # as for http://[
        return None
    return host.removeprefix("www.") if host else None


def _authors(value: object) -> tuple[str, ...]:
    return author_names([_written(each) for each in value] if isinstance(value, list) else _written(value))
