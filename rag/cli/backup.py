"""`byline backup` and `restore`: the corpus in one file, and back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.cli.documents import backup_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.progress import showing
from rag.cli.wording import counted, line

if TYPE_CHECKING:
    from ingest.report import Progress
    from rag.records import Backup

_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


@click.command(
    short_help="Write the corpus to a file.",
    epilog=examples("byline backup news.zip", "byline backup /mnt/safe/news.zip --force --quiet"),
)
@_file
@click.option("--force", is_flag=True, help="Replace FILE if it is there already.")
@common_options
def backup(invocation: Invocation, file: Path, force: bool) -> None:
    """Write all articles, versions and vectors, as they are at this moment, to FILE.

    Questions and an ingest may go on meanwhile. FILE is whole, or is not there. The indexes are left out: `restore`
    makes them from what is in FILE.
    """
    with showing(invocation.quiet, _pace) as progress:
        written = invocation.backend.back_up(file, invocation.corpus, progress, force=force)
    _tell(invocation, written, file, f"Written to {line(str(file))}")


@click.command(
    short_help="Make a corpus of such a file.",
    epilog=examples("byline restore news.zip --corpus data/news", "byline restore news.zip --force"),
)
@_file
@click.option("--force", is_flag=True, help="Replace the corpus that is there already.")
@common_options
def restore(invocation: Invocation, file: Path, force: bool) -> None:
    """Make a corpus of FILE, which `backup` wrote. Nothing is embedded.

    The checksum of FILE is looked at before anything is touched. Without --force the folder of the corpus must be
    empty; with it, its corpus is replaced, and a web app that is open goes on with the new one.
    """
    with showing(invocation.quiet, _pace) as progress:
        restored = invocation.backend.restore(file, invocation.corpus, progress, force=force)
    _tell(invocation, restored, file, f"Restored from {line(str(file))} of {line(restored.made_at)}")


def _pace(progress: "Progress") -> str:
    return counted(progress.articles, "article") if progress.articles else "database"


def _tell(invocation: Invocation, backup: "Backup", file: Path, done: str) -> None:
    if invocation.as_json:
        write_json(backup_document(backup, str(file)))
    elif not invocation.quiet:
        articles, versions = counted(backup.articles, "article"), counted(backup.versions, "version")
        click.echo(f"{done}: {articles}, {versions}, {counted(backup.passages, 'passage')}.")
