import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rag.cli.wording import line, safe, shortened

ANY_TEXT = st.text(alphabet=st.characters())
"""Halves of surrogate pairs and all control characters among them."""


@given(ANY_TEXT)
def test_safe_text_keeps_its_length_and_holds_nothing_that_steers_a_terminal(text):
    made_safe = safe(text)
    assert len(made_safe) == len(text)
    assert not [each for each in made_safe if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} and each != "\n"]
    assert not [each for each in made_safe if unicodedata.bidirectional(each) in {"LRE", "RLE", "LRO", "RLO", "PDF"}]
    made_safe.encode()


@given(ANY_TEXT)
def test_a_line_is_one_line(text):
    assert len(line(text)) == len(text)
    assert len(line(text).splitlines()) <= 1


def test_letters_marks_and_emoji_stay_as_they_are():
    text = "naïve – “Straße” 株価 👩\u200d💻 [bold]\n"
    assert safe(text) == text


@given(st.text(), st.integers(2, 50))
def test_what_is_shortened_is_a_beginning_and_fits(text, characters):
    short = shortened(text, characters)
    assert short == text or (len(short) <= characters + 1 and text.startswith(short.removesuffix("…")))
