"""The page that answers questions."""

from time import perf_counter

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError
from rag.model import Filters, Implied, Reason
from rag.ui import article, feedback, filters
from rag.ui.exchange import Exchange, exchange_view, implied_in
from rag.ui.markup import Element, clicked, draw, element, notice
from rag.ui.wording import count, day

_QUESTION = "ask-question"
_EXAMPLES = "ask-examples"
_ASKED = "ask-asked"
_HISTORY = "ask-history"
_WITHOUT = "ask-without"


def render(news: Corpus) -> None:
    """A question box, then the answers of this session, newest first."""
    st.title("Ask the news", anchor=False)
    history: list[Exchange] = st.session_state.setdefault(_HISTORY, [])
    asked = _question_box()
    chosen = filters.choose(news, page="ask")
    if asked:
        _ask(news, st.session_state[_QUESTION], chosen, history)
    else:
        _ask_without(news, history)
    if history:
        _draw(news, history)
    else:
        _start(news)


def _question_box() -> bool:
    """Whether a question was just asked, here or by a click on an example."""
    with st.form("ask-form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Your question",
            key=_QUESTION,
            placeholder="Who, what, when, where, why …",
            label_visibility="collapsed",
            persist_state="session",
        )
        submitted = st.form_submit_button("Ask", type="primary")
    return bool(st.session_state.pop(_ASKED, False)) or submitted


def _ask_without(news: Corpus, history: list[Exchange]) -> None:
    """Ask a question of the history again, without what was just taken out of it."""
    number, value = st.session_state.pop(_WITHOUT, (0, ""))
    for exchange in history:
        implied = implied_in(exchange, value)
        if exchange.number == number and implied is not None:
            _ask(news, exchange.question, exchange.filters, history, (*exchange.without, implied))
            return


def _ask(
    news: Corpus, question: str, chosen: Filters, history: list[Exchange], without: tuple[Implied, ...] = ()
) -> None:
    first = "" if history else " The first question after a start also loads the model, which takes a few seconds."
    epoch, began = news.epoch(), perf_counter()
    try:
        with st.spinner(f"Reading the news.{first}"):
            answer = news.ask(question, filters=chosen, without=[implied.key for implied in without])
    except BylineError as error:
        draw(notice(str(error)), key="ask-error")
        return
    if answer.abstention and answer.abstention.reason is Reason.EMPTY_QUESTION:
        draw(notice(answer.abstention.explanation), key="ask-empty")
        return
    seconds = perf_counter() - began
    history.insert(0, Exchange(len(history) + 1, question.strip(), chosen, answer, seconds, epoch, without))


def _draw(news: Corpus, history: list[Exchange]) -> None:
    for exchange in history:
        article.go(_exchange(exchange))
        article.go(feedback.render(news, exchange))
    st.button("Clear history", type="tertiary", key="ask-clear", on_click=_clear, args=[history])


def _exchange(exchange: Exchange) -> str | None:
    key = f"ask-exchange-{exchange.number}"

    def take_out() -> None:
        st.session_state[_WITHOUT] = (exchange.number, clicked(key))

    return draw(exchange_view(exchange), key=key, on_click=take_out)


def _clear(history: list[Exchange]) -> None:
    history.clear()
    feedback.forget()


def _start(news: Corpus) -> None:
    """What can be asked here, before anything was."""
    draw(_examples(news), key=_EXAMPLES, on_click=_choose_example)


def _examples(news: Corpus) -> Element:
    status = news.status()
    span = f", published from {day(status.first_published)} to {day(status.last_published)}"
    questions = [element("button", text, type="button", value=text) for text in news.example_questions()]
    return element(
        "div",
        element("p", f"Answers come from {count(status.articles, 'article')}{span if status.first_published else ''}."),
        element("h2", "For example", kind="label") if questions else None,
        element("div", *questions, kind="suggestions"),
    )


def _choose_example() -> None:
    st.session_state[_QUESTION] = clicked(_EXAMPLES)
    st.session_state[_ASKED] = True
