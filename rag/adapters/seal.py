"""Checksums of a derived index's files, so that damage is known before a library stumbles over it.

Chroma's vector files carry no checksums, and one flipped bit may end the process that loads them. Whoever writes opens
the seal before and closes it after. A writer that was killed leaves it open: then files that differ from it are
doubtful, not damaged.
"""

import json
import zlib
from collections.abc import Callable
from pathlib import Path

NAME = "seal.json"
_AT_ONCE = 1 << 20

_Look = tuple[int, int]  # size, and when it was changed


class Seal:
    """The seal of one folder, over those of its files that `covers` names."""

    def __init__(self, folder: Path, covers: Callable[[Path], bool]) -> None:
        self._folder = folder
        self._covers = covers
        self._sums: dict[str, tuple[_Look, str]] = {}

    def damage(self) -> str | None:
        """What is not as it was sealed; None when all is, when the seal is open, or when there is none."""
        text = self._text()
        if text is None:
            return None
        try:
            is_open, sealed = _read(text)
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{NAME} cannot be read"
        if is_open:
            return None
        try:
            wrong = self._differing(sealed)
        except FileNotFoundError as error:
            wrong = f"{error.filename} is missing"
        return wrong if self._text() == text else None  # else a writer has come by meanwhile

    def is_doubtful(self) -> bool:
        """Whether there are files that no seal speaks for, because its writer died, or is at it."""
        text = self._text()
        if text is None:
            return bool(self._look())
        is_open, sealed = _read(text)
        return is_open and (self._differing(sealed) is not None or self._look().keys() != sealed.keys())

    def open(self) -> None:
        """Note that the files are about to change."""
        text = self._text()
        self._write({"open": True, "files": {} if text is None else _read(text)[1]})

    def close(self) -> None:
        """Note that the files are as they should be."""
        self._write({"open": False, "files": {name: self._sum(name, look) for name, look in self._look().items()}})

    def _differing(self, sealed: dict[str, str]) -> str | None:
        there = self._look()
        for name, expected in sealed.items():
            if name not in there:
                return f"{name} is missing"
            if self._sum(name, there[name]) != expected:
                return f"{name} is not as it was written"
        return None

    def _look(self) -> dict[str, _Look]:
        stats = {path: path.stat() for path in self._folder.rglob("*") if self._covers(path) and path.is_file()}
        return {str(path.relative_to(self._folder)): (s.st_size, s.st_mtime_ns) for path, s in stats.items()}

    def _sum(self, name: str, look: _Look) -> str:
        """Size and CRC-32 of a file, read again only if it looks changed."""
        known = self._sums.get(name)
        if known is None or known[0] != look:
            crc = 0
            with (self._folder / name).open("rb") as file:
                while block := file.read(_AT_ONCE):
                    crc = zlib.crc32(block, crc)
            known = self._sums[name] = look, f"{look[0]} bytes, crc32 {crc:08x}"
        return known[1]

    def _text(self) -> str | None:
        try:
            return (self._folder / NAME).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None

    def _write(self, content: dict[str, object]) -> None:
        fresh = self._folder / f"{NAME}.new"
        fresh.write_text(json.dumps(content), encoding="utf-8")
        fresh.replace(self._folder / NAME)


def _read(text: str) -> tuple[bool, dict[str, str]]:
    content = json.loads(text)
    return bool(content["open"]), dict(content["files"].items())
