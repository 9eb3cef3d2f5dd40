"""Articles, and what a corpus holds, as a person reads it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from rag.cli.page import Page
from rag.cli.wording import day, line, safe, size
from rag.model import Article, Version

if TYPE_CHECKING:
    from rag.cli.documents import Document


def show_articles(page: Page, articles: Sequence[Article]) -> None:
    """A table; where no one is watching, four values a line with tabs between them: date, outlet, title, id."""
    rows = [tuple(map(line, (day(a.published_at), a.source or "", a.title, a.id))) for a in articles]
    if not page.on_terminal:
        for row in rows:
            page.paragraph("\t".join(row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", width=page.console.width)
    table.add_column("Date", no_wrap=True)
    table.add_column("Outlet", max_width=min(20, page.console.width // 4), overflow="ellipsis", no_wrap=True)
    table.add_column("Title and id", ratio=1, overflow="fold")
    for published, outlet, title, identity in rows:
        table.add_row(Text(published), Text(outlet, style="cyan"), Text(f"{title}\n").append(identity, style="dim"))
    page.console.print(table)


def show_version(page: Page, version: Version, versions: Sequence[Version]) -> None:
    """What is known of an article, its versions, and the text of one of them."""
    article = version.article
    page.paragraph(line(article.title), style="bold")
    state = "current" if version.current else "not current"
    facts: dict[str, str | None] = {
        "Outlet": article.source,
        "Authors": ", ".join(article.authors),
        "Published": _moment(article.published_at),
        "Updated": _moment(article.updated_at),
        "Category": article.category,
        "Language": article.language,
        "Url": article.url,
        "Id": article.id if article.id != article.url else None,
        "Version": f"{version.number} of {len(versions)}, fetched {day(version.fetched_at)}, {state}",
    }
    _show_facts(page, facts)
    if len(versions) > 1:
        page.heading("Versions")
        for each in versions:
            updated = f", updated {day(each.article.updated_at)}" if each.article.updated_at else ""
            current = ", current" if each.current else ""
            page.paragraph(f"fetched {day(each.fetched_at)}{updated}{current}", lead=f"{each.number:>3}  ")
    page.paragraph()
    for paragraph in safe(version.text).split("\n"):
        page.paragraph(paragraph)


def show_status(page: Page, status: "Document") -> None:
    """What the corpus holds, from the document that `status --json` writes."""
    embedder = status["embedder"]
    first, last = status["first_published"], status["last_published"]
    _show_facts(
        page,
        {
            "Corpus": status["corpus"],
            "Articles": f"{status['articles']:,}",
            "Versions": f"{status['versions']:,}",
            "Passages": f"{status['passages']:,}",
            "Withdrawn": f"{status['withdrawn']:,}" if status["withdrawn"] else None,
            "Published": f"{first[:10]} to {last[:10]}" if first and last else None,
            "Outlets": _facets(status["sources"]),
            "Categories": _facets(status["categories"]),
            "Embedder": embedder and f"{embedder['name']}, {embedder['dimension']} dimensions",
            "Epoch": str(status["epoch"]),
            "Size": size(status["bytes"]),
        },
    )


def _show_facts(page: Page, facts: dict[str, str | None]) -> None:
    """Names and values in two columns, without those that are unknown."""
    for name, value in facts.items():
        if value:
            page.paragraph(line(value), lead=f"{name:<11}", wrap=name not in {"Url", "Id"})


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(" ", "minutes")


def _facets(facets: "Sequence[Document]", shown: int = 5) -> str:
    named = ", ".join(f"{facet['value']} ({facet['articles']:,})" for facet in facets[:shown])
    return f"{named} and {len(facets) - shown:,} more" if len(facets) > shown else named
