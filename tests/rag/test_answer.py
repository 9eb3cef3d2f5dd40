from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from ingest import IngestReport, delete
from rag import Corpus, Filters, Settings, open_corpus
from rag.model import Reason
from rag.origins import told_in
from rag.read.extractive import ExtractiveReader, Fitted
from rag.search import DEPTH
from tests.conftest import ARTICLES, Record
from tests.fakes import HashEmbedder

IngestRecords = Callable[..., object]


KEPT = Fitted.load()


@pytest.fixture(autouse=True)
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that answers whatever it is asked: these tests are not about when to decline."""
    kept = Fitted.load()
    eager = Fitted(kept.ranking, kept.confidence, threshold=1e-9, further=0.5)
    monkeypatch.setattr("rag.read.extractive.Fitted.load", lambda: eager)


def decline_all(news: Corpus) -> None:
    kept = Fitted.load()
    never = Fitted(kept.ranking, kept.confidence, threshold=2.0, further=1.0)
    news.answerer.reader = ExtractiveReader(HashEmbedder, never)


def stands(corpus: Corpus, question: str, **options: object) -> bool:
    """Whether every citation of the answer stands in its article's version, and every claim in its citations."""
    answer = corpus.ask(question, **options)  # type: ignore[arg-type]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    return (
        bool(quotes)
        and all(corpus.article(c.article.id, c.version).text[c.start : c.end] == c.quote for c in answer.citations)
        and all(claim.text == quotes[number] for claim in answer.claims for number in claim.citations)
    )


def test_a_question_is_answered_with_the_sentence_that_holds_the_answer(news: Corpus) -> None:
    answer = news.ask("When will Kite Motors open its battery plant in Vessen?")
    assert not answer.abstained
    best, citation = answer.claims[0], answer.citations[0]
    assert best.text == "Kite Motors will open its battery plant in Vessen on 14 June, the company said."
    assert best.span is not None
    assert best.text[best.span.start : best.span.end] == "14 June"
    assert best.citations == (1,)
    assert citation.article.url == "https://ledger.example/kite-launch"
    assert citation.article.authors == ("Ada Brook",)
    assert (citation.number, citation.version) == (1, 1)


@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record["title"])
def test_every_citation_stands_to_the_character(news: Corpus, record: Record) -> None:
    assert stands(news, f"What is told of this: {record['title']}?")


@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
def test_a_blank_question_is_declined_as_empty_and_searched_for_nothing(news: Corpus, blank: str) -> None:
    answer = news.ask(blank)
    assert answer.abstention is not None
    assert answer.abstention.reason is Reason.EMPTY_QUESTION
    assert len(news.search(blank)) == 0


def test_a_question_of_an_empty_corpus_is_declined_without_loading_a_model(
    settings: Settings, ingest_records: IngestRecords
) -> None:
    ingest_records({"url": "https://a.example/1", "status": "withdrawn"})
    with open_corpus(settings=settings) as empty:
        answer = empty.ask("When will it open?")
        assert len(empty.search("anything")) == 0
    assert answer.abstention is not None
    assert answer.abstention.reason is Reason.EMPTY_CORPUS


def test_a_question_whose_filters_let_nothing_pass_says_so(news: Corpus) -> None:
    answer = news.ask("When will the plant open?", filters=Filters(sources=("Nobody",)))
    assert answer.abstention is not None
    assert answer.abstention.reason is Reason.NOTHING_FOUND
    assert "filters" in answer.abstention.explanation
    assert (answer.citations, answer.nearest) == ((), ())


def test_words_that_no_article_has_are_said_to_be_unknown(news: Corpus) -> None:
    decline_all(news)
    answer = news.ask("When will Zorblax open its quidditch stadium?")
    assert answer.abstention is not None
    assert answer.abstention.reason is Reason.UNKNOWN_TERMS
    assert "“Zorblax”" in answer.abstention.explanation
    assert 1 <= len(answer.nearest) <= 3


def test_words_that_only_a_deleted_article_had_are_unknown(news: Corpus, settings: Settings) -> None:
    decline_all(news)
    delete("https://frontier.example/comet", settings=settings)
    answer = news.ask("Who discovered the comet?")
    assert answer.abstention is not None
    assert answer.abstention.reason is Reason.UNKNOWN_TERMS


def test_filters_bound_what_is_answered_from(news: Corpus) -> None:
    for filters, url in (
        (Filters(sources=("the harbour courier",)), "https://courier.example/kite-doubts"),
        (Filters(authors=("Ada Brook",)), "https://ledger.example/kite-launch"),
        (Filters(categories=("science",)), "https://frontier.example/comet"),
        (
            Filters(published_from=date(2024, 5, 18), published_to=date(2024, 5, 18)),
            "https://touchline.example/cup-final",
        ),
    ):
        answer = news.ask("When will the battery plant in Vessen open?", filters=filters)
        assert {citation.article.url for citation in answer.citations} == {url}


