"""How well copies of news articles are found among all the others, and at what price.

    python -m benchmarks.copies ARTICLES.jsonl.gz [--half odd] [--sample 1500] [--show 60]

Copies are made of real articles (`benchmarks.alterations`), hidden among all articles of the file, and looked for as
they would be on their way in: one after another. Articles of the half whose hash of the address is even were used to
choose the settings; figures are of the odd half. What is found among the originals themselves is listed by `--show`,
for a person to judge.
"""

import argparse
import gzip
import json
import math
import time
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import numpy as np

from benchmarks.alterations import ALTERATIONS, Draw, passage
from ingest.clean import clean_text
from rag.language.furniture import furniture_spans, without_furniture
from rag.language.terms import words
from rag.stories import Told, are_copies, candidates, groups, sketch

SEED = 7
STEPS = (1000, 2000, 4000, 8000)
QUOTED = 120
LEAST_WORDS = 50


@dataclass(frozen=True, slots=True)
class Item:
    url: str
    title: str
    text: str

    @property
    def held_out(self) -> bool:
        return sha256(self.url.encode()).digest()[0] % 2 == 1


@dataclass(slots=True)
class Store:
    """Texts with their keys, as a table would hold them, and what it cost to look them up."""

    told: dict[str, Told] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    holders: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    compared: int = 0

    def add(self, name: str, told: Told) -> tuple[list[str], list[str]]:
        """The candidates of an article and those of them that it is a copy of; from now on it is held itself."""
        begun = time.process_time()
        keys = sketch(told.text)
        sketched = time.process_time()
        place = _place(name)
        self.names[place] = name
        for key in keys:
            insort(self.holders[key], place)
        near = [self.names[other] for other in candidates(place, [self.holders[key] for key in keys])]
        looked = time.process_time()
        copies = [other for other in near if are_copies(told, self.told[other])]
        self.seconds["sketch"] += sketched - begun
        self.seconds["candidates"] += looked - sketched
        self.seconds["comparison"] += time.process_time() - looked
        self.compared += len(near)
        self.told[name] = told
        return near, copies

    def drop(self, name: str) -> None:
        for key in sketch(self.told.pop(name).text):
            self.holders[key].remove(_place(name))


