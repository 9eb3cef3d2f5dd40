"""What became of a text: which words of two versions are the same, which are gone and which are new. Pure.

Sentences are compared first, then the words of those that differ but are alike. So a long text with few changes costs
little, and what was written anew is not torn to the words that happen to be in both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import dropwhile, groupby, pairwise, product, takewhile
from typing import Literal

from rag.language.sentences import sentence_spans

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """Some characters that are in both texts ("same"), only in the old ("gone"), or only in the new one ("new")."""

    kind: Kind
    text: str


Paragraph = tuple[Change, ...]
"""The changes of a paragraph, with the line breaks behind it."""

# Comparing looks at the pairs of equal parts, again and again. A text with more of them than this is a long table, or
# made to annoy: it is shown as gone and new. So that news stays far below it, what makes up more than a hundredth of a
# long text ("the") is no place to begin a match at, which is what difflib's autojunk does.
_MOST_PAIRS = 200_000
_OFTEN = 100

_ALIKE = 0.4
"""The share of common words from which on a part is taken for a changed one, not for another."""
_MOST_LIKENESSES = 2_500

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"\s*(?:[$€£]?\w+(?:[.,:'’-]\w+)*%?|\S)|\s+")
_LETTERS = re.compile(r"\w+")


def compare(old: str, new: str) -> tuple[Paragraph, ...]:
    """The changes from one text to another, by paragraph.

    Joined, what is same or gone is the old text, and what is same or new the new one. What is gone comes before what
    is new in its place.

    >>> [[(change.kind, change.text) for change in paragraph] for paragraph in compare("It rose 5%.", "It fell 5%.")]
    [[('same', 'It '), ('gone', 'rose'), ('new', 'fell'), ('same', ' 5%.')]]
    """
    return tuple(_by_paragraph(_in_order(_compared(_sentences(old), _sentences(new)))))


def _compared(old: list[str], new: list[str]) -> Iterator[Change]:
    """The changes between two texts, given as their sentences."""
    for before, after in _blocks(old, new):
        for part, other in [(before, after)] if before == after else _paired(before, after):
            if part and other and part != other:
                yield from _within("".join(part), "".join(other))
            else:
                yield from _replaced([(part, other)])


def _within(old: str, new: str) -> Iterator[Change]:
    """The changes within a sentence, after those of the white space before it: that of another paragraph is no word."""
    words, others = old.lstrip(), new.lstrip()
    yield from _replaced([([old.removesuffix(words)], [new.removesuffix(others)])])
    yield from _smoothed([*_in_order(_replaced(_blocks(_WORD.findall(words), _WORD.findall(others))))])


def _replaced(blocks: Iterable[tuple[list[str], list[str]]]) -> Iterator[Change]:
    for old, new in blocks:
        if old == new:
            yield Change("same", "".join(old))
        else:
            yield Change("gone", "".join(old))
            yield Change("new", "".join(new))


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """What is the same in both lists, and what stands in place of what, in turn."""
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    yield old[:head], new[:head]
    yield from _inner_blocks(old[head : len(old) - tail], new[head : len(new) - tail])
    yield old[len(old) - tail :], new[len(new) - tail :]


def _inner_blocks(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    counts = Counter(new)
    most = len(new) // _OFTEN + 1 if len(new) >= 2 * _OFTEN else len(new)
    if sum(counts[part] for part in old if counts[part] <= most) > _MOST_PAIRS:
        yield old, new
        return
    for _, start, end, other, other_end in SequenceMatcher(None, old, new).get_opcodes():
        yield old[start:end], new[other:other_end]


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Each part with the one that it became, as far as they are alike; else with none. The order is kept.

    best[i][j] is the most likeness that can be had of what is left from there on.
    """
    if len(old) * len(new) > _MOST_LIKENESSES:
        yield old, new
        return
    words, others = [[Counter(_LETTERS.findall(part)) for part in parts] for parts in (old, new)]
    likeness = [[_likeness(bag, other) for other in others] for bag in words]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, j in product(reversed(range(len(old))), reversed(range(len(new)))):
        best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            yield [old[i]], []
            i += 1
        elif best[i][j] == best[i][j + 1]:
            yield [], [new[j]]
            j += 1
        else:
            yield [old[i]], [new[j]]
            i, j = i + 1, j + 1
    yield old[i:], []
    yield [], new[j:]


def _likeness(words: Counter[str], others: Counter[str]) -> float:
    share = 2 * (words & others).total() / max(1, words.total() + others.total())
    return share if share >= _ALIKE else 0.0


def _in_order(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes without empty ones; between what is the same, what is gone is one, and then what is new."""
    filled = (change for change in changes if change.text)
    for same, run in groupby(filled, lambda change: change.kind == "same"):
        texts = dict.fromkeys(("same", "gone", "new"), "")
        for change in run:
            texts[change.kind] += change.text
        yield from [Change("same", texts["same"])] if same else _trimmed(texts["gone"], texts["new"])


def _trimmed(gone: str, new: str) -> Iterator[Change]:
    """What is gone and what is new in its place, without the white space that stands before both."""
    space = gone[: len(gone) - len(gone.lstrip())]
    if not new.startswith(space):
        space = ""
    changes = (Change("same", space), Change("gone", gone[len(space) :]), Change("new", new[len(space) :]))
    yield from (change for change in changes if change.text)


def _smoothed(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes of some sentences, where a lone "the" between two longer changes belongs to both of them."""
    gone = new = ""
    for position, change in enumerate(changes):
        if change.kind == "gone":
            gone += change.text
        elif change.kind == "new":
            new += change.text
        elif _is_lone(change.text, max(_count(gone), _count(new)), _count_behind(changes[position + 1 : position + 4])):
            gone, new = gone + change.text, new + change.text
        else:
            yield from _trimmed(gone, new)
            yield change
            gone = new = ""
    yield from _trimmed(gone, new)


def _is_lone(text: str, before: int, after: int) -> bool:
    """Whether what is the same has fewer words than what differs before and behind it."""
    return "\n" not in text and min(before, after) >= _count(text) < max(before, after)


def _count_behind(changes: Sequence[Change]) -> int:
    """The words of what differs next; -1 where nothing does."""
    differing = dropwhile(lambda change: change.kind == "same", changes)
    return max(
        (_count(change.text) for change in takewhile(lambda change: change.kind != "same", differing)), default=-1
    )


def _count(text: str) -> int:
    return len(_LETTERS.findall(text))


def _by_paragraph(changes: Iterable[Change]) -> Iterator[Paragraph]:
    paragraph: list[Change] = []
    for change in changes:
        for text in _PARAGRAPH.findall(change.text):
            if paragraph and paragraph[-1].kind == change.kind:
                text = paragraph.pop().text + text
            paragraph.append(Change(change.kind, text))
            if text.endswith("\n"):
                yield tuple(paragraph)
                paragraph = []
    if paragraph:
        yield tuple(paragraph)


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each with the white space before it."""
    bounds = [0, *(end for _, end in sentence_spans(text)), len(text)]
    return [text[start:end] for start, end in pairwise(bounds) if end > start]
