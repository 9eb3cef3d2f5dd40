"""Retrieval over a corpus in which what the filters allow stands far from the top of every ranking."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

import rag.retrieve
from ingest import ingest
from rag import Corpus, Filters, Hit, Settings, open_corpus
from rag.adapters.chroma import ChromaIndex
from rag.adapters.lexical import TantivyIndex
from rag.language.terms import query_terms
from rag.ports import Scored
from rag.records import Vectors
from rag.retrieve import MEANING, WORDS
from tests.conftest import Record
from tests.fakes import HashEmbedder

LOUD = "Comet, comet: the comet is here."
QUIET = "Among much else that was said on a long evening of talk about roads, rents and rain, a comet came up."
RARE = {"source": "The Weekly Kite", "authors": ["Ada Brook"], "category": "Science", "language": "cy"}
FIRST = datetime(2024, 1, 1, 12, tzinfo=UTC)


def _record(i: int) -> Record:
    """Every fortieth article is quiet and of the rare kind; all others are loud. A day each, some without a date."""
    rare = i % 40 == 39
    record = {
        "url": f"https://wire.example/{i}",
        "title": "Report",
        "text": QUIET if rare else f"{LOUD} Number {i}.",
        "published_at": (FIRST + timedelta(days=i)).isoformat(),
    }
    if i % 50 == 7:
        del record["published_at"]
    return record | (
        RARE if rare else {"source": "Wire", "authors": ["Tom Reed"], "category": "news", "language": "en"}
    )


RECORDS = [_record(i) for i in range(240)]
RARE_URLS = {str(record["url"]) for record in RECORDS if record["source"] == "The Weekly Kite"}


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("wire")
    path = folder / "records.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
    settings = Settings(corpus=folder / "corpus")
    ingest(path, settings=settings, embedder=HashEmbedder())
    with open_corpus(settings=settings, embedder=HashEmbedder()) as corpus:
        yield corpus


def let_be_worth(monkeypatch: pytest.MonkeyPatch, passages: float) -> None:
    monkeypatch.setattr(rag.retrieve, "WORTH", dict.fromkeys((MEANING, WORDS), passages))


@pytest.fixture(params=[0.0, math.inf], ids=["by themselves", "of all"])
def path_taken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with every allowed passage looked at by itself, once through the indexes."""
    let_be_worth(monkeypatch, request.param)


def rankings_of(corpus: Corpus, query: str, filters: Filters, depth: int) -> dict[str, tuple[Hit, ...]]:
    """The best `depth` passages by meaning and by words."""
    searcher = corpus.answerer.searcher
    vector = searcher.embedder().embed_queries([query])[0]
    return searcher.retriever.rankings(vector, query_terms(query), filters, depth)


def urls(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.article.url for hit in hits]


def published(record: Record) -> datetime:
    return datetime.fromisoformat(str(record.get("published_at", "9999-01-01T00:00:00+00:00")))


@pytest.mark.usefixtures("path_taken")
@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(sources=("the weekly kite",)), lambda record: record["source"] == "The Weekly Kite"),
        (Filters(authors=("ADA BROOK",)), lambda record: "Ada Brook" in record["authors"]),
        (Filters(categories=("science",)), lambda record: record["category"] == "Science"),
        (Filters(languages=("CY",)), lambda record: record["language"] == "cy"),
        (
            Filters(published_from=date(2024, 3, 1), published_to=date(2024, 3, 10)),
            lambda record: date(2024, 3, 1) <= published(record).date() <= date(2024, 3, 10),
        ),
        (Filters(as_of=FIRST + timedelta(days=8)), lambda record: published(record) <= FIRST + timedelta(days=8)),
        (
            Filters(sources=("The Weekly Kite",), published_from=date(2024, 3, 1), as_of=FIRST + timedelta(days=200)),
            lambda record: (
                record["source"] == "The Weekly Kite"
                and date(2024, 3, 1) <= published(record).date()
                and published(record) <= FIRST + timedelta(days=200)
            ),
        ),
        (Filters(sources=("nobody",)), lambda record: False),
    ],
    ids=["source", "author", "category", "language", "days", "as of", "several", "nobody"],
)
def test_filters_are_exact_however_far_from_the_top_the_allowed_articles_stand(
    wire: Corpus, filters: Filters, allowed: Callable[[Mapping[str, object]], bool]
) -> None:
    expected = {str(record["url"]) for record in RECORDS if allowed(record)}
    rankings = rankings_of(wire, "comet", filters, 20)
    for name in (MEANING, WORDS):
        assert set(urls(rankings[name])) == expected, name
        assert len(rankings[name]) == len(expected), name


