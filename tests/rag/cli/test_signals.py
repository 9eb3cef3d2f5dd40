"""What signals do to a running ingest, in real processes on a real corpus."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rag.cli.stopping import stopping

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """SIGINT is heard here and in the processes of these tests, even if whoever runs them has it ignored (nohup)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def byline(*arguments: object, corpus: Path) -> Iterator[subprocess.Popen[str]]:
    """The command as a process, which reads no settings of whoever runs the tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BYLINE_")}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.rag.cli.hashed", *map(str, arguments), "--corpus", str(corpus)],
        env=environment | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def records(n: int) -> str:
    texts = [{"url": f"https://a.example/{i}", "title": f"Report {i}", "text": f"Ferry {i} sailed."} for i in range(n)]
    return "".join(json.dumps(text) + "\n" for text in texts)


def articles(corpus: Path) -> int:
    """How many are written by now."""
    database = corpus / "byline.sqlite3"
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0])
        except sqlite3.OperationalError:  # it is being made
            return 0


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_an_ingest_and_what_was_written_stays(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "many.jsonl").write_text(records(5_000))
    with byline("ingest", tmp_path / "many.jsonl", "--json", corpus=tmp_path / "corpus") as process:
        wait_until(lambda: articles(tmp_path / "corpus") > 0)
        process.send_signal(number)
        written, said = process.communicate(timeout=10)
    report = json.loads(written)
    assert process.returncode == 128 + number
    assert said == "byline: stopped. What was written stays, and the same command goes on from there.\n"
    assert report["stopped"]
    assert 0 < report["added"] == articles(tmp_path / "corpus") < 5_000


def test_a_watch_takes_what_changes_until_it_is_told_to_end(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.jsonl").write_text(records(2))
    with byline("ingest", folder, "--watch", "--json", corpus=folder / "corpus") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["added"] == 2
        (folder / "new").mkdir()
        (folder / "new" / "b.jsonl").write_text(records(3))
        second = json.loads(process.stdout.readline())
        begun = time.monotonic()
        process.terminate()
        rest, said = process.communicate(timeout=10)
        assert time.monotonic() - begun < 1
    assert (second["added"], second["unchanged"], second["rejected"]) == (1, 2, [])
    assert (process.returncode, rest, said) == (0, "", "Watching for what changes; Ctrl-C ends it.\n")


def test_the_second_signal_is_left_to_end_the_process_and_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with stopping(quiet=False) as stop:
        assert not stop.event.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert (stop.event.is_set(), stop.code) == (True, 143)
        assert signal.getsignal(signal.SIGINT) == signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_signal_that_is_to_be_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stopping(quiet=True) as stop:
            signal.raise_signal(signal.SIGINT)
            assert not stop.event.is_set()
    finally:
        signal.signal(signal.SIGINT, before)
