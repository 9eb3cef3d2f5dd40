"""An article as markup, with the cited words lit."""

from collections.abc import Sequence
from datetime import datetime

from rag.model import StatedDate, Story, Version
from rag.records import BY_HAND, Withdrawal
from rag.ui.markup import Element, element, hidden
from rag.ui.places import Place
from rag.ui.reports import story_view
from rag.ui.segments import Segment, paragraphs
from rag.ui.wording import count, moment, outlet_and_day

# A text that takes a caret has one for the keyboard too; markup.js keeps it from being changed.
_SELECTABLE = {
    "contenteditable": "true",
    "inputmode": "none",
    "spellcheck": "false",
    "role": "textbox",
    "aria_multiline": "true",
    "aria_readonly": "true",
    "aria_label": "Text of the article. Select the words that are evidence.",
}


def reader_view(
    version: Version,
    versions: Sequence[Version],
    place: Place,
    withdrawal: Withdrawal | None,
    story: Story,
    now: datetime,
    *,
    selecting: bool = False,
) -> Element:
    """A version of an article: who and when, the title, its story, the text. The first lit words take the focus.

    When `selecting`, its words are there to be selected, with the keyboard too.
    """
    article = version.article
    return element(
        "article",
        element("p", outlet_and_day(article), kind="quiet"),
        element("h3", article.title),
        element("p", _particulars(version), kind="quiet"),
        _source(article.url),
        _dates(version.dates),
        _versions(version, versions),
        story_view(story, article.id),
        *(element("p", words, kind="notice") for words in _notices(version, versions, withdrawal, now)),
        _text(version, place, selecting=selecting),
        _legend(version),
        kind="reader",
        lang=article.language,
    )


def _particulars(version: Version) -> str:
    article = version.article
    parts = [f"By {', '.join(article.authors)}"] if article.authors else []
    parts += [article.category] if article.category else []
    parts += [f"published {moment(article.published_at)}"] if article.published_at else []
    parts += [f"updated {moment(article.updated_at)}"] if article.updated_at else []
    parts += [f"fetched {moment(version.fetched_at)}"]
    parts += [] if version.revision is None else [f"the publisher’s revision {version.revision}"]
    line = " · ".join(parts)
    return line[0].upper() + line[1:]


def _source(url: str) -> Element | None:
    """A link to the original, for addresses that a browser may be sent to."""
    if not url.startswith(("http://", "https://")):
        return element("p", url, kind="quiet") if url else None
    link = element("a", url, href=url, target="_blank", rel="noopener noreferrer")
    return element("p", link, kind="quiet")


def _dates(dates: Sequence[StatedDate]) -> Element | None:
    """Every date that was stated, with where it stood, and what is doubtful about it."""
    if not dates:
        return None
    doubts = sum(bool(date.doubt) for date in dates)
    flag = element("span", f" · {count(doubts, 'doubt')}", kind="doubt") if doubts else None
    return element(
        "details",
        element("summary", "Where these dates come from", flag),
        element("ul", *(element("li", *_date(date)) for date in dates)),
        kind="dates",
    )


def _date(date: StatedDate) -> list[Element | str]:
    read = moment(date.moment) if date.moment else "not used"
    told: list[Element | str] = [f"{date.kind.capitalize()}: {read}, from {date.origin} (“{date.written}”)"]
    return [*told, ". ", element("span", f"Doubtful: it {date.doubt}.", kind="doubt")] if date.doubt else told


def _versions(version: Version, versions: Sequence[Version]) -> Element | None:
    """Which version this is, with links to the others and to what differs, when there are several."""
    if len(versions) < 2:
        return None
    return element("div", *(_version(version, other) for other in versions), kind="versions")


def _version(shown: Version, other: Version) -> Element:
    if other.number == shown.number:
        return element("span", f"Version {other.number}, shown here", aria_current="true")
    article = shown.article.id
    compared = Place(article, shown.number, against=other.number)
    return element(
        "span",
        element("a", f"Version {other.number}", href=Place(article, other.number).link),
        element("a", f"Compare with version {other.number}", href=compared.link),
    )


def _notices(version: Version, versions: Sequence[Version], withdrawal: Withdrawal | None, now: datetime) -> list[str]:
    """What one has to know before one relies on this text."""
    notices = [_standing(version, versions, withdrawal, now), _note(version.note)]
    if version.article.stub:
        notices.append(f"Only a stub: {version.article.stub}. It is never the only ground of an answer.")
    return [words for words in notices if words]


def _note(note: str | None) -> str | None:
    """What the publisher says of this version."""
    if note is None:
        return None
    kind, colon, correction = note.partition(":")
    if colon and kind.strip().casefold() == "correction":
        return f"Corrected: {correction.strip()}"
    return f"The publisher notes: {note}"


def _standing(
    version: Version, versions: Sequence[Version], withdrawal: Withdrawal | None, now: datetime
) -> str | None:
    """Why search does not see this version."""
    if version.current:
        return None
    if withdrawal is not None:
        return _withdrawn(withdrawal)
    if version.embargoed_until is not None and version.embargoed_until > now:
        return f"Under embargo until {moment(version.embargoed_until)}: until then no search finds this version."
    superseded = any(other.current for other in versions)
    return "A newer version has taken this one's place." if superseded else "No search finds this version."


def _withdrawn(withdrawal: Withdrawal) -> str:
    when = f" on {moment(withdrawal.stated_at)}" if withdrawal.stated_at else ""
    if withdrawal.why == BY_HAND:
        return f"This article was withdrawn by hand{when}: no search finds it until it is put back."
    return f"This article was {withdrawal.why} by its publisher{when}: no search finds it."


def _text(version: Version, place: Place, *, selecting: bool) -> Element:
    unfocused = True
    blocks = []
    for start, cuts in paragraphs(version.text, place.start, place.end, version.furniture):
        segments = (_segment(segment, focus=unfocused) for segment in cuts)
        blocks.append(element("p", *segments, data_start=str(start) if selecting else None))
        unfocused = unfocused and not any(segment.lit for segment in cuts)
    return element("div", *blocks, kind="text", **(_SELECTABLE if selecting else {}))


def _segment(segment: Segment, *, focus: bool) -> Element | str:
    if segment.lit:
        return element("mark", segment.text, tabindex="-1", data_focus="true" if focus else None)
    if segment.furniture and segment.text.strip():
        return element("span", hidden("Not reporting: "), segment.text, kind="furniture")
    return segment.text


def _legend(version: Version) -> Element | None:
    """What the dimmed words are."""
    if not version.furniture:
        return None
    return element("p", "Words in small grey type are no reporting, and ground no answer.", kind="quiet legend")
