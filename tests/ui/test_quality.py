import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rag.evaluation import list_runs, load_set, run_set
from rag.evaluation.runs import FIGURES
from rag.feedback import Verdict, keep, mark_of
from rag.model import Answer, Filters
from rag.ui.question_list import PAGE_SIZE
from tests.ui.drawn import elements, open_page, text, texts, trees
from tests.ui.fake_corpus import HARBOUR, HOSTILE, FakeCorpus, reopening
from tests.ui.fake_desk import FakeDesk, wait_for_end

QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "id": "reopening",
        "question": "When does the harbour reopen?",
        "answers": ["9 April"],
        "evidence": [{"url": HARBOUR.article.url, "quote": "reopens on 9 April"}],
        "type": "when",
    },
    {"id": "costs", "question": "What does the harbour cost?", "answers": ["nothing at all"], "type": "how-much"},
    {"id": "atlantis", "question": "Where is Atlantis?", "answerable": False, "type": "where"},
    {"id": "hostile", "question": f"Is this hostile: {HOSTILE}?", "answers": [HOSTILE], "type": HOSTILE},
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[FakeDesk]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    desk = FakeDesk(FakeCorpus(folder=folder), folder)
    yield desk
    desk.gate.set()
    wait_for_end(desk)


def write_set(path: Path, *questions: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(question) + "\n" for question in questions or QUESTIONS), encoding="utf-8")
    return path


def run(desk: FakeDesk, path: Path) -> str:
    """The id of a run of that set."""
    desk.evaluations.begin([str(path)])
    wait_for_end(desk)
    return list_runs(desk.settings.corpus)[0].id


def quality(desk: FakeDesk) -> AppTest:
    at = open_page("quality", desk.corpus, desk)
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(map(text, trees(at)))


def summaries(at: AppTest) -> list[str]:
    return [words for tree in trees(at) for each in elements(tree, kind="asked") for words in texts(each, "summary")]


def test_a_set_of_this_machine_is_run_and_its_figures_are_shown(desk: FakeDesk, tmp_path: Path) -> None:
    at = begin_named(desk, str(write_set(tmp_path / "mine.jsonl")))
    wait_for_end(desk)
    at.run()
    assert "Done. 4 of 4 questions of mine.jsonl were asked." in shown(at)
    (overall, *_) = (table for tree in trees(at) for table in elements(tree, "table"))
    rows = {texts(row, "th")[0]: texts(row, "td") for row in elements(overall, "tr") if texts(row, "td")}
    assert rows["answer in the answer"][0] == "0.667"
    assert rows["answer in the answer"][2] == "3 of 4"
    assert rows["declined, unanswerable"][0] == "1.000"
    assert "less is better" in rows["declined, answerable"][3]
    plots = [caption for tree in trees(at) for caption in texts(tree, "figcaption")]
    assert any(caption.startswith("Rank of the first evidence") for caption in plots)
    assert any(True for tree in trees(at) for _ in elements(tree, "rect"))


def test_each_question_opens_to_its_evidence_its_answer_and_its_hits(desk: FakeDesk, tmp_path: Path) -> None:
    run(desk, write_set(tmp_path / "mine.jsonl"))
    at = quality(desk)
    assert [words.split(" ")[0] for words in summaries(at)] == ["rightWhen", "wrongWhat", "rightly", "rightIs"]
    first = next(each for tree in trees(at) for each in elements(tree, kind="asked"))
    assert "Accepted: “9 April”" in text(first)
    assert texts(first, "mark") == ["9 April"]
    links = [link["attributes"]["href"] for link in elements(first, "a")]
    assert any("start=" in link and "article=harbour" in link for link in links)
    assert "“reopens on 9 April” https://news.example/harbour not found, cited" in text(first)


