"""The questions of an evaluation run, those that are looked for, a page at a time."""

import streamlit as st

from rag.corpus import Corpus
from rag.evaluation import Comparison, Outcome, Run, question_views
from rag.evaluation.view import outcome
from rag.ui import paging
from rag.ui.markup import draw, element
from rag.ui.questions import questions_view
from rag.ui.wording import count

PAGE_SIZE = 20

_PAGE = "quality-page"
_ALL = "All"


def render(news: Corpus, run: Run, comparison: Comparison | None) -> str | None:
    """Draw what to look for and the questions. Returns the link that was just clicked, if one was."""
    draw(element("h2", "Questions", kind="heading"), key="quality-questions-head")
    outcomes, types = st.columns(2)
    states = [_ALL, *(each.value for each in Outcome), *(_changes(comparison) if comparison else ())]
    state = outcomes.selectbox("Outcome", states, key="quality-outcome")
    names = sorted({question.type for question in run.questions.questions if question.type})
    kind = types.selectbox("Type", [_ALL, *names], key="quality-type")
    words = st.text_input("Search questions", key="quality-words", type="search", placeholder="Words of the question")
    found = matching(run, comparison, state, kind, words)
    page = paging.page(len(found), PAGE_SIZE, key=_PAGE, looked_for=(run.info.id, state, kind, words))
    draw(element("p", count(len(found), "question"), kind="label", role="status"), key="quality-found")
    views = question_views(run, news, found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    link = draw(questions_view(views), key="quality-questions")
    paging.draw_pages(len(found), PAGE_SIZE, key=_PAGE)
    return link


def matching(run: Run, comparison: Comparison | None, state: str, kind: str, words: str) -> list[str]:
    """The ids of the questions with this outcome (or change), type and words, in the order of the set."""
    changed = _changes(comparison).get(state) if comparison else None
    wanted = words.casefold().split()
    return [
        question.id
        for question, result in run.by_id().values()
        if kind in (_ALL, question.type)
        and all(word in question.text.casefold() for word in wanted)
        and (question.id in changed if changed is not None else state in (_ALL, outcome(question, result).value))
    ]


def _changes(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    return {
        "answer won": comparison.answers_won,
        "answer lost": comparison.answers_lost,
        "more evidence found": comparison.found_won,
        "less evidence found": comparison.found_lost,
    }