def test_as_of_a_time_nothing_later_and_nothing_undated_is_cited(news: Corpus) -> None:
    as_of = datetime(2024, 3, 31, tzinfo=UTC)
    for question in ("Vessen plant cup comet bakery", "Who won the cup?", "Why did the bakery close?"):
        answer = news.ask(question, filters=Filters(as_of=as_of))
        assert answer.as_of == as_of
        articles = [citation.article for citation in answer.citations] + [
            hit.passage.article for hit in news.search(question, filters=Filters(as_of=as_of))
        ]
        assert articles
        assert all(article.published_at is not None and article.published_at <= as_of for article in articles)


def test_no_more_than_k_passages_are_read(news: Corpus) -> None:
    assert len(news.search("Vessen", k=2)) == 2
    answer = news.ask("What of Vessen, the plant, the cup, the comet and the bakery?", k=1)
    (best,) = news.search("What of Vessen, the plant, the cup, the comet and the bakery?", k=1)
    assert {citation.article.id for citation in answer.citations} == {best.passage.article.id}


def test_more_passages_than_each_retriever_gives_by_default_can_be_asked_for(
    news: Corpus, ingest_records: IngestRecords
) -> None:
    ingest_records(
        *({"url": f"https://a.example/{i}", "title": "Rain", "text": f"Rain falls {i}."} for i in range(DEPTH + 20))
    )
    assert len(news.search("rain", k=DEPTH + 10)) == DEPTH + 10


PAYWALLED: Record = {
    "url": "https://ledger.example/tram",
    "title": "Tram 9 to reach Ostmoor in October",
    "text": "Tram 9 will reach Ostmoor on 3 October.",
    "access": "paywall",
}


def test_a_stub_alone_is_no_ground_for_an_answer(news: Corpus, ingest_records: IngestRecords) -> None:
    news.answerer.reader = ExtractiveReader(HashEmbedder, KEPT)
    ingest_records(PAYWALLED)
    answer = news.ask("When will tram 9 reach Ostmoor?")
    assert answer.abstention is not None
    assert answer.abstention.reason is Reason.ONLY_STUBS
    assert "(paywall)" in answer.abstention.explanation
    assert PAYWALLED["url"] in {hit.passage.article.url for hit in answer.nearest}
    ingest_records(PAYWALLED | {"url": "https://courier.example/tram", "access": ""})
    answer = news.ask("When will tram 9 reach Ostmoor?")
    assert [citation.article.url for citation in answer.citations] == ["https://courier.example/tram"]


def test_furniture_answers_nothing(news: Corpus, ingest_records: IngestRecords) -> None:
    invitation = "Sign up for our Ostmoor newsletter, sent at 7 a.m. on weekdays."
    record = {"url": "https://ledger.example/fair", "title": "The Ostmoor fair"}
    ingest_records(record | {"text": f"The Ostmoor fair opens in May.\n\n{invitation}"})
    version = news.article(record["url"])
    assert [version.text[start:end] for start, end in version.furniture] == [invitation]
    answer = news.ask("At what time on weekdays is the Ostmoor newsletter sent?")
    assert all(citation.quote != invitation for citation in answer.citations)


def test_hits_are_ranked_best_first(news: Corpus) -> None:
    ranking = news.search("Vessen Athletic", k=5)
    assert ranking.query == "Vessen Athletic"
    assert [hit.rank for hit in ranking] == [1, 2, 3, 4, 5]
    assert ranking[0].passage.article.url == "https://touchline.example/cup-final"
    assert [hit.score for hit in ranking] == sorted((hit.score for hit in ranking), reverse=True)


def test_the_time_of_every_step_is_told(news: Corpus) -> None:
    assert set(news.ask("When will the plant open?").timings) >= {"plan", "retrieve", "rank", "context", "read", "cite"}
    assert set(news.search("plant").timings) >= {"plan", "embed", "retrieve", "rank"}


def test_an_old_answers_citations_stand_after_its_article_has_changed(
    news: Corpus, ingest_records: IngestRecords
) -> None:
    question = "When will Kite Motors open its battery plant in Vessen?"
    old = news.ask(question)
    ingest_records(
        {**ARTICLES[0], "text": "The plant of Kite Motors in Vessen will open on 2 September, it said on Friday."}
    )
    new = news.ask(question)
    assert "2 September" in new.claims[0].text
    assert new.citations[0].version == 2
    for citation in (*old.citations, *new.citations):
        version = news.article(citation.article.id, citation.version)
        assert version.text[citation.start : citation.end] == citation.quote
    assert "14 June" in old.citations[0].quote
    assert "14 June" not in " ".join(claim.text for claim in new.claims)


