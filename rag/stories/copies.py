"""Which articles are copies of one text: cut, headed anew, put in another order, added to, or lightly reworded. Pure.

Three steps. `sketch` gives a text's keys, of which texts that share much share some: they stand in an indexed table,
where `candidates` finds the few articles that are worth a comparison. `are_copies` compares two texts word by word.
Each depends on nothing but the articles that there are, so groups are the same in whatever order these came in.

All work on texts without furniture, and on shingles: runs of a few words. Where a text has none in common with another
for a dozen words, these are foreign to it. Scattered words that were changed leave shingles between them; a sentence
about something else leaves none. So rewording is told from other reporting over the same background, however long.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

KEYS = 32  # of a text; of a copy cut to 40 % with each fifth word changed, two are left in 99 of 100
SHARED = 2  # keys that make a candidate; one alone is often a phrase ("former President So-and-so")
HOLDERS = 40  # of a key that lead to all others; so a phrase that everybody uses costs no more in a large corpus

_LEAST_WORDS = 50  # that two texts share
_LEAST_LENGTH = 0.3  # of the shorter text, as a share of the longer; less is an item of a round-up, or a caption
_MOST_FOREIGN = 0.06  # share of the shorter text, without the passage that may have been added to it
_PASSAGE = 120  # words of that passage at most
_BESIDE_A_PASSAGE = 160  # words that are not foreign, at least; among fewer, a passage makes another article
_LEAD = 120  # words that a text begins with: they say what it is about
_LEADS = (0.1, 0.6)  # shares of the two leads that come back in the other text, at least: the less and the more
_FLASHES_APART = 2 * 86_400  # seconds
_NUMBERS = 8  # one number in so many may be another, and one more; in a column that comes each week they all are

_WORD = re.compile(r"[^\W_]+")
_TELLING = 4  # letters that make a word a telling one, in any language; numbers always tell
_SHINGLE = 3
_STRETCH = 10  # shingles in a row that are all foreign: a dozen words without one in common

_Hashes = NDArray[np.uint64]


def sketch(text: str) -> tuple[int, ...]:
    """The keys under which a text is found: up to 32 whole numbers that fit 64 bits with a sign.

    They are the least hashes of the runs of three telling words, so a text that holds most of another one's words holds
    most of its keys that are small enough, whatever else stands in it. They are the same on every machine; a release
    that must change them has to sketch all articles anew.
    """
    telling = [word for word in _words(text) if len(word) >= _TELLING or word[0].isdigit()]
    least = np.unique(_shingles(_hashed(telling)))[:KEYS]
    return tuple(least.view(np.int64).tolist())


def candidates(article: str, holders: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The articles worth a comparison, best first. `holders` are, for each key of this one's sketch, all that hold it.

    Where more than 40 hold a key, only the first 40 by name lead to others, and others to them. So whether two articles
    are candidates of each other is the same from either side. Where names are hashes, no more are compared with a new
    article on average, however many there are. `holders` are sorted; of those behind the 40, only those are needed that
    `leads` asks for.

    >>> candidates("d", [["a", "b", "d"], ["b", "d"], ["c", "d"]])
    ('b',)
    """
    shared = Counter(
        other for held in holders for other in (held if leads(article, held) else held[:HOLDERS]) if other != article
    )
    return tuple(
        sorted((other for other, count in shared.items() if count >= SHARED), key=lambda other: (-shared[other], other))
    )


def leads(article: str, holders: Sequence[str]) -> bool:
    """Whether an article is one of those by which a key leads to all that hold it: the first 40 of these, sorted."""
    return len(holders) <= HOLDERS or article <= holders[HOLDERS - 1]


class Told:
    """What two articles are compared by: title, text without furniture, and when it was published, in seconds."""

    def __init__(self, title: str, text: str, published: float | None = None) -> None:
        self.title = title
        self.text = text
        self.published = published

    @cached_property
    def analysed(self) -> "_Text":
        """The words of the text, hashed once for all comparisons."""
        return _analysed(self.text)


def are_copies(one: Told, other: Told) -> bool:
    """Whether two articles are one text, whichever of them was made of the other.

    The shorter must come back in the longer, one added passage aside, and with its numbers. Both must begin with
    something that the other has: a follow-up that repeats an older text below a new one is no copy, nor is a round-up
    of the second article in it. So two articles are not joined because a third holds both. Of texts under 50 words, all
    must be the same, and the title, within two days: what is shorter is often a notice that stands in place of many
    articles.
    """
    shorter, longer = sorted((one.analysed, other.analysed), key=lambda text: (len(text.words), text.words))
    if len(shorter.words) < _LEAST_WORDS:
        return shorter.words == longer.words and _is_same_flash(one, other)
    if len(shorter.words) < _LEAST_LENGTH * len(longer.words):
        return False
    foreign, foreign_in_longer = _foreign(shorter, longer), _foreign(longer, shorter)
    if (~foreign).sum() < _LEAST_WORDS - _SHINGLE + 1:
        return False
    less, more = sorted(1 - lead[:_LEAD].mean() for lead in (foreign, foreign_in_longer))
    return (
        (less >= _LEADS[0] and more >= _LEADS[1])
        and _share_but_for_a_passage(foreign) <= _MOST_FOREIGN
        and _keeps_numbers(shorter, longer, foreign)
    )


