"""Under an answer: whether it is right, and perhaps the right one with the words of an article that show it.

Each thing that a reader says is kept at once. The exchange that was marked last is open: its right answer can be given,
and its evidence taken from any article that is read meanwhile.
"""

from dataclasses import dataclass, replace

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError
from rag.feedback import FILE, Evidence, Mark, Verdict, evidence_in, keep, mark_of, take_back
from rag.model import Answer, Version
from rag.ui.exchange import Exchange
from rag.ui.markup import Element, clicked, draw, element, notice, status
from rag.ui.places import Place

_MARKINGS = "feedback-markings"
_OPEN = "feedback-open"
_CLICKED = "feedback-clicked"
_TAKEN = "feedback-taken"
_FAILED = "feedback-failed"

LABELS = {Verdict.RIGHT: "Right", Verdict.WRONG: "Wrong", Verdict.DECLINE: "Should have declined"}
REMOVE, USE = "remove", "use"


@dataclass(frozen=True, slots=True)
class Marking:
    """What a reader has said of an exchange until now."""

    verdict: Verdict
    right_answer: str = ""
    evidence: tuple[Evidence, ...] = ()


def render(news: Corpus, exchange: Exchange) -> str | None:
    """Draw what can be said of an exchange, and what was. Returns the link that was just clicked, if one was."""
    key = f"feedback-{exchange.number}"
    clicked_in, value = st.session_state.get(_CLICKED, (0, ""))
    if clicked_in == exchange.number:
        del st.session_state[_CLICKED]
        _do(news, exchange, value)
    marking = _markings().get(exchange.number)
    view = verdicts_view(exchange.answer, marking)
    draw(view, key=key, on_click=lambda: _remember(_CLICKED, exchange, key))
    number, failed = st.session_state.get(_FAILED, (0, ""))
    if failed and number == exchange.number:
        draw(notice(failed), key=f"{key}-failed")
    if marking is None:
        return None
    if _open() != exchange:
        if _takes_more(exchange, marking):
            st.button("Say more", type="tertiary", key=f"{key}-open", on_click=_reopen, args=[exchange])
        return None
    draw(status(f"Kept as a question of {FILE}, in the corpus’s folder.", kind="quiet"), key=f"{key}-kept")
    return _more(news, exchange, marking, key) if _takes_more(exchange, marking) else None


def verdicts_view(answer: Answer, marking: Marking | None) -> Element:
    """The verdicts to choose from; the one that is chosen is pressed, and taken back by choosing it again."""
    chosen = marking.verdict if marking else None
    choices = [verdict for verdict in Verdict if not (answer.abstained and verdict is Verdict.DECLINE)]
    asks = "Was it right to decline?" if answer.abstained else "Is this answer right?"
    return element(
        "div",
        element("span", asks),
        *(
            element(
                "button", LABELS[each], type="button", value=each, aria_pressed="true" if each is chosen else "false"
            )
            for each in choices
        ),
        kind="verdicts",
        role="group",
        aria_label=asks,
    )


def evidence_view(evidence: tuple[Evidence, ...]) -> Element:
    """The evidence that was taken, each with a link to where it stands, and how to take more."""
    words = "To give evidence, open an article (one above, or any under Articles), select its words, and use them."
    items = [
        element(
            "li",
            element("a", f"“{each.quote}”", href=Place(each.url, each.version, each.start, each.end).link),
            " ",
            element("button", "Remove", type="button", value=f"{REMOVE} {number}", aria_label=f"Remove “{each.quote}”"),
        )
        for number, each in enumerate(evidence)
    ]
    return element("div", element("ul", *items) if items else None, element("p", words, kind="quiet"), kind="evidence")


def selecting() -> bool:
    """Whether the words of an article can be used as evidence now."""
    return _selecting_for() is not None


def render_taking(news: Corpus, version: Version) -> None:
    """Beside an article: take its selected words as evidence for the exchange that is open."""
    exchange = _selecting_for()
    if exchange is None:
        return
    taken_for, value = st.session_state.pop(_TAKEN, (0, ""))
    said = _take(news, exchange, version, value) if taken_for == exchange.number else ""
    with st.container(key="feedback-bar"):
        view = taking_view(exchange.question, said)
        draw(view, key="feedback-taking", on_click=lambda: _remember(_TAKEN, exchange, "feedback-taking"))


