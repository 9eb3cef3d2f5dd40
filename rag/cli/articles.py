"""`byline articles`, `show`, `delete` and `status`: what the corpus holds, and taking things out of it."""

import sys

import click

from rag.cli.documents import listing_document, status_document, version_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.options import listing_options, read_text
from rag.cli.wording import counted, day, line
from rag.errors import UsageError
from rag.model import Article, Filters


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
    short_help="Show an article.",
    epilog=examples("byline show https://example.org/oil", "byline show https://example.org/oil --version 1 --json"),
)
@click.argument("reference", type=read_text, metavar="ID")
@click.option("--version", type=click.IntRange(1), metavar="N", help="Which version.  [default: the current one]")
@common_options
def show(invocation: Invocation, reference: str, version: int | None) -> None:
    """Show the article with this ID or url: what is known of it, its versions and its text."""
    with invocation.open_corpus() as corpus:
        shown = corpus.article(reference, version)
        versions = corpus.versions(reference)
    if invocation.as_json:
        write_json(version_document(shown, versions))
        return
    from rag.cli.library_page import show_version
    from rag.cli.page import Page

    show_version(Page(), shown, versions)


@click.command(
    short_help="Delete articles.",
    epilog=examples(
        "byline delete https://example.org/oil", "byline delete https://example.org/oil notes/a.txt --yes --json"
    ),
)
@click.argument("references", nargs=-1, required=True, type=read_text, metavar="ID...")
@click.option("--yes", is_flag=True, help="Do not ask first.  [default: ask]")
@common_options
def delete(invocation: Invocation, references: tuple[str, ...], yes: bool) -> None:
    """Delete the articles with these IDs or urls, with all their versions. There is no way back.

    If one of them is unknown, nothing is deleted. With --json it writes {"deleted": N, "epoch": N}.
    """
    with invocation.open_corpus() as corpus:
        doomed = {each.id: each for each in (corpus.article(reference).article for reference in references)}
        if not yes:
            _confirm(list(doomed.values()))
        deleted = invocation.backend.delete(list(doomed), invocation.corpus)
        epoch = corpus.status().epoch
    if invocation.as_json:
        write_json({"deleted": deleted, "epoch": epoch})
    elif not invocation.quiet:
        click.echo(f"Deleted {counted(deleted, 'article')}.")


def _confirm(doomed: list[Article]) -> None:
    """Name the articles and ask. Exits with 1 when the answer is no; raises UsageError when no one can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask on. Give --yes to delete without being asked.")
    for article in doomed:
        click.echo(
            f"  {line(article.title)} ({line(article.source or 'no outlet')}, {day(article.published_at)})", err=True
        )
    if not click.confirm(f"Delete {counted(len(doomed), 'article')} with all versions?", err=True):
        click.echo("Nothing was deleted.", err=True)
        raise click.exceptions.Exit(1)


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
