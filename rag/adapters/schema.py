"""The tables of the truth, and the migrations that bring an older corpus up to date."""

import sqlite3

from rag.errors import SchemaMismatch

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
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, one transaction a step. Raises SchemaMismatch when it is newer than we know."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise SchemaMismatch(version, len(MIGRATIONS))
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
