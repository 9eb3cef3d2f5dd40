"""The steps that a change of the truth is made of, each inside the transaction of its caller."""

import json
import sqlite3
from collections.abc import Sequence

from rag.adapters.rows import dates_written, written
from rag.identity import version_key
from rag.model import Version
from rag.records import BY_HAND, NewVersion, Withdrawal

CURRENT, SUPERSEDED, WITHDRAWN = 1, 0, -1
"""The states of a version; the last is that of one that would be current if its article were not withdrawn."""


def make_way(
    connection: sqlite3.Connection, version: Version, embargo: float | None, withdrawal: Withdrawal | None
) -> int:
    """Supersede what a version takes the place of; the state that it gets itself.

    Under an embargo that is the version under an earlier one: what is current stays so until the embargo ends.
    """
    if not version.current:
        return SUPERSEDED
    article_id = version.article.id
    which = "current" if embargo is None else "current AND embargo_s > now_s()"
    unsettle(connection, _passages_to_supersede(connection, article_id))
    connection.execute(f"UPDATE versions SET current = 0 WHERE article_id = ? AND {which}", (article_id,))
    if withdrawal and withdrawal.why == BY_HAND:
        return WITHDRAWN
    end_withdrawal(connection, article_id)
    return CURRENT


def end_withdrawal(connection: sqlite3.Connection, article_id: str) -> bool:
    """Let search see an article again; whether it was withdrawn."""
    ended = connection.execute(
        """UPDATE articles SET withdrawn_at = NULL, withdrawn_why = NULL, withdrawal_stated_at = NULL,
           withdrawal_revision = NULL WHERE id = ? AND withdrawn_at IS NOT NULL""",
        (article_id,),
    )
    return ended.rowcount > 0


def raise_epoch(connection: sqlite3.Connection) -> None:
    """Tell readers that something has changed."""
    connection.execute("UPDATE facts SET value = CAST(value AS INTEGER) + 1 WHERE name = 'epoch'")


def unsettle(connection: sqlite3.Connection, passage_ids: Sequence[str]) -> None:
    """Note that the derived rows of these passages are about to change."""
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(i,) for i in passage_ids])


def identify(connection: sqlite3.Connection, article_id: str, keys: Sequence[str]) -> None:
    """Let an article go by these keys; those by which another one goes stay with that."""
    connection.executemany("INSERT OR IGNORE INTO identities VALUES (?, ?)", [(key, article_id) for key in keys])


def forget_visits(connection: sqlite3.Connection, article_id: str) -> None:
    """Those to the article's own addresses; and those to lists, which may have named it, so that they are read anew."""
    urls = "SELECT substr(key, 5) FROM identities WHERE key LIKE 'url:%'"
    connection.execute(
        f"DELETE FROM visits WHERE key IN ({urls} AND article_id = ?) OR key NOT IN ({urls})", (article_id,)
    )


def _passages_to_supersede(connection: sqlite3.Connection, article_id: str) -> list[str]:
    """Of the current version; of all when the article was withdrawn: its old ones come back for as-of searches."""
    rows = connection.execute(
        """SELECT p.id FROM passages p JOIN versions v ON v.key = p.version_key JOIN articles a ON a.id = v.article_id
           WHERE a.id = ? AND (v.current OR a.withdrawn_at IS NOT NULL)""",
        (article_id,),
    )
    return [identifier for (identifier,) in rows]


def all_passages(connection: sqlite3.Connection, article_id: str) -> list[str]:
    """The ids of the passages of all versions of an article."""
    rows = connection.execute(
        "SELECT p.id FROM passages p JOIN versions v ON v.key = p.version_key WHERE v.article_id = ?", (article_id,)
    )
    return [identifier for (identifier,) in rows]


def insert_version(connection: sqlite3.Connection, new: NewVersion, state: int, embargo: float | None) -> None:
    """Store a version in a state; `embargo` is when its embargo ends, in seconds since 1970, if that is to come."""
    version, article = new.version, new.version.article
    key = version_key(article.id, version.number)
    values = {
        "key": key,
        "article_id": article.id,
        "number": version.number,
        "current": state,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "category": article.category,
        "language": article.language,
        "stub": article.stub,
        "published_at": written(article.published_at),
        "updated_at": written(article.updated_at),
        "fetched_at": version.fetched_at.isoformat(),
        "published_s": None if article.published_at is None else article.published_at.timestamp(),
        "known_s": _known_since(connection, version),
        "passages": len(new.passages),
        "content_hash": new.content_hash,
        "text_hash": new.text_hash,
        "item_hash": new.item_hash or None,
        "dates": dates_written(version.dates),
        "revision": version.revision,
        "embargoed_until": written(version.embargoed_until),
        "embargo_s": embargo,
        "note": version.note,
        "furniture": json.dumps(version.furniture),
    }
    columns = ", ".join(values)
    connection.execute(f"INSERT INTO versions ({columns}) VALUES ({', '.join(':' + c for c in values)})", values)
    connection.execute("INSERT INTO texts VALUES (?, ?)", (key, version.text))
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(p.id, key, p.start, p.end, v.tobytes()) for p, v in zip(new.passages, new.vectors, strict=True)],
    )


def _known_since(connection: sqlite3.Connection, version: Version) -> float | None:
    """When the world could have read this text, in seconds since 1970; None when its article has no date.

    When it was published, or updated if that is later, since the text we hold is the updated one; not before its
    embargo ended. A version that takes the place of another, though its times are no later, says nothing of when it
    changed: then when we fetched it.
    """
    article = version.article
    if article.published_at is None:
        return None
    times = (article.published_at, article.updated_at, version.embargoed_until)
    known = max(time for time in times if time is not None).timestamp()
    if not version.current:
        return known
    (before,) = connection.execute("SELECT MAX(known_s) FROM versions WHERE article_id = ?", (article.id,)).fetchone()
    return version.fetched_at.timestamp() if before is not None and known <= before else known
