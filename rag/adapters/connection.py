"""Connections to the database that is the truth, and what goes wrong with them."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.adapters.schema import define_functions
from rag.errors import StoreError

DATABASE = "byline.sqlite3"


def connect(path: Path, clock: Callable[[], float] = time.time) -> sqlite3.Connection:
    """A connection with our pragmas and functions, in autocommit mode."""
    connection = _opened(path)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    define_functions(connection, clock)
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    """Where nobody can write, SQLite cannot keep its log, and is told that nothing will change."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if os.access(path.parent, os.W_OK) or (log.is_file() and log.stat().st_size):
            raise
        connection.close()
        unchanging = f"{path.absolute().as_uri()}?immutable=1"
        connection = sqlite3.connect(unchanging, uri=True, isolation_level=None, check_same_thread=False)
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, with what to do about them."""
    try:
        yield
    except sqlite3.Error as error:
        message = str(error)
        hint = next((hint for sign, hint in _HINTS.items() if sign in message), "")
        raise StoreError(f"The corpus database {path} cannot be used: {message}.{hint}") from error


_HINTS = {
    "full": " Free some disk space and run the same command again; nothing stored is lost.",
    "readonly": " Make the folder writable.",
    "unable to open": " Can the folder be written to? If not, its last writer must have ended well.",
    "malformed": " The file is damaged; restore it from a copy.",
    "not a database": " The file is damaged; restore it from a copy.",
}
