from dataclasses import replace
from datetime import date

import pytest

from rag.model import Answer, Claim, Filters, Span, TimeInterval
from rag.ui.exchange import Exchange, exchange_view
from rag.ui.places import Place
from tests.ui.drawn import elements, text, texts
from tests.ui.fake_corpus import HARBOUR, HOSTILE, declined, hostile, reopening


def exchange(answer: Answer, filters: Filters = Filters()) -> Exchange:
    return Exchange(1, answer.question, filters, answer, 0.32)


def test_the_words_that_answer_are_marked_in_their_sentence() -> None:
    view = exchange_view(exchange(reopening("When does it reopen?")))
    assert texts(view, "h2") == ["When does it reopen?"]
    assert texts(view, kind="claims")[0].startswith("The harbour 🌊 reopens on 9 April, said")
    assert [text(mark) for claims in elements(view, kind="claims") for mark in elements(claims, "mark")] == ["9 April"]


def test_each_marker_leads_to_the_cited_words() -> None:
    answer = reopening("When?")
    markers = list(elements(exchange_view(exchange(answer)), "a", "marker"))
    assert [text(marker) for marker in markers] == ["[1]", "[2]"]
    place = Place.from_link(markers[0]["attributes"]["href"])
    assert place == Place.of(answer.citations[0])
    assert HARBOUR.text[place.start : place.end] == answer.citations[0].quote


def test_a_card_names_outlet_date_title_and_quote() -> None:
    card = texts(exchange_view(exchange(reopening("When?"))), kind="card")[0]
    for part in (
        "1",
        "Meridian Wire",
        "12 March 2024",
        "Harbour to reopen in April",
        "on 9 April",
    ):
        assert part in card


def test_a_card_names_from_whom_its_article_has_it() -> None:
    cards = texts(exchange_view(exchange(reopening("When?"))), kind="from")
    assert "The Ansel Echo · 3 March 2024 · from Bloomberg" in cards


def test_who_else_reports_the_same_is_folded_below_a_card_with_links_to_the_words() -> None:
    answer = reopening("When?")
    (folded,) = elements(exchange_view(exchange(answer)), "details")
    assert texts(folded, "summary") == ["Also in 2 reports"]
    assert texts(folded, "li") == [
        "Harbour opens at lastThe Ansel Echo · 13 March 2024 · from Meridian Wire · a copy",
        "Wreck raisedRadio Calder · 11 March 2024 · from Reuters",
    ]
    places = [Place.from_link(link["attributes"]["href"]) for link in elements(folded, "a")]
    assert places == [Place("echo", 1), Place("radio", 1, 10, 10 + len(answer.citations[0].quote))]


def test_under_an_answer_stand_its_origins_its_filters_and_its_time() -> None:
    filters = Filters(sources=("Meridian Wire",), published_from=date(2024, 3, 1))
    quiet = texts(exchange_view(exchange(reopening("When?"), filters)), kind="quiet")
    assert quiet == ["3 independent origins, 4 reports · Meridian Wire · from 1 March 2024 · answered in 0.3 s"]


def test_the_day_that_a_time_phrase_means_stands_beside_its_sentence() -> None:
    said = TimeInterval(date(2024, 3, 12), date(2024, 3, 12))
    claim = Claim("It spoke on Tuesday.", (1,), 0.9, Span(12, 19, "time"), said)
    answer = reopening("When?")
    assert "It spoke on Tuesday.[1] (12 March 2024)" in text(exchange_view(exchange(replace(answer, claims=(claim,)))))
    dated = replace(claim, text="It spoke on 12 March 2024.")
    assert "(12 March 2024)" not in text(exchange_view(exchange(replace(answer, claims=(dated,)))))


def test_a_declined_question_shows_why_and_the_nearest_evidence() -> None:
    view = exchange_view(exchange(declined("Where is Atlantis?")))
    assert "stands in no article" in text(view)
    nearest = next(elements(view, "a", "card"))
    assert Place.from_link(nearest["attributes"]["href"]) == Place("harbour", 1, 0, 200)


@pytest.mark.parametrize(("confidence", "told"), [(0.3, True), (0.7, False), (None, False)])
def test_people_are_told_when_an_answer_is_doubtful(confidence: float | None, told: bool) -> None:
    view = exchange_view(exchange(replace(reopening("When?"), confidence=confidence)))
    assert any("Doubtful" in notice for notice in texts(view, kind="notice")) == told


def test_conflicts_between_sources_are_shown() -> None:
    view = exchange_view(exchange(replace(reopening("When?"), conflicts=("One says 4, the other 6 percent.",))))
    assert "One says 4, the other 6 percent." in texts(view, kind="notice")


def test_markup_in_an_article_stays_the_text_that_it_is() -> None:
    view = exchange_view(exchange(hostile(HOSTILE)))
    assert texts(view, "h2") == texts(view, kind="title") == texts(view, kind="quote") == [HOSTILE]
    assert not {found["tag"] for found in elements(view)} & {"script", "img"}
