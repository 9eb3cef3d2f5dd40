"""ninjs, in which agencies send news as JSON: versions 1, 2 and 3 of the standard, which differ in their names."""

from collections.abc import Iterator, Mapping

from ingest.sources.formats import iptc
from ingest.sources.formats.markup_text import html_text, plain_line, plain_text
from ingest.sources.items import RawItem, Reject

# What no other JSON with a uri is likely to have, as version 3 writes it in lower case; and what is sure with a type.
_TELLING = frozenset("versioncreated firstcreated pubstatus representationtype".split())
_WITH_TYPE = frozenset("bodies headlines body_text body_html body_xhtml".split())
_TEXTS = ("", "text", "composite")
_DATES = (
    "firstPublished", "firstCreated", "contentCreated", "versionCreated", "contentModified", "embargoed"
)  # fmt: skip
_PARTIAL = ("partial", "incomplete")
_WEB = ("http://", "https://")

_Fields = Mapping[str, object]


def ninjs_item(file: str, record: str, given: _Fields) -> RawItem | Reject | None:
    """The news item of a JSON record; None if that is no ninjs. Pictures and others associated with it are left out."""
    fields = {name.casefold(): value for name, value in given.items()}
    uri = _text(fields, "uri", "guid")
    kind = iptc.code(_text(fields, "type"))
    if not uri or (_TELLING.isdisjoint(fields) and not (kind in _TEXTS[1:] and fields.keys() & _WITH_TYPE)):
        return None
    if kind not in _TEXTS:
        return Reject(file, f"it is no text but of the kind {kind!r}", record)
    version = _text(fields, "version")
    fields.setdefault("embargoed", fields.get("embargoeduntil"))
    written = {name: _text(fields, name.lower()) for name in _DATES}
    mapped = _mapped(fields, uri, version)
    return RawItem(file, mapped, record, tuple(iptc.dates(written, version, "ninjs")))


def _mapped(fields: _Fields, uri: str, version: str) -> dict[str, object]:
    text, is_whole = _body(fields)
    mapped = {
        "id": uri,
        "url": uri if uri.startswith(_WEB) else "",
        "version": version,
        "status": iptc.code(_text(fields, "pubstatus")),
        "note": iptc.note(_signals(fields), [_text(fields, "ednote")], version),
        "title": _headline(fields),
        "text": text,
        "kind": "" if is_whole and _text(fields, "representationtype") not in _PARTIAL else "summary only",
        "source": _text(fields, "copyrightholder", "provider", "source"),
        "authors": _text(fields, "byline", "by")
        or [name for each in _list(fields, "authors") if (name := _name(each))],
        "category": next((name for each in _topics(fields) if (name := _name(each))), ""),
        "language": _text(fields, "language"),
    }
    return {name: value for name, value in mapped.items() if value}


def _body(fields: _Fields) -> tuple[str, bool]:
    """The text, and whether it is the article's: without one, its description is a summary.

    HTML goes first, for it tells paragraphs apart; then text. Other forms are a provider's own.
    """
    for prefix, plural, is_whole in (("body_", "bodies", True), ("description_", "descriptions", False)):
        forms = [*_named_forms(fields, prefix), *_listed_forms(fields, plural)]
        for is_html in (True, False):
            for kind, value in forms:
                if ("html" in kind) is is_html and (text := html_text(value) if is_html else plain_text(value)):
                    return text, is_whole
    return "", True


def _named_forms(fields: _Fields, prefix: str) -> Iterator[tuple[str, str]]:
    """Version 1: body_html, body_text."""
    for name in sorted(fields):
        kind = name.removeprefix(prefix)
        if kind != name and ("html" in kind or kind == "text"):
            yield kind, _text(fields, name)


def _listed_forms(fields: _Fields, name: str) -> Iterator[tuple[str, str]]:
    """Versions 2 and 3: bodies, each with its media type; what has none is told by its role."""
    for form in _list(fields, name):
        if isinstance(form, dict):
            form = {key.casefold(): value for key, value in form.items()}
            kind = _text(form, "contenttype") or _text(form, "role")
            if "html" in kind or kind in ("", "text/plain", "main", "text", "plain", "summary"):
                yield kind, _text(form, "value")


def _headline(fields: _Fields) -> str:
    listed = [headline for headline in _list(fields, "headlines") if isinstance(headline, dict)]
    listed.sort(key=lambda headline: iptc.code(_text(headline, "role")) not in ("main", ""))
    headlines = (_text(fields, "headline"), *(_text(headline, "value") for headline in listed), _text(fields, "title"))
    return next((line for headline in headlines if (line := plain_line(headline))), "")


def _signals(fields: _Fields) -> list[str]:
    """Not of the standard, but some agencies have them, as NewsML-G2 has."""
    return [
        iptc.code(_text(each, "qcode", "uri", "code", "name") if isinstance(each, dict) else str(each))
        for each in (*_list(fields, "signals"), *_list(fields, "signal"))
    ]


def _topics(fields: _Fields) -> list[object]:
    return [each for name in ("subject", "subjects", "genre", "genres") for each in _list(fields, name)]


def _name(value: object) -> str:
    return _text(value, "name") if isinstance(value, dict) else value if isinstance(value, str) else ""


def _list(fields: _Fields, name: str) -> list[object]:
    value = fields.get(name)
    return value if isinstance(value, list) else []


def _text(fields: _Fields, *names: str) -> str:
    """The first of these that is a text, or a number, and not blank."""
    values = (fields.get(name) for name in names)
    texts = (str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return next((text for text in map(str.strip, texts) if text), "")
