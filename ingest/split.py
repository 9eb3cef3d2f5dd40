"""A version's text as passages: runs of whole sentences, with exact offsets and within the embedder's budget.

Sentences are packed greedily by their token counts. Tokenizers are only nearly additive, so every passage is counted
once more as a whole, and halved in the rare case that it is over the budget after all. A text costs two calls of the
counter, and a few more where a sentence alone is too long for a passage.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rag.language.sentences import sentence_spans

TokenCounter = Callable[[Sequence[str]], list[int]]
"""The number of tokens of each string, without the special tokens that a model puts around a text."""

_WORD = re.compile(r"\S++\s*+|\s++")
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """Sizes in tokens. `max_tokens` is what a model has left for a passage beside its header and its special tokens."""

    max_tokens: int = 254
    overlap_tokens: int = 32


class _Span(NamedTuple):
    start: int
    end: int
    tokens: int


def split(text: str, count_tokens: TokenCounter, settings: SplitSettings) -> tuple[tuple[int, int], ...]:
    """The half-open character spans of the passages of `text`, in order; none for a blank text.

    A passage holds as many whole sentences as fit `max_tokens`, each with the whitespace behind it. It begins with the
    last sentence of the passage before, if that has at most `overlap_tokens` and leaves room for a new one. Without
    these overlaps the passages, laid end to end, are `text`. A sentence that is longer than `max_tokens` is cut at
    blanks, and a word that is longer between characters; a single character is never cut, whatever it counts.
    """
    sentences = sentence_spans(text)
    if not sentences:
        return ()
    bounds = [0, *(start for start, _ in sentences[1:]), len(text)]
    units = [
        unit
        for sentence in _count(text, pairwise(bounds), count_tokens)
        for unit in _cut_at_blanks(text, sentence, count_tokens, settings.max_tokens)
    ]
    runs = _pack([unit.tokens for unit in units], settings.max_tokens, settings.overlap_tokens)
    passages: list[tuple[int, int]] = []
    for start, end, _ in _join(text, units, runs, count_tokens, settings.max_tokens):
        if not passages or end > passages[-1][1]:  # a halved passage can leave its overlap alone
            passages.append((start, end))
    return tuple(passages)


def _count(text: str, spans: Iterable[tuple[int, int]], count_tokens: TokenCounter) -> list[_Span]:
    spans = list(spans)
    counts = count_tokens([text[start:end] for start, end in spans])
    return [_Span(start, end, tokens) for (start, end), tokens in zip(spans, counts, strict=True)]


def _pack(counts: Sequence[int], budget: int, overlap: int) -> list[tuple[int, int]]:
    """Runs (first, last + 1) of as many neighbours as sum up to `budget`; a count over it makes a run of its own."""
    runs: list[tuple[int, int]] = []
    first = total = 0
    for index, tokens in enumerate(counts):
        if index > first and total + tokens > budget:
            runs.append((first, index))
            carried = counts[index - 1]
            repeated = 0 < carried <= overlap and carried + tokens <= budget
            first, total = (index - 1, carried) if repeated else (index, 0)
        total += tokens
    return [*runs, (first, len(counts))]


def _join(
    text: str, units: Sequence[_Span], runs: Sequence[tuple[int, int]], count_tokens: TokenCounter, budget: int
) -> Iterator[_Span]:
    """Each run of `units` as one span; one that is over the budget as a whole is halved until its parts are not."""
    spans = _count(text, ((units[first].start, units[last - 1].end) for first, last in runs), count_tokens)
    for (first, last), span in zip(runs, spans, strict=True):
        if span.tokens > budget and last - first > 1:
            middle = (first + last) // 2
            yield from _join(text, units, [(first, middle), (middle, last)], count_tokens, budget)
        else:
            yield span


def _cut_at_blanks(text: str, sentence: _Span, count_tokens: TokenCounter, budget: int) -> Iterator[_Span]:
    """The sentence itself if it fits the budget, or else pieces that do."""
    if sentence.tokens <= budget:
        yield sentence
        return
    words = _count(text, (word.span() for word in _WORD.finditer(text, sentence.start, sentence.end)), count_tokens)
    runs = _pack([word.tokens for word in words], budget, overlap=0)
    for piece in _join(text, words, runs, count_tokens, budget):
        yield from _cut_anywhere(text, piece, count_tokens, budget)


def _cut_anywhere(text: str, piece: _Span, count_tokens: TokenCounter, budget: int) -> Iterator[_Span]:
    length = piece.end - piece.start
    if piece.tokens <= budget or length == 1:
        yield piece
        return
    size = max(1, min(length // 2, length * budget // piece.tokens))
    for part in _count(text, _slices(text, piece.start, piece.end, size), count_tokens):
        yield from _cut_anywhere(text, part, count_tokens, budget)


def _slices(text: str, start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Slices of at most `size` characters, each ending before a character that begins something new where it can."""
    while start < end:
        stop = min(start + size, end)
        whole = stop
        while start < whole < end and _belongs_to_the_one_before(text, whole):
            whole -= 1
        stop = whole if whole > start else stop
        yield start, stop
        start = stop


def _belongs_to_the_one_before(text: str, index: int) -> bool:
    """Is this an accent, a skin tone, the second half of a surrogate pair, or an emoji joined to another?"""
    character = text[index]
    return (
        unicodedata.category(character).startswith("M")
        or _JOINER in (character, text[index - 1])
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\udc00" <= character <= "\udfff"
    )
