"""Which files the inputs of a run name."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.sources.document import printable
from ingest.sources.items import Reject
from ingest.sources.registry import Sources
from rag.errors import UsageError

_CORPUS = "byline.sqlite3"
"""The file by which the folder of a corpus is known."""

_MAGIC = re.compile(r"[*?\[]")


def existing(given: str, sources: Sources) -> list[Path]:
    """The files and folders that an input names. Raises UsageError if it names nothing."""
    try:
        if given and Path(given).exists():
            return [Path(given)]
    except OSError as error:
        raise UsageError(f"{printable(given)} cannot be read: {error.strerror}.") from error
    if _MAGIC.search(given) is None:
        raise UsageError(f"There is no file or folder {printable(given)!r}.")
    matches = _matches(Path(given), sources)
    if not matches:
        raise UsageError(
            f"Nothing that can be read matches {printable(given)}. What can be read: {_readable(sources)}."
        )
    return matches


def files_of(paths: Iterable[Path], sources: Sources) -> Iterator[Path | Reject]:
    """The files to read: those given, and those in folders, by name. They are looked up as the iterator goes on."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, sources)
        elif not sources.named(path.name):
            yield Reject(printable(path), f"its name ends in none of {_readable(sources)}")
        elif path.is_file():
            yield path
        else:
            yield Reject(printable(path), "it is not, or no longer, a file")


def _matches(pattern: Path, sources: Sources) -> list[Path]:
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
        elif sources.named(path.name):
            matches.append(path)
    return matches


def _in_folder(folder: Path, sources: Sources) -> Iterator[Path | Reject]:
    """The readable files in and below a folder. Left out are hidden ones and those of a corpus that lies there; links
    are not followed out of the folder."""
    errors: list[OSError] = []
    none_found = True
    home = folder.resolve()
    for root, folders, names in os.walk(folder, onerror=errors.append):
        if _CORPUS in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if sources.named(path.name) and path.is_file():
                none_found = False
                yield path if not path.is_symlink() or path.resolve().is_relative_to(home) else _leads_out(path)
        for path in (Path(root, name) for name in folders):  # os.walk does not go into links
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                none_found = False
                yield _leads_out(path)
    for error in errors:
        yield Reject(printable(error.filename), f"it cannot be read: {error.strerror}")
    if none_found and not errors:
        yield Reject(printable(folder), f"no file in it ends in {_readable(sources)}")


def _readable(sources: Sources) -> str:
    return f"{', '.join(sources.suffixes)}, each also with .gz"


def _leads_out(link: Path) -> Reject:
    return Reject(printable(link), "it is a link that leads out of the folder; name what it leads to, if you mean it")
