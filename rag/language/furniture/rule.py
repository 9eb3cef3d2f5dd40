"""How the rule tables are written, and how a text is looked up in them.

A table maps what a sentence or line begins with, one or two words in small letters, several such beginnings parted by
"|", to how it may go on: regular expressions, read without regard to case, with ' for every apostrophe. Words are
looked up first, for that is quick; few sentences come to be read by an expression. What repeats in an expression is
bounded or possessive, so that no text takes long.
"""

import re
from collections import defaultdict
from collections.abc import Mapping

Table = Mapping[str, tuple[str, ...]]

WORD = r"[^\W_]+(?:['’-][^\W_]+)*+"

END = r"[^\w\"“]*\Z"
"""Nothing more but marks."""

HERE = rf"[^\n]{{0,140}}\b(?:here|below)(?::(?! ?\S*\.\w)|{END})"
"""Something that ends where a link stood, or a link's words begin, but no address that can be read."""

_SMALL_WORDS = (
    "de|da|di|du|del|della|der|den|van|von|el|al|bin|ibn|la|le|and|of|in|the|for|from|with|via|at|to|on|by|reporting|"
    "writing|editing|compiled|edited|additional|staff|wire|news|reports?|reporters?|writers?|correspondents?|services?|"
    "agencies|also|contributed"
)
NAMES = rf"(?:(?:(?-i:[A-ZÀ-Þ])[\w.'&-]*+|(?:{_SMALL_WORDS})\b)[ ,;:&/()|–—-]*+){{1,80}}+"
"""Names of people, outlets and places with what stands between them; no verb, so it says nothing else."""

_BEGINNING = re.compile(rf"({WORD})(?: ({WORD}))?")


class Rules:
    """Tables, compiled."""

    def __init__(self, *tables: Table) -> None:
        listed: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            for beginnings, endings in table.items():
                for beginning in beginnings.split("|"):
                    listed[beginning].extend(endings)
        self._endings = {
            beginning: re.compile("|".join(endings), re.IGNORECASE) for beginning, endings in listed.items()
        }

    @property
    def beginnings(self) -> frozenset[str]:
        """The words that some rule is for."""
        return frozenset(self._endings)

    def match(self, text: str) -> bool:
        """Whether a rule holds for a text that begins with a word."""
        begun = _BEGINNING.match(text)
        if begun is None:
            return False
        first, second = begun.groups("")
        return any(
            beginning in self._endings and self._endings[beginning].match(text, end) is not None
            for beginning, end in (
                (first.lower(), begun.end(1)),
                (f"{first} {second}".lower(), begun.end()),
            )
        )
