"""`byline delete` and `withdraw`: taking articles out of the corpus, or only out of search."""

import sys
from collections.abc import Iterable

import click

from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.wording import counted, day, line
from rag.errors import UsageError
from rag.model import Article
from rag.request import read_text

_references = click.argument("references", nargs=-1, required=True, type=read_text, metavar="ID...")
_yes = click.option("--yes", is_flag=True, help="Do not ask first.  [default: ask]")


@click.command(
    short_help="Delete articles.",
    epilog=examples(
        "byline delete https://example.org/oil", "byline delete https://example.org/oil notes/a.txt --yes --json"
    ),
)
@_references
@_yes
@common_options
def delete(invocation: Invocation, references: tuple[str, ...], yes: bool) -> None:
    """Delete the articles with these IDs or urls, with all their versions. There is no way back.

    If one of them is unknown, nothing is deleted. With --json it writes {"deleted": N, "epoch": N}.
    """
    with invocation.open_corpus() as corpus:
        chosen = [corpus.article(reference).article for reference in references]
        article_ids = _chosen(chosen, "Delete", " with all versions", "deleted", yes)
        deleted = invocation.backend.delete(article_ids, invocation.corpus)
        _tell(invocation, "deleted", deleted, corpus.epoch())


@click.command(
    short_help="Take articles out of search, or put them back.",
    epilog=examples(
        "byline withdraw https://example.org/oil", "byline withdraw https://example.org/oil notes/a.txt --undo --yes"
    ),
)
@_references
@_yes
@click.option("--undo", is_flag=True, help="Put withdrawn articles back, whoever withdrew them.")
@common_options
def withdraw(invocation: Invocation, references: tuple[str, ...], yes: bool, undo: bool) -> None:
    """Take the articles with these IDs or urls out of every search and answer. They can still be read with `show`.

    No ingest brings them back: only --undo does. If one of them is unknown, nothing is changed. With --json it writes
    {"withdrawn": N, "epoch": N}, or {"reinstated": N, "epoch": N}, where N counts those that were not so before.
    """
    with invocation.open_corpus() as corpus:
        chosen = [corpus.article(reference).article for reference in references]
        if undo:
            article_ids = _chosen(chosen, "Put back", "", "put back", yes)
            changed = invocation.backend.reinstate(article_ids, invocation.corpus)
        else:
            article_ids = _chosen(chosen, "Withdraw", "", "withdrawn", yes)
            changed = invocation.backend.withdraw(article_ids, invocation.corpus)
        _tell(invocation, "reinstated" if undo else "withdrawn", changed, corpus.epoch())


def _chosen(articles: Iterable[Article], verb: str, what: str, done: str, yes: bool) -> list[str]:
    """The ids of the articles, once each, after whoever runs this has agreed.

    Exits with 1 when the answer is no; raises UsageError when no one can be asked.
    """
    chosen = {each.id: each for each in articles}
    if yes:
        return [*chosen]
    if not sys.stdin.isatty():
        raise UsageError(f"There is no terminal to ask on. Give --yes to {verb.lower()} without being asked.")
    for article in chosen.values():
        outlet, published = line(article.source or "no outlet"), day(article.published_at)
        click.echo(f"  {line(article.title)} ({outlet}, {published})", err=True)
    if not click.confirm(f"{verb} {counted(len(chosen), 'article')}{what}?", err=True):
        click.echo(f"Nothing was {done}.", err=True)
        raise click.exceptions.Exit(1)
    return [*chosen]


def _tell(invocation: Invocation, done: str, number: int, epoch: int) -> None:
    if invocation.as_json:
        write_json({done: number, "epoch": epoch})
    elif not invocation.quiet:
        click.echo(f"{done.capitalize()} {counted(number, 'article')}.")
