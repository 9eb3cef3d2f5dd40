from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest

from ingest import Progress
from rag.errors import CorpusBusy, StoreError
from rag.ui.runs import LOADING, Pace, State
from tests.ui.fake_desk import REPORT, FakeDesk, wait_for_end


class Sent(BytesIO):
    def __init__(self, name: str, content: bytes = b"A text.") -> None:
        super().__init__(content)
        self.name = name


def step(stage: str = "embedding", articles: int = 0, passages: int = 0, fraction: float = 0.0) -> Progress:
    return Progress(stage, articles, passages, 0, fraction)


def state(desk: FakeDesk) -> State:
    assert desk.runs.last is not None
    return desk.runs.last.state


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FakeDesk]:
    desk = FakeDesk(folder=tmp_path / "corpus")
    yield desk
    desk.gate.set()
    wait_for_end(desk)


def test_a_run_ends_with_its_report(desk: FakeDesk) -> None:
    desk.runs.begin(["a.jsonl", "https://news.example/feed.xml"])
    wait_for_end(desk)
    assert desk.ingested == [("a.jsonl", "https://news.example/feed.xml")]
    assert desk.runs.last is not None
    assert (desk.runs.last.state, desk.runs.last.report) == (State.DONE, REPORT)
    assert desk.runs.finished == 1


def test_how_far_a_run_has_come_can_be_seen_while_it_goes_on(desk: FakeDesk) -> None:
    desk.steps = (step("reading", articles=1), step(articles=3, fraction=0.5))
    desk.gate.clear()
    assert not desk.runs.starting
    desk.runs.begin(["a.jsonl"])
    assert desk.told.wait(10)
    run = desk.runs.last
    assert run is not None
    assert run.going_on
    assert not desk.runs.starting
    assert run.pace is not None
    assert run.pace.last == desk.steps[-1]


def test_there_is_one_run_at_a_time(desk: FakeDesk) -> None:
    desk.gate.clear()
    desk.runs.begin(["a.jsonl"])
    with pytest.raises(CorpusBusy, match="added already"):
        desk.runs.begin(["b.jsonl"], [Sent("b.txt")])
    with pytest.raises(CorpusBusy, match="added already"):
        desk.runs.resume()
    desk.runs.dismiss()
    assert desk.runs.going_on
    assert not (desk.settings.corpus / "uploads").exists()


def test_a_run_that_is_told_to_stop_can_be_resumed_with_the_same_inputs(desk: FakeDesk) -> None:
    desk.gate.clear()
    desk.runs.begin(["a.jsonl"], [Sent("note.txt")])
    desk.runs.stop()
    assert state(desk) is State.STOPPING
    desk.gate.set()
    wait_for_end(desk)
    assert state(desk) is State.STOPPED
    note = desk.settings.corpus / "uploads" / "note.txt"
    assert note.read_bytes() == b"A text."

    desk.runs.resume()
    wait_for_end(desk)
    assert desk.ingested == [("a.jsonl", str(note))] * 2
    assert state(desk) is State.DONE
    assert not note.parent.exists()


def test_uploads_are_read_under_their_names_and_removed_when_the_run_is_done(desk: FakeDesk) -> None:
    desk.gate.clear()
    desk.runs.begin([], [Sent("one.txt", b"1"), Sent("two.txt", b"2")])
    uploads = desk.settings.corpus / "uploads"
    assert {path.name: path.read_bytes() for path in uploads.iterdir()} == {"one.txt": b"1", "two.txt": b"2"}
    desk.gate.set()
    wait_for_end(desk)
    assert not uploads.exists()


@pytest.mark.parametrize("then", ["dismiss", "begin"])
def test_uploads_of_a_failed_run_are_removed_when_it_is_given_up(desk: FakeDesk, then: str) -> None:
    desk.result = StoreError("The disk is full.")
    desk.runs.begin([], [Sent("one.txt")])
    wait_for_end(desk)
    assert (desk.settings.corpus / "uploads/one.txt").exists()
    if then == "dismiss":
        desk.runs.dismiss()
        assert desk.runs.last is None
    else:
        desk.runs.begin(["other.jsonl"])
        wait_for_end(desk)
    assert not (desk.settings.corpus / "uploads").exists()


def test_a_failure_is_a_sentence(desk: FakeDesk) -> None:
    desk.result = StoreError("The disk is full.")
    desk.runs.begin(["a.jsonl"])
    wait_for_end(desk)
    assert desk.runs.last is not None
    assert (desk.runs.last.state, desk.runs.last.error) == (State.FAILED, "The disk is full.")


def test_a_failure_that_was_not_foreseen_is_told_and_logged(desk: FakeDesk, caplog: pytest.LogCaptureFixture) -> None:
    desk.result = ZeroDivisionError("by nought")
    desk.runs.begin(["a.jsonl"])
    wait_for_end(desk)
    assert desk.runs.last is not None
    assert "ZeroDivisionError('by nought')" in desk.runs.last.error
    assert "Traceback" in caplog.text


def paced(*steps: Progress) -> Pace[Progress]:
    """After these steps, one each second."""
    clock = count()
    pace = Pace.begin(steps[0], next(clock))
    for each in steps[1:]:
        pace = pace.next(each, next(clock))
    return pace


def articles(step: Progress) -> int:
    return step.articles


def passages(step: Progress) -> int:
    return step.passages


def test_the_time_that_is_left_follows_from_the_share_that_is_done() -> None:
    pace = paced(step(), step(articles=4, fraction=0.1), step(articles=10, passages=40, fraction=0.25))
    assert (pace.a_second(articles), pace.a_second(passages), pace.seconds_left) == (5, 20, 6)


def test_nothing_is_said_of_the_time_before_something_is_done() -> None:
    pace = paced(step())
    assert (pace.a_second(articles), pace.a_second(passages), pace.seconds_left) == (0, 0, None)


def test_loading_the_model_is_no_part_of_the_pace() -> None:
    loading = step(LOADING)
    pace = paced(step("reading"), loading, loading, loading, step(), step(passages=30, fraction=0.5))
    assert (pace.a_second(passages), pace.seconds_left) == (30, 1)
