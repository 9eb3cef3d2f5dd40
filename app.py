"""The web app: opens the corpus once, and shows one of its pages over it."""

from collections.abc import Callable

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError
from rag.settings import Settings
from rag.ui import article, articles, ask, frame, library
from rag.ui.desk import Desk
from rag.ui.markup import draw, notice


def desk_by_settings() -> Desk:
    return Desk(Settings.load())


@st.cache_resource(show_spinner=False)
def set_up(_make_desk: Callable[[], Desk]) -> Desk:
    return _make_desk()


def render_quality(news: Corpus, desk: Desk) -> None:
    from rag.ui import quality  # loads the measures, which the other pages can do without

    quality.render(news, desk)


def main(make_desk: Callable[[], Desk] = desk_by_settings) -> None:
    def page(render: Callable[[Corpus | None, Desk], None]) -> None:
        try:
            desk = set_up(make_desk)
            news = desk.news()
            render(news, desk)
            if news is not None:
                article.render(news, desk)
        except BylineError as error:
            draw(notice(str(error)), key="app-error")

    def over_articles(render: Callable[[Corpus, Desk], None]) -> Callable[[], None]:
        def render_if_any(news: Corpus | None, desk: Desk) -> None:
            if news is None or not news.count_articles():
                frame.render_empty(desk.settings.corpus, library_page)
            else:
                render(news, desk)

        return lambda: page(render_if_any)

    library_page = st.Page(lambda: page(library.render), title="Library", url_path="library")
    pages = [
        st.Page(over_articles(lambda news, desk: ask.render(news)), title="Ask", url_path="ask", default=True),
        st.Page(over_articles(lambda news, desk: articles.render(news)), title="Articles", url_path="articles"),
        library_page,
        st.Page(over_articles(render_quality), title="Quality", url_path="quality"),
    ]
    chosen = st.navigation(pages, position="hidden")
    frame.render(pages)
    chosen.run()


if __name__ == "__main__":
    main()
