"""The sample corpus and its questions hold what their makers promise: whoever measures with them relies on it."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest import ingest
from rag import open_corpus
from tests.conftest import SAMPLES
from tests.fakes import HashEmbedder


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").strip().split("\n")]


ARTICLES, QUESTIONS = _lines("articles.jsonl"), _lines("questions.jsonl")

LATEST = {article["url"]: article for article in ARTICLES}
STANDING = {url: article for url, article in LATEST.items() if article.get("status") != "withdrawn"}
TYPES = {
    "when",
    "who",
    "how-much",
    "what",
    "where",
    "why",
    "list",
    "several-articles",
    "as-of",
    "conflict",
    "period",
    "source",
    "reworded",
    "unanswerable",
}
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def test_there_are_enough_articles_of_the_length_of_news() -> None:
    lengths = [len(article["text"].split()) for article in STANDING.values()]
    assert sum(120 <= length <= 600 for length in lengths) >= 80
    assert max(lengths) <= 600
    assert sum(length < 120 for length in lengths) <= 5  # teasers behind a paywall: they are news too


def test_they_come_from_ten_outlets_and_from_about_a_year() -> None:
    assert len({article["source"] for article in ARTICLES}) >= 10
    published = sorted(datetime.fromisoformat(article["published_at"]) for article in ARTICLES)
    assert all(moment.tzinfo for moment in published)
    assert published[-1] - published[0] >= timedelta(days=360)


def test_every_article_says_all_that_can_be_filtered_by() -> None:
    for article in ARTICLES:
        for field in ("url", "title", "text", "source", "published_at", "category", "language"):
            assert article[field], (article["url"], field)
        assert isinstance(article["authors"], list)


def test_the_same_words_stand_in_articles_of_several_outlets_at_most() -> None:
    """Outlets print the same agency's story, as they do; none prints one twice."""
    printed = Counter((plain(article["text"]), article["source"]) for article in ARTICLES)
    assert printed.most_common(1)[0][1] == 1
    assert len({text for text, _ in printed}) < len(printed)


def test_there_are_enough_questions_of_every_type_and_their_ids_are_unique() -> None:
    types = Counter(question["type"] for question in QUESTIONS)
    assert len(QUESTIONS) >= 100
    assert set(types) == TYPES
    assert types["unanswerable"] >= 25
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({plain(question["question"]) for question in QUESTIONS}) == len(QUESTIONS)


def test_a_question_is_unanswerable_exactly_if_it_has_neither_answers_nor_evidence() -> None:
    for question in QUESTIONS:
        stated = (bool(question["answers"]), bool(question["evidence"]), question["type"] != "unanswerable")
        assert set(stated) == {question["answerable"]}, question["id"]


def test_every_quote_stands_in_what_its_article_says_now_and_never_in_a_withdrawn_one() -> None:
    for question in QUESTIONS:
        for evidence in question["evidence"]:
            assert evidence["url"] in STANDING, question["id"]
            assert evidence["quote"] in STANDING[evidence["url"]]["text"], question["id"]


def test_every_answerable_question_has_an_answer_that_stands_in_one_of_its_quotes() -> None:
    missing = [
        question["id"]
        for question in ANSWERABLE
        if not any(plain(a) in plain(e["quote"]) for a in question["answers"] for e in question["evidence"])
    ]
    assert missing == []


def test_a_question_with_filters_has_evidence_that_they_let_through() -> None:
    filtered = [question for question in QUESTIONS if {"as_of", "from", "to", "source"} & question.keys()]
    assert {question["type"] for question in filtered} == {"as-of", "period", "source", "unanswerable"}
    assert all(question in filtered for question in QUESTIONS if question["type"] in ("as-of", "period", "source"))
    for question in filtered:
        for evidence in question["evidence"]:
            article = STANDING[evidence["url"]]
            day = datetime.fromisoformat(article["published_at"]).date()
            first, last = question.get("from", "1000-01-01"), question.get("to", question.get("as_of", "9999-12-31"))
            assert date.fromisoformat(first) <= day <= datetime.fromisoformat(last).date(), question["id"]
            assert question.get("source", article["source"]) == article["source"], question["id"]


def test_many_questions_depend_on_each_filter() -> None:
    for names in (("as_of",), ("from", "to"), ("source",)):
        assert sum(any(name in question for name in names) for question in QUESTIONS) >= 12, names


def test_a_question_that_needs_several_articles_names_several() -> None:
    for question in QUESTIONS:
        if question["type"] in ("several-articles", "conflict"):
            assert len({evidence["url"] for evidence in question["evidence"]}) >= 2, question["id"]


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


def test_the_sample_is_ingested_whole_the_first_time_and_found_unchanged_the_second(ingested: Path) -> None:
    embedder = HashEmbedder()
    report = ingest(SAMPLES / "articles.jsonl", into=ingested, embedder=embedder)
    assert (report.rejected, report.notes) == ((), ())
    assert (report.added, report.changed, report.unchanged, report.withdrawn) == (len(LATEST), 2, 0, 1)
    embedded = len(embedder.embedded)
    again = ingest(SAMPLES / "articles.jsonl", into=ingested, embedder=embedder)
    assert len(embedder.embedded) == embedded
    assert (again.unchanged, again.epoch) == (len(ARTICLES), report.epoch)


def test_what_is_stored_of_the_sample_still_holds_every_quote(ingested: Path) -> None:
    if not any(ingested.iterdir()):
        ingest(SAMPLES / "articles.jsonl", into=ingested, embedder=HashEmbedder())
    with open_corpus(ingested, embedder=HashEmbedder()) as news:
        assert news.status().articles == len(STANDING)
        texts = {url: news.article(url).text for url in STANDING}
    assert all(e["quote"] in texts[e["url"]] for question in QUESTIONS for e in question["evidence"])
