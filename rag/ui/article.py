"""The article that the address names, in a dialog over the page, so that Escape and Back lead to where one was."""

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError
from rag.ui.markup import draw, notice
from rag.ui.places import Place
from rag.ui.reader import reader_view


def render(news: Corpus) -> None:
    """Open the dialog when the address names an article."""
    place = Place.from_query(st.query_params)
    if place is not None:
        _dialog(news, place)


def go(link: str | None) -> None:
    """Put a place into the address. Does nothing for what is no link to a place."""
    place = Place.from_link(link) if link else None
    if place is not None:
        st.query_params.from_dict(place.to_query())


def _close() -> None:
    st.query_params.clear()


@st.dialog("Article", width="medium", on_dismiss=_close)
def _dialog(news: Corpus, place: Place) -> None:
    try:
        version = news.article(place.article, place.version)
        versions = news.versions(place.article)
    except BylineError as error:
        draw(notice(str(error)), key="article-error")
        return
    if link := draw(reader_view(version, versions, place), key="article"):
        go(link)
        st.rerun()
