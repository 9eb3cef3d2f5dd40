"""A writer that dies at any step leaves nothing that the next one does not mend. The indexes here are in memory."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.write import CorpusWriter
from rag.adapters.sqlite_writer import SqliteWriter
from rag.identity import passage_id, version_key
from rag.records import NewVersion
from tests.digest import rows
from tests.indexes import MemoryVectors, MemoryWords
from tests.making import day, new_version


class Killed(BaseException):
    """Stands for kill -9: no step of ours handles it."""


class Dying:
    """Passes every call on to a real one, and dies at the call that `countdown` runs out at, before or after it."""

    def __init__(self, behind: object, countdown: Callable[[str], None]) -> None:
        self._behind = behind
        self._countdown = countdown

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._behind, name)
        if not callable(attribute):
            return attribute

        def called(*args: object, **kwargs: object) -> object:
            self._countdown(f"before {name}")
            result = attribute(*args, **kwargs)
            self._countdown(f"after {name}")
            return result

        return called


class Machine:
    """A corpus whose writers can die; what they had written lastingly stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vectors, self.words = MemoryVectors(), MemoryWords()
        self.steps: list[str] = []

    @contextmanager
    def writer(self, dies_at: int | None = None) -> Iterator[CorpusWriter]:
        self.steps = []

        def countdown(step: str) -> None:
            self.steps.append(step)
            if len(self.steps) - 1 == dies_at:
                raise Killed

        with closing(SqliteWriter(self.folder)) as store:
            store._all("PRAGMA synchronous = OFF")  # the power does not fail here, and waiting for the disk takes long
            writer = CorpusWriter(Dying(store, countdown), Dying(self.vectors, countdown), Dying(self.words, countdown))
            with writer.lock("test"):
                yield writer

    def digest(self) -> object:
        tables = ("articles", "versions", "texts", "passages", "unsettled", "unerased", "withdrawals", "identities")
        stored = [rows(self.folder, f"SELECT * FROM {table} ORDER BY 1") for table in tables]
        stored[0] = [(article, url, why) for article, url, _, why, *_ in stored[0]]
        words = {identifier: superseded for identifier, (_, superseded) in self.words.rows.items()}
        return stored, sorted(self.vectors.rows), sorted(words.items())

    def assert_in_step(self) -> None:
        """The vectors are those of current versions; the words too, and those of superseded ones, marked."""
        query = """SELECT p.id, v.current FROM passages p JOIN versions v ON v.key = p.version_key
                   JOIN articles a ON a.id = v.article_id WHERE a.withdrawn_at IS NULL"""
        truth = {identifier: current == 1 for identifier, current in rows(self.folder, query)}
        assert set(self.vectors.ids()) == {identifier for identifier, current in truth.items() if current}
        assert {i: not superseded for i, (_, superseded) in self.words.rows.items()} == truth
        assert rows(self.folder, "SELECT * FROM unsettled") == []


FIRST: list[NewVersion] = [
    new_version("a", 1, ["Old one.", "Old two."], published_at=day(1)),
    new_version("b", 1, ["Other."], published_at=day(1)),
    new_version("w", 1, ["To be withdrawn."], published_at=day(1)),
    new_version("d", 1, ["To be deleted.", "Whole."], published_at=day(1)),
]
SECOND: list[NewVersion] = [
    new_version("a", 2, ["New one.", "New two.", "New three."], published_at=day(1), updated_at=day(5)),
    new_version("c", 1, ["Fresh."], published_at=day(6)),
]


def change(writer: CorpusWriter) -> None:
    """All there is to do, of what has not been done yet: as an ingest finds out by content hashes."""
    known = {new.version.article.id: writer.store.known(new.keys) for new in SECOND}
    missing = [
        new
        for new in SECOND
        if (k := known[new.version.article.id]) is None
        or new.content_hash not in {content_hash for content_hash, *_ in k.statements}
    ]
    if missing:
        writer.write(missing)
    if writer.store.withdrawal("w") is None:
        writer.withdraw("w", "notice")
    writer.delete(["d"])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    machine = Machine(tmp_path_factory.mktemp("undisturbed"))
    with machine.writer() as writer:
        writer.write(FIRST)
    with machine.writer() as writer:
        change(writer)
    machine.assert_in_step()
    return machine


def test_a_write_makes_truth_and_indexes_agree(undisturbed: Machine) -> None:
    undisturbed.assert_in_step()
    assert set(undisturbed.vectors.ids()) == {passage_id("b", 1, 0), passage_id("c", 1, 0)} | {
        passage_id("a", 2, i) for i in range(3)
    }
    found = undisturbed.words.search(["old"], 5, [version_key("a", 1)])
    assert {identifier for identifier, _ in found} == {passage_id("a", 1, 0), passage_id("a", 1, 1)}


