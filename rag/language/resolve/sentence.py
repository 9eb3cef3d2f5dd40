"""A time phrase in its sentence, which tells whether "on Monday" is the last one or the next."""

from datetime import datetime, timedelta

from rag.language.resolve.phrase import resolve
from rag.language.resolve.tense import is_ahead, is_over
from rag.model import TimeInterval

_KEPT_UP = timedelta(days=60)
"""An article that is kept up to date tells of days after the date that it bears: "died on March 19", of March 15."""


def resolve_in(sentence: str, start: int, end: int, published: datetime | None) -> TimeInterval | None:
    """The days that `sentence[start:end]` means; `resolve`, with the sentence's own words for what is to come or over.

    >>> moment = datetime(2024, 3, 14)
    >>> resolve_in("It will open on Monday.", 16, 22, moment).first.isoformat()
    '2024-03-18'
    """
    phrase = sentence[start:end]
    if is_ahead(sentence):
        return resolve(phrase, published, lean=1)
    nearest = resolve(phrase, published)
    if nearest is None or published is None or nearest.first <= published.date() or not is_over(sentence, start):
        return nearest
    may_be_later = nearest.first == nearest.last and nearest.first - published.date() <= _KEPT_UP
    return nearest if may_be_later else resolve(phrase, published, lean=-1)
