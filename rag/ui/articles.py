"""The page that lists the articles of the corpus."""

import streamlit as st

from rag.corpus import Corpus
from rag.model import Article, Filters
from rag.ui import article, filters
from rag.ui.markup import Element, draw, element
from rag.ui.places import Place
from rag.ui.wording import count, outlet_and_day

PAGE_SIZE = 20

_PAGE = "articles-page"


def render(news: Corpus) -> None:
    """Search and filter the articles, page through them, open one."""
    st.title("Articles", anchor=False)
    matching = st.text_input(
        "Search titles",
        key="articles-matching",
        type="search",
        placeholder="Words in the title",
        label_visibility="collapsed",
        icon=":material/search:",
        persist_state="session",
    )
    chosen = filters.choose(news, page="articles")
    total = news.count_articles(filters=chosen, matching=matching)
    page = _page(total, (matching, chosen))
    found = news.articles(filters=chosen, matching=matching, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    article.go(draw(_listing(found, total), key="articles-listing"))
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key=_PAGE, persist_state="session")


def _page(total: int, looked_for: tuple[str, Filters]) -> int:
    """The page to show: the first again when something else is looked for, the last when there are fewer now."""
    last = max(1, -(-total // PAGE_SIZE))
    same = st.session_state.get("articles-looked-for") == looked_for
    st.session_state["articles-looked-for"] = looked_for
    page = min(st.session_state.get(_PAGE, 1), last) if same else 1
    if st.session_state.get(_PAGE, page) != page:
        st.session_state[_PAGE] = page
    return page


def _listing(found: list[Article], total: int) -> Element:
    rows = [
        element(
            "a",
            element("span", each.title, kind="title"),
            element("span", " · ".join(_facts(each)), kind="from"),
            href=Place(each.id).link,
        )
        for each in found
    ]
    return element(
        "div",
        element("p", count(total, "article") if total else "No article matches.", kind="label", role="status"),
        element("ul", *(element("li", row) for row in rows), kind="listing"),
    )


def _facts(each: Article) -> list[str]:
    facts = [outlet_and_day(each), each.category, f"only a stub: {each.stub}" if each.stub else None]
    return [fact for fact in facts if fact]
