from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.stories.copies import HOLDERS, KEYS, SHARED, Told, are_copies, candidates, groups, said_in, sketch
from tests.invented import first_words, reworded, sentence, story


def is_copy(one: str, other: str) -> bool:
    return are_copies(Told("One", one), Told("Another", other))


def found(text: str, held: str) -> bool:
    """Whether the keys of the one lead to the other, and the comparison agrees."""
    return len({*sketch(text)} & {*sketch(held)}) >= SHARED and is_copy(text, held)


ORIGINAL = story(1)
ADDED = first_words(story(2), 0.15)
COPIES = {
    "the same": ORIGINAL,
    "cut to 40 %": first_words(ORIGINAL, 0.4),
    "a paragraph in front": f"{ADDED}\n\n{ORIGINAL}",
    "a paragraph within": ORIGINAL.replace("\n\n", f"\n\n{ADDED}\n\n", 1),
    "furniture that no rule knows": ORIGINAL.replace("\n\n", "\n\nThe Eastfield Courier since 1894\n\n"),
    "10 % reworded": reworded(ORIGINAL, 0.1),
    "20 % reworded": reworded(ORIGINAL, 0.2),
    "cut, reworded, with a paragraph": f"{reworded(first_words(ORIGINAL, 0.6), 0.05)}\n\n{ADDED}",
    "in capitals, without paragraphs and commas": ORIGINAL.upper().replace("\n\n", " ").replace(".", ""),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_is_found(how: str) -> None:
    assert found(COPIES[how], ORIGINAL)


@settings(deadline=None)
@given(st.permutations(ORIGINAL.split("\n\n")))
def test_the_order_of_paragraphs_does_not_matter(paragraphs: list[str]) -> None:
    assert found("\n\n".join(paragraphs), ORIGINAL)


@settings(deadline=None)
@given(st.integers(), st.integers(1, 12))
def test_a_text_of_fifty_words_is_a_copy_of_itself(seed: int, paragraphs: int) -> None:
    text = story(seed, paragraphs)
    assert is_copy(text, text) == (len(text.split()) >= 50)


@settings(deadline=None)
@given(st.integers(), st.integers(), st.integers(1, 12), st.integers(1, 12))
def test_texts_about_different_things_are_no_copies(one: int, other: int, first: int, second: int) -> None:
    assert one == other or not is_copy(story(one, first), story(other, second))


@settings(deadline=None)
@given(st.sampled_from([*COPIES.values(), ADDED, story(2)]), st.sampled_from([*COPIES.values(), story(2)]))
def test_it_does_not_matter_which_of_two_texts_is_named_first(one: str, other: str) -> None:
    assert is_copy(one, other) == is_copy(other, one)


@given(st.text(), st.text())
def test_any_text_has_a_sketch_and_can_be_compared(one: str, other: str) -> None:
    assert len(sketch(one)) <= KEYS
    assert is_copy(one, other) == is_copy(other, one)


def test_a_long_quotation_makes_no_copy() -> None:
    quoted = first_words(ORIGINAL, 0.4)
    assert not is_copy(f"{story(2)}\n\n“{quoted}”", ORIGINAL)
    assert not is_copy(f"{story(2)}\n\n“{quoted}”", f"{story(3)}\n\n“{quoted}”")


FLASH = "Kite Motors has named Mara Quill as chief executive, the company said on Monday."


@pytest.mark.parametrize(
    ("other", "copies"),
    [
        (Told("Kite names chief", FLASH, 100_000.0), True),
        (Told("Kite Names Chief", FLASH.upper()), True),
        (Told("Kite names chief", FLASH, 300_000.0), False),
        (Told("Another story", FLASH, 100_000.0), False),
        (Told("Kite names chief", FLASH.replace("Monday", "Tuesday"), 100_000.0), False),
    ],
    ids=["sent twice", "undated, in capitals", "days later", "under another title", "another word"],
)
def test_a_short_text_is_a_copy_only_where_all_of_it_comes_again_under_its_title(other: Told, copies: bool) -> None:
    flash = Told("Kite names chief", FLASH, 1.0)
    assert are_copies(flash, other) == are_copies(other, flash) == copies
    assert not copies or len({*sketch(flash.text)} & {*sketch(other.text)}) >= SHARED


def test_a_notice_in_place_of_two_articles_makes_no_copies() -> None:
    notice = "This story is for members. Join the Courier today, and read it on any device for as long as you like."
    assert not is_copy(notice, notice)


def test_captions_under_two_articles_make_no_copies_however_long() -> None:
    captions = story(4, 60)
    assert not is_copy(f"{story(2)}\n\n{captions}", f"{story(3)}\n\n{captions}")


def test_a_column_that_comes_each_week_with_other_numbers_is_no_copy() -> None:
    def draw(seed: int) -> str:
        chance = Random(seed)
        rows = (
            f"In the {place} draw the lucky ball was {chance.randint(10, 99)}, and whoever held it took home a share "
            f"of {chance.randint(1000, 9999)} crowns, which the lottery of {place} pays out at the counter."
            for place in "Eastfield Northgate Vessen Harrow Millbrook Tarn".split()
        )
        return " ".join(rows)

    assert is_copy(draw(1), draw(1))
    assert not is_copy(draw(1), draw(2))


def test_a_follow_up_that_repeats_the_older_text_below_its_own_is_no_copy() -> None:
    assert not is_copy(f"{story(2, 4)}\n\n{ORIGINAL}", ORIGINAL)


def test_a_round_up_of_two_articles_does_not_join_them() -> None:
    first, second = story(2), story(3)
    round_up = f"{first}\n\n{second}"
    assert [is_copy(round_up, first), is_copy(round_up, second)] == [True, False]


def test_an_item_of_a_round_up_is_no_copy() -> None:
    assert not is_copy(ORIGINAL, "\n\n".join([ORIGINAL, story(2), story(3), story(4)]))


SAID = "Nine people died in Vessen when the ferry capsized in the harbour on Sunday night, the mayor said."


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (f"Breaking: {SAID} More follows.", True),
        (SAID.replace("when", "as"), True),
        (SAID.replace("Nine", "9"), True),
        ("Nine people died in Vessen.", False),
        (SAID.replace("mayor", "Mayor").upper(), True),
    ],
)
def test_a_passage_is_said_in_a_text_but_for_a_few_words(other: str, said: bool) -> None:
    assert said_in(SAID, other) == said


