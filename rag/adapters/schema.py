"""The tables of the truth, and the migrations that bring an older corpus up to date.

A migration is a script. It may call the functions that `functions` defines, where SQL alone cannot say what is meant.
"""

import json
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime

from rag.errors import SchemaMismatch
from rag.identity import content_hash, text_hash, url_key
from rag.language.furniture import furniture_spans, stub_reason, without_furniture
from rag.model import Article

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO facts VALUES ('epoch', '0');

    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        withdrawn_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX articles_by_url ON articles (url);

    -- Which notices have withdrawn an article, so that reading one again does not withdraw what came after it.
    CREATE TABLE withdrawals (
        article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        content_hash TEXT NOT NULL,
        PRIMARY KEY (article_id, content_hash)
    ) WITHOUT ROWID;

    -- Times are kept twice: as they were given, with their offset, and as seconds since 1970 to compare by.
    -- known_at is when the world could have read this text: the later of published and updated, NULL if unknown.
    CREATE TABLE versions (
        key TEXT PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        current INTEGER NOT NULL,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT,
        authors TEXT NOT NULL,
        category TEXT,
        language TEXT,
        published_at TEXT,
        updated_at TEXT,
        fetched_at TEXT NOT NULL,
        published_s REAL,
        known_s REAL,
        passages INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        UNIQUE (article_id, number)
    );
    CREATE INDEX versions_by_date ON versions (current, published_s);
    CREATE INDEX versions_by_size ON versions (current, passages);

    -- Apart from their versions, so that filters look through small rows.
    CREATE TABLE texts (
        version_key TEXT PRIMARY KEY REFERENCES versions (key) ON DELETE CASCADE,
        text TEXT NOT NULL
    );

    CREATE TABLE passages (
        id TEXT PRIMARY KEY,
        version_key TEXT NOT NULL REFERENCES versions (key) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        vector BLOB NOT NULL
    );
    CREATE INDEX passages_by_version ON passages (version_key);

    CREATE TABLE unsettled (passage_id TEXT PRIMARY KEY) WITHOUT ROWID;

    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        started_at TEXT NOT NULL,
        finished_at TEXT NOT NULL,
        report TEXT NOT NULL
    );
    """,
    """
    -- What an article goes by: "id:" with an id that was given, "url:" with the url_key of an address.
    CREATE TABLE identities (
        key TEXT PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX identities_by_article ON identities (article_id);
    INSERT OR IGNORE INTO identities SELECT 'url:' || url_key(url), id FROM articles WHERE url != '' ORDER BY id;
    INSERT OR IGNORE INTO identities SELECT 'url:' || url_key(id), id FROM articles WHERE url IN ('', id) ORDER BY id;
    INSERT OR IGNORE INTO identities SELECT 'id:' || id, id FROM articles WHERE url != id;

    -- Why an article is withdrawn: "withdrawn", "withheld" or "by hand"; and when its publisher said so, if it did.
    ALTER TABLE articles ADD COLUMN withdrawn_why TEXT;
    ALTER TABLE articles ADD COLUMN withdrawal_stated_at TEXT;
    ALTER TABLE articles ADD COLUMN withdrawal_revision INTEGER;
    UPDATE articles SET withdrawn_why = 'withdrawn' WHERE withdrawn_at IS NOT NULL;

    -- current: 1 current, 0 superseded, -1 current but that its article is withdrawn.
    UPDATE versions SET current = -1 WHERE article_id IN (SELECT id FROM articles WHERE withdrawn_at IS NOT NULL)
        AND number = (SELECT MAX(w.number) FROM versions w WHERE w.article_id = versions.article_id);

    ALTER TABLE versions ADD COLUMN stub TEXT;
    ALTER TABLE versions ADD COLUMN dates TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE versions ADD COLUMN revision INTEGER;
    ALTER TABLE versions ADD COLUMN embargoed_until TEXT;
    ALTER TABLE versions ADD COLUMN embargo_s REAL;
    ALTER TABLE versions ADD COLUMN note TEXT;
    ALTER TABLE versions ADD COLUMN furniture TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE versions ADD COLUMN text_hash TEXT NOT NULL DEFAULT '';
    -- Of the item that a version was made from, as it came in: whether it was taken before is then known unread.
    ALTER TABLE versions ADD COLUMN item_hash TEXT;
    CREATE INDEX versions_by_item ON versions (item_hash) WHERE item_hash IS NOT NULL;
    ALTER TABLE withdrawals ADD COLUMN item_hash TEXT;
    CREATE INDEX withdrawals_by_item ON withdrawals (item_hash) WHERE item_hash IS NOT NULL;
    UPDATE versions SET furniture = furniture(text), stub = stub(text, title),
        text_hash = text_hash(title, text),
        content_hash = content_hash(title, source, authors, published_at, category, language, text)
        FROM texts WHERE texts.version_key = versions.key;

    CREATE INDEX versions_under_embargo ON versions (embargo_s) WHERE embargo_s IS NOT NULL;
    DROP INDEX versions_by_size;
    CREATE INDEX versions_by_size ON versions (current, key, embargo_s, passages);

    -- What is remembered of addresses that were fetched, by url_key.
    CREATE TABLE visits (
        key TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        stamp TEXT NOT NULL,
        fetched_at TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    -- Vectors of texts that stand in no version yet, by a hash of embedder and text: of a run that goes on, or died.
    CREATE TABLE kept_vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL);
    """,
    """
    -- The keys (rag.stories.sketch) under which the last text of each article is found: that of its version that is
    -- current, would be if the article were not withdrawn, or will be when an embargo ends. A version's own key begins
    -- with a hash, so their order in this table has nothing to do with when they came in.
    CREATE TABLE sketches (
        key INTEGER NOT NULL,
        version_key TEXT NOT NULL,
        PRIMARY KEY (key, version_key)
    ) WITHOUT ROWID;
    CREATE INDEX sketches_by_version ON sketches (version_key);

    -- Pairs of last texts that are copies, each both ways round.
    CREATE TABLE links (
        kind TEXT NOT NULL,
        version_key TEXT NOT NULL,
        other_key TEXT NOT NULL,
        PRIMARY KEY (version_key, kind, other_key)
    ) WITHOUT ROWID;
    CREATE INDEX links_by_other ON links (other_key);

    -- The versions whose sketches and links may not match the rest yet. None outside of a transaction.
    CREATE TABLE unlinked (version_key TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT INTO unlinked SELECT key FROM versions WHERE current;
    CREATE TRIGGER version_comes AFTER INSERT ON versions WHEN NEW.current
        BEGIN INSERT OR IGNORE INTO unlinked VALUES (NEW.key); END;
    CREATE TRIGGER version_turns AFTER UPDATE OF current ON versions WHEN (NEW.current = 0) <> (OLD.current = 0)
        BEGIN INSERT OR IGNORE INTO unlinked VALUES (NEW.key); END;
    CREATE TRIGGER version_goes AFTER DELETE ON versions WHEN OLD.current
        BEGIN INSERT OR IGNORE INTO unlinked VALUES (OLD.key); END;
    """,
    """
    -- The keys (rag.stories.event_keys) under which the last text of each article that reports an event is found.
    -- The links of two such texts are of the kind 'story'.
    CREATE TABLE event_keys (
        key INTEGER NOT NULL,
        version_key TEXT NOT NULL,
        PRIMARY KEY (key, version_key)
    ) WITHOUT ROWID;
    CREATE INDEX event_keys_by_version ON event_keys (version_key);
    INSERT OR IGNORE INTO unlinked SELECT key FROM versions WHERE current;
    """,
    """
    -- Passages of deleted articles that may still stand in files of the derived indexes.
    CREATE TABLE unerased (passage_id TEXT PRIMARY KEY) WITHOUT ROWID;

    DROP INDEX versions_by_date;
    CREATE INDEX versions_by_date ON versions (published_s);
    """,
    """
    -- All that a search of what was known at a time asks of a version, so that it need not look at the version itself:
    -- which were published by then, which of an article's was the last to be known, which articles are withdrawn.
    DROP INDEX versions_by_date;
    CREATE INDEX versions_by_date ON versions (published_s, article_id, key, current, embargo_s, passages);
    CREATE INDEX versions_by_knowledge ON versions (article_id, known_s, number, key);
    CREATE INDEX articles_withdrawn ON articles (id) WHERE withdrawn_at IS NOT NULL;
    """,
)


def define_functions(connection: sqlite3.Connection, clock: Callable[[], float] = time.time) -> None:
    """The functions that our SQL calls; `now_s()` is the present in seconds since 1970, by `clock`."""

    def furniture(text: str) -> str:
        return json.dumps(furniture_spans(text))

    def stub(text: str, title: str) -> str | None:
        return stub_reason(text, title=title)

    def words_hash(title: str, text: str) -> str:
        return text_hash(title, without_furniture(text, furniture_spans(text)))

    pure: dict[str, Callable[..., str | None]] = {
        "casefold": lambda text: None if text is None else text.casefold(),
        "content_hash": _content_hash,
        "furniture": furniture,
        "stub": stub,
        "text_hash": words_hash,
        "url_key": url_key,
    }
    for name, function in pure.items():
        connection.create_function(name, function.__code__.co_argcount, function, deterministic=True)
    connection.create_function("now_s", 0, clock)


def _content_hash(
    title: str, source: str | None, authors: str, published: str | None, category: str, language: str, text: str
) -> str:
    """The hash of a stored version, from its columns."""
    article = Article(
        id="",
        url="",
        title=title,
        source=source,
        authors=tuple(json.loads(authors)),
        published_at=None if published is None else datetime.fromisoformat(published),
        category=category,
        language=language,
    )
    return content_hash(article, without_furniture(text, furniture_spans(text)))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, one transaction a step; `connection` has our functions.

    Raises SchemaMismatch when it is newer than we know.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise SchemaMismatch(version, len(MIGRATIONS))
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
