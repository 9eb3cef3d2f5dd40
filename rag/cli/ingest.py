"""`byline ingest`."""

from contextlib import nullcontext

import click

from rag.cli.documents import report_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.progress import showing
from rag.cli.report_page import show_plan, show_rejects, show_report
from rag.cli.stopping import Stop, stopping
from rag.cli.watching import keep_ingesting
from rag.errors import UsageError

STANDARD_INPUT = "-"
INTERVAL = 900
"""Seconds between two visits to the addresses; often enough for news, and no burden to anyone's server."""


@click.command(
    short_help="Put articles into the corpus.",
    epilog=examples(
        "byline ingest articles.jsonl",
        "byline ingest export.csv notes/ 'wires/**/*.xml' --corpus data/news",
        "byline ingest https://news.example/feed.xml --dry-run",
        "byline ingest inbox/ https://news.example/feed.xml --watch",
        "byline ingest - < export.jsonl",
    ),
)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="PATH|URL...")
@click.option("--dry-run", is_flag=True, help="Write nothing: say what would become of each item. No model is loaded.")
@click.option(
    "--watch",
    is_flag=True,
    help="Go on until Ctrl-C or SIGTERM: read files when they change, and addresses again and again. With --json, each "
    "round that did something writes a document on a line of its own.",
)
@click.option(
    "--interval",
    type=click.FloatRange(1),
    default=INTERVAL,
    show_default=True,
    metavar="SECONDS",
    help="With --watch: how often addresses are visited.",
)
@common_options
def ingest(invocation: Invocation, inputs: tuple[str, ...], dry_run: bool, watch: bool, interval: float) -> None:
    """Put the articles of files, folders, globs, addresses and standard input (-) into the corpus.

    \b
    What is read, files also with .gz behind their name:
      records    JSON, JSON Lines, CSV: a url or id, and a text
      pages      HTML, Markdown, plain text, PDF
      feeds      RSS, Atom, JSON Feed, sitemaps
      wires      NewsML-G2, ninjs
      archives   zip, tar, WARC

    From an address, what a feed or sitemap leads to is fetched as well; from a file, nothing is. Pages that have not
    changed since are not fetched again.

    The same input again changes nothing, a changed article becomes a new version, and an ingest that was interrupted is
    finished by running it again. An item that cannot be read is reported, and the others go in.
    """
    if watch:
        _check_watch(inputs, dry_run)
        keep_ingesting(invocation, inputs, interval)
    else:
        _ingest_once(invocation, inputs, dry_run)


def _check_watch(inputs: tuple[str, ...], dry_run: bool) -> None:
    if dry_run:
        raise UsageError("Give --dry-run or --watch, not both.")
    if STANDARD_INPUT in inputs:
        raise UsageError("Standard input (-) ends, and cannot be watched. Give files, folders or addresses.")


def _ingest_once(invocation: Invocation, inputs: tuple[str, ...], dry_run: bool) -> None:
    """Exits with 1 when everything was rejected, and after a signal as a shell has it."""
    # A dry run has nothing to finish: there a signal may end it anywhere.
    with (
        nullcontext(Stop()) if dry_run else stopping(quiet=invocation.quiet) as stop,
        showing(invocation.quiet) as progress,
    ):
        report = invocation.backend.ingest(
            inputs, invocation.corpus, progress, dry_run=dry_run, stopped=stop.event.is_set
        )
    if invocation.as_json:
        write_json(report_document(report))
    elif invocation.quiet:
        show_rejects(report)
    elif not report.stopped:
        (show_plan if dry_run else show_report)(report)
    if report.stopped:
        click.echo("byline: stopped. What was written stays, and the same command goes on from there.", err=True)
        raise click.exceptions.Exit(stop.code)
    if report.rejected and not (report.added or report.changed or report.unchanged or report.withdrawn):
        raise click.exceptions.Exit(1)
