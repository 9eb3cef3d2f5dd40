"""What a person or a program asks: questions, dates and filters as they are written, read and checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from rag.errors import UsageError
from rag.model import Filters, end_of_day

MOST_RESULTS = 1000
"""The most passages that one question may ask for."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its options."""

    question: str
    filters: Filters
    k: int


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


def read_record(line: bytes) -> Mapping[str, Any]:
    """The JSON object on one line. Raises UsageError."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"This line is not JSON: {error}.") from None
    if not isinstance(record, dict):
        raise UsageError("This line is JSON, but not an object.")
    return record


def read_identity(record: Mapping[str, Any]) -> str | float | None:
    """The "id" of a record. Raises UsageError."""
    identity = record.get("id")
    if isinstance(identity, str | int | None) or (isinstance(identity, float) and isfinite(identity)):
        return identity
    raise UsageError('"id" must be a string or a number.')


def read_request(record: Mapping[str, Any], filters: Filters, k: int) -> Request:
    """The request of a record; names that are no option (an expected answer, say) are left alone.

    `filters` and `k` hold where it does not say otherwise. Raises UsageError.
    """
    options = {name: value for name, value in record.items() if value is not None}
    changes: dict[str, Any] = {}
    for name, field in (("source", "sources"), ("author", "authors"), ("category", "categories")):
        if name in options:
            changes[field] = _names(name, options[name])
    if "as_of" in options:
        changes["as_of"] = as_moment(read_moment(read_string("as_of", options["as_of"])))
    for name, field in (("from", "published_from"), ("to", "published_to")):
        if name in options:
            changes[field] = as_day(read_moment(read_string(name, options[name])))
    question = read_string("question", options.get("question", options.get("query", "")))
    return Request(read_question(question), checked(replace(filters, **changes)), _k(options.get("k", k)))


def read_string(name: str, value: object) -> str:
    """The field `name` of a record, which must be text. Raises UsageError."""
    if not isinstance(value, str):
        raise UsageError(f'"{name}" must be a string.')
    return read_text(value)


def _names(name: str, value: object) -> tuple[str, ...]:
    return tuple(read_string(name, each) for each in (value if isinstance(value, list) else [value]))


def _k(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_RESULTS:
        raise UsageError(f'"k" must be a whole number from 1 to {MOST_RESULTS}.')
    return value
