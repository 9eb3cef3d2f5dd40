"""Several rankings into one."""

from collections.abc import Sequence
from dataclasses import replace

from rag.model import Hit


def interleave(rankings: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Rankings into one that takes from each in turn: the best of each first, then the next; no passage twice.

    Within a turn the greater score comes first.
    """
    taken: dict[str, Hit] = {}
    for turn in range(max(map(len, rankings), default=0)):
        for hit in sorted((each[turn] for each in rankings if turn < len(each)), key=lambda hit: -hit.score):
            taken.setdefault(hit.passage.id, hit)
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(taken.values(), start=1))
