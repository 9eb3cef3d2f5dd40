"""`byline ingest`."""

from typing import TYPE_CHECKING

import click

from rag.cli.documents import report_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.progress import watching
from rag.cli.wording import counted, line

if TYPE_CHECKING:
    from ingest.pipeline import IngestReport

MOST_SHOWN = 20
"""Rejects, and notes, that the report for people lists."""


@click.command(
    short_help="Put articles into the corpus.",
    epilog=examples(
        "byline ingest articles.jsonl",
        "byline ingest export.csv notes/ 'feeds/*.json' --corpus data/news",
    ),
)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@common_options
def ingest(invocation: Invocation, inputs: tuple[str, ...]) -> None:
    """Put the articles of files, folders and globs into the corpus.

    JSON, JSON Lines, CSV and plain text are read. The same input again changes nothing, a changed article becomes a
    new version, and an ingest that was interrupted is finished by running it again. An item that cannot be read is
    reported, and the others go in.
    """
    with watching(invocation.quiet) as progress:
        report = invocation.backend.ingest(inputs, invocation.corpus, progress)
    if invocation.as_json:
        write_json(report_document(report))
    elif not invocation.quiet:
        _show(report)
    elif report.rejected:
        click.echo(f"{counted(len(report.rejected), 'item')} rejected; --json lists all.", err=True)
    if report.rejected and not (report.added or report.changed or report.unchanged or report.withdrawn):
        raise click.exceptions.Exit(1)


def _show(report: "IngestReport") -> None:
    """The report for people."""
    rejected = [f"{line(reject.item)}: {line(reject.reason)}" for reject in report.rejected]
    changes = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "withdrawn": report.withdrawn,
        "rejected": len(rejected),
    }
    click.echo(", ".join(f"{number:,} {what}" for what, number in changes.items()))
    click.echo(f"{counted(report.passages, 'passage')}, {report.embedded:,} embedded, in {report.seconds:.1f} seconds")
    _list("Rejected", rejected)
    _list("Notes", [line(note) for note in report.notes])


def _list(title: str, items: list[str]) -> None:
    if items:
        click.echo(f"\n{title}:")
        for item in items[:MOST_SHOWN]:
            click.echo(f"  {item}")
        if len(items) > MOST_SHOWN:
            click.echo(f"  and {len(items) - MOST_SHOWN:,} more; --json lists all.")