def taking_view(question: str, said: str) -> Element:
    """The button that uses the selected words, what they are for, and what became of the last ones."""
    return element(
        "div",
        element("button", "Use as evidence", type="button", value=USE, data_selected="true"),
        element("p", said or f"Select the words that answer “{question}”", kind="quiet", role="status"),
        kind="taking",
    )


def forget() -> None:
    """Nothing is being marked any more; what was kept stays."""
    # also the words in the boxes: exchanges are numbered from 1 again
    for key in [key for key in st.session_state if str(key).startswith("feedback-")]:
        del st.session_state[key]


def _markings() -> dict[int, Marking]:
    """What was said in this session, by the number of the exchange."""
    markings: dict[int, Marking] = st.session_state.setdefault(_MARKINGS, {})
    return markings


def _open() -> Exchange | None:
    exchange: Exchange | None = st.session_state.get(_OPEN)
    return exchange


def _reopen(exchange: Exchange) -> None:
    st.session_state[_OPEN] = exchange


def _takes_more(exchange: Exchange, marking: Marking) -> bool:
    """Whether a right answer and evidence would say more."""
    declines = marking.verdict is Verdict.DECLINE or (marking.verdict is Verdict.RIGHT and exchange.answer.abstained)
    return not declines


def _selecting_for() -> Exchange | None:
    """The exchange that evidence can be taken for."""
    exchange = _open()
    marking = _markings().get(exchange.number) if exchange else None
    return exchange if exchange and marking and _takes_more(exchange, marking) else None


def _more(news: Corpus, exchange: Exchange, marking: Marking, key: str) -> str | None:
    answer, evidence = f"{key}-answer", f"{key}-evidence"

    def answered() -> None:
        _change(news, exchange, replace(marking, right_answer=st.session_state[answer]))

    st.text_input(
        "The right answer, in as few words as say it (optional)",
        key=answer,
        persist_state="session",
        on_change=answered,
    )
    return draw(evidence_view(marking.evidence), key=evidence, on_click=lambda: _remember(_CLICKED, exchange, evidence))


def _remember(what: str, exchange: Exchange, key: str) -> None:
    """What was clicked is done when its exchange is drawn anew."""
    st.session_state[what] = (exchange.number, clicked(key))


def _do(news: Corpus, exchange: Exchange, value: str) -> None:
    """Choose a verdict, or remove a piece of evidence; anything else is a link."""
    marking = _markings().get(exchange.number)
    deed, _, number = value.partition(" ")
    if deed in LABELS:
        st.session_state[_OPEN] = exchange
        _change(news, exchange, _chosen(marking, Verdict(deed)))
    elif deed == REMOVE and marking is not None:
        left = tuple(each for at, each in enumerate(marking.evidence) if str(at) != number)
        _change(news, exchange, replace(marking, evidence=left))


def _chosen(marking: Marking | None, verdict: Verdict) -> Marking | None:
    """A verdict that is chosen a second time is taken back."""
    if marking is None:
        return Marking(verdict)
    return None if marking.verdict is verdict else replace(marking, verdict=verdict)


def _take(news: Corpus, exchange: Exchange, version: Version, value: str) -> str:
    """Take the words that were selected. Returns what came of it."""
    start, end = map(int, value.split()[1:]) if value != USE else (0, 0)
    marking = _markings()[exchange.number]
    try:
        taken = evidence_in(version, start, end)
    except BylineError as error:
        return str(error)
    evidence = (*(each for each in marking.evidence if each != taken), taken)
    return _change(news, exchange, replace(marking, evidence=evidence)) or f"Used: “{taken.quote}”"


def _change(news: Corpus, exchange: Exchange, marking: Marking | None) -> str:
    """Keep what is said now, None to take the mark back. Returns what speaks against it, if anything does."""
    st.session_state[_FAILED] = (exchange.number, "")
    before = _markings().get(exchange.number)
    try:
        if marking is not None:
            keep(news.folder, _mark(exchange, marking))
            _markings()[exchange.number] = marking
        elif before is not None:
            take_back(news.folder, _mark(exchange, before).id)
            del _markings()[exchange.number]
    except BylineError as error:
        st.session_state[_FAILED] = (exchange.number, str(error))
        return str(error)
    return ""


def _mark(exchange: Exchange, marking: Marking) -> Mark:
    return mark_of(
        marking.verdict,
        exchange.answer,
        exchange.filters,
        exchange.epoch,
        right_answer=marking.right_answer,
        evidence=marking.evidence,
    )