def test_each_article_is_counted_once_as_a_report(news: Corpus) -> None:
    answer = news.ask("When will Kite Motors open its battery plant in Vessen?")
    assert answer.reports == len({told.article.id for told in told_in(answer.citations)})
    assert 1 <= answer.origins <= answer.reports


@pytest.mark.parametrize(
    "question", ["\ud800 who?", "who " * 3000, "💥" * 50, "\x00", "' OR 1=1 --", '"', "*", "a" * 9000]
)
def test_no_question_is_too_odd_to_be_answered_or_declined(news: Corpus, question: str) -> None:
    answer = news.ask(question)
    assert answer.abstained != bool(answer.claims)


def test_questions_asked_at_once_are_answered_as_if_asked_alone(settings: Settings, news: Corpus) -> None:
    questions = [f"What is told of {record['title']}?" for record in ARTICLES] * 4
    alone = {question: news.ask(question).text for question in questions}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: news.ask(question).text, questions))
    assert together == [alone[question] for question in questions]


def test_the_reader_shares_the_embedder_of_the_retriever(news: Corpus, embedder: HashEmbedder) -> None:
    before = len(embedder.embedded)
    news.ask("When will the plant open?")
    assert len(embedder.embedded) > before


# Copies

WIRE = {
    "title": "Heron Bridge to close",
    "text": "The Heron Bridge in Tarn will close on 3 May for repairs to its cables, the harbour board said. Some "
    "4,000 drivers a day will have to take the ferry until the autumn, when the last of the new cables are to be in "
    "place. The board has put aside 12 million crowns for the work, which it calls overdue since two of them snapped.",
}


def wire_copies(n: int) -> list[Record]:
    """One text in many papers, the last of which had it first."""
    return [
        WIRE
        | {"url": f"https://paper{i}.example/heron", "source": f"Paper {i}", "published_at": f"2024-04-{29 - i:02}"}
        for i in range(n)
    ]


def test_an_ingest_and_the_status_count_copies(news: Corpus, ingest_records: Callable[..., IngestReport]) -> None:
    report = ingest_records(*wire_copies(2), WIRE | {"url": "https://a.example/rain", "text": "It rains in Tarn."})
    assert report.grouped == 2
    assert ingest_records(*wire_copies(3)).grouped == 1
    assert news.status().copy_groups == 1


def test_copies_take_one_place_in_a_search_and_the_first_to_be_published_is_shown(
    news: Corpus, ingest_records: IngestRecords
) -> None:
    ingest_records(*wire_copies(3))
    hits = news.search("Heron Bridge closes", k=3)
    assert hits[0].passage.article.source == "Paper 2"
    assert set(hits[0].also_in) == {"https://paper0.example/heron", "https://paper1.example/heron"}
    assert len({hit.passage.article.title for hit in hits}) == 3


def test_a_filter_finds_the_copy_that_it_lets_through(news: Corpus, ingest_records: IngestRecords) -> None:
    ingest_records(*wire_copies(3))
    (hit,) = news.search("Heron Bridge", filters=Filters(sources=("Paper 1",)))
    assert (hit.passage.article.source, hit.also_in) == ("Paper 1", ())
    as_of = datetime(2024, 4, 28, 12, tzinfo=UTC)
    assert news.search("Heron Bridge", filters=Filters(as_of=as_of))[0].also_in == ("https://paper1.example/heron",)


def test_copies_that_fill_the_rankings_do_not_fill_the_list(
    news: Corpus, ingest_records: IngestRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.answer.DEPTH", 4)
    ingest_records(*wire_copies(9))
    hits = news.search("Heron Bridge closes", k=4)
    assert len({hit.passage.article.title for hit in hits}) == len(hits) == 4


def test_a_citation_names_the_copies_that_hold_its_quote_and_they_are_one_origin(
    news: Corpus, ingest_records: IngestRecords
) -> None:
    without = WIRE["text"].replace("will close on 3 May", "will close soon")
    ingest_records(*wire_copies(2), WIRE | {"url": "https://paper9.example/heron", "text": without})
    answer = news.ask("When will the Heron Bridge close?")
    assert "3 May" in answer.citations[0].quote
    assert answer.citations[0].article.source == "Paper 1"
    assert answer.citations[0].also_in == ("https://paper0.example/heron",)
    assert [(report.article.source, report.is_copy, report.origin) for report in answer.citations[0].reports] == [
        ("Paper 0", True, "Paper 1")
    ]
    assert answer.origins < answer.reports


def test_the_reports_of_a_story_are_read_from_the_corpus(news: Corpus, ingest_records: IngestRecords) -> None:
    ingest_records(*wire_copies(2))
    story = news.story("https://paper0.example/heron")
    assert [(report.article.source, report.is_copy, report.origin) for report in story.reports] == [
        ("Paper 1", True, None),
        ("Paper 0", False, "Paper 1"),
    ]
    assert story.origins == 1
