"""What stands around every page: the name of the app, and what to do while there is nothing to ask."""

import shlex
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
_ICON = """
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="6" fill="#0b5a63"/>
<text x="16" y="24" text-anchor="middle" font-family="Georgia, serif" font-size="23" font-weight="bold"
 fill="#fff">B</text>
</svg>
"""
_INKS = {"light": {"accent": "#0b5a63", "ink": "#1c2126"}, "dark": {"accent": "#5fb3bb", "ink": "#e9e6df"}}


def render(pages: Sequence[st.Page]) -> None:
    """Name the app, put its wordmark above in the ink of the theme, and links to its pages below."""
    st.set_page_config(page_title="Byline", page_icon=_ICON, layout="centered")
    st.html(Path(__file__).with_name("page.css"))
    st.logo(_WORDMARK.format(**_INKS[st.context.theme.type or "light"]), size="large")
    with st.container(horizontal=True, gap="small", key="pages"):
        for page in pages:
            st.page_link(page, width="content")


def render_empty(corpus: Path, library: st.Page) -> None:
    """Say how to put articles into the corpus in that folder."""
    st.title("There is nothing to ask yet", anchor=False)
    draw(element("p", "Byline answers from the articles that it was given. Give it some:"), key="empty")
    st.page_link(library, label="Add articles in the library", icon=":material/add:", width="content")
    draw(element("p", "Or from a terminal, and reload this page:"), key="empty-terminal")
    st.code(
        f"byline ingest articles.jsonl --corpus {shlex.quote(str(corpus.absolute()))}", language=None, wrap_lines=True
    )
