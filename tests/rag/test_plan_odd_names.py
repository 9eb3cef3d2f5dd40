"""Bylines and outlets that are no names imply nothing, and harm no question."""

from hypothesis import given
from hypothesis import strategies as st

from rag.plan.sources import Sources


@given(st.lists(st.text()), st.lists(st.text() | st.sampled_from(["- -", "— —", "* *", "By — —"])), st.text())
def test_no_byline_makes_a_question_fail(outlets: list[str], authors: list[str], question: str) -> None:
    Sources(outlets, authors).named_in(question)
