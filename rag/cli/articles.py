"""`byline articles` and `status`: what the corpus holds."""

import click

from rag.cli.documents import listing_document, status_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.options import listing_options
from rag.cli.wording import counted
from rag.model import Filters
from rag.request import read_text


@click.command(
    short_help="List articles.",
    epilog=examples(
        "byline articles --source Reuters --from 2024-03-01",
        'byline articles --matching "oil price" --limit 20 --json',
    ),
)
@listing_options
@click.option("--matching", type=read_text, default="", metavar="TEXT", help="Only titles with all these words.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="Articles to list.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="How many to skip.")
@common_options
def articles(invocation: Invocation, filters: Filters, matching: str, limit: int, offset: int) -> None:
    """List articles, newest first.

    On a terminal this is a table, else a line each: date, outlet, title and id, with tabs between them.
    """
    with invocation.open_corpus() as corpus:
        found = corpus.articles(filters=filters, matching=matching, offset=offset, limit=limit)
        total = corpus.count_articles(filters=filters, matching=matching)
    if invocation.as_json:
        write_json(listing_document(found, total=total, offset=offset, limit=limit))
        return
    from rag.cli.library_page import show_articles
    from rag.cli.page import Page

    show_articles(Page(), found)
    if not found:
        invocation.note(f"There are only {counted(total, 'article')}." if total else "No article was found.")
    elif len(found) < total:
        invocation.note(f"{offset + 1:,} to {offset + len(found):,} of {total:,}; --offset and --limit show others.")


@click.command(
    short_help="Show what the corpus holds.",
    epilog=examples("byline status", "byline status --corpus data/news --json"),
)
@common_options
def status(invocation: Invocation) -> None:
    """Show what the corpus holds, which embedder made it, its epoch and its size on disk.

    The epoch is a number that rises with every change of the corpus.
    """
    with invocation.open_corpus() as corpus:
        document = status_document(
            corpus.status(),
            corpus=str(corpus.folder),
            size=corpus.size_on_disk(),
            sources=corpus.facets("source"),
            categories=corpus.facets("category"),
        )
    if invocation.as_json:
        write_json(document)
        return
    from rag.cli.library_page import show_status
    from rag.cli.page import Page

    show_status(Page(), document)
