"""A sentence as tokens, and regular expressions over the classes of those tokens.

The finders do not match characters. Each gives every token one class (a month, a number, a unit ...) and matches
the string of classes, one character for each token: "MONTH DAY (COMMA? YEAR)?" reads as what it finds, and a sentence
of thirty tokens is thirty characters long.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      \d{4}-\d{2}-\d{2}(?!\d) | \d{1,2}/\d{1,2}/\d{2,4}(?!\d)                    # 2024-03-14, 14/3/2024
    | \d{1,2}:\d{2}(?!\d)                                                        # 8:30
    | (?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)*(?:(?:st|nd|rd|th|s)\b)?         # 1,240.5  14th  1990s
    | ['’](?:\d0s|s)\b                                                           # ’90s, the possessive
    | (?:US|CA|AU|NZ|HK|C|A|S|R)?\$ | [€£¥₹₩₽₺₦]
    | (?:[^\W\d_]\.){2,}                                                         # U.S.  p.m.  J.K.
    | [^\W\d_][\w\u0300-\u036f]*(?:['’](?!s\b)[^\W\d_]+)*                          # words: O'Neill, G20
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence, as parallel sequences; `lower` is each word in lower case."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def glued(self, index: int) -> bool:
        """Whether no blank stands between the token and the one before it."""
        return index > 0 and self.starts[index] == self.ends[index - 1]

    def joined(self, index: int) -> bool:
        """Whether no blank stands on either side of the token, as about a hyphen."""
        return self.glued(index) and index + 1 < len(self.words) and self.glued(index + 1)

    def classes(self, classify: Callable[["Tokens", int], str]) -> str:
        """The class string: what `classify` says of each token, one character for each."""
        return "".join([classify(self, index) for index in range(len(self.words))])


def tokenize(sentence: str) -> Tokens:
    """Cut a sentence into words, numbers and signs; takes time linear in its length."""
    matches = list(_TOKEN.finditer(sentence))
    words = tuple(match.group() for match in matches)
    return Tokens(
        words,
        tuple(word.lower() for word in words),
        tuple(match.start() for match in matches),
        tuple(match.end() for match in matches),
    )


class Grammar:
    """An alphabet of token classes, and the patterns written in it; `letters` has the character of each class."""

    def __init__(self, classes: str) -> None:
        """Take the class names, parted by blanks: capitals and underscores, two characters or more."""
        self.letters = {name: chr(0x4E00 + number) for number, name in enumerate(classes.split())}

    def lexicon(self, **words: str) -> dict[str, str]:
        """A word's class, from each class's words (parted by blanks); a word named twice keeps its first class."""
        lexicon: dict[str, str] = {}
        for name, members in words.items():
            for word in members.split():
                lexicon.setdefault(word, self.letters[name])
        return lexicon

    def pattern(self, source: str) -> re.Pattern[str]:
        """Compile a verbose regular expression in which class names stand for tokens."""
        named = re.sub(r"\b[A-Z_]{2,}\b", lambda match: self.letters[match.group()], source)
        return re.compile(named, re.VERBOSE)