def test_questions_can_be_looked_for_by_outcome_type_and_words(desk: FakeDesk, tmp_path: Path) -> None:
    run(desk, write_set(tmp_path / "mine.jsonl"))
    at = quality(desk)
    at.selectbox(key="quality-outcome").set_value("right").run()
    assert len(summaries(at)) == 2
    at.selectbox(key="quality-type").set_value("when").run()
    assert len(summaries(at)) == 1
    at.text_input(key="quality-words").set_value("atlantis").run()
    assert summaries(at) == []
    assert "0 questions" in shown(at)


def test_many_questions_are_paged(desk: FakeDesk, tmp_path: Path) -> None:
    many = [{"id": str(n), "question": f"Question {n}?"} for n in range(PAGE_SIZE + 5)]
    run(desk, write_set(tmp_path / "many.jsonl", *many))
    at = quality(desk)
    assert len(summaries(at)) == PAGE_SIZE
    at.session_state["quality-page"] = 2
    assert len(summaries(at.run())) == 5


def test_two_runs_are_compared_and_what_was_lost_can_be_looked_at(desk: FakeDesk, tmp_path: Path) -> None:
    class Forgetful(FakeCorpus):
        def ask(
            self, question: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()
        ) -> Answer:
            return super().ask(question.replace("harbour", "port"), filters=filters, k=k)

    before = run(desk, write_set(tmp_path / "mine.jsonl"))
    desk.corpus = Forgetful(folder=desk.settings.corpus)
    run(desk, tmp_path / "mine.jsonl")
    at = quality(desk)
    at.selectbox(key="quality-other").set_value(before).run()
    assert "4 questions in both" in shown(at)
    assert "Answers: 0 won, 1 lost" in shown(at)
    at.selectbox(key="quality-outcome").set_value("answer lost").run()
    assert len(summaries(at)) == 1
    assert "When does the harbour reopen?" in summaries(at)[0]
    at.selectbox(key="quality-run").set_value(before).run()
    assert at.selectbox(key="quality-other").value == ""  # a run is not compared with itself
    assert "4 questions in both" not in shown(at)


def test_hostile_words_of_a_set_are_shown_to_the_letter(desk: FakeDesk, tmp_path: Path) -> None:
    run(desk, write_set(tmp_path / "mine.jsonl", {**QUESTIONS[3], "id": HOSTILE}, QUESTIONS[0]))
    at = quality(desk)
    assert HOSTILE in summaries(at)[0]
    assert HOSTILE in [words for tree in trees(at) for words in texts(tree, "th")]


def test_a_type_with_a_character_that_xml_cannot_hold_is_plotted(desk: FakeDesk, tmp_path: Path) -> None:
    strange = {**QUESTIONS[0], "type": "a\x0bb"}
    run(desk, write_set(tmp_path / "mine.jsonl", strange, QUESTIONS[1]))
    assert "a\ufffdb" in shown(quality(desk))


def test_what_readers_said_can_be_run_at_once(desk: FakeDesk) -> None:
    keep(desk.settings.corpus, mark_of(Verdict.RIGHT, reopening("When does the harbour reopen?"), Filters(), 1))
    at = quality(desk)
    assert at.selectbox(key="quality-set").options[0] == "What readers said of answers"
    at.button(key="quality-begin").click().run()
    wait_for_end(desk)
    at.run()
    assert "1 of 1 question of feedback.jsonl" in shown(at)
    assert summaries(at)[0].startswith("right")


def test_a_set_can_be_uploaded_and_its_run_holds_it(desk: FakeDesk) -> None:
    at = quality(desk)
    at.selectbox(key="quality-set").set_value("A file to upload").run()
    at.file_uploader[0].set_value(("mine.jsonl", json.dumps(QUESTIONS[0]).encode(), "application/json")).run()
    at.button(key="quality-begin").click().run()
    wait_for_end(desk)
    at.run()
    assert "1 of 1 question of mine.jsonl" in shown(at)
    assert not (desk.settings.corpus / "sets").exists()
    at.button(key="quality-again").click().run()
    wait_for_end(desk)
    assert [info.set for info in list_runs(desk.settings.corpus)] == ["mine.jsonl"] * 2


