import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

import ingest
from ingest.report import IngestReport
from ingest.sources import Input
from ingest.watch import watch
from rag import Settings
from rag.errors import BylineError, CorpusBusy, ModelError, UsageError
from tests.fakes import HashEmbedder

FEED = "https://ledger.example/feed.xml"


class Watching:
    """A watch in a thread, whose runs only remember what they were given."""

    def __init__(self, *inputs: Input, interval: float = 60.0, retry: float = 0.2, apart: Path | None = None) -> None:
        self.runs: list[list[str]] = []
        self.told: list[IngestReport | BylineError] = []
        self.failures: list[BylineError] = []
        self.raised: list[BaseException] = []
        self.during: Callable[[], object] = lambda: None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(inputs, interval, retry, apart))

    def _watch(self, inputs: Sequence[Input], interval: float, retry: float, apart: Path | None) -> None:
        try:
            watch(inputs, self._run, self.told.append, interval, self._stop, quiet=0.1, retry=retry, apart=apart)
        except BylineError as error:
            self.raised.append(error)

    def _run(self, inputs: Sequence[Input]) -> IngestReport:
        self.runs.append([os.fspath(given) for given in inputs])
        self.during()
        if self.failures:
            raise self.failures.pop(0)
        return IngestReport(added=len(inputs))

    @contextmanager
    def going(self) -> Iterator["Watching"]:
        """The watch, after its first run; in the end it has to stop at once."""
        self._thread.start()
        try:
            self.wait_for(1)
            yield self
        finally:
            begun = time.monotonic()
            self._stop.set()
            self._thread.join(5)
            assert time.monotonic() - begun < 1

    def wait_for(self, runs: int) -> list[str]:
        """The inputs of that run (counted from 1), once it has been told of."""
        end = time.monotonic() + 5
        while len(self.told) + len(self.raised) < runs and time.monotonic() < end:
            time.sleep(0.01)
        assert len(self.told) >= runs or self.raised, self.runs
        return self.runs[runs - 1]

    def nothing_more(self, runs: int, seconds: float = 0.4) -> None:
        time.sleep(seconds)
        assert len(self.runs) == runs, self.runs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "feeds"
    (folder / "old").mkdir(parents=True)
    (folder / "a.jsonl").write_text("{}")
    (folder / "old" / "b.txt").write_text("b")
    return folder


def test_first_all_is_read_then_only_what_has_changed(folder: Path) -> None:
    with Watching(folder).going() as watching:
        assert watching.runs == [[str(folder)]]
        (folder / "old" / "b.txt").write_text("changed")
        assert watching.wait_for(2) == [str(folder / "old" / "b.txt")]
        (folder / "new.csv").write_text("x")
        assert watching.wait_for(3) == [str(folder / "new.csv")]
        watching.nothing_more(3)


def test_files_in_new_folders_are_seen_and_so_are_files_that_are_moved_in(folder: Path, tmp_path: Path) -> None:
    with Watching(folder).going() as watching:
        (folder / "new" / "deep").mkdir(parents=True)
        (folder / "new" / "deep" / "c.txt").write_text("c")
        assert watching.wait_for(2) == [str(folder / "new" / "deep" / "c.txt")]
        (folder / "new" / "deep" / "d.txt").write_text("d")
        assert watching.wait_for(3) == [str(folder / "new" / "deep" / "d.txt")]
        (tmp_path / "e.txt").write_text("e")
        (tmp_path / "e.txt").rename(folder / "e.txt")
        assert watching.wait_for(4) == [str(folder / "e.txt")]


def test_a_file_that_is_still_being_written_is_taken_once_it_is_quiet(folder: Path) -> None:
    with Watching(folder).going() as watching, (folder / "slow.txt").open("w") as file:
        for _ in range(10):
            file.write("word ")
            file.flush()
            time.sleep(0.05)
        assert len(watching.runs) == 1
        assert watching.wait_for(2) == [str(folder / "slow.txt")]
        watching.nothing_more(2, 0.3)


def test_hidden_unknown_and_deleted_files_and_links_out_of_the_folder_change_nothing(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "out.txt").write_text("out")
    with Watching(folder).going() as watching:
        (folder / ".hidden.txt").write_text("x")
        (folder / ".git").mkdir()
        (folder / ".git" / "x.txt").write_text("x")
        (folder / "picture.png").write_bytes(b"x")
        (folder / "link.txt").symlink_to(tmp_path / "out.txt")
        (folder / "a.jsonl").unlink()
        watching.nothing_more(1)


def test_what_is_set_apart_is_left_alone(folder: Path) -> None:
    with Watching(folder, apart=folder / "corpus").going() as watching:
        (folder / "corpus" / "lexical").mkdir(parents=True)
        (folder / "corpus" / "lexical" / "meta.json").write_text("{}")
        watching.nothing_more(1)


def test_of_a_folder_only_the_file_that_was_named_is_read_however_it_is_replaced(folder: Path) -> None:
    with Watching(folder / "a.jsonl").going() as watching:
        (folder / "other.jsonl").write_text("{}")
        (folder / "draft").write_text("{}")
        (folder / "draft").rename(folder / "a.jsonl")
        assert watching.wait_for(2) == [str(folder / "a.jsonl")]
        watching.nothing_more(2, 0.3)


