"""The filters of a page: outlets, categories, dates."""

from typing import Literal

import streamlit as st

from rag.corpus import Corpus
from rag.model import Filters, end_of_day
from rag.ui.markup import draw, element, notice
from rag.ui.wording import describe


def choose(news: Corpus, *, page: str) -> Filters:
    """Draw the filters of a page behind one button, with those that are set in words beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Filters", icon=":material/tune:", key=f"{page}-filters"):
            filters = _widgets(news, page)
        if filters:
            draw(element("p", describe(filters), kind="quiet"), key=f"{page}-filters-set")
            st.button("Clear filters", type="tertiary", key=f"{page}-filters-clear", on_click=_clear, args=[page])
    return filters


def _widgets(news: Corpus, page: str) -> Filters:
    sources = _names(news, page, "source", "Outlets")
    categories = _names(news, page, "category", "Categories")
    first, last = st.columns(2)
    published_from = first.date_input("Published from", None, key=f"{page}-from", persist_state="session")
    published_to = last.date_input("Published to", None, key=f"{page}-to", persist_state="session")
    as_of = st.date_input(
        "As of",
        None,
        key=f"{page}-as-of",
        persist_state="session",
        help="The news as it stood at the end of that day: earlier versions, and nothing published later.",
    )
    if published_from and published_to and published_from > published_to:
        draw(notice("The first day comes after the last, which leaves no article."), key=f"{page}-filters-error")
    return Filters(
        sources=sources,
        categories=categories,
        published_from=published_from,
        published_to=published_to,
        as_of=end_of_day(as_of) if as_of else None,
    )


def _names(news: Corpus, page: str, field: Literal["source", "category"], label: str) -> tuple[str, ...]:
    """The chosen values of a field. A chosen value stays among the options when its last article has gone."""
    key = f"{page}-{field}"
    counts = {facet.value: facet.articles for facet in news.facets(field)}
    options = [*counts, *(name for name in st.session_state.get(key, ()) if name not in counts)]
    chosen = st.multiselect(
        label, options, format_func=lambda name: f"{name} ({counts.get(name, 0)})", key=key, persist_state="session"
    )
    return tuple(chosen)


def _clear(page: str) -> None:
    for name in ("source", "category"):
        st.session_state[f"{page}-{name}"] = []
    for name in ("from", "to", "as-of"):
        st.session_state[f"{page}-{name}"] = None
