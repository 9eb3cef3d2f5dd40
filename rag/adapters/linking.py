"""Which last texts are copies, and which report one event, kept in step with the versions.

This is done inside the transaction that changes them.

Triggers note in `unlinked` every version that becomes the last text of its article or ceases to be, whatever did it;
`link` works that off. What it makes depends on nothing but the last texts that there are, not on how they came to be.
Those of withdrawn articles and those under an embargo are linked, too: who reads leaves out what must not be seen.
"""

import json
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rag.adapters.rows import ARTICLE, article_of
from rag.language.furniture import without_furniture
from rag.model import Article
from rag.stories import (
    HOLDERS,
    Account,
    Told,
    account,
    are_copies,
    candidates,
    event_keys,
    leads,
    report_one_event,
    sketch,
)

_TEXTS_AT_HAND = 256

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Kind(Generic[_T]):
    """A kind of link: the table of its keys, what of an article and its text is compared, its keys, the comparison."""

    name: str
    table: str
    read: Callable[[Article, str], _T]
    keys: Callable[[_T], tuple[int, ...]]
    are_linked: Callable[[_T, _T], bool]


def _told(article: Article, text: str) -> Told:
    return Told(article.title, text, article.published_at.timestamp() if article.published_at else None)


_COPY: _Kind[Told] = _Kind("copy", "sketches", _told, lambda told: sketch(told.text), are_copies)
_STORY: _Kind[Account | None] = _Kind("story", "event_keys", account, event_keys, report_one_event)


ASTRAY = """
    SELECT version_key FROM unlinked
    UNION SELECT linked.version_key FROM (
        SELECT version_key FROM sketches UNION SELECT version_key FROM event_keys
        UNION SELECT version_key FROM links UNION SELECT other_key FROM links
    ) linked LEFT JOIN versions v ON v.key = linked.version_key AND v.current WHERE v.key IS NULL
    UNION SELECT l.version_key FROM links l
    LEFT JOIN links back ON back.version_key = l.other_key AND back.kind = l.kind AND back.other_key = l.version_key
    WHERE back.version_key IS NULL
"""
"""The keys of what is linked and is no last text, of what is linked one way only, and of what waits to be linked."""


def relink(connection: sqlite3.Connection) -> None:
    """Note that what is astray is to be linked anew."""
    connection.execute(f"INSERT OR IGNORE INTO unlinked {ASTRAY}")


def link(connection: sqlite3.Connection) -> None:
    """Bring the links of everything unlinked in step with the last texts."""
    unlinked = _keys(connection, "SELECT version_key FROM unlinked")
    if not unlinked:
        return
    last = _keys(connection, "SELECT v.key FROM unlinked JOIN versions v ON v.key = version_key AND v.current")
    _relink(connection, _COPY, last, unlinked - last)
    _relink(connection, _STORY, last, unlinked - last)
    connection.execute("DELETE FROM unlinked")


def _relink(connection: sqlite3.Connection, kind: _Kind[_T], last: Collection[str], gone: Collection[str]) -> None:
    to_link = set(last)
    for key in sorted(gone):
        to_link |= _next_in_line(connection, kind.table, key)
        connection.execute(f"DELETE FROM {kind.table} WHERE version_key = ?", (key,))
    read = lru_cache(_TEXTS_AT_HAND)(lambda key: kind.read(*_article_and_text(connection, key)))
    for key in sorted(last):
        rows = [(found_by, key) for found_by in kind.keys(read(key))]
        connection.executemany(f"INSERT OR IGNORE INTO {kind.table} VALUES (?, ?)", rows)
        to_link |= _next_in_line(connection, kind.table, key)
    to_link -= set(gone)
    _unlink(connection, kind.name, to_link.union(gone))
    for key in sorted(to_link):
        _link(connection, kind, key, to_link, read)


def _keys(connection: sqlite3.Connection, query: str, *parameters: object) -> set[str]:
    return {key for (key,) in connection.execute(query, parameters)}


def _next_in_line(connection: sqlite3.Connection, table: str, key: str) -> set[str]:
    """Those that lead to others if this version does not, or the other way round: they are to be linked anew."""
    behind = f"""SELECT b.version_key FROM {table} b WHERE b.key = a.key
        ORDER BY b.version_key LIMIT 1 OFFSET {HOLDERS}"""
    return _keys(
        connection,
        f"""SELECT first FROM (SELECT ({behind}) AS first FROM {table} a WHERE a.version_key = ?1) WHERE first > ?1""",
        key,
    )


def _unlink(connection: sqlite3.Connection, kind: str, keys: Collection[str]) -> None:
    named = {"kind": kind, "keys": json.dumps(sorted(keys))}
    for column in ("version_key", "other_key"):
        connection.execute(
            f"DELETE FROM links WHERE kind = :kind AND {column} IN (SELECT value FROM json_each(:keys))", named
        )


def _link(
    connection: sqlite3.Connection, kind: _Kind[_T], key: str, to_link: Collection[str], read: Callable[[str], _T]
) -> None:
    """Both ways round. Of two that are to be linked, the one with the lesser key sees to it."""
    found_by = connection.execute(f"SELECT key FROM {kind.table} WHERE version_key = ?", (key,)).fetchall()
    for other in candidates(key, [_holders(connection, kind.table, each, key) for (each,) in found_by]):
        if (other > key or other not in to_link) and kind.are_linked(read(key), read(other)):
            links = [(kind.name, key, other), (kind.name, other, key)]
            connection.executemany("INSERT INTO links VALUES (?, ?, ?)", links)


def _holders(connection: sqlite3.Connection, table: str, found_by: int, key: str) -> list[str]:
    """Those that hold a key, sorted; all of them if this version leads to them, else the first."""
    query = f"SELECT version_key FROM {table} WHERE key = ? ORDER BY version_key LIMIT ?"
    first = [other for (other,) in connection.execute(query, (found_by, HOLDERS + 1))]
    if len(first) > HOLDERS and leads(key, first):
        return [other for (other,) in connection.execute(query, (found_by, -1))]
    return first


def _article_and_text(connection: sqlite3.Connection, key: str) -> tuple[Article, str]:
    """What a version states, and its text without furniture."""
    *stated, text, furniture = connection.execute(
        f"SELECT {ARTICLE}, t.text, v.furniture FROM versions v JOIN texts t ON t.version_key = v.key WHERE v.key = ?",
        (key,),
    ).fetchone()
    return article_of(tuple(stated)), without_furniture(text, json.loads(furniture))
