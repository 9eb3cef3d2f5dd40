"""A list of articles, and what a corpus holds, as a person reads it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from rag.cli.page import Page
from rag.cli.wording import counted, day, line, size
from rag.model import Article

if TYPE_CHECKING:
    from rag.cli.documents import Document


def show_articles(page: Page, articles: Sequence[Article]) -> None:
    """A table; where no one is watching, four values a line with tabs between them: date, outlet, title, id."""
    rows = [tuple(map(line, (day(a.published_at), a.source or "", a.title, _stub(a), a.id))) for a in articles]
    if not page.on_terminal:
        for published, outlet, title, stub, identity in rows:
            page.paragraph("\t".join((published, outlet, title + stub, identity)))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", width=page.console.width)
    table.add_column("Date", no_wrap=True)
    table.add_column("Outlet", max_width=min(20, page.console.width // 4), overflow="ellipsis", no_wrap=True)
    table.add_column("Title and id", ratio=1, overflow="fold")
    for published, outlet, title, stub, identity in rows:
        about = Text.assemble(title, (stub, "dim"), "\n", (identity, "dim"))
        table.add_row(Text(published), Text(outlet, style="cyan"), about)
    page.console.print(table)


def _stub(article: Article) -> str:
    return f" (stub: {article.stub})" if article.stub else ""


def show_status(page: Page, status: "Document") -> None:
    """What the corpus holds, from the document that `status --json` writes."""
    embedder = status["embedder"]
    first, last = status["first_published"], status["last_published"]
    page.facts(
        {
            "Corpus": status["corpus"],
            "Articles": f"{status['articles']:,}",
            "Versions": f"{status['versions']:,}",
            "Passages": f"{status['passages']:,}",
            "Withdrawn": f"{status['withdrawn']:,}" if status["withdrawn"] else None,
            "Embargoed": f"{status['embargoed']:,}" if status["embargoed"] else None,
            "Copies": f"{counted(status['copy_groups'], 'text')} in several articles"
            if status["copy_groups"]
            else None,
            "Same story": f"{counted(status['articles_of_stories'], 'article')} with another report of the event"
            if status["articles_of_stories"]
            else None,
            "Published": f"{first[:10]} to {last[:10]}" if first and last else None,
            "Outlets": _facets(status["sources"]),
            "Categories": _facets(status["categories"]),
            "Embedder": embedder and _embedder(embedder),
            "Epoch": str(status["epoch"]),
            "Size": size(status["bytes"]),
        },
    )


def _embedder(embedder: "Document") -> str:
    """Its name, its dimensions, and what passages were embedded with, most first."""
    arithmetic = sorted(embedder["arithmetic"], key=embedder["arithmetic"].get, reverse=True)
    return ", ".join([embedder["name"], f"{embedder['dimension']} dimensions", *arithmetic])


def _facets(facets: "Sequence[Document]", shown: int = 5) -> str:
    named = ", ".join(f"{facet['value']} ({facet['articles']:,})" for facet in facets[:shown])
    return f"{named} and {len(facets) - shown:,} more" if len(facets) > shown else named
