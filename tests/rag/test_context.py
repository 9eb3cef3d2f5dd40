from hypothesis import given
from hypothesis import strategies as st

from rag.context import sentences_of
from rag.model import Passage
from tests.making import passage, ranking

texts = st.lists(
    st.sampled_from(["Rain fell. ", "Mr. Reed said “no”. ", "Why?\n\n", "It cost $4.5 m… ", "Ärger 🏦! ", "\n", "x"]),
    min_size=1,
    max_size=8,
).map("".join)


def test_the_sentences_of_the_best_passage_come_first_in_their_order() -> None:
    found = sentences_of(ranking(passage("One is here. Two is here.", "b"), passage("Three is here.", "a")))
    assert [sentence.text for sentence in found] == ["One is here.", "Two is here.", "Three is here."]
    assert [sentence.ordinal for sentence in found] == [0, 1, 0]
    assert [sentence.hit.rank for sentence in found] == [1, 1, 2]


def test_a_sentence_that_stands_in_two_overlapping_passages_is_taken_once() -> None:
    text = "One is here. Two is here. Three is here."
    first, second = text[:25], text[13:]
    found = sentences_of(ranking(passage(second, start=13, ordinal=1), passage(first)))
    assert [sentence.text for sentence in found] == ["Two is here.", "Three is here.", "One is here."]


def test_the_same_words_in_two_articles_or_two_versions_are_two_sentences() -> None:
    same = "One is here."
    assert len(sentences_of(ranking(passage(same, "a", 1), passage(same, "a", 2), passage(same, "b", 1)))) == 3


def test_nothing_found_has_no_sentences() -> None:
    assert sentences_of(ranking()) == ()


@given(texts, texts, st.integers(0, 3))
def test_every_sentence_stands_at_its_offsets(one: str, other: str, overlap: int) -> None:
    whole = one + other
    start = max(0, len(one) - overlap)
    passages: list[Passage] = [passage(whole[start:], start=start, ordinal=1), passage(one)]
    for sentence in sentences_of(ranking(*passages)):
        assert sentence.text == whole[sentence.start : sentence.end]
        assert sentence.text.strip() == sentence.text != ""
        here = sentence.hit.passage
        assert here.start <= sentence.start < sentence.end <= here.end
        assert sentence.text in here.text