def test_an_index_that_gives_too_little_is_given_up_before_it_is_asked_for_more_than_all_are_worth(
    wire: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    for index in (ChromaIndex, TantivyIndex):
        search = index.search

        def counted(self: Any, query: Any, k: int, *versions: Any, search: Any = search) -> Scored:
            asked.append(k)
            return cast(Scored, search(self, query, k, *versions))

        monkeypatch.setattr(index, "search", counted)
    monkeypatch.setattr(rag.retrieve, "_MARGIN", 0)
    let_be_worth(monkeypatch, 5.0)  # of the 6 rare ones, so 30
    found = rankings_of(wire, "comet", Filters(sources=("The Weekly Kite",)), 20)
    assert asked == [20, 20, 20]  # the second of words is for the versions by name
    assert {name: set(urls(hits)) for name, hits in found.items()} == {MEANING: RARE_URLS, WORDS: RARE_URLS}


@pytest.mark.usefixtures("path_taken")
def test_the_filtered_are_in_the_order_that_they_have_unfiltered(wire: Corpus) -> None:
    filters = Filters(published_to=date(2024, 2, 15))
    for name in (MEANING, WORDS):
        found = rankings_of(wire, "comet number 5", filters, 10)[name]
        everything = rankings_of(wire, "comet number 5", Filters(), 240)[name]
        among = [hit for hit in everything if hit.passage.article.published_at and
                 hit.passage.article.published_at.date() <= date(2024, 2, 15)]  # fmt: skip
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in among[:10]], abs=1e-4)
        assert [hit.rank for hit in found] == list(range(1, 11))


def test_without_filters_the_rare_ones_are_not_among_the_first(wire: Corpus) -> None:
    rankings = rankings_of(wire, "comet", Filters(), 20)
    assert all(len(found) == 20 and not RARE_URLS & set(urls(found)) for found in rankings.values())


def test_hits_of_equal_score_always_come_in_the_same_order(wire: Corpus) -> None:
    filters = Filters(sources=("The Weekly Kite",))
    one, other = (rankings_of(wire, "comet", filters, 20) for _ in range(2))
    assert one == other
    assert [hit.passage.id for hit in one[WORDS]] == sorted(hit.passage.id for hit in one[WORDS])


def test_a_query_without_words_is_ranked_by_meaning_alone(wire: Corpus) -> None:
    rankings = rankings_of(wire, "?!", Filters(), 5)
    assert (len(rankings[MEANING]), rankings[WORDS]) == (5, ())


def test_rarity_is_the_inverse_document_frequency_of_bm25(wire: Corpus) -> None:
    rarities = wire.answerer.searcher.retriever.rarities(("comet", "rent", "zeppelin"))
    assert rarities["rent"] == pytest.approx(math.log(1 + (240 - 6 + 0.5) / 6.5))
    assert rarities["comet"] == pytest.approx(math.log(1 + 0.5 / 240.5))
    assert rarities["zeppelin"] is None


# Versions and times


BRIDGE: Record = {
    "url": "https://ledger.example/bridge",
    "title": "The bridge",
    "source": "Ledger",
    "published_at": "2024-01-10T12:00:00Z",
    "text": "The bridge opens in April, said the harbour master.",
}
UPDATED = BRIDGE | {"updated_at": "2024-02-10T12:00:00Z", "text": "The bridge opens in August, said the zookeeper."}
OTHERS = [
    BRIDGE | {"url": f"https://ledger.example/other{i}", "text": f"The bridge opens daily {i}."} for i in range(12)
]
JANUARY, MARCH = datetime(2024, 1, 31, tzinfo=UTC), datetime(2024, 3, 31, tzinfo=UTC)

IngestRecords = Callable[..., object]


