"""What every command is given beside its own arguments: where the corpus is, and how to speak."""

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.cli.backend import Backend
from rag.cli.wording import line

if TYPE_CHECKING:
    from rag.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Invocation:
    """One run of a command. What was asked for goes to stdout; whatever else there is to say, to stderr."""

    backend: Backend
    corpus: Path | None
    as_json: bool
    quiet: bool

    def open_corpus(self) -> "Corpus":
        """The corpus to read. Raises CorpusNotFound."""
        return self.backend.open_corpus(self.corpus)

    def note(self, message: str) -> None:
        """Say something that nobody has to read."""
        if not self.quiet:
            click.echo(line(message), err=True)

    def waiting(self, message: str) -> AbstractContextManager[object]:
        """Show on a terminal that something is under way, for as long as the context lasts."""
        if self.quiet or not sys.stderr.isatty():
            return nullcontext()
        from rich.console import Console

        return Console(stderr=True).status(message)


def write_json(document: Mapping[str, object], *, indent: int | None = 2) -> None:
    """Write one JSON document to stdout, in UTF-8 whatever the locale is."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)  # half a surrogate pair becomes its JSON escape


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add --corpus, --json and --quiet to a command, which gets them as its first argument, an Invocation."""

    @click.option(
        "--corpus",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder of the corpus.  [default: what BYLINE_CORPUS or byline.toml says, else ./corpus]",
    )
    @click.option("--json", "as_json", is_flag=True, help="Write one JSON document to stdout, and nothing else.")
    @click.option("--quiet", is_flag=True, help="Write results and errors only.")
    @click.pass_obj
    @wraps(command)
    def called(backend: Backend, /, corpus: Path | None, as_json: bool, quiet: bool, **arguments: Any) -> None:
        command(Invocation(backend, corpus, as_json, quiet), **arguments)

    return called


def examples(*lines: str) -> str:
    """An epilog of examples, which click must not wrap."""
    return "\b\nExamples:\n" + "\n".join(f"  {example}" for example in lines)
