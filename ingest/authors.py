"""Who wrote it, from a list of names or from a byline."""

import re
from collections.abc import Iterable, Sequence

from ingest.clean import clean_line

_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*,\s*+(?!(?:Jr|Sr|I{2,3}|IV)\b)(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_BETWEEN_INVERTED = re.compile(r"\s*;\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


def author_names(written: Sequence[str] | str) -> tuple[str, ...]:
    """The names, each once, without "By".

    >>> author_names("By Ada Brook and Lena Marsh"), author_names(["By Ada Brook", ""])
    (('Ada Brook', 'Lena Marsh'), ('Ada Brook',))
    """
    names: Iterable[str] = _names_in(clean_line(written)) if isinstance(written, str) else map(clean_line, written)
    stripped = (_BY.sub("", name, count=1).strip() if _BY.match(name) else name for name in names)
    return tuple(dict.fromkeys(name for name in stripped if name))


def _names_in(byline: str) -> Sequence[str]:
    """The names of a byline. Where there are semicolons, a comma is inside a name: Doe, Jane; Roe, Richard."""
    return (_BETWEEN_INVERTED if ";" in byline else _BETWEEN_NAMES).split(byline)