def test_a_deleted_article_leaves_nothing_behind(undisturbed: Machine) -> None:
    columns = {"articles": "id", "versions": "article_id", "texts": "version_key", "passages": "id"}
    for table, column in columns.items():
        found = [str(value) for (value,) in rows(undisturbed.folder, f"SELECT {column} FROM {table}")]
        assert not [value for value in found if value == "d" or value.startswith(version_key("d", 1))], table
    gone = {passage_id("d", 1, i) for i in range(2)}
    assert not gone & {*undisturbed.vectors.ids(), *undisturbed.words.ids()}
    assert not gone & (undisturbed.vectors.files | undisturbed.words.files)


def test_a_writer_that_dies_at_any_step_of_anything_is_mended_by_the_next(undisturbed: Machine, tmp_path: Path) -> None:
    steps = undisturbed.steps
    assert {"before commit", "after add", "before settle", "after unsettle", "before remove"} <= set(steps)
    for at, step in enumerate(steps):
        machine = Machine(tmp_path / f"{at}")
        with machine.writer() as writer:
            writer.write(FIRST)
        with pytest.raises(Killed), machine.writer(dies_at=at) as writer:
            change(writer)
        with machine.writer() as writer:
            change(writer)
        machine.assert_in_step()
        assert machine.digest() == undisturbed.digest(), f"step {at}: {step}"


def test_what_a_dead_writer_deleted_is_erased_by_the_next_one_whatever_that_does(
    undisturbed: Machine, tmp_path: Path
) -> None:
    gone = {passage.id for passage in FIRST[3].passages}
    for step in ("after delete", "before erase", "before note_erased"):
        machine = Machine(tmp_path / step)
        with machine.writer() as writer:
            writer.write(FIRST)
        with pytest.raises(Killed), machine.writer(dies_at=undisturbed.steps.index(step)) as writer:
            change(writer)
        with machine.writer():
            pass
        assert not gone & (machine.vectors.files | machine.words.files), step
        machine.assert_in_step()


def test_a_writer_that_dies_while_it_mends_is_mended_too(undisturbed: Machine, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write(FIRST)
    middle = undisturbed.steps.index("after commit")
    for at in (middle, 3, 5, 7, 9, 11):
        with pytest.raises(Killed), machine.writer(dies_at=at) as writer:
            change(writer)
    with machine.writer() as writer:
        change(writer)
    assert machine.digest() == undisturbed.digest()


def test_taking_the_lock_settles_what_a_dead_writer_left_without_writing_anything_else(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write(FIRST)
    with machine.writer() as writer:
        epoch = writer.store.epoch()
    machine.vectors.add(SECOND[0].passages, SECOND[0].vectors)  # as a writer does that dies before it commits
    with closing(SqliteWriter(tmp_path)) as store:
        store.unsettle([passage.id for passage in SECOND[0].passages])
    with machine.writer() as writer:
        assert writer.store.epoch() == epoch
    machine.assert_in_step()


def test_the_new_rows_are_in_the_indexes_before_the_new_version_is_current(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write(FIRST)
    names = [step.removeprefix("after ") for step in machine.steps if step.startswith("after ")]
    written = names[names.index("unsettle") :]
    assert written[:5] == ["unsettle", "add", "add", "commit", "commit"]  # vectors, words, words' commit, the truth


def test_an_article_that_comes_back_is_in_the_indexes_with_its_superseded_versions(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write(FIRST)
        writer.withdraw("w", "notice")
        writer.write([new_version("w", 2, ["Back again."], published_at=day(1), updated_at=day(9))])
    machine.assert_in_step()


def test_a_version_without_passages_is_written_too(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write([new_version("empty", 1, [])])
        assert writer.store.version("empty").text == ""
    machine.assert_in_step()


def test_readers_are_told_of_an_index_that_was_mended_or_made_anew(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write(FIRST)
        for change_indexes in (writer.rebuild_vectors, writer.rebuild_words, lambda: writer.mend(["d"])):
            epoch = writer.store.epoch()
            change_indexes()
            assert writer.store.epoch() > epoch
    machine.assert_in_step()


def test_how_many_were_withdrawn_and_deleted_is_told(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    with machine.writer() as writer:
        writer.write(FIRST)
        assert (writer.withdraw("w", "notice"), writer.withdraw("w", "notice")) == (True, False)
        assert (writer.delete(["d", "nobody"]), writer.delete(["d"])) == (1, 0)
