import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import CorpusBusy
from rag.ui import fate
from rag.ui.fate import fate_view
from tests.ui.drawn import elements, open_page, text, texts, trees
from tests.ui.fake_corpus import HOSTILE, FakeCorpus
from tests.ui.fake_desk import FakeDesk, wait_for_end


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(FakeCorpus())


def opened(desk: FakeDesk, chosen: str = "", **query: str) -> AppTest:
    """The dialog of an article, as after a click on one of its buttons."""
    at = open_page("article", desk.corpus, desk, article="ferry", **query)
    if chosen:
        at.session_state["article-chosen"] = ("ferry", chosen)
        at.run()
    assert not at.exception
    return at


def buttons(at: AppTest) -> list[str]:
    return [button for tree in trees(at) for button in texts(tree, "button")]


def shown(at: AppTest) -> str:
    return "\n".join(map(text, trees(at)))


def held(desk: FakeDesk) -> set[str]:
    assert isinstance(desk.corpus, FakeCorpus)
    return {each.article.id for each in desk.corpus.held if each.current}


@pytest.mark.parametrize("asked", [fate.ASK_WITHDRAW, fate.ASK_DELETE])
def test_what_takes_something_away_is_asked_about_with_the_focus_on_what_changes_nothing(
    desk: FakeDesk, asked: str
) -> None:
    at = opened(desk, asked)
    focused = [each for tree in trees(at) for each in elements(tree, "button") if "data-focus" in each["attributes"]]
    assert [text(button) for button in focused] == ["Keep it"]
    assert len(buttons(at)) == 2
    assert "ferry" in held(desk)


def test_a_withdrawn_article_stays_and_can_be_put_back(desk: FakeDesk) -> None:
    at = opened(desk, fate.WITHDRAW)
    assert "withdrawn by hand" in shown(at)
    assert buttons(at) == ["Put back", "Delete …"]
    at.session_state["article-chosen"] = ("ferry", fate.REINSTATE)
    at.run()
    assert "withdrawn" not in shown(at)
    assert buttons(at) == ["Withdraw …", "Delete …"]


def test_a_deleted_article_is_gone_and_that_is_said(desk: FakeDesk) -> None:
    at = opened(desk, fate.DELETE)
    assert "ferry" not in held(desk)
    assert shown(at) == "This article was deleted."


def test_the_question_says_how_many_versions_are_deleted() -> None:
    assert "it with all 2 versions" in text(fate_view(fate.ASK_DELETE, 2, withdrawn=False))
    assert "removes it, and" in text(fate_view(fate.ASK_DELETE, 1, withdrawn=False))


def test_who_keeps_an_article_has_the_focus_where_it_was() -> None:
    for chosen, words in ((fate.NOT_WITHDRAW, "Withdraw …"), (fate.NOT_DELETE, "Delete …")):
        buttons = elements(fate_view(chosen, 1, withdrawn=False), "button")
        assert [text(button) for button in buttons if "data-focus" in button["attributes"]] == [words]


def test_a_choice_is_for_its_article_alone(desk: FakeDesk) -> None:
    at = open_page("article", desk.corpus, desk, article="harbour")
    at.session_state["article-chosen"] = ("ferry", fate.DELETE)
    at.run()
    assert {"ferry", "harbour"} <= held(desk)


def test_an_error_is_told_and_what_was_chosen_is_not_tried_again(desk: FakeDesk) -> None:
    desk.failure = CorpusBusy(f"Another process is writing to this corpus ({HOSTILE}).")
    at = opened(desk, fate.DELETE)
    assert f"({HOSTILE})" in shown(at)
    desk.failure = None
    at.run()
    assert "ferry" in held(desk)


def test_while_articles_are_added_none_is_withdrawn_or_deleted(desk: FakeDesk) -> None:
    desk.gate.clear()
    desk.runs.begin(["a.jsonl"])
    at = opened(desk, fate.DELETE)
    assert not buttons(at)
    assert "When that is done" in shown(at)
    desk.gate.set()
    wait_for_end(desk)
    at.run()
    assert buttons(at) == ["Withdraw …", "Delete …"]
    assert "ferry" in held(desk)
