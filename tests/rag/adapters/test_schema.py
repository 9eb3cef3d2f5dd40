"""An older corpus is brought up to date with all that it holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.sources import RawItem
from rag.adapters.connection import DATABASE
from rag.adapters.schema import MIGRATIONS, define_functions
from rag.adapters.sqlite import SqliteStore
from rag.adapters.sqlite_writer import SqliteWriter, upgrade
from rag.model import Filters
from rag.records import Withdrawal

FIRST = {
    "url": "https://news.example/a?utm_source=x",
    "title": "Bridge",
    "text": "The bridge opens in April.\n\nSign up for our newsletter.",
    "authors": ["Ada Brook"],
    "published_at": "2024-03-04T09:00:00+01:00",
}
SECOND = FIRST | {"text": "The bridge opens in May.", "updated_at": "2024-03-05T09:00:00+01:00"}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A corpus of the first schema: an article in two versions, and one with an id of its own that is withdrawn."""
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        define_functions(connection)
        connection.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1;")
        connection.execute("INSERT INTO articles VALUES (?, ?, NULL)", (FIRST["url"], FIRST["url"]))
        connection.execute("INSERT INTO articles VALUES ('7', 'https://news.example/b', '2024-03-09T00:00:00+00:00')")
        for key, article, number, current, record in (
            ("a-1", FIRST["url"], 1, 0, FIRST), ("a-2", FIRST["url"], 2, 1, SECOND), ("b-1", "7", 1, 0, FIRST),
        ):  # fmt: skip
            connection.execute(
                """INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, 'news.example', '["Ada Brook"]', NULL, NULL, ?, ?,
                   '2024-03-06T00:00:00+00:00', 1709539200, 1709539200, 0, 'old')""",
                (key, article, number, current, article, record["title"], record["published_at"],
                 record.get("updated_at")),
            )  # fmt: skip
            connection.execute("INSERT INTO texts VALUES (?, ?)", (key, record["text"]))
        connection.commit()
    return tmp_path


def test_a_reader_has_an_older_corpus_upgraded_first(old: Path) -> None:
    upgrade(old, lock_seconds=1)
    with closing(SqliteStore(old)) as store:
        assert store.version("http://www.news.example/a/").number == 2
        assert [article.id for article in store.articles()] == [FIRST["url"]]
        assert store.withdrawal("7") == Withdrawal("withdrawn")
        first = store.versions("https://news.example/a")[0]
        assert [first.text[start:end] for start, end in first.furniture] == ["Sign up for our newsletter."]


def test_what_an_older_corpus_holds_is_unchanged_when_it_comes_in_again(old: Path) -> None:
    with closing(SqliteWriter(old)) as store:
        for record in (FIRST, SECOND):
            parsed = parse(RawItem("here", record))
            known = store.known(parsed.keys)
            assert known is not None
            assert parsed.statement in known.statements
        store.reinstate("7")
        assert {article.id for article in store.articles(Filters())} == {FIRST["url"], "7"}
