"""A cross-encoder reads for as long as it may, by a clock that the test winds."""

import numpy as np
from numpy.typing import NDArray

from rag.model import Hit
from rag.rank.reranking import BATCH, MOST, Reranking
from tests import making
from tests.making import passage


class Slow:
    """A reranker that likes best what stands last, and takes a second for each passage."""

    def __init__(self) -> None:
        self.now = 0.0
        self.read: list[str] = []

    def scores(self, question: str, texts: list[str]) -> NDArray[np.float64]:
        self.now += len(texts)
        self.read += [question] * len(texts)
        return np.arange(len(self.read) - len(texts), len(self.read), dtype=np.float64)


def hits(number: int) -> tuple[Hit, ...]:
    return making.hits(*(passage(f"Passage {n}.") for n in range(1, number + 1)))


def words(ranking: tuple[Hit, ...]) -> list[int]:
    return [int(hit.passage.text.strip(".").split()[1]) for hit in ranking]


def reranked(seconds: float, *asked: tuple[str, tuple[Hit, ...]]) -> tuple[Slow, list[tuple[Hit, ...]]]:
    slow = Slow()
    return slow, Reranking("slow", lambda: slow, seconds, lambda: slow.now).reordered(asked)


def test_with_time_enough_the_best_are_read_and_the_others_stay_behind_them() -> None:
    slow, [ranking] = reranked(1000, ("q", hits(MOST + 2)))
    assert words(ranking) == [*range(MOST, 0, -1), MOST + 1, MOST + 2]
    assert [hit.rank for hit in ranking] == list(range(1, MOST + 3))
    assert len(slow.read) == MOST


def test_it_stops_when_its_time_is_over_and_what_it_did_not_come_to_stays_as_it_was() -> None:
    slow, [ranking] = reranked(BATCH + 0.5, ("q", hits(MOST)))
    assert slow.now <= BATCH + 0.5 + BATCH
    assert words(ranking) == [*range(2 * BATCH, 0, -1), *range(2 * BATCH + 1, MOST + 1)]
    assert ranking[2 * BATCH].score == 1.0 / (2 * BATCH + 1)


def test_parts_share_the_time_of_the_question() -> None:
    slow, [one, other, short] = reranked(3 * 2 * BATCH, ("a", hits(MOST)), ("b", hits(MOST)), ("c", hits(1)))
    assert [slow.read.count(name) for name in "abc"] == [2 * BATCH, 2 * BATCH, 1]
    assert words(one) == words(other) != words(hits(MOST))
    assert words(short) == [1]


def test_loading_does_not_count() -> None:
    slow = Slow()

    def load() -> Slow:
        slow.now += 1000
        return slow

    [ranking] = Reranking("slow", load, 1.0, lambda: slow.now).reordered([("q", hits(2))])
    assert words(ranking) == [2, 1]


def test_without_hits_nothing_is_read() -> None:
    assert reranked(1, ("q", ()))[1] == [()]


def test_it_is_known_by_its_name_and_its_time() -> None:
    assert Reranking("models/mini", Slow, 1.0).name == "models/mini for 1 s"
