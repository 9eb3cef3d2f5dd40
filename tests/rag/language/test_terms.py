import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.terms import STOPWORDS, located_terms, query_terms, terms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("launch", "LAUNCHES"),
        ("Zoe", "Zoë"),
        ("Åsa", "A\u030asa"),
        ("Straße", "STRASSE"),
        ("company", "company’s"),
        ("companies", "companies'"),
        ("1,350", "1350"),
        ("3", "3rd"),
        ("ﬁne", "fine"),
    ],
)
def test_words_that_mean_the_same_are_compared_as_the_same(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("1.350", "1350"), ("3.1", "31"), ("us", "U.S."), ("May", "Mary")])
def test_words_that_mean_something_else_are_not(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_numbers_keep_their_decimals_and_words_their_inner_apostrophe() -> None:
    assert words("It isn't 7.4 km, is it? O’Neill paid £1,250,000.75") == [
        "it", "isn't", "7.4", "km", "is", "it", "o’neill", "paid", "1250000.75"
    ]  # fmt: skip


def test_a_question_keeps_the_terms_that_carry_meaning_once_and_in_order() -> None:
    assert query_terms("When will Sora, the video model, launch the Sora app?") == (
        "sora", "video", "model", "launch", "app"
    )  # fmt: skip


def test_a_question_of_stopwords_alone_keeps_them() -> None:
    assert query_terms("Who is who?") == ("who", "is")


@pytest.mark.parametrize("nothing", ["", "  ", "?!…", "—"])
def test_what_has_no_words_has_no_terms(nothing: str) -> None:
    assert terms(nothing) == []
    assert query_terms(nothing) == ()


@pytest.mark.parametrize("script", ["北京 天气", "Новости Москвы", "αθήνα", "مرحبا"])
def test_words_of_other_scripts_are_words_too(script: str) -> None:
    assert len(terms(script)) == len(script.split())


@given(st.text(max_size=60))
def test_each_term_stands_where_it_is_said_to_and_all_are_there_in_order(text: str) -> None:
    located = located_terms(text)
    assert [term for _, _, term in located] == terms(text)
    ends = [0, *(end for _, end, _ in located)]
    for (start, end, term), before in zip(located, ends, strict=False):
        assert before <= start < end <= len(text)
        assert terms(text[start:end])[:1] == [term] or len(terms(text[start:end])) != 1


@given(st.text(max_size=60))
def test_no_term_is_empty_or_holds_a_blank_since_the_index_cuts_at_them(text: str) -> None:
    assert all(term and not any(c.isspace() for c in term) for term in terms(text))


@given(st.text(max_size=60))
def test_the_terms_of_a_question_are_terms_of_its_text(text: str) -> None:
    assert set(query_terms(text)) <= set(terms(text))


def test_stopwords_are_written_as_words_are_folded() -> None:
    assert all(words(stopword) == [stopword] for stopword in STOPWORDS)


def test_threads_stem_alike() -> None:
    text = " ".join(f"launches{i} delayed connections" for i in range(300))
    expected, found = terms(text), []
    threads = [threading.Thread(target=lambda: found.append(terms(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(each == expected for each in found)
