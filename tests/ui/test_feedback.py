import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rag.feedback import FILE, Verdict, evidence_in
from rag.model import Filters
from rag.ui.exchange import Exchange
from rag.ui.feedback import Marking, evidence_view, verdicts_view
from tests.ui.drawn import elements, open_page, text, texts, trees
from tests.ui.fake_corpus import FERRY, HARBOUR, HOSTILE, HOSTILE_VERSION, FakeCorpus, declined, reopening
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_ask import ask


@pytest.fixture
def news(tmp_path: Path) -> FakeCorpus:
    return FakeCorpus(folder=tmp_path)


def kept(news: FakeCorpus) -> list[dict[str, Any]]:
    path = news.folder / FILE
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def click(at: AppTest, value: str, exchange: int = 1) -> AppTest:
    """As after a click on the button of that value."""
    at.session_state["feedback-clicked"] = (exchange, value)
    at.run()
    assert not at.exception
    return at


def pressed(at: AppTest) -> list[str]:
    buttons = (button for tree in trees(at) for button in elements(tree, "button"))
    return [text(button) for button in buttons if button["attributes"].get("aria-pressed") == "true"]


def notices(at: AppTest) -> list[str]:
    return [words for tree in trees(at) for words in texts(tree, kind="notice")]


def test_each_verdict_is_kept_at_once_and_the_next_takes_its_place(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "harbour?")
    assert pressed(at) == []
    for verdict, label in (
        (Verdict.WRONG, "Wrong"),
        (Verdict.RIGHT, "Right"),
        (Verdict.DECLINE, "Should have declined"),
    ):
        click(at, verdict)
        assert pressed(at) == [label]
        assert [line["verdict"] for line in kept(news)] == [verdict.value]
    assert kept(news)[0]["epoch"] == 1


def test_a_verdict_that_is_chosen_again_is_taken_back(news: FakeCorpus) -> None:
    at = click(click(ask(open_page("ask", news), "harbour?"), Verdict.WRONG), Verdict.WRONG)
    assert pressed(at) == []
    assert kept(news) == []


def test_the_right_answer_may_be_given(news: FakeCorpus) -> None:
    at = click(ask(open_page("ask", news), "harbour?"), Verdict.WRONG)
    at.text_input(key="feedback-1-answer").set_value("in May").run()
    assert kept(news)[0]["answers"] == ["in May"]
    click(at, Verdict.RIGHT)
    assert kept(news)[0]["answers"] == ["in May"]


@pytest.mark.parametrize(
    ("question", "verdict"), [("harbour?", Verdict.DECLINE), ("Atlantis?", Verdict.RIGHT)], ids=["answered", "declined"]
)
def test_what_is_to_be_declined_has_no_right_answer(news: FakeCorpus, question: str, verdict: Verdict) -> None:
    at = click(ask(open_page("ask", news), question), verdict)
    assert kept(news)[0]["answerable"] is False
    assert [box.key for box in at.text_input] == ["ask-question"]


def test_what_was_declined_can_be_right_or_wrong() -> None:
    assert texts(verdicts_view(declined("Why?"), None), "button") == ["Right", "Wrong"]
    assert texts(verdicts_view(reopening("When?"), None), "button") == ["Right", "Wrong", "Should have declined"]


def test_selected_words_become_evidence_to_the_character(news: FakeCorpus) -> None:
    at = reading(news, "ferry", "use 14 24")
    assert "Used: “6 percent”" in "\n".join(map(text, trees(at)))
    (evidence,) = kept(news)[0]["evidence"]
    assert evidence == {"url": FERRY.article.url, "quote": "6 percent", "version": 2, "start": 14, "end": 23}
    assert FERRY.text[evidence["start"] : evidence["end"]] == evidence["quote"]


@pytest.mark.parametrize("value", ["use", "use 5 900", "use 9 9"])
def test_without_selected_words_nothing_is_taken(news: FakeCorpus, value: str) -> None:
    at = reading(news, "ferry", value)
    assert "No words of the article are selected." in "\n".join(map(text, trees(at)))
    assert kept(news) == []


def reading(news: FakeCorpus, article: str, value: str) -> AppTest:
    """An article that is open while an answer is marked as wrong, as after a click on "Use as evidence"."""
    at = open_page("article", news, FakeDesk(news), article=article)
    at.session_state["feedback-open"] = Exchange(1, "When?", Filters(), reopening("When?"), 0.1)
    at.session_state["feedback-markings"] = {1: Marking(Verdict.WRONG)}
    at.session_state["feedback-taken"] = (1, value)
    at.run()
    assert not at.exception
    return at


def test_words_can_be_selected_only_while_an_answer_is_marked(news: FakeCorpus) -> None:
    at = open_page("article", news, FakeDesk(news), article="ferry")
    assert not any("contenteditable" in each["attributes"] for tree in trees(at) for each in elements(tree))
    at = reading(news, "ferry", "use")
    (body,) = (each for tree in trees(at) for each in elements(tree, kind="text"))
    assert (body["attributes"]["contenteditable"], body["attributes"]["role"]) == ("true", "textbox")
    assert [each["attributes"]["data-start"] for each in elements(body, "p")] == ["0"]


def test_evidence_can_be_removed(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "harbour?")
    click(at, Verdict.WRONG)
    taken = evidence_in(FERRY, 14, 23), evidence_in(HARBOUR, 0, 4)
    at.session_state["feedback-markings"] = {1: Marking(Verdict.WRONG, evidence=taken)}
    click(at, "remove 0")
    assert [evidence["quote"] for evidence in kept(news)[0]["evidence"]] == ["PORT"]


def test_evidence_is_shown_to_the_letter() -> None:
    view = evidence_view((evidence_in(HOSTILE_VERSION, 0, len(HOSTILE)),))
    assert texts(view, "a") == [f"“{HOSTILE}”"]


def test_only_the_answer_that_was_marked_last_asks_for_more(news: FakeCorpus) -> None:
    at = ask(ask(open_page("ask", news), "harbour?"), "harbour again?")
    click(click(at, Verdict.WRONG, exchange=1), Verdict.WRONG, exchange=2)
    assert [box.key for box in at.text_input] == ["ask-question", "feedback-2-answer"]
    at.button(key="feedback-1-open").click().run()
    assert [box.key for box in at.text_input] == ["ask-question", "feedback-1-answer"]


def test_what_cannot_be_kept_is_said_and_not_shown_as_chosen(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "harbour?")
    news.folder /= "file"
    news.folder.touch()
    click(at, Verdict.RIGHT)
    assert pressed(at) == []
    assert "Feedback cannot be kept" in notices(at)[0]
    news.folder = news.folder.parent
    click(at, Verdict.RIGHT)
    assert pressed(at) == ["Right"]
    assert notices(at) == []


def test_after_the_history_was_cleared_the_next_answer_is_unmarked(news: FakeCorpus) -> None:
    at = click(ask(open_page("ask", news), "harbour?"), Verdict.WRONG)
    at.text_input(key="feedback-1-answer").set_value("in May").run()
    at.button(key="ask-clear").click().run()
    ask(at, "harbour again?")
    assert pressed(at) == []
    click(at, Verdict.WRONG)
    assert at.text_input(key="feedback-1-answer").value == ""
    assert [line["question"] for line in kept(news)] == ["harbour?", "harbour again?"]