def test_the_sets_of_a_folder_are_offered(desk: FakeDesk, tmp_path: Path) -> None:
    sets = tmp_path / "sets"
    sets.mkdir()
    at = quality(desk)
    at.selectbox(key="quality-set").set_value("A file or folder of this machine").run()
    at.text_input(key="quality-named").set_value(str(sets)).run()
    assert "No file in" in shown(at)
    write_set(sets / "b.jsonl")
    write_set(sets / "a.jsonl")
    (sets / "notes.txt").touch()
    at.run()
    assert at.selectbox(key="quality-in-folder").options == ["a.jsonl", "b.jsonl"]


def begin_named(desk: FakeDesk, named: str) -> AppTest:
    at = quality(desk)
    at.selectbox(key="quality-set").set_value("A file or folder of this machine").run()
    at.text_input(key="quality-named").set_value(named).run()
    return at.button(key="quality-begin").click().run()


def test_without_a_set_no_run_begins(desk: FakeDesk) -> None:
    assert "No set is named yet" in shown(begin_named(desk, " "))
    assert desk.evaluations.last is None


def test_what_is_no_set_is_a_sentence(desk: FakeDesk, tmp_path: Path) -> None:
    at = begin_named(desk, str(tmp_path / "nowhere.jsonl"))
    wait_for_end(desk)
    assert "Not finished. The question set" in shown(at.run())


def test_a_run_can_be_cancelled_and_gone_on_with(desk: FakeDesk, tmp_path: Path) -> None:
    class Slow(FakeCorpus):
        def ask(
            self, question: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()
        ) -> Answer:
            if "cost" in question:
                desk.told.set()
                assert desk.gate.wait(10)
            return super().ask(question, filters=filters, k=k)

    desk.corpus = Slow(folder=desk.settings.corpus)
    desk.gate.clear()
    desk.evaluations.begin([str(write_set(tmp_path / "mine.jsonl"))])
    assert desk.told.wait(10)
    at = quality(desk)
    assert "1 of 4 questions" in shown(at)
    assert any(tree["attributes"].get("role") == "status" and "20 percent" in text(tree) for tree in trees(at))
    at.button(key="quality-cancel").click().run()
    desk.gate.set()
    wait_for_end(desk)
    at.run()
    assert "Cancelled. 2 of 4 questions were asked, and are kept." in shown(at)
    at.button(key="quality-resume").click().run()
    wait_for_end(desk)
    at.run()
    assert "Done. 4 of 4" in shown(at)
    assert len(list_runs(desk.settings.corpus)) == 1


def test_a_run_is_gone_on_with_as_it_was_begun(desk: FakeDesk, tmp_path: Path) -> None:
    asked = load_set(write_set(tmp_path / "mine.jsonl", {**QUESTIONS[0], "asked_on": "2024-03-12"}))
    news = FakeCorpus(folder=desk.settings.corpus)
    begun = run_set(news, asked, k=3, as_asked=True, stopped=lambda: True)
    at = quality(desk)
    assert at.button(key="quality-again").label == "Go on"
    at.button(key="quality-again").click().run()
    wait_for_end(desk)
    [info] = list_runs(desk.settings.corpus)
    assert (info.id, info.k, info.as_asked) == (begun.info.id, 3, True)
    assert info.finished
    assert "ranking by hand 1 · reader by hand 2 · 3 passages an answer, as asked" in shown(at.run())


def test_the_report_of_a_run_can_be_downloaded(desk: FakeDesk, tmp_path: Path) -> None:
    run(desk, write_set(tmp_path / "mine.jsonl"))
    (download,) = quality(desk).get("download_button")
    assert download.proto.label == "Download report"


def test_a_damaged_run_is_a_sentence_and_a_new_one_can_be_chosen(desk: FakeDesk, tmp_path: Path) -> None:
    (folder,) = [desk.settings.corpus / "runs" / run(desk, write_set(tmp_path / "mine.jsonl"))]
    (folder / FIGURES).write_text("{")
    at = quality(desk)
    assert "is damaged" in shown(at)
    assert at.button(key="quality-begin").label == "Run"
