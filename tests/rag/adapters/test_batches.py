"""Texts are cut into batches so that what is padded and what a batch costs by itself are least together."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.adapters.batches import batches

LENGTHS = st.lists(st.integers(1, 300), max_size=7)


def cost(lengths: list[int], overhead: int, cut: list[list[int]]) -> int:
    return sum(overhead + len(batch) * max(lengths[i] for i in batch) for batch in cut)


def test_what_differs_in_length_is_apart_unless_that_costs_more_than_padding() -> None:
    assert batches([10, 90, 12, 95], overhead=20) == [[3, 1], [2, 0]]
    assert batches([10, 90, 12, 95], overhead=200) == [[3, 1, 2, 0]]
    assert batches([], overhead=20) == []


@given(LENGTHS, st.integers(0, 400))
def test_each_text_is_in_one_batch_and_no_other_way_to_cut_costs_less(lengths: list[int], overhead: int) -> None:
    found = batches(lengths, overhead)
    assert sorted(i for batch in found for i in batch) == list(range(len(lengths)))
    longest_first = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    inner = range(1, len(lengths))
    for cuts in (chosen for many in range(len(lengths)) for chosen in combinations(inner, many)):
        other = [longest_first[first:last] for first, last in pairwise([0, *cuts, len(lengths)])]
        assert cost(lengths, overhead, found) <= cost(lengths, overhead, other)
