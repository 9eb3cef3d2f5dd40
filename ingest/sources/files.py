"""Which files the inputs of a run name."""

import os
import re
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path

from ingest.sources.items import Reject
from ingest.sources.text_stream import printable
from rag.errors import UsageError

SUFFIXES = (".txt", ".json", ".jsonl", ".ndjson", ".csv")
_READABLE = f"{', '.join(SUFFIXES)}, each also with .gz"
_MAGIC = re.compile(r"[*?\[]")


def existing(inputs: Iterable[str | PathLike[str]]) -> list[Path]:
    """The files and folders that the inputs name. Raises UsageError if one of them names nothing."""
    return [path for given in inputs for path in _named(os.fspath(given))]


def files_of(paths: Iterable[Path]) -> Iterator[Path | Reject]:
    """The files to read: those given, and those in folders, by name. They are looked up as the iterator goes on."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif suffix_of(path) is None:
            yield Reject(printable(path), f"its name ends in none of {_READABLE}")
        elif path.is_file():
            yield path
        else:
            yield Reject(printable(path), "it is not, or no longer, a file")


def suffix_of(path: Path) -> str | None:
    """Which of SUFFIXES a name has, in front of .gz; None if it has none.

    >>> suffix_of(Path("feeds/News.JSONL.gz"))
    '.jsonl'
    """
    name = path.name.lower().removesuffix(".gz")
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)


def _named(given: str) -> list[Path]:
    try:
        if given and Path(given).exists():
            return [Path(given)]
    except OSError as error:
        raise UsageError(f"{printable(given)} cannot be read: {error.strerror}.") from error
    if _MAGIC.search(given) is None:
        raise UsageError(f"There is no file or folder {printable(given)!r}.")
    matches = _matches(Path(given))
    if not matches:
        raise UsageError(f"Nothing that can be read matches {printable(given)}. What can be read: {_READABLE}.")
    return matches


def _matches(pattern: Path) -> list[Path]:
    """The folders and readable files that a glob finds. Hidden names are left out, and what a found folder holds."""
    fixed = next(i for i, part in enumerate(pattern.parts) if _MAGIC.search(part))
    root = Path(*pattern.parts[:fixed])
    matches: list[Path] = []
    folder: Path | None = None
    for path in sorted(root.glob(str(Path(*pattern.parts[fixed:])))):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden or (folder is not None and path.is_relative_to(folder)):
            continue
        if path.is_dir():
            folder = path
            matches.append(path)
        elif suffix_of(path):
            matches.append(path)
    return matches


def _in_folder(folder: Path) -> Iterator[Path | Reject]:
    """The readable files in and below a folder. Hidden ones are left out; links to folders may lead in a ring."""
    errors: list[OSError] = []
    none_found = True
    for root, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if suffix_of(path) and path.is_file():
                none_found = False
                yield path
    for error in errors:
        yield Reject(printable(error.filename), f"it cannot be read: {error.strerror}")
    if none_found and not errors:
        yield Reject(printable(folder), f"no file in it ends in {_READABLE}")
