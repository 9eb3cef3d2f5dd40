"""The truth in one file, to be kept elsewhere: a zip of the database and of a manifest with its checksum.

The derived indexes are left out: they are as large again, and made anew from the truth without embedding anything.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import IO

from rag.adapters.connection import DATABASE, connect, translated
from rag.adapters.schema import MIGRATIONS
from rag.adapters.sqlite import SqliteStore
from rag.errors import SchemaMismatch, StoreError
from rag.records import Backup

MANIFEST = "manifest.json"
FORMAT = 1
_AT_ONCE = 1 << 20
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError,
    RuntimeError,
)  # fmt: skip

Told = Callable[[str, float], None]
"""Told the stage, and which share of it is done."""


def back_up(folder: Path, file: Path, told: Told) -> Backup:
    """Write the truth of the corpus in `folder`, as it is at one moment, to `file`: whole, or not at all.

    Readers and a writer may go on meanwhile. Raises CorpusNotFound, StoreError.
    """
    fresh = file.with_name(f"{file.name}.new")
    copy = file.with_name(f"{file.name}.new.sqlite3")
    SqliteStore(folder).close()
    with _failing(f"The backup {file} cannot be written"), _removed(fresh, copy):
        told("copying the database", 0.0)
        with translated(copy), closing(connect(folder / DATABASE)) as truth:
            truth.execute("VACUUM INTO ?", (str(copy),))
        backup = _described(copy)
        _zip(fresh, copy, backup, told)
        fresh.replace(file)
    return backup


def _described(copy: Path) -> Backup:
    with translated(copy), closing(connect(copy)) as database:
        (schema,) = database.execute("PRAGMA user_version").fetchone()
        counted = (f"(SELECT COUNT(*) FROM {table})" for table in ("articles", "versions", "passages"))
        row = database.execute(f"SELECT {', '.join(counted)}, value FROM facts WHERE name = 'epoch'").fetchone()
    articles, versions, passages, epoch = row
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Backup(schema, int(epoch), articles, versions, passages, made_at, copy.stat().st_size)


def _zip(fresh: Path, copy: Path, backup: Backup, told: Told) -> None:
    with fresh.open("wb") as written:
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with copy.open("rb") as source, archive.open(DATABASE, "w", force_zip64=True) as member:
                digest = _copied(source, member, backup.bytes, lambda done: told("writing the backup", done))
            archive.writestr(MANIFEST, json.dumps({"format": FORMAT, "sha256": digest, **asdict(backup)}, indent=2))
        written.flush()
        os.fsync(written.fileno())


@contextmanager
def unpacked(file: Path, folder: Path, told: Told) -> Iterator[tuple[Path, Backup]]:
    """The database of a backup, unpacked beside `folder` for the `with` block, and checked. Makes `folder`, too.

    Raises StoreError.
    """
    copy = folder.parent / f"{folder.name}.restoring.sqlite3"
    with _failing(f"The backup {file} cannot be restored"):
        copy.parent.mkdir(parents=True, exist_ok=True)
    with _removed(copy):
        with _failing(f"The backup {file} cannot be restored"):
            try:
                backup = _unzip(file, copy, told)
            except _UNREADABLE as error:
                raise StoreError(f"The backup {file} is damaged, or is none: {error}.") from error
        if backup.schema > len(MIGRATIONS):
            raise SchemaMismatch(backup.schema, len(MIGRATIONS))
        with _failing(f"The corpus folder {folder} cannot be made"):
            folder.mkdir(exist_ok=True)
        yield copy, backup


def _unzip(file: Path, copy: Path, told: Told) -> Backup:
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest.pop("format") != FORMAT:
            raise ValueError("its format is not known")
        expected = manifest.pop("sha256")
        backup = Backup(**manifest)
        with archive.open(DATABASE) as member, copy.open("wb") as target:
            digest = _copied(member, target, backup.bytes, lambda done: told("checking the backup", done))
    if digest != expected:
        raise ValueError("its database is not what was backed up")
    return backup


@contextmanager
def set_aside(folder: Path) -> Iterator[None]:
    """Give a database that is damaged another name for good; its own again when the `with` block fails.

    Who has it open goes on with it, under that name. Raises StoreError where it cannot be renamed.
    """
    path = folder / DATABASE
    if not path.is_file() or _is_sound(path):
        yield
        return
    aside = _free_name(path)
    with _failing(f"{path} cannot be given another name"):
        _rename(path, aside)
    try:
        yield
    except BaseException:
        for file in _files(path):
            file.unlink(missing_ok=True)
        _rename(aside, path)
        raise


def _is_sound(path: Path) -> bool:
    """Whether SQLite finds a database whole, or cannot tell since it is in use."""
    try:
        with closing(sqlite3.connect(path)) as database:
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
    return bool(said == "ok")


def _free_name(path: Path) -> Path:
    """A name for a damaged database that no earlier one has."""
    names = (path.with_name(f"{path.name}.damaged{number}") for number in chain([""], (f".{n}" for n in count(2))))
    return next(name for name in names if not any(file.exists() for file in _files(name)))


def _rename(path: Path, new: Path) -> None:
    for file, renamed in zip(_files(path), _files(new), strict=True):
        if file.exists():
            file.rename(renamed)


def _files(path: Path) -> tuple[Path, ...]:
    """A database with the two files that SQLite keeps beside it."""
    return tuple(path.with_name(f"{path.name}{suffix}") for suffix in ("", "-wal", "-shm"))


def restore(copy: Path, folder: Path) -> None:
    """Make what is in the database `copy` the truth of the corpus in `folder`, in one transaction.

    Readers that are open see what was there, or what is there now. The derived indexes are thrown away, also by who is
    killed on the way. The writer lock must be held. Raises StoreError, and has then changed nothing.
    """
    path = folder / DATABASE
    with translated(path), closing(sqlite3.connect(copy)) as source, closing(connect(path)) as target:
        target.execute("PRAGMA journal_mode = WAL")
        epoch = max(_epoch(source), _epoch(target)) + 1  # so that readers see that it is another one
        source.execute("UPDATE facts SET value = ? WHERE name = 'epoch'", (str(epoch),))
        source.commit()
        with _thrown_away(folder / "chroma"), _thrown_away(folder / "lexical"):
            source.backup(target)


@contextmanager
def _thrown_away(derived: Path) -> Iterator[None]:
    """Without this folder from now on; but when the `with` block fails, it is there again."""
    aside = derived.with_name(f"{derived.name}.new")  # where whoever makes it anew begins with throwing things away
    shutil.rmtree(aside, ignore_errors=True)
    if derived.exists():
        derived.rename(aside)
    try:
        yield
    except BaseException:
        if aside.exists():
            aside.rename(derived)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _epoch(database: sqlite3.Connection) -> int:
    """0 where none stands, as in a database that is new or of something else."""
    with suppress(sqlite3.OperationalError):
        row = database.execute("SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'epoch'").fetchone()
        return int(row[0]) if row else 0
    return 0


def _copied(source: IO[bytes], target: IO[bytes], size: int, told: Callable[[float], None]) -> str:
    """The SHA-256 of what was copied."""
    digest, done = hashlib.sha256(), 0
    while block := source.read(_AT_ONCE):
        target.write(block)
        digest.update(block)
        done += len(block)
        told(min(1.0, done / max(1, size)))
    return digest.hexdigest()


@contextmanager
def _removed(*paths: Path) -> Iterator[None]:
    """Without these files, before and after."""
    for path in paths:
        path.unlink(missing_ok=True)
    try:
        yield
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


@contextmanager
def _failing(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {error.strerror or error}.") from error
