"""`--batch`: questions as JSON Lines in, answers as JSON Lines out, in order, with one corpus opened for all."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import IO, Any

import click

from rag.cli.documents import Document
from rag.cli.invocation import write_json
from rag.cli.options import MOST_RESULTS, as_day, as_moment, checked, read_moment, read_question, read_text
from rag.errors import BylineError, UsageError
from rag.model import Filters

batch_option = click.option(
    "--batch",
    type=click.File("rb"),
    metavar="FILE",
    help='Read questions from FILE ("-": stdin), a JSON object on each line: "question", and if wanted "id" and '
    'these options by name ("as_of", "from", "to", "source", "author", "category", "k"). Each gets one line of JSON; '
    'a line that cannot be read gets {"id", "error"}.',
)


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its options."""

    question: str
    filters: Filters
    k: int


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
                record = _record(line)
                identity = _identity(record)
                yield {"id": identity, **respond(_request(record, filters, k))}
            except BylineError as error:
                yield {"id": identity, "error": str(error)}


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"This line is not JSON: {error}.") from None
    if not isinstance(record, dict):
        raise UsageError("This line is JSON, but not an object.")
    return record


def _identity(record: Mapping[str, Any]) -> str | float | None:
    identity = record.get("id")
    if isinstance(identity, str | int | None) or (isinstance(identity, float) and isfinite(identity)):
        return identity
    raise UsageError('"id" must be a string or a number.')


def _request(record: Mapping[str, Any], filters: Filters, k: int) -> Request:
    """The request of a record; names that are no option of the command (an expected answer, say) are left alone."""
    options = {name: value for name, value in record.items() if value is not None}
    changes: dict[str, Any] = {}
    for name, field in (("source", "sources"), ("author", "authors"), ("category", "categories")):
        if name in options:
            changes[field] = _names(name, options[name])
    if "as_of" in options:
        changes["as_of"] = as_moment(read_moment(_string("as_of", options["as_of"])))
    for name, field in (("from", "published_from"), ("to", "published_to")):
        if name in options:
            changes[field] = as_day(read_moment(_string(name, options[name])))
    question = _string("question", options.get("question", options.get("query", "")))
    return Request(read_question(question), checked(replace(filters, **changes)), _k(options.get("k", k)))


def _string(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f'"{name}" must be a string.')
    return read_text(value)


def _names(name: str, value: object) -> tuple[str, ...]:
    return tuple(_string(name, each) for each in (value if isinstance(value, list) else [value]))


def _k(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_RESULTS:
        raise UsageError(f'"k" must be a whole number from 1 to {MOST_RESULTS}.')
    return value
