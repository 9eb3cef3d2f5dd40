"""What a person may name as an input: files, folders, globs, addresses, and - for standard input."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from ingest.sources.files import existing
from ingest.sources.registry import Sources

Input = str | PathLike[str]

STANDARD_INPUT = "-"
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Address:
    """A document on the web."""

    url: str


@dataclass(frozen=True, slots=True)
class StandardInput:
    """The document on standard input."""


Place = Path | Address | StandardInput


def places(inputs: Iterable[Input], sources: Sources) -> list[Place]:
    """What the inputs name, globs resolved. Raises UsageError if one of them names nothing."""
    return [place for given in inputs for place in _places(os.fspath(given), sources)]


def is_address(given: Input) -> bool:
    """Whether an input is on the web.

    >>> is_address("https://news.example/feed.xml"), is_address("feeds/news.xml")
    (True, False)
    """
    return os.fspath(given).lower().startswith(_WEB)


def _places(given: str, sources: Sources) -> list[Place]:
    if is_address(given):
        return [Address(given)]
    if given == STANDARD_INPUT:
        return [StandardInput()]
    return [*existing(given, sources)]
