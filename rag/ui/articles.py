"""The page that lists the articles of the corpus."""

import streamlit as st

from rag.corpus import Corpus
from rag.model import Article
from rag.ui import article, filters, paging
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
    page = paging.page(total, PAGE_SIZE, key=_PAGE, looked_for=(matching, chosen))
    found = news.articles(filters=chosen, matching=matching, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    article.go(draw(_listing(found, total), key="articles-listing"))
    paging.draw_pages(total, PAGE_SIZE, key=_PAGE)


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
