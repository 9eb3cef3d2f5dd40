import json
from pathlib import Path

import pytest

from rag import Settings
from rag.errors import ArticleNotFound
from rag.records import BY_HAND
from tests.ui.fake_desk import FakeDesk, HashedDesk, wait_for_end


@pytest.fixture
def desk(settings: Settings) -> HashedDesk:
    return HashedDesk(settings)


@pytest.fixture
def article(tmp_path: Path) -> str:
    """The path of a file with one article, whose id is "a"."""
    record = {"id": "a", "title": "The harbour reopens", "text": "The harbour reopens on 9 April."}
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    return str(path)


def test_a_corpus_is_there_as_soon_as_a_run_has_made_it_and_stays_the_same(desk: HashedDesk, article: str) -> None:
    assert desk.news() is None
    desk.runs.begin([article])
    wait_for_end(desk)
    news = desk.news()
    assert news is not None
    assert news.status().articles == 1
    assert desk.news() is news
    news.close()


def test_a_corpus_that_a_run_may_be_making_is_not_opened_yet(article: str, tmp_path: Path) -> None:
    class Opening(FakeDesk):
        news = HashedDesk.news

        def open_corpus(self):
            raise AssertionError("it would wait for the lock of the run")

    desk = Opening(folder=tmp_path / "corpus")
    desk.gate.clear()
    desk.runs.begin([article])
    assert desk.news() is None
    desk.gate.set()
    wait_for_end(desk)


def test_an_article_is_withdrawn_put_back_and_deleted(desk: HashedDesk, article: str) -> None:
    desk.runs.begin([article])
    wait_for_end(desk)
    news = desk.news()
    assert news is not None
    assert news.withdrawal("a") is None

    desk.withdraw("a")
    withdrawal = news.withdrawal("a")
    assert withdrawal is not None
    assert withdrawal.why == BY_HAND
    assert news.count_articles() == 0

    desk.reinstate("a")
    assert news.withdrawal("a") is None
    assert news.count_articles() == 1

    desk.delete("a")
    with pytest.raises(ArticleNotFound):
        news.article("a")
    news.close()


def test_what_can_be_uploaded_is_what_some_source_reads(desk: HashedDesk) -> None:
    assert {".jsonl", ".csv", ".txt"} <= set(desk.suffixes())
