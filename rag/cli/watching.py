"""`byline ingest --watch`: round after round, until Ctrl-C or SIGTERM."""

from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

import click

from rag.cli.documents import report_document
from rag.cli.invocation import Invocation, write_json
from rag.cli.progress import Tell, showing
from rag.cli.report_page import show_rejects, show_round
from rag.cli.stopping import stopping
from rag.cli.wording import line
from rag.errors import BylineError

if TYPE_CHECKING:
    from ingest.report import IngestReport, Progress


def keep_ingesting(invocation: Invocation, inputs: tuple[str, ...], interval: float) -> None:
    """Keep the corpus in step with the inputs, and say what each round did."""
    with ExitStack() as shown, stopping(quiet=invocation.quiet) as stop:
        rounds = Rounds(invocation, shown)
        invocation.backend.watch(
            inputs, invocation.corpus, rounds.progress, told=rounds.told, interval=interval, stop=stop.event
        )


class Rounds:
    """Shows how far a round has come, and what it did if it did anything."""

    def __init__(self, invocation: Invocation, shown: ExitStack) -> None:
        self._invocation = invocation
        self._shown = shown
        self._tell: Tell | None = None
        self._first = True

    def progress(self, progress: "Progress") -> None:
        """Show how far this round has come."""
        if self._tell is None:
            self._tell = self._shown.enter_context(showing(self._invocation.quiet))
        self._tell(progress)

    def told(self, outcome: "IngestReport | BylineError") -> None:
        """Say what became of this round: one line of JSON, or a report."""
        self._shown.close()
        self._tell = None
        if isinstance(outcome, BylineError):
            self._say_failure(outcome)
            return
        did = outcome.added or outcome.changed or outcome.withdrawn or outcome.rejected
        if did or (self._first and not self._invocation.as_json):
            self._say(outcome)
        if self._first and not outcome.stopped:
            self._invocation.note("Watching for what changes; Ctrl-C ends it.")
        self._first = False

    def _say(self, report: "IngestReport") -> None:
        if self._invocation.as_json:
            write_json(report_document(report), indent=None)
        elif self._invocation.quiet:
            show_rejects(report)
        else:
            show_round(report, datetime.now())

    def _say_failure(self, error: BylineError) -> None:
        if self._invocation.as_json:
            write_json({"error": str(error)}, indent=None)
        else:
            click.echo(f"byline: {line(str(error))} This is tried again later.", err=True)