def test_a_passage_with_another_number_says_something_else() -> None:
    passage = first_words(ORIGINAL, 0.2)
    assert said_in(passage, ORIGINAL)
    assert not said_in(f"{passage} It was the 77777th.", f"{passage} It was the 88888th.")


def test_a_passage_with_a_sentence_of_its_own_says_something_else() -> None:
    passage = first_words(ORIGINAL, 0.2)
    assert not said_in(f"{passage} {sentence(Random(5))} {sentence(Random(6))}", ORIGINAL)


def test_keys_are_the_same_in_every_release_and_on_every_machine() -> None:
    text = "Kite Motors will open its battery plant in Vessen on 14 June, the company said."
    assert sketch(text)[:3] == (1322256008944479836, 2221416591010857526, 2500176088024590813)


def test_keys_fit_a_table_and_do_not_grow_with_the_text() -> None:
    keys = sketch(story(1, 200))
    assert len(keys) == len({*keys}) == KEYS
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_a_text_without_telling_words_has_no_keys() -> None:
    assert sketch("") == sketch("It is as it was.") == ()


def test_candidates_share_two_keys_and_the_best_come_first() -> None:
    assert candidates("x", [["a", "b", "x"], ["b", "c", "x"], ["a", "b", "x"], ["x"]]) == ("b", "a")


def test_a_worn_key_leads_to_and_from_the_first_of_its_holders_only() -> None:
    held = [f"{number:03}" for number in range(HOLDERS + 10)]
    assert set(candidates(held[-1], [held, held])) == {*held[:HOLDERS]}
    assert set(candidates(held[0], [held, held])) == {*held[1:]}


def test_two_articles_are_candidates_of_each_other_or_neither_is() -> None:
    articles = [f"{number:02}" for number in range(60)]
    holders = [sorted(Random(seed).sample(articles, 50)) for seed in range(3)]
    near = {one: {*candidates(one, [held for held in holders if one in held])} for one in articles}
    assert all((one in near[other]) == (other in near[one]) for one in articles for other in articles)
    assert not all(near[one] == {*articles} - {one} for one in articles)


_ARTICLES = "abcdefghij"
_pairs = st.lists(st.sampled_from([*combinations(_ARTICLES, 2)]), max_size=14)


@given(_pairs, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_pairs(pairs: list[tuple[str, str]], chance: Random) -> None:
    turned = [(other, one) if chance.random() < 0.5 else (one, other) for one, other in pairs]
    chance.shuffle(turned)
    assert groups(turned) == groups(pairs)
