"""What stands around every page: the name of the app, and what to do while there is nothing to ask."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from rag.ui.markup import draw, element

_WORDMARK = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 104 28" width="104" height="28" role="img" aria-label="Byline">
<rect x="0" y="4" width="3" height="20" fill="{accent}"/>
<text x="11" y="22" font-family="Georgia, 'Times New Roman', serif" font-size="24" font-weight="bold"
 fill="{ink}">Byline</text>
</svg>
"""
_INKS = {"light": {"accent": "#0b5a63", "ink": "#1c2126"}, "dark": {"accent": "#5fb3bb", "ink": "#e9e6df"}}


def render(pages: Sequence[st.Page]) -> None:
    """Name the app, put its wordmark above in the ink of the theme, and links to its pages below."""
    st.set_page_config(
        page_title="Byline",
        layout="centered",
    )
    st.html(Path(__file__).with_name("page.css"))
    st.logo(_WORDMARK.format(**_INKS[st.context.theme.type or "light"]), size="large")
    with st.container(horizontal=True, gap="small", key="pages"):
        for page in pages:
            st.page_link(page, width="content")


def render_empty() -> None:
    """Say how to get a corpus."""
    st.title("There is nothing to ask yet", anchor=False)
    draw(
        element(
            "p",
            "Byline answers from articles that it was given. Give it some, then reload this page: "
            "files or folders of JSON, JSON Lines, CSV, HTML or text.",
        ),
        key="empty",
    )
    st.code("byline ingest articles.jsonl", language=None)
