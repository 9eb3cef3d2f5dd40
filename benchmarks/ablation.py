"""What each step of retrieval adds, and what it costs.

    python -m benchmarks.ablation --multihop DIR/multihop --realtimeqa DIR/realtimeqa [--questions 250]

Learned rankings are cross-validated, as in `fit_ranking`: each row that leaves features out is fitted anew without
them. Times are those that a search tells of its steps, with the weights that come with Byline. 95 % bootstrap
intervals over questions.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.fit_ranking import arguments, cross_validated, gathered
from benchmarks.fusion import reciprocal_rank_fusion
from benchmarks.ranking import Candidates, measured, measures_of, with_intervals
from rag import Settings, open_corpus
from rag.fuse import interleave
from rag.model import Hit
from rag.rank.features import NAMES
from rag.retrieve import MEANING, WORDS

SIMPLE: dict[str, Callable[[Candidates], Sequence[Hit]]] = {
    "BM25": lambda each: each.whole[WORDS],
    "vectors": lambda each: each.whole[MEANING],
    "both, reciprocal rank fusion": lambda each: reciprocal_rank_fusion(each.whole, {MEANING: 1.0, WORDS: 1.0}),
    "the same, vectors weighing 0.4": lambda each: reciprocal_rank_fusion(each.whole, {MEANING: 0.4, WORDS: 1.0}),
    "BM25, planned": lambda each: interleave([rankings[WORDS] for rankings in each.by_part]),
}
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "BM25": ("words",),
    "vectors": ("meaning",),
    "names and numbers": ("names", "numbers", "fresh_names", "fresh_numbers"),
    "place and length": ("opens", "place", "length"),
    "nearness of terms": ("pairs", "window"),
    "coverage": ("coverage",),
    "a closer look": ("near", "fitting"),
    "source and days": ("source", "days"),
    "nearness to the asking day": ("recent", "season"),
    "newness": ("newness",),
}


def rows_of(
    sets: dict[str, list[Candidates]], unplanned: dict[str, list[Candidates]]
) -> Iterator[tuple[str, str, str]]:
    """Set, step and cells of the table."""
    for step, ranked in SIMPLE.items():
        for name, of in sets.items():
            yield name, step, with_intervals([_measured(each, ranked(each)) for each in of])
    for name, rows in zip(unplanned, cross_validated(list(unplanned.values())), strict=True):
        yield name, "learned, without a plan", with_intervals(rows)
    for step, features in LEFT_OUT.items():
        for name, rows in zip(sets, cross_validated(list(sets.values()), features), strict=True):
            yield name, f"**learned, planned**{f', without {step}' if features else ''}", with_intervals(rows)


def _measured(each: Candidates, hits: Sequence[Hit]) -> list[float]:
    return measured(each.question, [hit.passage for hit in hits[:10]])


def costs(folder: Path, of: Sequence[Candidates]) -> str:
    """Milliseconds of the steps of a warm search, p50 and p95."""
    with open_corpus(folder, settings=Settings()) as corpus:
        corpus.search(of[0].question.text)
        found = [corpus.search(each.question.text, filters=each.question.filters).timings for each in of]
    steps = {step: [timings[step] for timings in found] for step in found[0]}
    steps["all"] = [sum(timings.values()) for timings in found]
    return "; ".join(f"{step} {np.percentile(ms, 50):.0f} / {np.percentile(ms, 95):.0f}" for step, ms in steps.items())


def main() -> None:
    given = arguments(__doc__).parse_args()
    sets, unplanned = gathered(given), gathered(given, planned=False)
    assert {feature for features in LEFT_OUT.values() for feature in features} <= set(NAMES)
    table = list(rows_of(sets, unplanned))
    for name, of in sets.items():
        print(
            f"{name}, {len(of)} questions\n\n| | {' | '.join(measures_of(of))} |\n|---{'|---' * len(measures_of(of))}|"
        )
        for _, step, cells in filter(lambda row: row[0] == name, table):
            print(f"| {step} | {cells} |")
        print(f"\nms, p50 / p95: {costs(getattr(given, name.partition(',')[0]), of)}\n", flush=True)


if __name__ == "__main__":
    main()
