"""The article that the address names, in a dialog over the page, so that Escape and Back lead to where one was."""

from datetime import UTC, datetime

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError
from rag.ui import fate, feedback
from rag.ui.compare import comparison_view
from rag.ui.desk import Desk
from rag.ui.markup import Element, draw, notice, status
from rag.ui.places import Place
from rag.ui.reader import reader_view


def render(news: Corpus, desk: Desk) -> None:
    """Open the dialog when the address names an article."""
    place = Place.from_query(st.query_params)
    if place is None:
        fate.forget()
    elif place.against is None:
        _reading(news, desk, place)
    else:
        _comparing(news, place)


def go(link: str | None) -> None:
    """Put a place into the address. Does nothing for what is no link to a place."""
    place = Place.from_link(link) if link else None
    if place is not None:
        st.query_params.from_dict(place.to_query())


def _close() -> None:
    fate.forget()
    st.query_params.clear()


@st.dialog("Article", width="medium", on_dismiss=_close)
def _reading(news: Corpus, desk: Desk, place: Place) -> None:
    if fate.deleted(place.article):
        draw(status("This article was deleted.", kind="notice"), key="article-deleted")
        return
    try:
        version = news.article(place.article, place.version)
        versions = news.versions(place.article)
        withdrawal = news.withdrawal(place.article)
        story = news.story(place.article)
    except BylineError as error:
        draw(notice(str(error)), key="article-error")
        return
    view = reader_view(version, versions, place, withdrawal, story, datetime.now(UTC), selecting=feedback.selecting())
    _draw(view)
    feedback.render_taking(news, version)
    fate.render(desk, place.article, len(versions), withdrawn=withdrawal is not None)


@st.dialog("Two versions of an article", width="large", on_dismiss=_close)
def _comparing(news: Corpus, place: Place) -> None:
    try:
        shown, other = (news.article(place.article, number) for number in (place.version, place.against))
    except BylineError as error:
        draw(notice(str(error)), key="article-error")
        return
    _draw(comparison_view(shown, other))


def _draw(view: Element) -> None:
    if link := draw(view, key="article"):
        fate.forget()
        go(link)
        st.rerun()