@pytest.fixture
def opened(settings: Settings, embedder: HashEmbedder, ingest_records: IngestRecords) -> Iterator[Corpus]:
    ingest_records(BRIDGE, *OTHERS)
    with open_corpus(settings=settings, embedder=embedder) as corpus:
        yield corpus


def seen(corpus: Corpus, query: str, filters: Filters = Filters()) -> dict[str, set[int]]:
    """Which versions of the bridge's article are found, by meaning and by words."""
    rankings = rankings_of(corpus, query, filters, 100)
    assert all(len({hit.passage.id for hit in found}) == len(found) for found in rankings.values())
    return {
        name: {hit.passage.version for hit in found if hit.passage.article.url == BRIDGE["url"]}
        for name, found in rankings.items()
    }


def test_an_index_of_current_passages_is_not_asked_for_what_is_all_superseded(
    opened: Corpus, ingest_records: IngestRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest_records(UPDATED, *(other | {"updated_at": "2024-02-10T12:00:00Z", "text": "Closed."} for other in OTHERS))
    asked: list[int] = []
    search = ChromaIndex.search

    def counted(self: ChromaIndex, vector: Vectors, k: int) -> Scored:
        asked.append(k)
        return search(self, vector, k)

    monkeypatch.setattr(ChromaIndex, "search", counted)
    let_be_worth(monkeypatch, math.inf)
    assert seen(opened, "harbour master", Filters(as_of=JANUARY)) == {MEANING: {1}, WORDS: {1}}
    assert asked == []
    assert seen(opened, "zookeeper", Filters(as_of=MARCH))[MEANING] == {2}
    assert asked


def test_filters_may_be_given_as_lists(wire: Corpus) -> None:
    sources: Any = ["The Weekly Kite"]
    assert set(urls(rankings_of(wire, "comet", Filters(sources=sources), 20)[MEANING])) == RARE_URLS


@pytest.mark.usefixtures("path_taken")
def test_search_sees_the_new_version_and_as_of_then_the_one_of_then(
    opened: Corpus, ingest_records: IngestRecords
) -> None:
    ingest_records(UPDATED)
    for query in ("harbour master april", "zookeeper august", "bridge"):
        now, then, later = (seen(opened, query, Filters(as_of=moment)) for moment in (None, JANUARY, MARCH))
        assert now[MEANING] == later[MEANING] == {2}
        assert then[MEANING] == {1}
        assert now[WORDS] | later[WORDS] <= {2}
        assert then[WORDS] <= {1}
    assert seen(opened, "harbour master", Filters(as_of=JANUARY))[WORDS] == {1}
    assert seen(opened, "zookeeper")[WORDS] == {2}


@pytest.mark.usefixtures("path_taken")
def test_a_withdrawn_article_is_found_by_no_search(opened: Corpus, ingest_records: IngestRecords) -> None:
    ingest_records(UPDATED)
    ingest_records(BRIDGE | {"status": "withdrawn", "text": ""})
    for filters in (Filters(), Filters(as_of=JANUARY), Filters(as_of=MARCH)):
        assert seen(opened, "bridge harbour zookeeper", filters) == {MEANING: set(), WORDS: set()}
    assert [version.number for version in opened.versions(str(BRIDGE["url"]))] == [1, 2]


@pytest.mark.usefixtures("path_taken")
def test_an_article_that_comes_back_is_found_as_of_before_too(opened: Corpus, ingest_records: IngestRecords) -> None:
    ingest_records(BRIDGE | {"status": "withdrawn", "text": ""})
    ingest_records(UPDATED)
    assert seen(opened, "bridge zookeeper") == {MEANING: {2}, WORDS: {2}}
    assert seen(opened, "bridge harbour", Filters(as_of=JANUARY)) == {MEANING: {1}, WORDS: {1}}


# What an unfinished writer left


@pytest.mark.usefixtures("path_taken")
def test_what_was_superseded_but_is_still_in_the_indexes_is_found_once(
    opened: Corpus, ingest_records: IngestRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr("ingest.write.CorpusWriter._settle", lambda self: None)
        ingest_records(UPDATED)
    assert seen(opened, "bridge") == {MEANING: {2}, WORDS: {2}}
    assert seen(opened, "bridge", Filters(as_of=JANUARY)) == {MEANING: {1}, WORDS: {1}}
    then = rankings_of(opened, "bridge", Filters(as_of=JANUARY), 100)
    assert {name: len(found) for name, found in then.items()} == {MEANING: 13, WORDS: 13}


@pytest.mark.usefixtures("path_taken")
def test_passages_of_a_writer_that_died_before_it_committed_hide_nothing(
    opened: Corpus, ingest_records: IngestRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud = [BRIDGE | {"url": f"https://loud.example/{i}", "text": f"Bridge, bridge {i}!"} for i in range(150)]
    with monkeypatch.context() as dying:
        dying.setattr("rag.adapters.sqlite_writer.SqliteWriter.commit", _die)
        with pytest.raises(KeyboardInterrupt):
            ingest_records(*loud)
    rankings = rankings_of(opened, "bridge", Filters(), 100)
    assert {name: len(found) for name, found in rankings.items()} == {MEANING: 13, WORDS: 13}


@pytest.mark.parametrize("filters", [Filters(), Filters(sources=("ledger",))], ids=["all", "filtered"])
def test_what_no_link_of_the_index_of_vectors_leads_to_is_found_all_the_same(
    opened: Corpus, monkeypatch: pytest.MonkeyPatch, filters: Filters
) -> None:
    expected = rankings_of(opened, "bridge", filters, 100)[MEANING]
    search = ChromaIndex.search
    monkeypatch.setattr(ChromaIndex, "search", lambda self, vector, k: search(self, vector, k)[1:])
    let_be_worth(monkeypatch, math.inf)
    found = rankings_of(opened, "bridge", filters, 100)[MEANING]
    assert [hit.passage.id for hit in found] == [hit.passage.id for hit in expected]
    assert len(found) == 13


def _die(*args: object) -> None:
    raise KeyboardInterrupt


# Changes while a search goes on


def test_a_search_during_a_change_is_made_again_and_never_mixes_versions(
    opened: Corpus, ingest_records: IngestRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    retriever = opened.answerer.searcher.retriever
    by_words, changes = retriever._by_words, [UPDATED]

    def by_words_after_a_change(*args: object) -> tuple[Hit, ...]:
        if changes:
            ingest_records(changes.pop())
        return by_words(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(retriever, "_by_words", by_words_after_a_change)
    assert seen(opened, "bridge") == {MEANING: {2}, WORDS: {2}}


def test_a_search_during_one_change_after_another_never_mixes_versions(
    opened: Corpus, ingest_records: IngestRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    retriever = opened.answerer.searcher.retriever
    by_words = retriever._by_words
    editions = iter(range(2, 100))

    def by_words_after_a_change(*args: object) -> tuple[Hit, ...]:
        ingest_records(UPDATED | {"text": f"The bridge opens, edition {next(editions)}."})
        return by_words(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(retriever, "_by_words", by_words_after_a_change)
    found = seen(opened, "bridge")
    assert len(found[MEANING] | found[WORDS]) <= 1


def test_a_reader_sees_what_is_ingested_beside_it_without_being_opened_again(
    opened: Corpus, ingest_records: IngestRecords
) -> None:
    assert seen(opened, "zeppelin")[WORDS] == set()
    ingest_records(UPDATED | {"text": "A zeppelin landed on the bridge."})
    assert seen(opened, "zeppelin")[WORDS] == {2}
    assert opened.search("zeppelin", k=1)[0].passage.version == 2


def test_two_corpora_opened_in_one_process_both_see_it(
    opened: Corpus, ingest_records: IngestRecords, settings: Settings, embedder: HashEmbedder
) -> None:
    with open_corpus(settings=replace(settings), embedder=embedder) as second:
        assert seen(second, "zeppelin")[WORDS] == set()
        ingest_records(UPDATED | {"text": "A zeppelin landed on the bridge."})
        assert seen(opened, "zeppelin") == seen(second, "zeppelin") == {MEANING: {2}, WORDS: {2}}


def test_a_corpus_keeps_its_folder_readable_when_a_path_is_given(opened: Corpus, settings: Settings) -> None:
    assert isinstance(opened.folder, Path)
    assert opened.folder == settings.corpus
