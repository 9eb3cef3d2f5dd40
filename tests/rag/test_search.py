"""From a question to its ranking, over a small corpus."""

import numpy as np
import pytest
from numpy.typing import NDArray

from rag import Corpus, Filters
from rag.model import Implication, Implied
from rag.rank.features import NAMES
from rag.rank.reranking import Reranking
from rag.search import Described, Searcher
from tests.conftest import ARTICLES, Record

LEDGER: Record = {
    "url": "https://ledger.example/ferry",
    "title": "Ferry to Ostmoor delayed",
    "text": "The ferry to Ostmoor is delayed until autumn, its owner said. Repairs of the engine take longer.",
    "source": "The Daily Ledger",
    "published_at": "2024-03-05T09:00:00+00:00",
}
WIRE: Record = LEDGER | {
    "url": "https://wire.example/ferry",
    "title": "Ferry to Ostmoor sold",
    "text": "The ferry to Ostmoor is sold to a shipyard, its owner said. The price was not told.",
    "source": "Meridian Wire",
}


class Backwards:
    """A reranker that likes best what it reads last."""

    def __init__(self) -> None:
        self._read = 0

    def scores(self, question: str, texts: list[str]) -> NDArray[np.float64]:
        self._read += len(texts)
        return np.arange(self._read - len(texts), self._read, dtype=np.float64)


@pytest.fixture
def ferries(news: Corpus, ingest_records) -> Corpus:
    ingest_records(LEDGER, WIRE)
    return news


def implied(news: Corpus, question: str, **options) -> tuple[Implied, ...]:
    plan = news.search(question, **options).plan
    assert plan is not None
    return plan.implied


def sources(news: Corpus, question: str, **options) -> list[str | None]:
    return [hit.passage.article.source for hit in news.search(question, **options)]


def described(news: Corpus, question: str, **options) -> tuple[Described, ...]:
    searcher = news.answerer.searcher
    plan = searcher.plan(question, Filters())
    vectors = searcher.embed(plan)
    pool = searcher.pool(plan, vectors, Filters(), 10)
    return searcher.described(plan, vectors, pool, searcher.rarities(plan), Filters(), **options)


def test_an_outlet_that_is_named_comes_first_and_others_are_not_ruled_out(ferries: Corpus) -> None:
    for source in ("The Daily Ledger", "Meridian Wire"):
        found = sources(ferries, f"What did the {source} report say of the ferry to Ostmoor?")
        assert found[0] == source
        assert {"The Daily Ledger", "Meridian Wire"} <= set(found)


def test_what_is_implied_is_told_and_can_be_left_out(ferries: Corpus) -> None:
    question = "What did the Meridian Wire report say of the ferry to Ostmoor?"
    (source,) = implied(ferries, question)
    assert (source.kind, source.value) == (Implication.SOURCE, "Meridian Wire")
    assert question[source.start : source.end] == "Meridian Wire"
    assert implied(ferries, question, without={source.key}) == ()
    answer = ferries.ask(question, without={source.key})
    assert answer.plan is not None
    assert answer.plan.implied == ()


def test_each_part_has_its_best_passage_in_the_first_places(ferries: Corpus) -> None:
    found = sources(
        ferries,
        "Did the Daily Ledger report that the ferry to Ostmoor is delayed, while the Meridian Wire article says that "
        "the ferry is sold?",
        k=2,
    )
    assert found == ["The Daily Ledger", "Meridian Wire"]


def test_the_filters_of_the_person_hold_whatever_the_question_implies(ferries: Corpus) -> None:
    question = "What did the Meridian Wire report say of the ferry to Ostmoor?"
    found = sources(ferries, question, filters=Filters(sources=("The Daily Ledger",)))
    assert set(found) == {"The Daily Ledger"}


def test_outlets_that_are_ingested_meanwhile_are_known(news: Corpus, ingest_records) -> None:
    question = "What did the Meridian Wire report say of the ferry?"
    assert implied(news, question) == ()
    ingest_records(WIRE)
    assert [each.value for each in implied(news, question)] == ["Meridian Wire"]


def test_for_the_latest_of_something_passages_are_compared_with_the_newest_of_them(
    news: Corpus, ingest_records
) -> None:
    older = LEDGER | {"url": "https://ledger.example/ferry-1", "published_at": "2023-01-05T09:00:00+00:00"}
    ingest_records(older, LEDGER)
    (part,) = described(news, "What is the latest on the ferry to Ostmoor?")
    days = {
        passage.article.url: row[NAMES.index("season")]
        for passage, row in zip(part.found.passages, part.values, strict=True)
    }
    assert days[LEDGER["url"]] > days[older["url"]]
    assert max(days.values()) == 1.0


def test_the_best_of_one_part_are_looked_at_closely_and_no_others(ferries: Corpus) -> None:
    question = "Until when is the ferry to Ostmoor delayed?"
    near = NAMES.index("near")
    ((looked_at,), (unseen,)) = (described(ferries, question, closely=closely) for closely in (1, 0))
    assert np.flatnonzero(looked_at.values[:, near]).size == 1
    assert not unseen.values[:, near].any()


def test_parts_of_a_question_are_not_looked_at_closely(ferries: Corpus) -> None:
    question = "When did the Daily Ledger report that the ferry is delayed, and the Meridian Wire that it is sold?"
    parts = described(ferries, question)
    assert len(parts) > 1
    assert not any(part.values[:, NAMES.index("near")].any() for part in parts)


def test_a_cross_encoder_orders_the_best_anew(news: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [hit.passage.id for hit in news.search("Vessen", k=len(ARTICLES))]
    searcher = news.answerer.searcher
    backwards = Reranking("backwards", Backwards, 60.0)
    other = Searcher(searcher._store, searcher.retriever, searcher.embedder, searcher._ranker, backwards)
    monkeypatch.setattr(news.answerer, "searcher", other)
    found = news.search("Vessen", k=len(ARTICLES))
    assert [hit.passage.id for hit in found] == before[::-1]
    assert [hit.rank for hit in found] == list(range(1, len(before) + 1))