@pytest.mark.parametrize(("pattern", "deep"), [("*.txt", False), ("**/*.txt", True), ("o*", True)])
def test_of_a_glob_what_it_matches_is_read_in_its_spelling(
    folder: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, deep: bool
) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "one.txt").write_text("1")
    with Watching(f"feeds/{pattern}").going() as watching:
        (folder / "n.csv").write_text("n")
        (folder / "old" / "n.txt").write_text("n")
        (folder / "o2.txt").write_text("o")
        expected = {"feeds/o2.txt"} | ({"feeds/old/n.txt"} if deep else set())
        assert set(watching.wait_for(2)) == expected
        watching.nothing_more(2, 0.3)


def test_what_changes_during_a_run_is_read_in_the_next(folder: Path) -> None:
    watching = Watching(folder)

    def change_once() -> None:
        watching.during = lambda: None
        (folder / "a.jsonl").write_text("changed")
        time.sleep(0.4)

    watching.during = change_once
    with watching.going():
        assert watching.wait_for(2) == [str(folder / "a.jsonl")]


def test_a_folder_that_is_made_anew_is_watched_again(folder: Path) -> None:
    with Watching(folder).going() as watching:
        shutil.rmtree(folder)
        time.sleep(0.3)
        folder.mkdir()
        (folder / "again.txt").write_text("x")
        assert watching.wait_for(2) == [str(folder / "again.txt")]
        (folder / "more.txt").write_text("x")
        assert watching.wait_for(3) == [str(folder / "more.txt")]


def test_addresses_are_visited_again_and_again(folder: Path) -> None:
    with Watching(FEED, folder, interval=0.3).going() as watching:
        assert watching.wait_for(1) == [FEED, str(folder)]
        assert watching.wait_for(3) == watching.runs[1] == [FEED]
    with Watching(FEED, interval=0.3).going() as watching:
        assert watching.wait_for(2) == [FEED]


def test_addresses_are_visited_however_much_happens_in_folders(folder: Path) -> None:
    with Watching(FEED, folder, interval=0.5).going() as watching:
        end = time.monotonic() + 2
        while not any(FEED in run for run in watching.runs[1:]) and time.monotonic() < end:
            (folder / f"{len(watching.runs)}.txt").write_text("x")
            time.sleep(0.02)
        assert any(FEED in run for run in watching.runs[1:])


def test_what_failed_is_told_and_read_later_with_what_has_changed_since(folder: Path) -> None:
    watching = Watching(folder)
    watching.failures = [CorpusBusy("Another process is writing.")]
    with watching.going():
        assert watching.wait_for(2) == [str(folder)]
        watching.failures = [CorpusBusy("Another process is writing.")]
        (folder / "c.txt").write_text("c")
        (folder / "d.txt").write_text("d")
        watching.wait_for(3)
        (folder / "d.txt").unlink()
        (folder / "e.txt").write_text("e")
        watching.wait_for(4)
        assert {path for run in watching.runs[3:] for path in run} >= {str(folder / "c.txt")}
        assert str(folder / "d.txt") not in watching.runs[3]
    assert [type(told) for told in watching.told[:4]] == [CorpusBusy, IngestReport, CorpusBusy, IngestReport]


@pytest.mark.parametrize("error", [UsageError("no"), ModelError("no")])
def test_what_would_not_come_right_by_waiting_ends_the_first_run_and_no_other(folder: Path, error: BylineError) -> None:
    watching = Watching(folder)
    watching.failures = [error]
    with watching.going():
        assert watching.raised == [error]
    with Watching(folder).going() as watching:
        watching.failures = [error]
        (folder / "c.txt").write_text("c")
        assert watching.wait_for(3) == [str(folder / "c.txt")]


def test_a_watched_corpus_gets_what_changes_with_one_model_for_all_rounds(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[HashEmbedder] = []

    def load(settings: Settings) -> HashEmbedder:
        loaded.append(HashEmbedder())
        return loaded[-1]

    monkeypatch.setitem(sys.modules, "rag.adapters.sbert", SimpleNamespace(SentenceTransformerEmbedder=load))
    told: list[IngestReport | BylineError] = []
    stop = threading.Event()

    def tell(outcome: IngestReport | BylineError) -> None:
        told.append(outcome)
        if len(told) == 3:
            stop.set()
        else:
            (folder / "old" / "b.txt").write_text(f"Edition {len(told)} of it.")

    ingest.watch(folder, told=tell, stop=stop, settings=settings)
    counts = [(each.added, each.changed, each.unchanged) for each in told if isinstance(each, IngestReport)]
    assert (counts, len(loaded)) == ([(1, 0, 0), (0, 1, 0), (0, 1, 0)], 1)


@pytest.mark.parametrize("given", ["nowhere", "nowhere/*.txt", "-"])
def test_what_names_nothing_and_standard_input_are_bad_use(tmp_path: Path, given: str) -> None:
    with pytest.raises(UsageError):
        watch([given], lambda inputs: IngestReport(), lambda told: None, 60, threading.Event())
