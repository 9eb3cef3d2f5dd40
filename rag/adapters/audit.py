"""Is the truth whole? What SQLite can tell of its file, and what our own rules say of its rows."""

import sqlite3
from collections.abc import Iterator

import numpy as np

from rag.adapters.linking import ASTRAY
from rag.adapters.rows import Row
from rag.records import Fault

_EXAMPLES = 3
_AT_ONCE = 5_000
_UNIT = 1e-2
"""How far the length of a stored vector may be from 1: those of half precision are off by some thousandths."""

_RULES = {
    "versions have no text": """
        SELECT v.key FROM versions v LEFT JOIN texts t ON t.version_key = v.key WHERE t.version_key IS NULL""",
    "versions have other passages than they should": """
        SELECT v.key FROM versions v LEFT JOIN passages p ON p.version_key = v.key
        GROUP BY v.key HAVING COUNT(p.id) <> v.passages""",
    "passages lie outside of their text": """
        SELECT p.id FROM passages p
        JOIN (SELECT version_key, length(text) AS characters FROM texts) t ON t.version_key = p.version_key
        WHERE NOT (0 <= p.start AND p.start < p."end" AND p."end" <= t.characters)""",
}

_OWED = {
    "keys or links of story groups are of no current version, or go one way only": ASTRAY,
    "passages were left unsettled by a writer that was stopped": "SELECT passage_id FROM unsettled",
    "deleted passages may stand in files of the indexes, since a writer was stopped": "SELECT passage_id FROM unerased",
}


def audit(connection: sqlite3.Connection, dimension: int | None) -> list[Fault]:
    """Everything that is wrong; `dimension` is that of the recorded embedder, None when there is none."""
    said = [line for (line,) in connection.execute("PRAGMA integrity_check(20)") if line != "ok"]
    if said:  # what else is asked of a damaged file may end anywhere
        return [Fault("database", "errors are found by SQLite's integrity check", len(said), tuple(said[:_EXAMPLES]))]
    dangling = [f"{table} {row}" for table, row, *_ in connection.execute("PRAGMA foreign_key_check")]
    found = {"rows belong to nothing": dangling}
    found |= {what: [key for (key,) in connection.execute(rule)] for what, rule in _RULES.items()}
    passages = connection.execute("SELECT id, vector FROM passages")
    if dimension is None:
        found["passages have vectors of no recorded embedder"] = [identifier for identifier, _ in passages]
    else:
        found["passages have no proper vector"] = list(_improper(passages, dimension))
    faults = [Fault("database", what, len(ids), tuple(ids[:_EXAMPLES])) for what, ids in found.items() if ids]
    for what, owed in _OWED.items():
        ids = [identifier for (identifier,) in connection.execute(owed)]
        if ids:
            faults.append(Fault("database", what, len(ids), tuple(ids[:_EXAMPLES]), mendable=True))
    return faults


def _improper(passages: sqlite3.Cursor, dimension: int) -> Iterator[str]:
    """Those whose vector is not of this dimension, not of unit length, or holds what is no number."""
    while rows := passages.fetchmany(_AT_ONCE):
        yield from _improper_of(rows, dimension)


def _improper_of(rows: list[Row], dimension: int) -> Iterator[str]:
    right = [row for row in rows if len(row[1]) == dimension * np.dtype(np.float32).itemsize]
    yield from {identifier for identifier, _ in rows} - {identifier for identifier, _ in right}
    vectors = np.frombuffer(b"".join(vector for _, vector in right), dtype=np.float32).reshape(len(right), dimension)
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    for (identifier, _), length in zip(right, lengths, strict=True):
        if not abs(length - 1) <= _UNIT:
            yield identifier
