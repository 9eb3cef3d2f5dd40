"""The items of a JSON Feed (jsonfeed.org), which the JSON readers find one by one."""

from collections.abc import Mapping

from ingest.sources.formats.markup_text import html_text
from ingest.sources.items import RawItem

_TEXTS = ("content_html", "content_text", "summary")
_WEB = ("http://", "https://")


def json_feed_item(file: str, record: str, given: Mapping[str, object]) -> RawItem | None:
    """The article of a JSON record; None if that is no item of a JSON Feed.

    As in other feeds, an article that has an address is known by it, and not by its id.
    """
    written = {name: value for name in _TEXTS if isinstance(value := given.get(name), str) and value.strip()}
    if written.keys().isdisjoint(_TEXTS[:2]) and not (written and "date_published" in given):
        return None
    name, value = next(iter(written.items()))
    fields = {key: value for key, value in given.items() if key not in _TEXTS}
    fields["text"] = html_text(value) if name == "content_html" else value
    if name == "summary":
        fields["kind"] = "summary only"
    if isinstance(url := fields.get("url"), str) and url.startswith(_WEB):
        fields.pop("id", None)
    if isinstance(tags := fields.get("tags"), list) and tags:
        fields.setdefault("category", tags[0])
    return RawItem(file, fields, record)
