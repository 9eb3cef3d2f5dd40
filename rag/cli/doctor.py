"""`byline doctor`: is the corpus whole?"""

from typing import TYPE_CHECKING

import click

from rag.cli.documents import checkup_document
from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.cli.progress import showing
from rag.cli.wording import counted, line, size

if TYPE_CHECKING:
    from ingest.care import Checkup
    from ingest.report import Progress
    from rag.records import Fault


@click.command(
    short_help="Check and mend the corpus.",
    epilog=examples("byline doctor", "byline doctor --repair", "byline doctor --compact --json"),
)
@click.option("--repair", is_flag=True, help="Mend what can be made from the database. Nothing is embedded.")
@click.option("--compact", is_flag=True, help="Then give the space of what was removed back to the disk.")
@common_options
def doctor(invocation: Invocation, repair: bool, compact: bool) -> None:
    """Compare the database with the vector index and the lexical index, passage by passage.

    Without --repair and --compact nothing is changed. Exit code 0 when all is in step, in the end; 1 when not.
    """
    with showing(invocation.quiet, _pace) as progress:
        checkup = invocation.backend.check_up(invocation.corpus, progress, repair=repair, compact=compact)
    if invocation.as_json:
        write_json(checkup_document(checkup))
    else:
        _show(checkup, repair=repair, quiet=invocation.quiet)
    if checkup.left.faults:
        raise click.exceptions.Exit(1)


def _pace(progress: "Progress") -> str:
    return counted(progress.passages, "passage")


def _show(checkup: "Checkup", *, repair: bool, quiet: bool) -> None:
    found, left = checkup.found, checkup.left
    for fault in found.faults:
        mended = repair and fault.mendable and not left.faults
        click.echo(sentence(fault) + (" Mended." if mended else ""))
    if repair and found.faults and left.faults:
        click.echo("What is still wrong:")
        for fault in left.faults:
            click.echo(f"  {sentence(fault)}")
    if any(not fault.mendable for fault in left.faults):
        click.echo("The database itself cannot be mended. Restore a backup: `byline restore FILE --corpus NEW`.")
    elif left.faults and not repair:
        click.echo("`byline doctor --repair` mends this from the database, without embedding anything.")
    if not left.faults and not quiet:
        passages = counted(left.passages, "passage")
        click.echo(f"Database, vectors and words are in step: {passages} compared in {left.seconds:.1f} seconds.")
    if checkup.compacted and not quiet:
        before, after = checkup.compacted
        click.echo(f"Compacted: {size(before)} before, {size(after)} now.")


def sentence(fault: "Fault") -> str:
    """What is wrong, in one line."""
    said = f"{fault.where.capitalize()}: {line(fault.what)}"
    if not fault.examples:
        return f"{said.rstrip('.')}."
    more = ", ..." if fault.count > len(fault.examples) else ""
    return f"{said} ({fault.count:,}: {', '.join(map(line, fault.examples))}{more})."
