"""A time phrase in its sentence, which tells whether "on Monday" is the last one or the next."""

import re
from datetime import datetime

from rag.language.resolve.phrase import resolve
from rag.model import TimeInterval

_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|due|expected|scheduled|set to|plans? to|to be|hopes? to)\b")


def resolve_in(sentence: str, start: int, end: int, published: datetime | None) -> TimeInterval | None:
    """The days that `sentence[start:end]` means; `resolve`, with the sentence's own word for what is to come.

    >>> moment = datetime(2024, 3, 14)
    >>> resolve_in("It will open on Monday.", 16, 22, moment).first.isoformat()
    '2024-03-18'
    """
    return resolve(sentence[start:end], published, future=bool(_AHEAD.search(sentence)))
