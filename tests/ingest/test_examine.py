"""What is out of step is found, and told apart. The indexes here are in memory, the truth is real."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ingest.examine import Diagnosis, examine
from ingest.write import CorpusWriter
from rag.adapters.connection import DATABASE
from rag.adapters.sqlite_writer import SqliteWriter
from rag.identity import passage_id
from rag.ports import Scored
from rag.records import EmbedderInfo, Vectors
from tests.indexes import MemoryVectors, MemoryWords
from tests.making import new_version, passage

A0, A1, B0 = passage_id("a", 1, 0), passage_id("a", 2, 0), passage_id("b", 1, 0)


class Held:
    """A corpus with a superseded version, and what the indexes hold of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE
        self.store = SqliteWriter(folder)
        self.vectors, self.words = MemoryVectors(), MemoryWords()
        self.writer = CorpusWriter(self.store, self.vectors, self.words)
        with self.writer.lock("test"):
            self.store.record_making(EmbedderInfo("test", 8, "none"), "{}")
            self.writer.write([new_version("a", 1, ["Old."]), new_version("b", 1, ["Other.", "More."])])
            self.writer.write([new_version("a", 2, ["New."])])

    def examined(self) -> Diagnosis:
        return examine(self.store, self.vectors, self.words)

    def sql(self, statement: str, *parameters: object) -> None:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute(statement, parameters)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    made = Held(tmp_path)
    yield made
    made.store.close()


def said(diagnosis: Diagnosis) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(fault.where, fault.what, fault.examples) for fault in diagnosis.faults]


def test_a_corpus_in_step_has_no_faults(held: Held) -> None:
    diagnosis = held.examined()
    assert diagnosis.faults == ()
    assert diagnosis.passages == 4


def test_a_passage_that_an_index_lacks_is_missing(held: Held) -> None:
    del held.vectors.rows[A1], held.words.rows[A0]
    assert said(held.examined()) == [
        ("vectors", "passages are missing", (A1,)),
        ("words", "passages are missing", (A0,)),
    ]


def test_a_passage_under_an_old_vector_is_found(held: Held) -> None:
    held.vectors.rows[B0] = held.vectors.rows[A1]
    assert ("vectors", "passages have another vector than in the database", (B0,)) in said(held.examined())


def test_what_is_in_an_index_and_should_not_be_is_found(held: Held) -> None:
    stranger = passage("Gone.", "gone")
    held.vectors.add([stranger], np.eye(1, 8, dtype=np.float32))
    held.words.add([stranger], superseded=True)
    held.words.commit()
    assert said(held.examined()) == [
        ("vectors", "passages are there that should not be", (stranger.id,)),
        ("words", "passages are there that should not be", (stranger.id,)),
    ]


def test_a_superseded_passage_that_counts_as_current_is_found(held: Held) -> None:
    held.words.rows[A0] = (held.words.rows[A0][0], False)
    assert {what for _, what, _ in said(held.examined())} == {
        "passages are missing",
        "passages are there that should not be",
    }


def test_whatever_differs_is_mended_from_the_truth(held: Held) -> None:
    stranger = passage("Gone.", "gone")
    held.vectors.rows[B0] = held.vectors.rows[A1]
    held.vectors.add([stranger], np.eye(1, 8, dtype=np.float32))
    del held.words.rows[A1]
    with held.writer.lock("test"):
        held.writer.mend(held.examined().differing)
    assert held.examined().faults == ()


def test_what_a_stopped_writer_left_unsettled_is_told(held: Held) -> None:
    held.store.unsettle([A1])
    [fault] = held.examined().faults
    assert "unsettled" in fault.what
    assert fault.mendable


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO sketches VALUES (7, 'gone')",
        "INSERT INTO event_keys SELECT 7, key FROM versions WHERE NOT current",
        "INSERT INTO links VALUES ('copy', 'gone', 'too')",
        "INSERT INTO links SELECT 'copy', one.key, other.key FROM versions one JOIN versions other "
        "ON one.article_id = 'a' AND other.article_id = 'b' WHERE one.current",
        "INSERT INTO unlinked SELECT key FROM versions WHERE current",
    ],
)
def test_what_is_astray_in_the_story_groups_is_told_and_mended(held: Held, statement: str) -> None:
    held.sql(statement)
    [fault] = held.examined().faults
    assert ("story groups" in fault.what, fault.mendable) == (True, True)
    held.store.mend_groups()
    assert held.examined().faults == ()


class Missing(MemoryVectors):
    """Searches for these vectors find other passages only."""

    def __init__(self, missed: Vectors) -> None:
        super().__init__()
        self.missed = missed

    def search_each(self, vectors: Vectors, k: int) -> list[Scored]:
        found = zip(vectors, super().search_each(vectors, k + 1), strict=True)
        return [hits[1:] if (self.missed == vector).all(axis=1).any() else hits[:k] for vector, hits in found]


@pytest.mark.parametrize(("missed", "is_told"), [(1, False), (3, True)])
def test_that_many_searches_miss_their_passages_is_told_and_that_one_of_40_does_is_not(
    held: Held, missed: int, is_told: bool
) -> None:
    new = new_version("many", 1, [f"Passage {i}." for i in range(37)])
    held.writer.write([new])
    vectors = Missing(new.vectors[:missed])
    vectors.rows = held.vectors.rows
    assert len(vectors.rows) == 40
    told = [fault.what for fault in examine(held.store, vectors, held.words).faults]
    assert told == (["passages are not found by a search for their own vector"] if is_told else [])


def test_what_a_stopped_writer_deleted_and_did_not_erase_is_told_and_mended(held: Held) -> None:
    held.store.delete(["b"])
    assert any("deleted passages may stand in files" in fault.what for fault in held.examined().faults)
    with held.store.lock("test"):
        held.writer.mend(())
    assert held.examined().faults == ()
    assert B0 not in held.vectors.files | held.words.files


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ('UPDATE passages SET "end" = 99 WHERE id = :id', "lie outside"),
        ('UPDATE passages SET start = "end" WHERE id = :id', "lie outside"),
        ("UPDATE passages SET vector = x'00000000' WHERE id = :id", "no proper vector"),
        ("UPDATE passages SET vector = zeroblob(32) WHERE id = :id", "no proper vector"),
        (f"UPDATE passages SET vector = x'{8 * '0000C07F'}' WHERE id = :id", "no proper vector"),
        ("DELETE FROM passages WHERE id = :id", "other passages than they should"),
        ("DELETE FROM texts", "have no text"),
        ("DELETE FROM articles WHERE id = 'b'", "belong to nothing"),
        ("DELETE FROM facts WHERE name = 'embedder'", "no recorded embedder"),
    ],
)
def test_what_is_wrong_with_the_database_is_told_and_not_said_to_be_mendable(
    held: Held, statement: str, what: str
) -> None:
    held.sql(statement.replace(":id", f"'{B0}'"))
    diagnosis = held.examined()
    assert any(what in fault.what for fault in diagnosis.faults), diagnosis.faults
    assert not any(fault.mendable for fault in diagnosis.faults if what in fault.what)
