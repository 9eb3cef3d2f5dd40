"""Passages to vectors: what is embedded is the passage under a short header that says of what, from whom and when."""

import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from textwrap import shorten

import numpy as np

from rag.errors import ModelError
from rag.model import Article, Passage
from rag.ports import Embedder, VectorKeeper
from rag.records import EmbedderInfo, Vectors

_FIRST_STEP, _LONGEST_STEP = 32, 512  # passages
_STEP_SECONDS = 1.0
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


def embed(
    passages: Sequence[Passage], embedder: Embedder, keeper: VectorKeeper, done: Callable[[int, float], None]
) -> Vectors:
    """One unit vector for each passage, in order.

    Longest first, so that passages which are computed together are of one length and none waits for padding, and so
    that what does not fit into memory fails at once. It goes in steps of some `_STEP_SECONDS`. After each, its vectors
    are kept, and taken from there by a run that comes after one that died; and `done` is told how many more have been
    embedded, and what share of all passages is. Raises ModelError for vectors that cannot be compared.
    """
    keys = text_keys(passages, embedder.info)
    vectors = keeper.kept_vectors(keys)
    waiting = {key: under_header(passage) for key, passage in zip(keys, passages, strict=True) if key not in vectors}
    longest_first = sorted(waiting, key=lambda key: len(waiting[key]), reverse=True)
    first, step = 0, _FIRST_STEP
    while first < len(longest_first):
        chosen, begun = longest_first[first : first + step], time.perf_counter()
        made = embedder.embed_passages([waiting[key] for key in chosen])
        if not np.isfinite(made).all():
            raise ModelError(
                f"The embedding model {embedder.info.name!r} made vectors with values that are no numbers."
            )
        keeper.keep_vectors(chosen, made)
        vectors |= zip(chosen, made, strict=True)
        first += len(chosen)
        if time.perf_counter() - begun < _STEP_SECONDS / 2:
            step = min(2 * step, _LONGEST_STEP)
        done(len(chosen), first / len(longest_first))
    if not passages:
        return np.zeros((0, embedder.info.dimension), dtype=np.float32)
    return np.stack([vectors[key] for key in keys])


def text_keys(passages: Sequence[Passage], embedder: EmbedderInfo) -> list[str]:
    """For each passage a hash of what is embedded of it, and with what: equal ones have equal vectors."""
    return [
        sha256(f"{embedder}\n{under_header(passage)}".encode("utf-8", "surrogatepass")).hexdigest()
        for passage in passages
    ]


def under_header(passage: Passage) -> str:
    """A passage as it is embedded."""
    return header(passage.article) + passage.text
