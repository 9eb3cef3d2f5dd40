from dataclasses import replace

from rag.ui.places import Place
from rag.ui.reader import reader_view
from tests.ui.drawn import elements, text, texts
from tests.ui.fake_corpus import FERRY, FERRY_FIRST, HARBOUR, HOSTILE, HOSTILE_VERSION, reopening


def test_exactly_the_cited_words_are_lit() -> None:
    citation = reopening("When?").citations[0]
    view = reader_view(HARBOUR, [HARBOUR], Place.of(citation))
    assert texts(view, "mark") == [citation.quote]
    assert "data-focus" in next(elements(view, "mark"))["attributes"]


def test_only_the_first_of_several_lit_paragraphs_takes_the_focus() -> None:
    view = reader_view(HARBOUR, [HARBOUR], Place("harbour", 1, 0, 400))
    marks = list(elements(view, "mark"))
    assert len(marks) > 2
    assert ["data-focus" in mark["attributes"] for mark in marks] == [True] + [False] * (len(marks) - 1)


def test_every_paragraph_is_shown() -> None:
    shown = [
        text(block)
        for body in elements(reader_view(HARBOUR, [HARBOUR], Place("harbour")), kind="text")
        for block in elements(body, "p")
    ]
    assert "\n\n".join(shown) == HARBOUR.text


def test_a_superseded_version_says_so_and_leads_to_the_others() -> None:
    view = reader_view(FERRY_FIRST, [FERRY_FIRST, FERRY], Place("ferry", 1))
    assert texts(view, kind="notice") == ["A newer version has taken this one's place."]
    assert [
        Place.from_link(link["attributes"]["href"])
        for found in elements(view, kind="versions")
        for link in elements(found, "a")
    ] == [Place("ferry", 2)]


def test_a_withdrawn_article_says_so() -> None:
    gone = replace(HARBOUR, current=False)
    assert texts(reader_view(gone, [gone], Place("harbour")), kind="notice") == ["This article was withdrawn."]


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    view = reader_view(HOSTILE_VERSION, [HOSTILE_VERSION], Place("hostile"))
    assert "javascript:run()" in text(view)
    assert not list(elements(view, "a"))
    assert texts(view, "h3") == [HOSTILE]
