from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.fuse import interleave
from rag.model import Hit
from tests.making import hits, passage

PASSAGES = [passage(f"Text {i}.", f"article-{i}") for i in range(8)]

ranked = st.lists(st.sampled_from(PASSAGES), unique_by=lambda p: p.id).map(lambda found: hits(*found))


def ids(found: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.id for hit in found]


def test_rankings_take_turns() -> None:
    one, two, three, four = PASSAGES[:4]
    assert ids(interleave([hits(one, two), hits(three, one, four)])) == [p.id for p in (one, three, two, four)]
    better = tuple(replace(hit, score=hit.score + 1) for hit in hits(three, one, four))
    assert ids(interleave([hits(one, two), better])) == [p.id for p in (three, one, two, four)]
    assert interleave([]) == interleave([(), ()]) == ()


@given(st.lists(ranked))
def test_every_ranking_keeps_its_best_near_the_top(several: list[tuple[Hit, ...]]) -> None:
    joined = interleave(several)
    assert sorted(ids(joined)) == sorted({hit.passage.id for found in several for hit in found})
    assert [hit.rank for hit in joined] == list(range(1, len(joined) + 1))
    for found in several:
        for hit in found:
            assert ids(joined).index(hit.passage.id) < hit.rank * len(several)
