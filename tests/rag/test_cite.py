from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from rag.cite import NEAREST, attribute
from rag.context import sentences_of
from rag.model import Abstention, Draft, Reading, Reason, Span, TimeInterval
from tests.making import day, hits, passage, ranking

TEXTS = {
    "a": "Kite Motors will open its plant on 14 June. It cost 480 million crowns. “We are ready,” said Lena Marsh.",
    "b": "Zoë’s bank 🏦 lent 5 €. Why? Nobody knows.",
}
SENTENCES = sentences_of(
    ranking(
        passage(TEXTS["a"], "a", 3, published_at=day(4, 3)),
        passage(TEXTS["b"][6:], "b", 1, start=6),
    )
)

readings = st.lists(
    st.builds(Reading, st.sampled_from(SENTENCES), st.floats(0, 1)), min_size=1, max_size=6
)  # one sentence may be read twice


@given(readings)
def test_every_quote_of_any_draft_stands_in_its_article_at_its_place(read: list[Reading]) -> None:
    answer = attribute("question", Draft("a reader", tuple(read)), (), None)
    assert answer.citations
    for citation in answer.citations:
        assert TEXTS[citation.article.id][citation.start : citation.end] == citation.quote != ""
        assert citation.version == {"a": 3, "b": 1}[citation.article.id]


@given(readings)
def test_every_claim_of_any_draft_names_citations_that_hold_its_words(read: list[Reading]) -> None:
    answer = attribute("question", Draft("a reader", tuple(read)), (), None)
    by_number = {citation.number: citation for citation in answer.citations}
    assert [citation.number for citation in answer.citations] == list(range(1, len(by_number) + 1))
    assert [claim.text for claim in answer.claims] == [reading.sentence.text for reading in read]
    for claim in answer.claims:
        assert claim.citations
        assert all(claim.text == by_number[number].quote for number in claim.citations)
    assert set(by_number) == {number for claim in answer.claims for number in claim.citations}


@given(readings)
def test_one_place_is_cited_under_one_number(read: list[Reading]) -> None:
    answer = attribute("question", Draft("a reader", tuple(read)), (), None)
    places = [(citation.article.id, citation.version, citation.start) for citation in answer.citations]
    assert len(set(places)) == len(places)


def test_the_markers_follow_each_claim_in_the_text() -> None:
    draft = Draft("a reader", (Reading(SENTENCES[1], 0.9), Reading(SENTENCES[0], 0.8)), confidence=0.9)
    answer = attribute("What did it cost?", draft, (), None)
    assert answer.text == ("It cost 480 million crowns. [1] Kite Motors will open its plant on 14 June. [2]")
    assert (answer.reader, answer.confidence, answer.abstained) == ("a reader", 0.9, False)


def test_a_time_that_answers_is_read_against_the_day_of_its_article() -> None:
    sentence = SENTENCES[0]
    start = sentence.text.index("14 June")
    draft = Draft("a reader", (Reading(sentence, 0.9, Span(start, start + 7, "time")),))
    (claim,) = attribute("When?", draft, (), None).claims
    assert claim.span is not None
    assert claim.text[claim.span.start : claim.span.end] == "14 June"
    assert claim.time == TimeInterval(date(2024, 6, 14), date(2024, 6, 14))


def test_what_answers_and_is_no_time_has_none() -> None:
    draft = Draft("a reader", (Reading(SENTENCES[0], 0.9, Span(0, 11, "organisation")),))
    assert attribute("Who?", draft, (), None).claims[0].time is None


def test_a_declined_question_has_a_reason_and_the_nearest_passages_and_nothing_else() -> None:
    nearest = hits(*(passage(f"Text {i}.", f"a{i}") for i in range(NEAREST + 2)))
    as_of = datetime(2024, 4, 1, tzinfo=UTC)
    declined = Abstention(Reason.NO_ANSWER, "Nothing says so.")
    answer = attribute("question", Draft("a reader", abstention=declined, confidence=0.2), nearest, as_of)
    assert answer.abstained
    assert answer.text is None
    assert (answer.abstention, answer.nearest) == (declined, nearest[:NEAREST])
    assert (answer.claims, answer.citations, answer.origins) == ((), (), 0)
    assert (answer.confidence, answer.as_of, answer.reader) == (0.2, as_of, "a reader")


def test_sentences_of_other_articles_that_repeat_what_is_cited_are_its_reports() -> None:
    first, other = SENTENCES[0], SENTENCES[-1]
    draft = Draft("a reader", (Reading(first, 0.9, repeated=(other, SENTENCES[-2], SENTENCES[1])),))
    (citation,) = attribute("question", draft, (), None).citations
    (report,) = citation.reports  # one for an article, none for the cited one
    assert (report.article.id, report.version, report.is_copy) == ("b", 1, False)
    assert TEXTS["b"][report.start : report.end] == other.text