def said_in(passage: str, other: str) -> bool:
    """Whether a text says what a passage of its copy says: but for a few words, and with all of its numbers.

    >>> said_in("Nine people died in Vessen.", "The mayor said: Nine people died in Vessen."), said_in("Nine.", "Ten.")
    (True, False)
    """
    inner, outer = _analysed(passage), _analysed(other)
    known = set(outer.words)
    if any(word not in known for word in inner.words if word[0].isdigit()):
        return False
    if len(inner.words) < _STRETCH + _SHINGLE:
        return quoted_in(passage, other)
    return not _foreign(inner, outer).any()


def quoted_in(quote: str, text: str) -> bool:
    """Whether a quote stands in a text, word for word, however it is punctuated.

    >>> quoted_in("nine people died", "Nine people died."), quoted_in("Nine people", "Nine more people")
    (True, False)
    """
    return f" {' '.join(_words(quote))} " in f" {' '.join(_words(text))} "


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The group of each article that stands in a pair, named by the least id in it, whatever the order of the pairs.

    >>> groups([("c", "b"), ("d", "e"), ("b", "a")])
    {'a': 'a', 'b': 'a', 'c': 'a', 'd': 'd', 'e': 'd'}
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found: dict[str, str] = {}
    for first in sorted(neighbours):
        reached = [] if first in found else [first]
        while reached:
            article = reached.pop()
            if article not in found:
                found[article] = first
                reached.extend(neighbours[article])
    return dict(sorted(found.items()))


class _Text(NamedTuple):
    words: list[str]
    hashes: _Hashes
    shingles: _Hashes


def _analysed(text: str) -> _Text:
    words = _words(text)
    hashes = _hashed(words)
    return _Text(words, hashes, _shingles(hashes))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _hashed(words: Sequence[str]) -> _Hashes:
    if not words:
        return np.empty(0, np.uint64)
    return np.fromiter(map(crc32, "\n".join(words).encode().split(b"\n")), np.uint64, len(words))


def _shingles(hashes: _Hashes) -> _Hashes:
    """A hash of each run of words; none if there are fewer words than make one."""
    length = max(0, len(hashes) - _SHINGLE + 1)
    mixed = np.zeros(length, np.uint64)
    for place in range(_SHINGLE):
        mixed = _mixed(mixed + hashes[place : place + length])
    return mixed


def _mixed(values: _Hashes) -> _Hashes:
    """Each value with every bit of it spread over all 64: the finaliser of MurmurHash3 (Appleby 2011)."""
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    values = (values ^ (values >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def _foreign(text: _Text, other: _Text) -> NDArray[np.bool_]:
    """For each shingle of a text, whether it stands in a stretch of which the other text has none."""
    known = np.isin(text.shingles, other.shingles)
    starts, lengths = _stretches(~known)
    return np.repeat(~known[starts] & (lengths >= _STRETCH), lengths)


def _stretches(values: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each run of equal values begins, and how long it is."""
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    return starts, np.diff(np.append(starts, len(values)))


def _share_but_for_a_passage(foreign: NDArray[np.bool_]) -> float:
    starts, lengths = _stretches(foreign)
    longest = lengths[foreign[starts]].max(initial=0)
    passage = longest if longest <= _PASSAGE and (~foreign).sum() >= _BESIDE_A_PASSAGE else 0
    return float((foreign.sum() - passage) / (len(foreign) - passage))


def _is_same_flash(one: Told, other: Told) -> bool:
    apart = 0.0 if one.published is None or other.published is None else abs(one.published - other.published)
    return apart <= _FLASHES_APART and _words(one.title) == _words(other.title)


def _keeps_numbers(shorter: _Text, longer: _Text, foreign: NDArray[np.bool_]) -> bool:
    """Whether nearly all numbers that stand in what the texts share are numbers of the longer one."""
    shared = zip(shorter.words, ~foreign, strict=False)  # the last shingle's words are seldom numbers
    numbers = {word for word, is_shared in shared if is_shared and word[0].isdigit()}
    return len(numbers - set(longer.words)) <= 1 + len(numbers) / _NUMBERS
