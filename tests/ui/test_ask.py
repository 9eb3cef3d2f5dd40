from collections.abc import Collection
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import ModelError
from rag.model import Abstention, Answer, Filters, Reason, end_of_day
from tests.ui.drawn import elements, open_page, text, texts, trees
from tests.ui.fake_corpus import HOSTILE, FakeCorpus


def ask(at: AppTest, question: str) -> AppTest:
    at.text_input(key="ask-question").set_value(question)
    return at.button[0].click().run()


def questions(at: AppTest) -> list[str]:
    return [heading for tree in trees(at) for heading in texts(tree, "h2")]


@pytest.fixture
def news() -> FakeCorpus:
    return FakeCorpus()


def test_before_the_first_question_stand_examples_from_the_corpus(news: FakeCorpus) -> None:
    at = open_page("ask", news)
    assert not at.exception
    assert "3 articles, published from 3 March 2024 to 20 March 2024" in text(trees(at)[0])
    assert texts(trees(at)[0], "button") == list(news.example_questions())


def test_a_question_is_answered_with_its_citations(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "When does the harbour reopen?")
    assert not at.exception
    assert "reopens on 9 April" in text(trees(at)[0])
    assert news.asked == [("When does the harbour reopen?", Filters())]


def test_history_stays_newest_first_and_the_same_may_be_asked_again(news: FakeCorpus) -> None:
    at = open_page("ask", news)
    for question in ("harbour?", "Atlantis?", "harbour?"):
        ask(at, question)
    at.run()
    assert questions(at) == ["harbour?", "Atlantis?", "harbour?"]
    assert len(news.asked) == 3


def test_history_can_be_cleared(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "harbour?")
    at.button(key="ask-clear").click().run()
    assert questions(at) == ["For example"]


def test_filters_go_with_the_question(news: FakeCorpus) -> None:
    at = open_page("ask", news)
    at.multiselect(key="ask-source").set_value(["Meridian Wire"])
    at.multiselect(key="ask-category").set_value(["politics"])
    at.date_input(key="ask-from").set_value(date(2024, 3, 1))
    at.date_input(key="ask-to").set_value(date(2024, 3, 31))
    at.date_input(key="ask-as-of").set_value(date(2024, 4, 1)).run()
    ask(at, "harbour?")
    expected = Filters(
        sources=("Meridian Wire",),
        categories=("politics",),
        published_from=date(2024, 3, 1),
        published_to=date(2024, 3, 31),
        as_of=end_of_day(date(2024, 4, 1)),
    )
    assert news.asked == [("harbour?", expected)]
    at.button(key="ask-filters-clear").click().run()
    ask(at, "harbour?")
    assert news.asked[-1] == ("harbour?", Filters())


def test_a_chosen_outlet_stays_chosen_when_its_last_article_has_gone(news: FakeCorpus) -> None:
    at = open_page("ask", news)
    at.multiselect(key="ask-source").set_value(["Meridian Wire"]).run()
    news.held = news.held[1:]
    at.run()
    assert not at.exception
    assert at.multiselect(key="ask-source").value == ["Meridian Wire"]


def test_what_was_ingested_since_is_offered_at_once(news: FakeCorpus) -> None:
    everything, news.held = news.held, news.held[:1]
    at = open_page("ask", news)
    news.held = everything
    at.run()
    assert "The Ansel Echo (1)" in at.multiselect(key="ask-source").options


def test_days_in_the_wrong_order_are_pointed_out(news: FakeCorpus) -> None:
    at = open_page("ask", news)
    at.date_input(key="ask-from").set_value(date(2024, 3, 31))
    at.date_input(key="ask-to").set_value(date(2024, 3, 1)).run()
    assert any("first day comes after the last" in text(tree) for tree in trees(at))


class Broken(FakeCorpus):
    def ask(self, question: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()) -> Answer:
        raise ModelError(f"The model {HOSTILE} cannot be loaded.")


def test_an_error_is_one_sentence_shown_to_the_letter() -> None:
    at = ask(open_page("ask", Broken()), "harbour?")
    assert not at.exception
    assert [notice for tree in trees(at) for notice in texts(tree, kind="notice")] == [
        f"The model {HOSTILE} cannot be loaded."
    ]


class Strict(FakeCorpus):
    def ask(self, question: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()) -> Answer:
        return Answer(question, abstention=Abstention(Reason.EMPTY_QUESTION, "Ask something."))


def test_an_empty_question_leaves_no_trace_in_the_history() -> None:
    at = ask(open_page("ask", Strict()), "  ")
    assert "Ask something." in text(trees(at)[0])
    assert questions(at) == ["For example"]


def chips(at: AppTest) -> list[list[str]]:
    """The chips of each answer, newest first."""
    groups = ([*elements(tree, kind="chips")] for tree in trees(at) if list(elements(tree, kind="exchange")))
    return [texts(group[0], "button") if group else [] for group in groups]


def test_what_a_question_implies_stands_above_its_answer_and_can_be_taken_out(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "outlets?")
    assert chips(at) == [["outlet: Meridian Wire ×", f"outlet: {HOSTILE} ×", "date: 12 March 2024 ×"]]
    at.session_state["ask-without"] = (1, "without source:Meridian Wire")
    at.run()
    assert list(news.left_out) == ["source:Meridian Wire"]
    assert chips(at)[0] == [f"outlet: {HOSTILE} ×", "date: 12 March 2024 ×"]
    at.session_state["ask-without"] = (2, "without published:2024-03-12")
    at.run()
    assert list(news.left_out) == ["source:Meridian Wire", "published:2024-03-12"]
    assert "without outlet: Meridian Wire and date: 12 March 2024" in text(trees(at)[0])
    assert len(chips(at)) == 3


def test_a_question_that_implies_nothing_has_no_chips(news: FakeCorpus) -> None:
    assert chips(ask(open_page("ask", news), "harbour?")) == [[]]


def test_a_link_in_an_answer_asks_nothing_again(news: FakeCorpus) -> None:
    at = ask(open_page("ask", news), "outlets?")
    at.session_state["ask-without"] = (1, "?article=harbour")
    at.run()
    assert len(news.asked) == 1
