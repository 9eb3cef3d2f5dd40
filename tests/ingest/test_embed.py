from collections.abc import Sequence

import numpy as np
import pytest

from ingest.embed import embed, header
from rag.ports import Vectors
from tests.fakes import HashEmbedder
from tests.making import article, day, passage


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"title": "Sora is out", "source": "Ledger", "published_at": day(9, 12)},
            "Sora is out (Ledger, 9 December 2024)\n",
        ),
        ({"title": "Sora is out", "published_at": day(9, 12)}, "Sora is out (9 December 2024)\n"),
        ({"title": "Sora is out", "source": "Ledger"}, "Sora is out (Ledger)\n"),
        ({"title": "Sora is out"}, "Sora is out\n"),
    ],
    ids=["all", "no source", "no date", "title alone"],
)
def test_the_header_says_what_is_known_of_the_article(fields: dict[str, object], expected: str) -> None:
    assert header(article("a", **fields)) == expected


class Recording(HashEmbedder):
    """Notes each call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[str]] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        return super().embed_passages(texts)


def test_each_passage_is_embedded_under_its_header_and_the_vectors_keep_the_order() -> None:
    passages = [passage("word " * n, f"a{n}", title=f"Title {n}") for n in (3, 9, 1, 6)]
    vectors = embed(passages, HashEmbedder(), lambda more: None)
    expected = HashEmbedder().embed_passages([header(p.article) + p.text for p in passages])
    np.testing.assert_array_equal(vectors, expected)
    assert vectors.dtype == np.float32


def test_the_longest_are_embedded_first_and_not_too_many_at_once() -> None:
    embedder = Recording()
    passages = [passage("word " * (i % 37 + 1), f"a{i}") for i in range(600)]
    told: list[int] = []
    embed(passages, embedder, told.append)
    lengths = [len(text) for call in embedder.calls for text in call]
    assert lengths == sorted(lengths, reverse=True)
    assert told == [len(call) for call in embedder.calls]
    assert sum(told) == 600
    assert len(told) > 1


def test_nothing_to_embed_is_a_matrix_without_rows() -> None:
    assert embed([], HashEmbedder(), lambda more: None).shape == (0, 64)
