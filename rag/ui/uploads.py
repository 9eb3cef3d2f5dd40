"""Files that came by upload, kept for their run.

An article that does not say where it is from, such as a text file, is known by its file's path. So an upload is kept
in a folder of the corpus under its own name: uploaded again, it is the same article.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from rag.errors import StoreError

FOLDER = "uploads"

_LONGEST_NAME = 200  # bytes: file systems take 255, and a number may come behind it


class Upload(Protocol):
    """A file as Streamlit gives it: `name` is what the browser called it."""

    @property
    def name(self) -> str:
        """What the browser called it."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes of it."""
        ...


def keep(uploads: Sequence[Upload], folder: Path) -> tuple[Path, ...]:
    """Write uploads into a folder, each under its name, in the place of what was uploaded under it before.

    Raises StoreError.
    """
    if not uploads:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(
            _written(upload, folder / name)
            for upload, name in zip(uploads, _names(upload.name for upload in uploads), strict=True)
        )
    except OSError as error:
        raise StoreError(f"The uploads cannot be kept in {folder}: {error.strerror}.") from error


def discard(kept: Iterable[Path]) -> None:
    """Remove uploads that are no longer needed, and their folder with the last one."""
    for path in kept:
        with suppress(OSError):  # the folder is not empty; or the file cannot be removed, which harms nothing
            path.unlink(missing_ok=True)
            path.parent.rmdir()


def safe_name(name: str) -> str:
    """The name of an upload without what leads out of a folder, hides a file, or cannot be shown or stored.

    >>> safe_name("../../.ssh/notes.txt"), safe_name("C:\\\\news\\\\a.json"), safe_name("..")
    ('notes.txt', 'a.json', 'upload')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip(". ")
    while len(shown.encode()) > _LONGEST_NAME:  # the end stays, which tells the format
        shown = shown[1:]
    return shown or "upload"


def _names(given: Iterable[str]) -> Iterator[str]:
    """A safe name for each; of two that are the same, the second gets a number."""
    taken: set[str] = set()
    for name in map(safe_name, given):
        number, different = 2, name
        while different.casefold() in taken:
            number, different = number + 1, f"{number}-{name}"
        taken.add(different.casefold())
        yield different


def _written(upload: Upload, path: Path) -> Path:
    """Written beside its place first: a file that is there is whole."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            shutil.copyfileobj(upload, file)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return path
