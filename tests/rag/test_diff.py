import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.diff import Change, Paragraph, compare

OLD = (
    "Kite Motors will open its plant in Vessen on 14 June, the company said.\n\n"
    "It has cost $480 million. Residents doubt it."
)

WORDS = st.sampled_from("The plant opens cost $4.5 50% no-one “We Mr. said. so, it? \n \n\n . ” Ünal\u2028".split(" "))
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))


def marked(old: str, new: str) -> list[str]:
    """A line for each paragraph, with [-what is gone-] and {+what is new+}."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return ["".join(marks[each.kind].format(each.text) for each in paragraph) for paragraph in compare(old, new)]


def joined(paragraphs: tuple[Paragraph, ...], leaving_out: str) -> str:
    return "".join(each.text for paragraph in paragraphs for each in paragraph if each.kind != leaving_out)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_from_the_changes(old: str, new: str) -> None:
    paragraphs = compare(old, new)
    assert joined(paragraphs, "new") == old
    assert joined(paragraphs, "gone") == new


@given(TEXTS, TEXTS)
def test_no_change_is_empty_and_only_the_last_of_a_paragraph_ends_a_line(old: str, new: str) -> None:
    for paragraph in compare(old, new):
        assert all(each.text for each in paragraph)
        assert not any("\n" in each.text for each in paragraph[:-1])
        assert all((before.kind, after.kind) != ("new", "gone") for before, after in pairwise(paragraph))


@given(TEXTS)
def test_a_text_and_itself_are_the_same(text: str) -> None:
    assert {each.kind for paragraph in compare(text, text) for each in paragraph} <= {"same"}


def test_changed_words_are_told_from_their_sentence() -> None:
    new = OLD.replace("14 June", "2 September").replace("$480", "$512.5")
    assert marked(OLD, new) == [
        "Kite Motors will open its plant in Vessen on [-14 June-]{+2 September+}, the company said.\n\n",
        "It has cost [-$480-]{+$512.5+} million. Residents doubt it.",
    ]


def test_a_sentence_and_a_paragraph_that_came_or_went_are_whole() -> None:
    new = OLD.replace(" Residents doubt it.", "\n\nThe council agreed. It met on Monday.")
    assert marked(OLD, new)[1:] == [
        "It has cost $480 million.[- Residents doubt it.-]{+\n\n+}",
        "{+The council agreed. It met on Monday.+}",
    ]
    assert marked(OLD, f"{OLD}\n\nThe council agreed.")[2:] == ["{+The council agreed.+}"]
    assert marked(OLD, "It has cost $480 million. Residents doubt it.") == [
        "[-Kite Motors will open its plant in Vessen on 14 June, the company said.\n\n-]",
        "It has cost $480 million. Residents doubt it.",
    ]


def test_a_text_that_was_written_anew_is_not_torn_to_words_that_both_happen_to_have() -> None:
    assert marked("The cat sat on the mat of the king.", "Prices of oil rose for the third day in London.") == [
        "[-The cat sat on the mat of the king.-]{+Prices of oil rose for the third day in London.+}"
    ]


def test_paragraphs_that_were_joined_or_cut_differ_by_their_breaks_alone() -> None:
    new = OLD.replace("\n\n", " ").replace("million. ", "million.\n\n")
    assert [each for paragraph in compare(OLD, new) for each in paragraph if each.kind != "same"] == [
        Change("gone", "\n\n"),
        Change("new", " "),
        Change("gone", " "),
        Change("new", "\n\n"),
    ]


def test_a_title_is_compared_like_a_text() -> None:
    assert compare("Oil rises", "Oil falls") == (
        (Change("same", "Oil "), Change("gone", "rises"), Change("new", "falls")),
    )
    assert compare("", "") == ()


def test_long_and_monotonous_texts_take_no_longer_than_they_may() -> None:
    begun = time.perf_counter()
    for words, n in (("a b", 20_000), ("a b c d e f g h i j", 4_000)):
        old = " ".join((words.split() * n)[:n])
        new = " ".join((words.split()[::-1] * n)[: n - 1])
        assert joined(compare(old, new), "new") == old
        assert joined(compare(old.replace(" ", ".\n"), new.replace(" ", ".\n")), "gone") == new.replace(" ", ".\n")
    assert time.perf_counter() - begun < 5
