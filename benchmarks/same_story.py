"""How well another report of the same event can be told from other articles of those days.

    python -m benchmarks.same_story CORPUS

CORPUS holds the articles of RealTimeQA. Pairs of them were judged by a language model from their titles and first
sentences: one event is the same concrete happening, reactions to it included; not the same topic, a later turn of it,
or a round-up that names it. `same_story.tsv` has them, by a hash of the addresses. All are of different outlets.

The pairs to tune on are at most two days apart and were drawn by seed from five ranges of the likeness of their words.
The pairs to judge on were drawn by seed from all those that the rule, then fixed, called one story, but for the first.
So precision is measured on pairs that the rule was not made with; recall, only on those that it was.
"""

import argparse
import csv
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from benchmarks.copies import share
from rag.build import open_reading
from rag.language.furniture import without_furniture
from rag.ports import ArticleStore
from rag.stories import Account, account, report_one_event

PAIRS = Path(__file__).with_suffix(".tsv")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    with PAIRS.open(encoding="utf-8") as lines:
        pairs = [*csv.DictReader(lines, delimiter="\t")]
    with open_reading(parser.parse_args().corpus) as store:
        if store is None:
            parser.error("There is no corpus.")
        told = _accounts(store, {pair[side] for pair in pairs for side in ("one", "other")})
    for part in ("tune", "judge"):
        judged = [pair for pair in pairs if pair["part"] == part]
        called = [pair for pair in judged if report_one_event(told[pair["one"]], told[pair["other"]])]
        right, true = _same(called), _same(judged)
        print(f"{part}: {len(judged)} pairs, {true} of one story, {len(called)} called so")
        print(f"precision {share(right, len(called))}" + (f", recall {share(right, true)}" if part == "tune" else ""))


def _same(pairs: Iterable[dict[str, str]]) -> int:
    return sum(pair["same_story"] == "1" for pair in pairs)


def _accounts(store: ArticleStore, wanted: set[str]) -> dict[str, Account | None]:
    """What the wanted articles tell, by the hash of their address."""
    told = {}
    for article in store.articles(limit=store.status().articles):
        if (name := sha256(article.url.encode()).hexdigest()[:16]) in wanted:
            version = store.version(article.id)
            told[name] = account(article, without_furniture(version.text, version.furniture))
    return told


if __name__ == "__main__":
    main()
