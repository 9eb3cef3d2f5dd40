"""What every vector index promises (rag.ports.VectorIndex)."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from rag.adapters.chroma import ChromaIndex
from rag.model import Passage
from rag.ports import VectorIndex
from rag.records import Vectors
from tests.indexes import MemoryVectors
from tests.making import passage

DIMENSION = 8


def _chroma(folder: Path) -> Iterator[VectorIndex]:
    with closing(ChromaIndex(folder)) as index:
        yield index


def _memory(folder: Path) -> Iterator[VectorIndex]:
    yield MemoryVectors()


@pytest.fixture(params=[_chroma, _memory], ids=["chroma", "memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    make: Callable[[Path], Iterator[VectorIndex]] = request.param
    yield from make(tmp_path)


def passages(n: int, first: int = 0) -> list[Passage]:
    return [passage(f"Text {i}.", ordinal=i) for i in range(first, first + n)]


def axis(number: int) -> Vectors:
    unit: Vectors = np.eye(DIMENSION, dtype=np.float32)[number]
    return unit


def leaning(*amounts: float) -> Vectors:
    """Unit vectors of which each lies nearer to the first axis the larger its amount (-1 to 1) is."""
    vectors = np.zeros((len(amounts), DIMENSION), dtype=np.float32)
    vectors[:, 0] = amounts
    vectors[:, 1] = np.sqrt(1 - np.square(vectors[:, 0]))
    return vectors


def test_an_index_without_passages_finds_nothing(index: VectorIndex) -> None:
    assert index.search(axis(0), 5) == []


def test_the_nearest_come_first_with_their_cosine_similarity(index: VectorIndex) -> None:
    near, far, nearest, opposite = added = passages(4)
    index.add(added, leaning(0.6, 0.1, 0.9, -0.5))
    found = index.search(axis(0), 10)
    assert [identifier for identifier, _ in found] == [nearest.id, near.id, far.id, opposite.id]
    assert [score for _, score in found] == pytest.approx([0.9, 0.6, 0.1, -0.5], abs=1e-5)


def test_a_search_for_each_of_many_finds_what_a_search_for_each_alone_does(index: VectorIndex) -> None:
    looked_for = np.stack([axis(0), axis(1), axis(0)])
    assert index.search_each(looked_for, 3) == [[], [], []]
    index.add(passages(4), leaning(0.6, 0.1, 0.9, -0.5))
    found = index.search_each(looked_for, 3)
    assert [[identifier for identifier, _ in hits] for hits in found] == [
        [identifier for identifier, _ in index.search(vector, 3)] for vector in looked_for
    ]
    assert index.search_each(looked_for[:0], 3) == []


def test_no_more_than_k_are_found(index: VectorIndex) -> None:
    added = passages(4)
    index.add(added, leaning(0.6, 0.1, 0.9, 0.3))
    assert [identifier for identifier, _ in index.search(axis(0), 2)] == [added[2].id, added[0].id]


def test_what_is_added_under_an_id_that_is_there_replaces_its_vector(index: VectorIndex) -> None:
    one, other = passages(2)
    index.add([one, other], leaning(0.9, 0.5))
    index.add([one], leaning(0.1))
    found = index.search(axis(0), 5)
    assert [identifier for identifier, _ in found] == [other.id, one.id]
    assert found[1][1] == pytest.approx(0.1, abs=1e-5)


def test_what_is_removed_is_not_found(index: VectorIndex) -> None:
    one, other = passages(2)
    index.add([one, other], leaning(0.9, 0.5))
    index.remove([one.id])
    assert [identifier for identifier, _ in index.search(axis(0), 5)] == [other.id]


def test_what_was_removed_can_be_added_again_with_another_vector(index: VectorIndex) -> None:
    one, other = passages(2)
    index.add([one, other], leaning(0.9, 0.5))
    index.remove([one.id])
    index.add([one], leaning(0.2))
    assert [identifier for identifier, _ in index.search(axis(0), 5)] == [other.id, one.id]


@pytest.mark.parametrize("ids", [[], ["nobody"]], ids=["no ids", "an id that is not there"])
def test_removing_what_is_not_there_is_no_error(index: VectorIndex, ids: list[str]) -> None:
    index.add(passages(1), leaning(0.9))
    index.remove(ids)
    assert len(index.search(axis(0), 5)) == 1


def test_nothing_to_add_is_no_error(index: VectorIndex) -> None:
    index.add([], np.zeros((0, DIMENSION), dtype=np.float32))
    assert index.search(axis(0), 5) == []


def test_refreshing_loses_nothing(index: VectorIndex) -> None:
    (one,) = passages(1)
    index.add([one], leaning(0.9))
    index.refresh()
    assert [identifier for identifier, _ in index.search(axis(0), 5)] == [one.id]


def test_more_passages_than_fit_one_batch_of_the_store_are_all_found_and_all_removed(index: VectorIndex) -> None:
    many = passages(5_600)
    vectors = np.random.default_rng(1).standard_normal((len(many), DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index.add(many, vectors)
    assert all(index.search(vectors[i], 1)[0][0] == many[i].id for i in (0, 5_000, 5_599))
    index.remove([each.id for each in many[1:]])
    assert [identifier for identifier, _ in index.search(axis(0), 10)] == [many[0].id]


def test_chroma_keeps_what_was_added_in_its_folder(tmp_path: Path) -> None:
    (one,) = passages(1)
    with closing(ChromaIndex(tmp_path)) as writing:
        writing.add([one], leaning(0.9))
    with closing(ChromaIndex(tmp_path)) as reading:
        assert [identifier for identifier, _ in reading.search(axis(0), 5)] == [one.id]


def test_making_a_chroma_index_opens_nothing(tmp_path: Path) -> None:
    ChromaIndex(tmp_path).close()
    assert not list(tmp_path.iterdir())


def test_it_tells_what_is_in_it_and_by_which_vectors_it_is_found(index: VectorIndex) -> None:
    assert index.ids() == []
    one, other = passages(2)
    index.add([one, other], leaning(0.9, 0.5))
    assert set(index.ids()) == {one.id, other.id}
    found = index.vectors([one.id, other.id, "nobody"])
    assert set(found) == {one.id, other.id}
    assert found[one.id] == pytest.approx(leaning(0.9)[0], abs=1e-5)
    assert index.altered([one, other]) == []
    assert index.damage(thorough=True) is None


def test_a_rebuilt_index_takes_the_place_of_the_old_one_whole(index: VectorIndex) -> None:
    one, other = passages(2)
    index.add([one], leaning(0.9))
    with index.rebuilt() as fresh:
        fresh.add([other], leaning(0.5))
        assert index.search(axis(0), 5)[0][0] == one.id
    assert [identifier for identifier, _ in index.search(axis(0), 5)] == [other.id]


def test_an_index_whose_rebuilding_fails_stays(index: VectorIndex) -> None:
    one, other = passages(2)
    index.add([one], leaning(0.9))
    with suppress(KeyError), index.rebuilt() as fresh:
        fresh.add([other], leaning(0.5))
        raise KeyError
    assert index.ids() == [one.id]


def test_an_open_chroma_index_notices_that_another_has_made_it_anew(tmp_path: Path) -> None:
    one, other = passages(2)
    with closing(ChromaIndex(tmp_path)) as reading, closing(ChromaIndex(tmp_path)) as writing:
        writing.add([one], leaning(0.9))
        assert reading.search(axis(0), 5)[0][0] == one.id
        with writing.rebuilt() as fresh:
            fresh.add([other], leaning(0.5))
        assert reading.search(axis(0), 5)[0][0] == other.id


def test_a_row_of_chroma_that_says_something_else_of_a_passage_is_told(tmp_path: Path) -> None:
    one, other = passages(2)
    with closing(ChromaIndex(tmp_path)) as index:
        index.add([one, other], leaning(0.9, 0.5))
        assert index.altered([one, passage("Other words.", ordinal=1)]) == [other.id]
