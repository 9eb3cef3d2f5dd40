from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation.judge import exact_match, f1, holds_answer, holds_quote, is_repeat, is_stance, same_words, shingles

WORDS = st.lists(st.sampled_from(["kite", "plant", "june", "opens", "vessen"]), min_size=1, max_size=6).map(" ".join)


def test_an_answer_is_found_as_whole_words_only() -> None:
    assert holds_answer("The plant opens on 14 June.", ["14 June"])
    assert not holds_answer("The plant opens on 114 June.", ["14 June"])
    assert not holds_answer("A plant.", ["..."])


def test_a_text_that_says_what_another_says_is_a_repeat_and_another_report_is_none() -> None:
    wire = "The bridge will open to cars on Saturday, the director said at the old ferry hall on Thursday night."
    cut = "PORT ANSEL - The bridge will open to cars on Saturday, the director said at the old ferry hall."
    report = "Cars may use the bridge from Saturday on. So the director told a room at the ferry hall this week."
    assert is_repeat(shingles(cut), [shingles(report), shingles(wire)])
    assert not is_repeat(shingles(report), [shingles(wire)])
    assert not is_repeat(shingles("Rain."), [shingles("Rain.")])


def test_answers_that_take_a_stand_are_known() -> None:
    assert is_stance(["Yes"])
    assert is_stance(["no"])
    assert not is_stance(["Nobody", "14 June"])


def test_a_quote_is_found_whatever_the_line_breaks() -> None:
    assert holds_quote("will open\n\nits battery plant", "open its battery")
    assert same_words("its battery", "open its battery plant")
    assert not same_words("a garden", "open its battery plant")


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_measures_of_words_agree_where_they_must(said: str, accepted: str) -> None:
    assert 0 <= f1(said, [accepted]) <= 1
    assert f1(said, [accepted]) == f1(accepted, [said])
    assert f1(said, [said, accepted]) == 1 == exact_match(f"The {said}!", [said])
    assert exact_match(said, [accepted]) <= f1(said, [accepted])


def test_without_shared_words_and_without_words_f1_is_zero() -> None:
    assert f1("", ["kite"]) == f1("plant", ["kite"]) == f1("the", ["kite"]) == 0


def test_where_nothing_was_said_nothing_matches_even_an_answer_that_is_an_article() -> None:
    assert exact_match("", ["A"]) == exact_match(" ", ["The"]) == 0
    assert f1("", ["A"]) == 0
    assert exact_match("A", ["A"]) == f1("A", ["A"]) == 1