def _place(name: str) -> str:
    """Where an article stands among the holders of a key: by a hash, as in the store."""
    return sha256(name.encode()).hexdigest()[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--sample", type=int, default=1500)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    items = [*_items(given.articles)]
    store, pairs = _originals(items)
    eligible = [
        item for item in items if item.held_out == (given.half == "odd") and len(item.text.split()) >= LEAST_WORDS
    ]
    rng = np.random.default_rng(SEED)
    chosen = [eligible[i] for i in rng.choice(len(eligible), min(given.sample, len(eligible)), replace=False)]
    draw = Draw(rng, [item.text for item in items if len(item.text) > 2500], _vocabulary(items))
    kin = _kin(pairs)
    print(f"\n{len(chosen)} articles of the {given.half} half, seed {SEED}\n")
    _by_alteration(store, chosen, draw, kin)
    _in_groups(store, chosen, draw, pairs, kin)
    _quotations(store, chosen, draw)
    _show(items, pairs, given.show)


def _items(path: Path) -> Iterator[Item]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = clean_text(row["text"])
            yield Item(row["url"], row["title"], without_furniture(text, furniture_spans(text)))


def _vocabulary(items: list[Item]) -> list[str]:
    return [word for item in items[::40] for word in words(item.text) if word.isalpha()]


def _originals(items: list[Item]) -> tuple[Store, list[tuple[str, str]]]:
    """All articles, one after another, and the pairs found; prints how the time grows."""
    store, pairs = Store(), []
    print("| articles | seconds | sketch | candidates | comparison | candidates an article | µs / log2 n, an article |")
    print("|---|---|---|---|---|---|---|")
    for count, item in enumerate(items, start=1):
        _, copies = store.add(item.url, Told(item.title, item.text))
        pairs += [(item.url, copy) for copy in copies]
        if count in STEPS or count == len(items):
            total = sum(store.seconds.values())
            parts = " | ".join(f"{store.seconds[part]:.2f}" for part in ("sketch", "candidates", "comparison"))
            growth = total / count / math.log2(count) * 1e6
            print(f"| {count} | {total:.2f} | {parts} | {store.compared / count:.2f} | {growth:.0f} |", flush=True)
    sizes = Counter(Counter(groups(pairs).values()).values())
    print(
        f"\n{len(pairs)} pairs among the originals; groups by size: {dict(sorted(sizes.items()))}; "
        f"{len(_implied(pairs)) - len(pairs)} more pairs stand in a group without being copies of each other"
    )
    return store, pairs


def _kin(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    kin: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        kin[one].add(other)
        kin[other].add(one)
    return kin


def _by_alteration(store: Store, chosen: list[Item], draw: Draw, kin: dict[str, set[str]]) -> None:
    """Each alteration in a round of its own: a copy of each chosen article among all originals and the other copies."""
    print("| copies | found | precision | recall | no candidate | candidates a copy |\n|---|---|---|---|---|---|")
    totals: Counter[str] = Counter()
    for name, alteration in ALTERATIONS.items():
        counts: Counter[str] = Counter()
        for item in chosen:
            near, copies = store.add(f"copy {item.url}", Told(item.title, alteration(item.text, draw)))
            origins = [copy.removeprefix("copy ") for copy in copies]
            counts += Counter(
                made=1,
                found=item.url in copies,
                unseen=item.url not in near,
                candidates=len(near),
                false=sum(origin != item.url and origin not in kin[item.url] for origin in origins),
            )
        for item in chosen:
            store.drop(f"copy {item.url}")
        _print_row(name, counts)
        totals += counts
    _print_row("**all**", totals)


def _print_row(name: str, counts: Counter[str]) -> None:
    called = counts["found"] + counts["false"]
    print(
        f"| {name} | {counts['found']} of {counts['made']} | {share(counts['found'], called)} | "
        f"{share(counts['found'], counts['made'])} | {counts['unseen']} | "
        f"{counts['candidates'] / counts['made']:.2f} |",
        flush=True,
    )


def share(part: int, whole: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{share:.3f} ({middle - half:.3f} to {middle + half:.3f})"


def _in_groups(
    store: Store, chosen: list[Item], draw: Draw, pairs: list[tuple[str, str]], kin: dict[str, set[str]]
) -> None:
    """Two copies of each chosen article, each altered in some way, all at once: the pairs that the groups imply."""
    known = groups(pairs)
    alterations = list(ALTERATIONS.values())
    origin = {url: known.get(url, url) for url in store.told}
    found = list(pairs)
    for number in ("first", "second"):
        for item in chosen:
            name = f"{number} {item.url}"
            text = alterations[int(draw.rng.integers(len(alterations)))](item.text, draw)
            found += [(name, other) for other in store.add(name, Told(item.title, text))[1]]
            origin[name] = origin[item.url]
    implied = _implied(found)
    right = sum(origin[one] == origin[other] for one, other in implied)
    families = Counter(origin.values()).values()
    true = sum(size * (size - 1) // 2 for size in families)
    print(
        f"\nIn groups, two copies of each: precision {share(right, len(implied))}, recall {share(right, true)} of "
        f"{true} pairs; {len(implied) - len(found)} of {len(implied)} pairs stand in a group without being found "
        f"themselves; the largest group has {max(Counter(groups(found).values()).values())} articles, the largest "
        f"family {max(families)}"
    )


def _implied(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """All pairs of articles that are in one group."""
    members: dict[str, list[str]] = defaultdict(list)
    for article, group in groups(pairs).items():
        members[group].append(article)
    return [pair for group in members.values() for pair in combinations(group, 2)]


def _quotations(store: Store, chosen: list[Item], draw: Draw) -> None:
    """Articles that quote a long passage of another one: how many are taken for its copy."""
    taken = 0
    others = list(store.told)
    for item in chosen:
        other = others[int(draw.rng.integers(len(others)))]
        told = store.told[other]
        quoting = Told(item.title, f"{item.text}\n\n“{passage(told.text, QUOTED, draw)}”")
        taken += are_copies(quoting, told) and other.split()[-1] != item.url
    print(f"\nOf {len(chosen)} articles that quote {QUOTED} words of another, {taken} are taken for its copy")


def _show(items: list[Item], pairs: list[tuple[str, str]], number: int) -> None:
    by_url = {item.url: item for item in items}
    order = np.random.default_rng(SEED).permutation(len(pairs))[:number]
    for place, pair in enumerate((pairs[i] for i in order), start=1):
        for url in pair:
            item = by_url[url]
            print(
                f"\n{place} {'odd' if item.held_out else 'even'} {len(item.text.split())} words: {item.title}\n  {url}"
            )
            print(f"  {' '.join(item.text[:300].split())}")


if __name__ == "__main__":
    main()
