"""Keep a corpus in step with folders, files and addresses: what changes there is read again, and nothing else.

Files are taken when they have been quiet for a moment, so that none is read half-written. The folders are watched from
before the first run, so that no change falls between two stools.
"""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.report import IngestReport
from ingest.sources.files import existing
from ingest.sources.inputs import STANDARD_INPUT, Input, is_address
from ingest.sources.registry import Sources, known_sources
from rag.errors import BylineError, ModelError, UsageError

if TYPE_CHECKING:  # it loads what only those need who watch
    from watchfiles import Change

INTERVAL = 900.0
"""Seconds between two visits to the addresses."""

QUIET = 0.5
"""Seconds without a change after which a file is taken."""

RETRY = 30.0
"""Seconds after which what failed is tried again."""

_MOMENT = 0.1
_MAGIC = frozenset("*?[")


def watch(
    inputs: Sequence[Input],
    run: Callable[[Sequence[Input]], IngestReport],
    told: Callable[[IngestReport | BylineError], None],
    interval: float,
    stop: threading.Event,
    *,
    apart: Path | None = None,
    quiet: float = QUIET,
    retry: float = RETRY,
) -> None:
    """Run over all inputs, then over files as they change and over addresses every `interval` seconds, until `stop`.

    `told` gets what each run gave. That may be an error, such as CorpusBusy: what was to be read then is read later.
    What changes below `apart` is left alone. Raises UsageError for inputs that name nothing or cannot be watched; and,
    before a run has gone well, what the first ones raise that would not come right by waiting: UsageError, ModelError.
    """
    addresses = [given for given in inputs if is_address(given)]
    files = _Files([os.fspath(given) for given in inputs if not is_address(given)], apart, quiet, stop)
    waiting: dict[Input, None] = {}
    gone_well = False
    visit_at, begin_at = time.monotonic() + interval, 0.0
    while not stop.is_set():
        waiting |= dict.fromkeys(files.quiet())
        if time.monotonic() >= visit_at:
            waiting |= dict.fromkeys(addresses)
        todo = [each for each in waiting if is_address(each) or Path(each).is_file()] if gone_well else [*inputs]
        if todo and time.monotonic() >= begin_at:
            try:
                told(run(todo))
            except BylineError as error:
                if not gone_well and isinstance(error, UsageError | ModelError):
                    raise
                told(error)
                begin_at = time.monotonic() + retry
            else:
                gone_well = True
                waiting.clear()
            if set(todo) & set(addresses):
                visit_at = time.monotonic() + interval
        files.wait()


@dataclass(frozen=True, slots=True)
class _Root:
    """The folder that has to be watched for an input. `real` is how changes in it are spelled, `folder` how the input
    spells it, and so must we: the path of a text is its article's id."""

    given: str
    folder: Path
    real: Path
    deep: bool

    def taken(self, changed: Iterable[Path], sources: Sources) -> Iterator[Path]:
        """Those of the files that have changed which the input names, as an ingest of it would take them."""
        try:
            named = frozenset(existing(self.given, sources))
        except UsageError:
            return
        for path in changed:
            if not path.is_relative_to(self.real):
                continue
            inside = path.relative_to(self.real)
            spelled = self.folder / inside
            if spelled in named:
                yield spelled
            elif any(part.startswith(".") for part in inside.parts):
                continue
            elif not named.isdisjoint(spelled.parents) and path.resolve().is_relative_to(self.real):
                yield spelled

    def identity(self) -> tuple[int, int] | None:
        """Tells whether it is still the folder that is watched; None when there is none."""
        try:
            status = self.real.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


