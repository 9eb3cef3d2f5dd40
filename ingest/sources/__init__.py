"""Where articles come from: files of several formats, as a stream of raw items."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from ingest.sources.csv_file import read_csv
from ingest.sources.files import existing, files_of, suffix_of
from ingest.sources.items import RawItem, Reject
from ingest.sources.json_file import read_json
from ingest.sources.json_lines import read_json_lines
from ingest.sources.text_file import read_text
from ingest.sources.text_stream import TextFile, open_text, printable
from rag.errors import SourceError

__all__ = ["RawItem", "Reject", "input_size", "read_items"]

Input = str | PathLike[str]

_READERS: Mapping[str, Callable[[TextFile], Iterator[RawItem | Reject]]] = MappingProxyType(
    {
        ".csv": read_csv,
        ".json": read_json,
        ".jsonl": read_json_lines,
        ".ndjson": read_json_lines,
        ".txt": read_text,
    }
)


def read_items(
    inputs: Iterable[Input], progress: Callable[[int], object] = lambda bytes_read: None
) -> Iterator[RawItem | Reject]:
    """The records of files, of folders with all that is below them, and of globs (`**` too), one after another.

    Before each item, and at the end of each file, `progress` is told how many bytes have been read of all inputs, as
    they lie on disk: of `input_size(inputs)`. Memory does not grow with the inputs. What cannot be read is a Reject.
    In folders and globs, hidden files and those of other formats are passed over.

    Raises UsageError at once, before anything is read, if an input names nothing.
    """
    return _items(existing(inputs), progress)


def input_size(inputs: Iterable[Input]) -> int:
    """The bytes on disk that `read_items` would read. Opens no file. Raises UsageError if an input names nothing."""
    return sum(_size(path) for path in files_of(existing(inputs)) if isinstance(path, Path))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is gone: reading will tell
        return 0


def _items(paths: Iterable[Path], progress: Callable[[int], object]) -> Iterator[RawItem | Reject]:
    bytes_before = 0
    for path in files_of(paths):
        if isinstance(path, Reject):
            yield path
            continue
        for item, bytes_read in _read(path):
            progress(bytes_before + bytes_read)
            yield item
        bytes_before += _size(path)
        progress(bytes_before)


def _read(path: Path) -> Iterator[tuple[RawItem | Reject, int]]:
    """The items of one file, with the bytes of it that have been read. Here the errors of files become rejects."""
    bytes_read = 0
    empty = True
    try:
        with open_text(path) as file:
            for item in _READERS[suffix_of(path) or ""](file):
                empty, bytes_read = False, file.bytes_read()
                yield item, bytes_read
        if empty:
            yield Reject(printable(path), "it holds no article"), bytes_read
    except SourceError as error:
        yield Reject(printable(path), str(error)), bytes_read
    except EOFError:
        yield Reject(printable(path), "its gzip data break off: the rest of it cannot be read"), bytes_read
    except (zlib.error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Reject(printable(path), f"it cannot be read to its end: {reason}"), bytes_read
