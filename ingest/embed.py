"""Passages to vectors: what is embedded is the passage under a short header that says of what, from whom and when."""

from collections.abc import Callable, Sequence
from textwrap import shorten

import numpy as np

from rag.model import Article, Passage
from rag.ports import Embedder, Vectors

_AT_ONCE = 256
_LONGEST_TITLE, _LONGEST_SOURCE = 150, 50  # characters: a header must leave room for its passage


def header(article: Article) -> str:
    """Title, outlet and day of an article, as the passages of it are embedded under.

    >>> header(Article(id="a", url="", title="Sora is out", source="The Daily Ledger"))
    'Sora is out (The Daily Ledger)\\n'
    """
    title, source = shorten(article.title, _LONGEST_TITLE), shorten(article.source or "", _LONGEST_SOURCE)
    day = None if article.published_at is None else f"{article.published_at:%-d %B %Y}"
    about = ", ".join(filter(None, (source, day)))
    return f"{title} ({about})\n" if about else f"{title}\n"


def embed(passages: Sequence[Passage], embedder: Embedder, done: Callable[[int], None]) -> Vectors:
    """One unit vector for each passage, in order; `done` is told how many more have been embedded, now and then.

    Longest first, so that passages which are computed together are of one length and none waits for padding, and so
    that what does not fit into memory fails at once.
    """
    vectors = np.zeros((len(passages), embedder.info.dimension), dtype=np.float32)
    by_length = sorted(range(len(passages)), key=lambda i: len(passages[i].text), reverse=True)
    for first in range(0, len(by_length), _AT_ONCE):
        chosen = by_length[first : first + _AT_ONCE]
        vectors[chosen] = embedder.embed_passages([header(passages[i].article) + passages[i].text for i in chosen])
        done(len(chosen))
    return vectors
