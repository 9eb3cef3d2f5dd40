"""Which last texts are copies, kept in step with the versions inside the transaction that changes them.

Triggers note in `unlinked` every version that becomes the last text of its article or ceases to be, whatever did it;
`link` works that off. What it makes depends on nothing but the last texts that there are, not on how they came to be.
Those of withdrawn articles and those under an embargo are linked, too: who reads leaves out what must not be seen.
"""

import json
import sqlite3
from collections.abc import Callable, Collection
from functools import lru_cache

from rag.language.furniture import without_furniture
from rag.stories import HOLDERS, Told, are_copies, candidates, leads, sketch

_TEXTS_AT_HAND = 256


def link(connection: sqlite3.Connection) -> None:
    """Bring the links of everything unlinked in step with the last texts."""
    unlinked = _keys(connection, "SELECT version_key FROM unlinked")
    if not unlinked:
        return
    last = _keys(connection, "SELECT v.key FROM unlinked JOIN versions v ON v.key = version_key AND v.current")
    gone, to_link = unlinked - last, last.copy()
    for key in sorted(gone):
        to_link |= _next_in_line(connection, key)
        connection.execute("DELETE FROM sketches WHERE version_key = ?", (key,))
    told = lru_cache(_TEXTS_AT_HAND)(lambda key: _told(connection, key))
    for key in sorted(last):
        rows = [(found_by, key) for found_by in sketch(told(key).text)]
        connection.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", rows)
        to_link |= _next_in_line(connection, key)
    to_link -= gone
    _unlink(connection, to_link | gone)
    for key in sorted(to_link):
        _link_copies(connection, key, to_link, told)
    connection.execute("DELETE FROM unlinked")


def _keys(connection: sqlite3.Connection, query: str, *parameters: object) -> set[str]:
    return {key for (key,) in connection.execute(query, parameters)}


def _next_in_line(connection: sqlite3.Connection, key: str) -> set[str]:
    """Those that lead to others if this version does not, or the other way round: they are to be linked anew."""
    behind = f"""SELECT b.version_key FROM sketches b WHERE b.key = a.key
        ORDER BY b.version_key LIMIT 1 OFFSET {HOLDERS}"""
    return _keys(
        connection,
        f"""SELECT first FROM (SELECT ({behind}) AS first FROM sketches a WHERE a.version_key = ?1) WHERE first > ?1""",
        key,
    )


def _unlink(connection: sqlite3.Connection, keys: Collection[str]) -> None:
    named = {"keys": json.dumps(sorted(keys))}
    for column in ("version_key", "other_key"):
        connection.execute(f"DELETE FROM links WHERE {column} IN (SELECT value FROM json_each(:keys))", named)


def _link_copies(
    connection: sqlite3.Connection, key: str, to_link: Collection[str], told: Callable[[str], Told]
) -> None:
    """Both ways round. Of two that are to be linked, the one with the lesser key sees to it."""
    found_by = connection.execute("SELECT key FROM sketches WHERE version_key = ?", (key,)).fetchall()
    for other in candidates(key, [_holders(connection, each, key) for (each,) in found_by]):
        if (other > key or other not in to_link) and are_copies(told(key), told(other)):
            connection.executemany("INSERT INTO links VALUES ('copy', ?, ?)", [(key, other), (other, key)])


def _holders(connection: sqlite3.Connection, found_by: int, key: str) -> list[str]:
    """Those that hold a key of a sketch, sorted; all of them if this version leads to them, else the first."""
    query = "SELECT version_key FROM sketches WHERE key = ? ORDER BY version_key LIMIT ?"
    first = [other for (other,) in connection.execute(query, (found_by, HOLDERS + 1))]
    if len(first) > HOLDERS and leads(key, first):
        return [other for (other,) in connection.execute(query, (found_by, -1))]
    return first


def _told(connection: sqlite3.Connection, key: str) -> Told:
    title, text, furniture, published = connection.execute(
        """SELECT v.title, t.text, v.furniture, v.published_s FROM versions v JOIN texts t ON t.version_key = v.key
           WHERE v.key = ?""",
        (key,),
    ).fetchone()
    return Told(title, without_furniture(text, json.loads(furniture)), published)
