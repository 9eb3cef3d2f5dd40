"""`byline show`: one article, its versions, and what changed between two of them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from rag.cli.documents import difference_document, version_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.errors import UsageError
from rag.request import read_text

if TYPE_CHECKING:
    from rag.corpus import Corpus


@click.command(
    short_help="Show an article.",
    epilog=examples(
        "byline show https://example.org/oil",
        "byline show https://example.org/oil --versions",
        "byline show https://example.org/oil --diff 1 2",
        "byline show https://example.org/oil --version 1 --json",
    ),
)
@click.argument("reference", type=read_text, metavar="ID")
@click.option("--version", type=click.IntRange(1), metavar="N", help="Which version.  [default: the current one]")
@click.option(
    "--versions", is_flag=True, help="Instead of the text, a table of all versions, and where each date comes from."
)
@click.option(
    "--diff",
    type=click.IntRange(1),
    nargs=2,
    metavar="OLD NEW",
    help='What changed from one version to another; with --json, as "title" and "changes".',
)
@common_options
def show(
    invocation: Invocation, reference: str, version: int | None, versions: bool, diff: tuple[int, int] | None
) -> None:
    """Show the article with this ID or url: what is known of it, its versions and its text.

    Its invitations to newsletters and the like, which ground no answer, are dim on a terminal.
    """
    if diff and (version or versions):
        raise UsageError("Give --diff alone: it names the versions that it compares.")
    with invocation.open_corpus() as corpus:
        if diff:
            _show_difference(invocation, corpus, reference, *diff)
        else:
            _show_version(invocation, corpus, reference, version, versions)


def _show_difference(invocation: Invocation, corpus: "Corpus", reference: str, old: int, new: int) -> None:
    before, after = corpus.article(reference, old), corpus.article(reference, new)
    if invocation.as_json:
        write_json(difference_document(before, after))
        return
    from rag.cli.difference_page import show_difference
    from rag.cli.page import Page

    show_difference(Page(), before, after)


def _show_version(invocation: Invocation, corpus: "Corpus", reference: str, number: int | None, as_table: bool) -> None:
    shown = corpus.article(reference, number)
    versions, withdrawal = corpus.versions(reference), corpus.withdrawal(reference)
    reports = [report for report in corpus.story(reference).reports if report.article.id != shown.article.id]
    copies = [report.article for report in reports if report.is_copy]
    same_story = [report.article for report in reports if not report.is_copy]
    if invocation.as_json:
        write_json(version_document(shown, versions, withdrawal, copies, same_story))
        return
    from rag.cli.page import Page
    from rag.cli.version_page import History, show_version, show_versions

    history = History(versions, corpus.article(reference).number, withdrawal, datetime.now(UTC), copies, same_story)
    (show_versions if as_table else show_version)(Page(), shown, history)
