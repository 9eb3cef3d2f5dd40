import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fusion import RANK_CONSTANT, reciprocal_rank_fusion
from rag.model import Hit
from tests.making import hits, passage

PASSAGES = [passage(f"Text {i}.", f"article-{i}") for i in range(8)]
WEIGHTS = {"meaning": 0.4, "words": 1.0, "third": 0.7}

ranked = st.lists(st.sampled_from(PASSAGES), unique_by=lambda p: p.id).map(lambda found: hits(*found))
rankings = st.dictionaries(st.sampled_from(sorted(WEIGHTS)), ranked)


def ids(found: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.id for hit in found]


def test_a_passage_scores_the_weights_over_sixty_and_its_ranks() -> None:
    one, other, _ = hits(*PASSAGES[:3])
    fused = reciprocal_rank_fusion({"meaning": (one, other), "words": hits(PASSAGES[1])}, WEIGHTS)
    assert ids(fused) == [PASSAGES[1].id, PASSAGES[0].id]
    assert [hit.score for hit in fused] == pytest.approx([0.4 / 62 + 1.0 / 61, 0.4 / 61])
    assert RANK_CONSTANT == 60


def test_nothing_fused_is_nothing() -> None:
    assert reciprocal_rank_fusion({}, {}) == ()
    assert reciprocal_rank_fusion({"words": ()}, WEIGHTS) == ()


@given(rankings)
def test_the_order_of_the_rankings_does_not_matter(given_rankings: dict[str, tuple[Hit, ...]]) -> None:
    shuffled = list(given_rankings.items())
    random.Random(len(shuffled)).shuffle(shuffled)
    backwards = dict(reversed(given_rankings.items()))
    fused = reciprocal_rank_fusion(given_rankings, WEIGHTS)
    assert fused == reciprocal_rank_fusion(dict(shuffled), WEIGHTS) == reciprocal_rank_fusion(backwards, WEIGHTS)


@given(rankings)
def test_every_passage_is_there_once_with_its_rank_and_a_score_that_falls(
    given_rankings: dict[str, tuple[Hit, ...]],
) -> None:
    fused = reciprocal_rank_fusion(given_rankings, WEIGHTS)
    assert set(ids(fused)) == {hit.passage.id for found in given_rankings.values() for hit in found}
    assert len(set(ids(fused))) == len(fused)
    assert [hit.rank for hit in fused] == list(range(1, len(fused) + 1))
    assert all(before.score >= after.score > 0 for before, after in pairwise(fused))


@given(ranked, st.sampled_from(PASSAGES))
def test_a_passage_that_a_second_ranking_holds_too_does_not_fall(found: tuple[Hit, ...], agreed: object) -> None:
    alone = ids(reciprocal_rank_fusion({"words": found}, WEIGHTS))
    both = ids(reciprocal_rank_fusion({"words": found, "meaning": hits(agreed)}, WEIGHTS))  # type: ignore[arg-type]
    for identifier in alone:
        if identifier == agreed.id:  # type: ignore[attr-defined]
            assert both.index(identifier) <= alone.index(identifier)


@given(ranked.filter(lambda found: len(found) >= 2))
def test_of_two_passages_at_the_same_rank_the_one_that_both_rankings_hold_comes_first(found: tuple[Hit, ...]) -> None:
    first, second = found[0].passage, found[1].passage
    fused = reciprocal_rank_fusion({"third": hits(first), "words": hits(second), "meaning": hits(second)}, WEIGHTS)
    assert ids(fused)[0] == second.id


@given(rankings.filter(bool))
def test_one_ranking_alone_keeps_its_order(given_rankings: dict[str, tuple[Hit, ...]]) -> None:
    name, found = next(iter(given_rankings.items()))
    assert ids(reciprocal_rank_fusion({name: found}, WEIGHTS)) == ids(found)
