"""An article and its versions, as a person reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.table import Table
from rich.text import Text

from rag.cli.page import Page
from rag.cli.wording import day, line, moment, safe
from rag.model import Article, Bounds, StatedDate, Version
from rag.records import BY_HAND, Withdrawal


@dataclass(frozen=True, slots=True)
class History:
    """All versions of an article. `last` is the number of the one that is current, or was when it was withdrawn;
    `copies` are the articles of the same text, `same_story` other reports of the same event."""

    versions: Sequence[Version]
    last: int
    withdrawal: Withdrawal | None
    now: datetime
    copies: Sequence[Article] = ()
    same_story: Sequence[Article] = ()

    def state(self, version: Version) -> str:
        """What a version is to search."""
        if version.current:
            return "current"
        if version.embargoed_until and version.embargoed_until > self.now:
            return "under embargo"
        return "withdrawn" if self.withdrawal and version.number == self.last else "superseded"


def show_version(page: Page, version: Version, history: History) -> None:
    """What is known of an article, its versions, and the text of one of them."""
    article, versions = version.article, history.versions
    _show_head(page, version, history)
    page.facts(
        {
            "Outlet": article.source,
            "Authors": ", ".join(article.authors),
            "Published": moment(article.published_at) if article.published_at else None,
            "Updated": moment(article.updated_at) if article.updated_at else None,
            "Category": article.category,
            "Language": article.language,
            "Url": article.url,
            "Id": article.id if article.id != article.url else None,
            "Version": _version(version, history),
            "Note": version.note,
        }
    )
    if len(versions) > 1:
        page.heading("Versions")
        for each in versions:
            updated = f", updated {day(each.article.updated_at)}" if each.article.updated_at else ""
            told = f"fetched {day(each.fetched_at)}{updated}, {history.state(each)}"
            page.paragraph(told, lead=f"{each.number:>3}  ")
    _show_reports(page, "Copies", history.copies)
    _show_reports(page, "Other reports", history.same_story)
    page.paragraph()
    _show_text(page, version.text, version.furniture)


def _show_reports(page: Page, heading: str, reports: Sequence[Article]) -> None:
    if reports:
        page.heading(heading)
    for report in reports:
        told = " · ".join([*([report.source] if report.source else []), day(report.published_at), report.id])
        page.paragraph(line(told), lead="  ")


def show_versions(page: Page, version: Version, history: History) -> None:
    """All versions of an article in a table, and where the dates of one of them come from."""
    _show_head(page, version, history)
    page.facts({"Outlet": version.article.source, "Url": version.article.url})
    page.heading("Versions")
    _show_table(page, history)
    page.heading(f"Dates of version {version.number}")
    for date in version.dates:
        page.paragraph(_stated(date), lead="  ")
    if not version.dates:
        page.paragraph("It states none.", lead="  ")


def _show_head(page: Page, version: Version, history: History) -> None:
    page.paragraph(line(version.article.title), style="bold")
    if version.article.stub:
        page.paragraph(f"Stub: {line(version.article.stub)}", style="yellow")
    if history.withdrawal:
        page.paragraph(_withdrawn(history.withdrawal), style="red")


def _withdrawn(withdrawal: Withdrawal) -> str:
    by = {"withdrawn": "by its publisher", "withheld": "withheld by its publisher", BY_HAND: "by hand"}
    since = f", since {moment(withdrawal.stated_at)}" if withdrawal.stated_at else ""
    return f"Withdrawn: {by.get(withdrawal.why, line(withdrawal.why))}{since}"


def _version(version: Version, history: History) -> str:
    embargo = version.embargoed_until
    until = f" until {moment(embargo)}" if embargo and history.state(version) == "under embargo" else ""
    fetched = day(version.fetched_at)
    return f"{version.number} of {len(history.versions)}, fetched {fetched}, {history.state(version)}{until}"


def _show_table(page: Page, history: History) -> None:
    """A row for each version; columns in which nothing stands are left out. With tabs where no one is watching."""
    columns = {
        "No.": [str(each.number) for each in history.versions],
        "State": [history.state(each) for each in history.versions],
        "Published": [_minute(each.article.published_at) for each in history.versions],
        "Updated": [_minute(each.article.updated_at) for each in history.versions],
        "Fetched": [_minute(each.fetched_at) for each in history.versions],
        "Embargo": [_minute(each.embargoed_until) for each in history.versions],
        "Revision": ["" if each.revision is None else str(each.revision) for each in history.versions],
        "Note": [line(each.note or "") for each in history.versions],
    }
    if not page.on_terminal:
        for row in (columns, *zip(*columns.values(), strict=True)):
            page.paragraph("\t".join(row))
        return
    filled = {name: values for name, values in columns.items() if any(values)}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in filled:
        table.add_column(name, overflow="fold")
    for row in zip(*filled.values(), strict=True):
        table.add_row(*map(Text, row))
    page.console.print(table)


def _stated(date: StatedDate) -> Text:
    """A date as it was stated, what it was taken for, and what is doubtful about it."""
    taken = moment(date.moment) if date.moment else "unknown"
    text = Text(f"{date.kind.capitalize()} {taken} ({line(date.origin)})")
    if date.doubt:
        text.append(f" Doubtful: “{line(date.written)}” {line(date.doubt)}", style="yellow")
    return text


def _show_text(page: Page, text: str, furniture: Sequence[Bounds]) -> None:
    start = 0
    for paragraph in safe(text).split("\n"):
        shown = Text(paragraph)
        for first, last in furniture:
            if first < start + len(paragraph) and last > start:
                shown.stylize("dim", max(0, first - start), last - start)
        page.paragraph(shown)
        start += len(paragraph) + 1


def _minute(time: datetime | None) -> str:
    return "" if time is None else time.isoformat(" ", "minutes")
