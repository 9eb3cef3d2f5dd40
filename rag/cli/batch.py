"""`--batch`: questions as JSON Lines in, answers as JSON Lines out, in order, with one corpus opened for all."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO

import click

from rag.cli.documents import Document
from rag.cli.invocation import write_json
from rag.errors import BylineError
from rag.model import Filters
from rag.request import Request, read_identity, read_record, read_request

batch_option = click.option(
    "--batch",
    type=click.File("rb"),
    metavar="FILE",
    help='Read questions from FILE ("-": stdin), a JSON object on each line: "question", and if wanted "id" and '
    'these options by name ("as_of", "from", "to", "source", "author", "category", "k"). Each gets one line of JSON; '
    'a line that cannot be read gets {"id", "error"}.',
)


def run_batch(lines: IO[bytes], filters: Filters, k: int, respond: Callable[[Request], Document]) -> None:
    """Write what `respond` makes of each line, as it comes. Exits with 1 if there were lines and all failed."""
    outcomes = set()
    for document in responses(lines, filters, k, respond):
        write_json(document, indent=None)
        outcomes.add("error" in document)
    if outcomes == {True}:
        raise click.exceptions.Exit(1)


def responses(
    lines: Iterable[bytes], filters: Filters, k: int, respond: Callable[[Request], Document]
) -> Iterator[Document]:
    """What `respond` makes of each line that is not blank, or why nothing could be made of it, with the line's id.

    `filters` and `k` hold where a line does not say otherwise.
    """
    for line in lines:
        if line.strip():
            identity = None
            try:
                record = read_record(line)
                identity = read_identity(record)
                yield {"id": identity, **respond(read_request(record, filters, k))}
            except BylineError as error:
                yield {"id": identity, "error": str(error)}
