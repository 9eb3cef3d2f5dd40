import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.phrases import Kind, find_phrases
from rag.language.phrases.lists import word_set

WORDS = sorted(
    word_set(
        """
        Mayor Ana Ruiz the of in to May March 14 2024 $ 3 million % about Friday , . - – ' ’s year-old Bank University
        and New York River a few months ago 9 p.m. U.S. Dr de & one hundred half between more than could be Apple CEO
        """
    )
)
news_like = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@given(st.one_of(st.text(), news_like, st.text(alphabet="Aa1,.-–$%’ \n", max_size=200)))
def test_phrases_lie_in_the_sentence_in_order_and_never_overlap_within_a_kind(sentence: str) -> None:
    found = find_phrases(sentence)
    assert list(found) == sorted(found, key=lambda phrase: (phrase.start, phrase.end))
    for phrase in found:
        assert 0 <= phrase.start < phrase.end <= len(sentence)
        assert sentence[phrase.start : phrase.end].strip() == sentence[phrase.start : phrase.end]
    for kind in Kind:
        own = [phrase for phrase in found if phrase.kind is kind]
        assert all(left.end <= right.start for left, right in pairwise(own))


@given(news_like, st.sets(st.sampled_from(Kind)))
def test_asking_for_some_kinds_gives_the_same_phrases_of_those(sentence: str, kinds: set[Kind]) -> None:
    assert find_phrases(sentence, kinds) == tuple(each for each in find_phrases(sentence) if each.kind in kinds)


def test_one_sentence_answers_who_when_where_and_how_much() -> None:
    sentence = "On Tuesday Mayor Daniel Reyes of Boston gave the Harbour Trust $2 million."
    assert [(sentence[each.start : each.end], each.kind, each.subtype) for each in find_phrases(sentence)] == [
        ("Tuesday", Kind.TIME, "weekday"),
        ("Daniel Reyes", Kind.PERSON, "known"),
        ("Boston", Kind.PLACE, "known"),
        ("Harbour Trust", Kind.ORGANISATION, "known"),
        ("$2 million", Kind.AMOUNT, "money"),
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "A ",
        "A,",
        "1,",
        "1 ",
        "1",
        "-",
        "1-",
        "A-",
        "Mr. ",
        "New York, ",
        "in May or ",
        "one and ",
        "de la ",
        "more than ",
        "$1 ",
    ],
)
def test_a_hostile_sentence_takes_time_linear_in_its_length(piece: str) -> None:
    def seconds(characters: int) -> float:
        sentence = piece * (characters // len(piece))
        start = time.process_time()
        find_phrases(sentence)
        return time.process_time() - start

    long = seconds(100_000)
    if long < 0.5:
        return
    short = min(seconds(10_000) for _ in range(3))  # where a machine is slow, or others are at work, the ratio tells
    assert long < 30 * short or any(seconds(100_000) < 30 * short for _ in range(2))