class _Files:
    """What changes in files and folders."""

    def __init__(self, given: Sequence[str], apart: Path | None, quiet: float, stop: threading.Event) -> None:
        if STANDARD_INPUT in given:
            raise UsageError("Standard input cannot be watched. Name files, folders or addresses.")
        self._sources = known_sources()
        self._roots = [root for each in given for root in _roots(each, self._sources)]
        self._apart = apart.resolve() if apart else None
        self._quiet = quiet
        self._stop = stop
        self._touched: dict[Path, float] = {}  # when each was last seen to change
        self._watchers: list[Iterator[set[tuple[Change, str]]]] = []
        self._open([root.identity() for root in self._roots])

    def wait(self) -> None:
        """Let a moment pass, and see what changes meanwhile."""
        there = [root.identity() for root in self._roots]
        if there != self._watched:  # a folder has gone, or another has come in its place
            come = [
                root.real for root, now, before in zip(self._roots, there, self._watched, strict=True) if now != before
            ]
            self._touched |= dict.fromkeys(come, time.monotonic())
            self._open(there)
        if not self._watchers:
            time.sleep(_MOMENT)  # not stop.wait: a signal's handler that sets what this thread waits for would hang
        for watcher in self._watchers:
            for change, name in next(watcher, ()):
                path = Path(name)
                # Of what is in a new folder, nothing may be told. Of an old one, what is in it tells for itself.
                if change.name != "deleted" and (change.name == "added" or not path.is_dir()):
                    self._touched[path] = time.monotonic()

    def quiet(self) -> list[Path]:
        """The files that have changed and are quiet since, each once, as far as they are there and are an input."""
        now = time.monotonic()
        due = [path for path, touched in self._touched.items() if now - touched >= self._quiet]
        for path in due:
            del self._touched[path]
        changed = [file for path in due for file in _files(path) if file not in self._touched and self._is_read(file)]
        taken = (path for root in self._roots for path in root.taken(changed, self._sources)) if changed else ()
        return list(dict.fromkeys(taken))

    def _is_read(self, path: Path) -> bool:
        apart = self._apart is not None and path.is_relative_to(self._apart)
        return not apart and bool(self._sources.named(path.name)) and path.is_file()

    def _open(self, there: Sequence[tuple[int, int] | None]) -> None:
        """Watch the folders that are there."""
        self._watched = [*there]
        roots = [root for root, identity in zip(self._roots, there, strict=True) if identity]
        by_depth = [{root.real for root in roots if root.deep is deep} for deep in (True, False)]
        self._watchers = [
            _changes(folders, self._stop, deep=deep)
            for folders, deep in zip(by_depth, (True, False), strict=True)
            if folders
        ]


def _changes(folders: Collection[Path], stop: threading.Event, *, deep: bool) -> "Iterator[set[tuple[Change, str]]]":
    """What has changed in these folders in the last moment, again and again, from now on. Raises UsageError."""
    from watchfiles import watch as watched

    changes = watched(
        *folders,
        watch_filter=None,
        debounce=200,
        rust_timeout=int(1000 * _MOMENT),
        yield_on_timeout=True,
        stop_event=stop,
        recursive=deep,
    )
    try:
        next(changes, None)
    except (OSError, RuntimeError) as error:
        raise UsageError(f"{', '.join(map(str, folders))} cannot be watched: {error}.") from error
    return changes


def _roots(given: str, sources: Sources) -> list[_Root]:
    """What has to be watched for an input. Raises UsageError if it names nothing."""
    existing(given, sources)
    path = Path(given)
    if path.is_dir():
        return [_Root(given, path, path.resolve(), deep=True)]
    if path.exists():
        return [_Root(given, path.parent, path.parent.resolve(), deep=False)]
    fixed = next(i for i, part in enumerate(path.parts) if _MAGIC & set(part))
    folder = Path(*path.parts[:fixed])
    only_files = fixed == len(path.parts) - 1 and bool(sources.named(path.name))
    return [_Root(given, folder, folder.resolve(), deep=not only_files)]


def _files(path: Path) -> Iterator[Path]:
    """The file, or all files below the folder."""
    if not path.is_dir():
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)
