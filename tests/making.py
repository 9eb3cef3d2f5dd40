"""Articles, versions and passages made from a few words, for tests that need many of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from rag.identity import passage_id
from rag.model import Article, Hit, Passage, Ranking, Version
from rag.records import NewVersion

NOW = datetime(2024, 12, 1, 12, tzinfo=UTC)


def day(number: int, month: int = 1) -> datetime:
    """Noon (UTC) of that day of 2024."""
    return datetime(2024, month, number, 12, tzinfo=UTC)


def article(name: str, **fields: Any) -> Article:
    return Article(id=name, url=f"https://news.example/{name}", **{"title": "A report"} | fields)


def passage(text: str, name: str = "a", number: int = 1, ordinal: int = 0, start: int = 0, **fields: Any) -> Passage:
    identifier = passage_id(name, number, ordinal)
    return Passage(identifier, article(name, **fields), number, start, start + len(text), text)


def hits(*passages: Passage) -> tuple[Hit, ...]:
    """The passages, best first."""
    return tuple(Hit(rank, 1.0 / rank, passage) for rank, passage in enumerate(passages, start=1))


def ranking(*passages: Passage) -> Ranking:
    return Ranking("query", hits(*passages))


def new_version(
    name: str = "a", number: int = 1, texts: Sequence[str] = ("Rain is expected.",), **fields: Any
) -> NewVersion:
    """A version whose text is `texts`, one passage each, joined by newlines; vectors are random, seeded by it."""
    fetched = fields.pop("fetched_at", NOW)
    stated, text = article(name, **fields), "\n".join(texts)
    passages, start = [], 0
    for ordinal, part in enumerate(texts):
        identifier = passage_id(name, number, ordinal)
        passages.append(Passage(identifier, stated, number, start, start + len(part), part))
        start += len(part) + 1
    draw = np.random.default_rng([len(text), number, *name.encode()])
    vectors = draw.standard_normal((len(passages), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return NewVersion(
        Version(stated, number, text, fetched),
        f"hash of {name} {number}",
        tuple(passages),
        vectors,
        f"hash of the text of {name} {number}",
        keys_of(name),
    )


def keys_of(name: str) -> tuple[str, ...]:
    """What the article of this name goes by."""
    return (f"id:{name}", f"url:news.example/{name}")
