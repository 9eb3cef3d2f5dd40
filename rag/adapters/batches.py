"""Texts of unequal length cut into batches, in which each is padded to the longest of its batch."""

from collections.abc import Sequence
from itertools import pairwise


def batches(lengths: Sequence[int], overhead: int) -> list[list[int]]:
    """The indices of the texts, longest first, in the batches that leave the least to compute.

    A batch costs `overhead`, and for each of its texts the length of its longest; both in one unit. Takes the square of
    the number of texts.
    """
    longest_first = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    least, cut = [0], [0]  # for the first so many texts: what they cost, and where their last batch begins
    for end in range(1, len(lengths) + 1):
        costs = [least[start] + overhead + (end - start) * lengths[longest_first[start]] for start in range(end)]
        least.append(min(costs))
        cut.append(costs.index(least[-1]))
    ends = [len(lengths)]
    while ends[-1]:
        ends.append(cut[ends[-1]])
    return [longest_first[start:end] for start, end in pairwise(ends[::-1])]
