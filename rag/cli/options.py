"""The options by which `ask`, `search` and `articles` are narrowed, and what their values mean."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import click

from rag.model import Filters
from rag.request import MOST_RESULTS, as_day, as_moment, checked, read_moment, read_text

Command = Callable[..., None]

K_RANGE = click.IntRange(1, MOST_RESULTS)


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
