"""What can be done to an article: withdrawn, put back, deleted. What takes something away is asked about first."""

from collections.abc import Callable

import streamlit as st

from rag.errors import BylineError
from rag.ui.desk import Desk
from rag.ui.markup import Element, clicked, draw, element, notice
from rag.ui.wording import count

_BUTTONS = "article-fate"
_CHOSEN = "article-chosen"

WITHDRAW, DELETE, REINSTATE = "withdraw", "delete", "reinstate"
_DELETED = "deleted"  # no button says so
ASK_WITHDRAW, ASK_DELETE = "withdraw?", "delete?"
NOT_WITHDRAW, NOT_DELETE = "not withdraw", "not delete"


def render(desk: Desk, reference: str, versions: int, *, withdrawn: bool) -> None:
    """Draw the buttons for an article, or the question that one of them asks; do what was chosen."""
    if desk.runs.going_on:
        forget()  # else it would be done some time later, with no one asking for it then
        words = "Articles are being added at the moment. When that is done, this one can be withdrawn or deleted."
        draw(element("p", words, kind="quiet"), key="article-fate-later")
        return
    chosen = _chosen(reference)
    if chosen in (WITHDRAW, DELETE, REINSTATE):
        _do(desk, reference, chosen)
    draw(fate_view(chosen, versions, withdrawn=withdrawn), key=_BUTTONS, on_click=lambda: _choose(reference))


def fate_view(chosen: str, versions: int, *, withdrawn: bool) -> Element:
    """The buttons; or the question, with the focus on what changes nothing."""
    if chosen == ASK_WITHDRAW:
        words = "Withdraw this article? No search finds it any more. It stays readable, and can be put back."
        return _question(words, ("Keep it", NOT_WITHDRAW), ("Withdraw it", WITHDRAW))
    if chosen == ASK_DELETE:
        them = "it" if versions == 1 else f"it with all {count(versions, 'version')}"
        words = f"Delete this article? That removes {them}, and cannot be undone: only its source can bring it back."
        return _question(words, ("Keep it", NOT_DELETE), ("Delete it", DELETE))
    first = ("Put back", REINSTATE) if withdrawn else ("Withdraw …", ASK_WITHDRAW)
    return element(
        "div",
        _button(*first, focus=chosen not in ("", NOT_DELETE)),
        _button("Delete …", ASK_DELETE, focus=chosen == NOT_DELETE),
        kind="fate",
        role="group",
        aria_label="This article",
    )


def deleted(reference: str) -> bool:
    """Whether the article was deleted here, in the dialog that is still open."""
    return _chosen(reference) == _DELETED


def forget() -> None:
    """What was asked and done in the dialog is over: it was closed, or shows something else."""
    st.session_state.pop(_CHOSEN, None)


def _question(words: str, keep: tuple[str, str], do: tuple[str, str]) -> Element:
    buttons = _button(*keep, focus=True), _button(*do)
    return element("div", element("p", words), *buttons, kind="fate question", role="group", aria_label=words)


def _button(words: str, value: str, *, focus: bool = False) -> Element:
    return element("button", words, type="button", value=value, data_focus="true" if focus else None)


def _chosen(reference: str) -> str:
    of, chosen = st.session_state.get(_CHOSEN, ("", ""))
    return str(chosen) if of == reference else ""


def _choose(reference: str) -> None:
    st.session_state[_CHOSEN] = (reference, clicked(_BUTTONS))


def _do(desk: Desk, reference: str, chosen: str) -> None:
    """Do it, and draw the whole page anew: it may list the article."""
    deeds: dict[str, Callable[[str], None]] = {
        WITHDRAW: desk.withdraw,
        REINSTATE: desk.reinstate,
        DELETE: desk.delete,
    }
    st.session_state[_CHOSEN] = (reference, NOT_WITHDRAW)  # it is tried once; then the first button has the focus
    try:
        with st.spinner("One moment."):
            deeds[chosen](reference)
    except BylineError as error:
        draw(notice(str(error)), key="article-fate-error")
        return
    if chosen == DELETE:
        st.session_state[_CHOSEN] = (reference, _DELETED)
    st.rerun()
