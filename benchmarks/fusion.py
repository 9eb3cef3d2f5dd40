"""Plain fusion of rankings: what many retrieval stacks do by default, for comparison."""

from collections.abc import Mapping, Sequence

from rag.model import Hit

RANK_CONSTANT = 60
"""The k of reciprocal rank fusion, as published."""


def reciprocal_rank_fusion(rankings: Mapping[str, Sequence[Hit]], weights: Mapping[str, float]) -> tuple[Hit, ...]:
    """Rankings by name into one: a passage scores the sum of weight / (60 + rank) over the rankings that hold it.

    Ties are broken by passage id, so that the order of the rankings does not matter (Cormack, Clarke and Büttcher,
    "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009).
    """
    passages = {hit.passage.id: hit.passage for hits in rankings.values() for hit in hits}
    scores = dict.fromkeys(passages, 0.0)
    for name in sorted(rankings):
        for hit in rankings[name]:
            scores[hit.passage.id] += weights[name] / (RANK_CONSTANT + hit.rank)
    best_first = sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
    return tuple(Hit(rank, score, passages[name]) for rank, (name, score) in enumerate(best_first, start=1))
