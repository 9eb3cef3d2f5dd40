"""The options by which `ask`, `search` and `articles` are narrowed, and what their values mean."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

import click

from rag.errors import UsageError
from rag.model import Filters, end_of_day

Command = Callable[..., None]

MOST_RESULTS = 1000
"""The most passages that one question may ask for."""

K_RANGE = click.IntRange(1, MOST_RESULTS)


def read_text(value: str) -> str:
    """`value`, if it is text: a command line and a JSON string may both hold what is not. Raises UsageError."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{value!a} is not valid text in UTF-8.") from None
    return value


def read_question(value: str) -> str:
    """`value`, if it is a question at all. Raises UsageError."""
    if not value.strip():
        raise UsageError("The question is empty.")
    return read_text(value)


def read_moment(value: str) -> date | datetime:
    """A day as written, or a time in UTC (which one without an offset is taken to be). Raises UsageError.

    >>> read_moment("2024-04-01"), read_moment("2024-04-01T18:00+02:00").isoformat()
    (datetime.date(2024, 4, 1), '2024-04-01T16:00:00+00:00')
    """
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{value!r} is no date. Write a day as 2024-04-01, or a time as 2024-04-01T18:00+02:00."
        ) from None


def as_moment(value: date | datetime) -> datetime:
    """The moment that is meant as "as of" a day or time: the end of the day."""
    return value if isinstance(value, datetime) else end_of_day(value)


def as_day(value: date | datetime) -> date:
    """The day of a day or time."""
    return value.date() if isinstance(value, datetime) else value


def checked(filters: Filters) -> Filters:
    """`filters`, if they can let anything through. Raises UsageError."""
    first, last = filters.published_from, filters.published_to
    if first and last and first > last:
        raise UsageError(f"The first day, {first}, is after the last, {last}.")
    return filters


_K = click.option("-k", type=K_RANGE, default=10, show_default=True, metavar="N", help="How many passages to find.")
_AS_OF = click.option(
    "--as-of",
    type=read_moment,
    metavar="DATE",
    help="Use each article as it stood at DATE, and none that is newer or undated. A day means its end, in UTC.",
)
_FROM = click.option(
    "--from", "from_", type=read_moment, metavar="DATE", help="Only articles published on DATE or later."
)
_TO = click.option("--to", type=read_moment, metavar="DATE", help="Only articles published on DATE or earlier.")
_SOURCE = click.option("--source", type=read_text, multiple=True, metavar="NAME", help="Only this outlet. Repeatable.")
_AUTHOR = click.option("--author", type=read_text, metavar="NAME", help="Only articles by this author.")
_CATEGORY = click.option(
    "--category", type=read_text, multiple=True, metavar="NAME", help="Only this category. Repeatable."
)


def listing_options(command: Command) -> Command:
    """Add --from, --to, --source and --category to a command, which gets them as `filters`."""
    return _with(_filtered(command), _FROM, _TO, _SOURCE, _CATEGORY)


def question_options(command: Command) -> Command:
    """Add the listing options, -k, --as-of and --author to a command, which gets them as `filters` and `k`."""
    return _with(_filtered(command), _K, _AS_OF, _FROM, _TO, _SOURCE, _AUTHOR, _CATEGORY)


def _with(command: Command, *options: Callable[[Command], Command]) -> Command:
    for option in reversed(options):  # help lists last what is added first
        command = option(command)
    return command


def _filtered(command: Command) -> Command:
    """A command that takes the options' values, for one that takes the Filters they mean."""

    @wraps(command)
    def called(
        *args: Any,
        from_: date | None,
        to: date | None,
        source: tuple[str, ...],
        category: tuple[str, ...],
        as_of: date | None = None,
        author: str | None = None,
        **arguments: Any,
    ) -> None:
        filters = Filters(
            sources=source,
            authors=() if author is None else (author,),
            categories=category,
            published_from=None if from_ is None else as_day(from_),
            published_to=None if to is None else as_day(to),
            as_of=None if as_of is None else as_moment(as_of),
        )
        command(*args, filters=checked(filters), **arguments)

    return called
