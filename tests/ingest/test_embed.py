from collections.abc import Sequence

import numpy as np
import pytest

from ingest.embed import embed, header
from rag.errors import ModelError
from rag.records import Vectors
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


class Keeper:
    """Keeps vectors in memory."""

    def __init__(self) -> None:
        self.vectors: dict[str, Vectors] = {}

    def keep_vectors(self, keys: Sequence[str], vectors: Vectors) -> None:
        self.vectors |= zip(keys, vectors, strict=True)

    def kept_vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        return {key: self.vectors[key] for key in keys if key in self.vectors}

    def forget_vectors(self, keys: Sequence[str] | None = None) -> None:
        for key in list(self.vectors) if keys is None else keys:
            self.vectors.pop(key, None)


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
    vectors = embed(passages, HashEmbedder(), Keeper(), lambda more, share: None)
    expected = HashEmbedder().embed_passages([header(p.article) + p.text for p in passages])
    np.testing.assert_array_equal(vectors, expected)
    assert vectors.dtype == np.float32


def test_the_longest_are_embedded_first_and_not_too_many_at_once() -> None:
    embedder = Recording()
    passages = [passage("word " * (i % 37 + 1), f"a{i}", title=f"Title {i:03}") for i in range(600)]
    told: list[tuple[int, float]] = []
    embed(passages, embedder, Keeper(), lambda *more: told.append(more))
    lengths = [len(text) for call in embedder.calls for text in call]
    assert lengths == sorted(lengths, reverse=True)
    assert [more for more, _ in told] == [len(call) for call in embedder.calls]
    assert sum(more for more, _ in told) == 600
    shares = [share for _, share in told]
    assert (shares, shares[-1]) == (sorted(shares), 1.0)
    assert len(told) > 1


class Dying(Recording):
    """Dies at its third call."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if len(self.calls) == 2:
            raise MemoryError
        return super().embed_passages(texts)


def test_of_what_was_embedded_before_a_death_only_the_step_that_it_came_in_is_embedded_again() -> None:
    passages = [passage("word " * (i % 37 + 1), f"a{i}", title=f"Title {i:03}") for i in range(300)]
    keeper, dying, second = Keeper(), Dying(), Recording()
    with pytest.raises(MemoryError):
        embed(passages, dying, keeper, lambda more, share: None)
    vectors = embed(passages, second, keeper, lambda more, share: None)
    assert len(dying.embedded) > 50
    assert not {*dying.embedded} & {*second.embedded}
    assert len(dying.embedded) + len(second.embedded) == 300
    np.testing.assert_array_equal(vectors, embed(passages, HashEmbedder(), Keeper(), lambda more, share: None))


def test_what_is_kept_of_one_embedder_is_not_taken_for_another_ones() -> None:
    keeper, passages = Keeper(), [passage("One word.")]
    embed(passages, HashEmbedder("one"), keeper, lambda more, share: None)
    other = HashEmbedder("other")
    embed(passages, other, keeper, lambda more, share: None)
    assert len(other.embedded) == 1


def test_a_text_that_stands_there_twice_is_embedded_once() -> None:
    embedder = Recording()
    vectors = embed([passage("Same.", "a"), passage("Same.", "b")], embedder, Keeper(), lambda more, share: None)
    assert len(embedder.embedded) == 1
    np.testing.assert_array_equal(vectors[0], vectors[1])


def test_nothing_to_embed_is_a_matrix_without_rows() -> None:
    assert embed([], HashEmbedder(), Keeper(), lambda more, share: None).shape == (0, 64)


def test_vectors_that_are_no_numbers_are_refused_and_not_kept() -> None:
    class Broken(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            return np.full((len(texts), self.info.dimension), np.nan, dtype=np.float32)

    keeper = Keeper()
    with pytest.raises(ModelError, match="no numbers"):
        embed([passage("a-1-0")], Broken(), keeper, lambda made, share: None)
    assert keeper.vectors == {}
