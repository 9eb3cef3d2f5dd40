from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest import IngestReport, Progress
from ingest.sources import Reject
from rag.errors import CorpusBusy
from tests.ui.drawn import elements, open_page, text, texts, trees
from tests.ui.fake_corpus import HOSTILE, FakeCorpus
from tests.ui.fake_desk import FakeDesk, wait_for_end


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FakeDesk]:
    desk = FakeDesk(FakeCorpus(), tmp_path / "corpus")
    yield desk
    desk.gate.set()
    wait_for_end(desk)


def library(desk: FakeDesk) -> AppTest:
    at = open_page("library", desk.corpus, desk)
    assert not at.exception
    return at


def add(at: AppTest, lines: str, *files: tuple[str, bytes, str]) -> AppTest:
    at.text_area[0].set_value(lines)
    at.file_uploader[0].set_value(files)
    at.button[0].click().run()
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    return "\n".join(map(text, trees(at)))


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def test_the_page_tells_what_the_corpus_holds(desk: FakeDesk) -> None:
    holdings = trees(library(desk))[0]
    figures = dict(zip(texts(holdings, "dt"), texts(holdings, "dd"), strict=True))
    assert figures == {
        "Articles": "3",
        "Passages": "4",
        "First published": "3 March 2024",
        "Last published": "20 March 2024",
        "On disk": "12.3 MB",
    }


def test_without_a_corpus_there_is_only_what_to_add() -> None:
    at = library(FakeDesk(None))
    assert "holds no articles yet" in shown(at)
    assert labels(at) == ["Add"]


def test_files_and_lines_are_ingested_together(desk: FakeDesk) -> None:
    named = " a.jsonl \n\n https://news.example/feed.xml\n~/notes"
    add(library(desk), named, ("note.txt", b"A text.", "text/plain"))
    wait_for_end(desk)
    assert desk.ingested == [
        (
            "a.jsonl",
            "https://news.example/feed.xml",
            str(Path.home() / "notes"),
            str(desk.settings.corpus / "uploads" / "note.txt"),
        )
    ]


def test_only_files_that_can_be_read_are_offered_for_upload(desk: FakeDesk) -> None:
    assert library(desk).file_uploader[0].allowed_type == [".jsonl", ".txt", ".gz"]


@pytest.mark.parametrize(("lines", "said"), [("  \n", "Nothing is named yet"), ("a.jsonl\n-", "standard input")])
def test_what_names_nothing_that_can_be_read_here_begins_no_run(desk: FakeDesk, lines: str, said: str) -> None:
    at = add(library(desk), lines)
    assert said in shown(at)
    assert desk.runs.last is None
    assert at.text_area[0].value == lines


def test_while_a_run_goes_on_its_progress_takes_the_place_of_the_form(desk: FakeDesk) -> None:
    desk.steps = (Progress("reading", 0, 0, 0, 0.0), Progress("embedding", 12, 34, 2, 0.5))
    desk.gate.clear()
    at = add(library(desk), "a.jsonl")
    assert desk.told.wait(10)
    at.run()
    assert labels(at) == ["Cancel"]
    assert not at.text_area
    (bar,) = (each for tree in trees(at) for each in elements(tree, "progress"))
    assert bar["attributes"]["value"] == "0.5000"
    assert "50% · 12 articles · 34 passages embedded" in shown(at)
    assert "2 rejected" in shown(at)
    assert any(tree["attributes"].get("role") == "status" and "50 percent" in text(tree) for tree in trees(at))


def test_a_run_is_seen_from_every_session(desk: FakeDesk) -> None:
    desk.gate.clear()
    add(library(desk), "a.jsonl")
    assert labels(library(desk)) == ["Cancel"]


def test_a_run_that_was_begun_elsewhere_meanwhile_is_told_instead_of_a_second(desk: FakeDesk) -> None:
    at = library(desk)
    desk.gate.clear()
    desk.runs.begin(["other.jsonl"])
    add(at, "a.jsonl")
    assert "added already" in shown(at)
    assert labels(at) == ["Cancel"]
    assert desk.ingested == [("other.jsonl",)]


def test_a_cancelled_run_can_be_resumed(desk: FakeDesk) -> None:
    desk.gate.clear()
    at = add(library(desk), "a.jsonl")
    at.button(key="library-cancel").click().run()
    assert at.button(key="library-cancel").disabled
    assert "Stopping" in shown(at)
    desk.gate.set()
    wait_for_end(desk)
    at.run()
    assert "Cancelled. 2 added" in shown(at)
    assert at.text_area[0].value == "a.jsonl"
    at.button(key="library-resume").click().run()
    wait_for_end(desk)
    at.run()
    assert desk.ingested == [("a.jsonl",)] * 2
    assert "Done. 2 added, 0 changed, 3 unchanged, 0 withdrawn, 0 rejected." in shown(at)
    assert at.text_area[0].value == ""
    assert "Resume" not in labels(at)


def test_the_report_lists_every_reject_and_can_be_downloaded(desk: FakeDesk) -> None:
    rejects = (Reject("a.jsonl", "it has no text", "line 4"), Reject("b.txt", HOSTILE))
    desk.result = IngestReport(added=1, rejected=rejects, notes=(HOSTILE,))
    at = add(library(desk), "a.jsonl")
    wait_for_end(desk)
    at.run()
    (table,) = (table for tree in trees(at) for table in elements(tree, "table"))
    assert texts(table, "td") == ["a.jsonl", "line 4", "it has no text", "b.txt", "", HOSTILE]
    assert [note for tree in trees(at) for note in texts(tree, "li")] == [HOSTILE]
    (download,) = at.get("download_button")
    assert download.proto.label == "Download report"


def test_an_error_is_one_sentence_shown_to_the_letter(desk: FakeDesk) -> None:
    desk.result = CorpusBusy(f"Another process is writing to this corpus ({HOSTILE}).")
    at = add(library(desk), "a.jsonl")
    wait_for_end(desk)
    at.run()
    assert f"Not finished. Another process is writing to this corpus ({HOSTILE})." in shown(at)
    assert labels(at)[:2] == ["Resume", "Dismiss"]
    at.button(key="library-dismiss").click().run()
    assert labels(at) == ["Add"]
    assert "Not finished" not in shown(at)
