"""A place in the corpus as a link: `?article=ID&version=2&start=10&end=50`, so that it can be sent to a colleague.

`&against=1` compares that version with another.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlencode

from rag.model import Citation, Passage

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Place:
    """An article, perhaps in one of its versions, perhaps with the characters from `start` to `end` to be lit.

    With `against`, that version is to be shown beside the one of this number.
    """

    article: str
    version: int | None = None
    start: int = 0
    end: int = 0
    against: int | None = None

    @classmethod
    def of(cls, where: Citation | Passage) -> Self:
        """Where a citation or a passage stands."""
        return cls(where.article.id, where.version, where.start, where.end)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self | None:
        """The place that the parts of an address name, None when they name none. What is no number is left out.

        >>> Place.from_query({"article": "a", "version": "2", "start": "-1", "end": "x"})
        Place(article='a', version=2, start=0, end=0, against=None)
        """
        article = query.get("article", "")
        version, start, end, against = (_number(query.get(name, "")) for name in ("version", "start", "end", "against"))
        return cls(article, version or None, start, end, against or None) if article else None

    @classmethod
    def from_link(cls, link: str) -> Self | None:
        """The place that a link made by `link` leads to."""
        return cls.from_query(dict(parse_qsl(link.removeprefix("?"))))

    def to_query(self) -> dict[str, str]:
        """The place as parts of an address; those that say nothing are left out.

        >>> Place("a", 2).to_query()
        {'article': 'a', 'version': '2'}
        """
        numbers = {"version": self.version, "start": self.start, "end": self.end, "against": self.against}
        return {"article": self.article} | {name: str(number) for name, number in numbers.items() if number}

    @property
    def link(self) -> str:
        """The place as a link within the app.

        >>> Place("https://example.org/a?b&c", 1, 0, 9).link
        '?article=https%3A%2F%2Fexample.org%2Fa%3Fb%26c&version=1&end=9'
        """
        return f"?{urlencode(self.to_query())}"


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0
