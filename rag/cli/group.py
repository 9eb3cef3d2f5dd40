"""The group of commands, and the one place where the end of a command becomes a message and an exit code."""

import sys
from typing import Any, NoReturn

import click

from rag.cli.articles import articles, status
from rag.cli.ask import ask, search
from rag.cli.backend import Backend
from rag.cli.backup import backup, restore
from rag.cli.doctor import doctor
from rag.cli.evaluate import evaluate
from rag.cli.ingest import ingest
from rag.cli.removal import delete, withdraw
from rag.cli.serve import serve
from rag.cli.show import show
from rag.cli.wording import line
from rag.errors import BylineError, UsageError

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells give it: 128 and the number of the signal."""


class Commands(click.Group):
    """Lists its commands in the order in which they were added, and says every failure in one sentence on stderr.

    Exit codes: 0; 1 when nothing could be done; 2 for bad use; 130 after Ctrl-C, 143 after SIGTERM.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands as a user meets them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command that was named."""
        super().invoke(ctx)
        sys.stdout.flush()  # here a reader that has gone (`| head`) is still noticed, and click ends it silently

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, and exit."""
        sys.exit(self._code(*args, **extra))

    def _code(self, *args: Any, **extra: Any) -> int:
        try:
            code = super().main(*args, **{**extra, "prog_name": "byline", "standalone_mode": False})
        except click.ClickException as error:
            return _fail(_sentence(error), error.exit_code)
        except BylineError as error:
            return _fail(str(error), 2 if isinstance(error, UsageError) else 1)
        except (click.Abort, KeyboardInterrupt):
            return _fail("interrupted.", INTERRUPTED)
        return code if isinstance(code, int) else 0


def _fail(sentence: str, code: int) -> int:
    click.echo(f"byline: {line(sentence)}", err=True)
    return code


def _sentence(error: click.ClickException) -> str:
    """What click has to say, and where the help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return error.format_message() + (f" `{context.command_path} --help` shows the use." if context else "")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="byline", message="%(prog)s %(version)s")
@click.pass_context
def byline(context: click.Context) -> None:
    """Ask a news corpus, and get answers with the exact words that every sentence stands on.

    Put articles in with `ingest`, then `ask`. The corpus is a folder: ./corpus, unless --corpus or BYLINE_CORPUS says
    otherwise.
    """
    if context.obj is None:
        context.obj = Backend()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    ingest, ask, search, articles, show, withdraw, delete, evaluate, status, doctor, backup, restore, serve,
):  # fmt: skip
    byline.add_command(command)
