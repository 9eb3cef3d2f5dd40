"""The web app: opens the corpus once, and shows one of its pages over it."""

from collections.abc import Callable

import streamlit as st

from rag.build import open_corpus
from rag.corpus import Corpus
from rag.errors import BylineError, CorpusNotFound
from rag.settings import Settings
from rag.ui import article, articles, ask, frame
from rag.ui.markup import draw, notice


@st.cache_resource(show_spinner=False)
def opened(_open_news: Callable[[], Corpus]) -> Corpus:
    return _open_news()


def main(open_news: Callable[[], Corpus] = open_corpus) -> None:
    def page(render: Callable[[Corpus], None]) -> None:
        try:
            news = opened(open_news)
            if not news.status().articles:
                frame.render_empty(Settings.load().corpus)
                return
            render(news)
            article.render(news)
        except CorpusNotFound:
            frame.render_empty(Settings.load().corpus)
        except BylineError as error:
            draw(notice(str(error)), key="app-error")

    def ask_page() -> None:
        page(ask.render)

    def articles_page() -> None:
        page(articles.render)

    pages = [
        st.Page(ask_page, title="Ask", default=True),
        st.Page(articles_page, title="Articles", url_path="articles"),
    ]
    chosen = st.navigation(pages, position="hidden")
    frame.render(pages)
    chosen.run()


if __name__ == "__main__":
    main()
