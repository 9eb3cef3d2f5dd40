"""How much of some articles is marked as furniture, and how many are called stubs.

python -m benchmarks.furniture ARTICLES ... [--questions QUESTIONS.jsonl[.gz] ...] [--half {0,1}] [--show 200]

`--questions` counts the evidence (`evidence: [{url, quote}]`) that marks would hide. `--half` takes the articles whose
hashed url is even (0) or odd (1): the rules were written with the even ones in sight. `--show` prints marks drawn by
chance, and as many unmarked sentences from the ends of articles, for a person to judge.
"""

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from ingest.clean import clean_text
from ingest.parse import Parsed, parse
from ingest.sources import RawItem, read_items
from rag.language.furniture import furniture_spans
from rag.language.sentences import sentence_spans

SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--questions", type=Path, nargs="*", default=())
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    articles = {parsed.article.url: parsed for parsed in read(given.articles, given.half)}
    print_counts(list(articles.values()))
    if given.questions:
        hidden = [is_hidden(articles[url], quote) for url, quote in evidence(given.questions) if url in articles]
        print(f"evidence quotes: {len(hidden)}, at least in part furniture: {sum(hidden)}")
    if given.show:
        show(list(articles.values()), given.show)


def read(paths: Sequence[Path], half: int | None) -> Iterator[Parsed]:
    """The articles of all that is ingested from these paths; of one half of them, by the hash of their url, if told."""
    for item in read_items(paths):
        if isinstance(item, RawItem):
            parsed = parse(item)
            if half is None or sha256(parsed.article.url.encode()).digest()[0] % 2 == half:
                yield parsed


def print_counts(articles: Sequence[Parsed]) -> None:
    began = time.process_time()
    found = sum(len(furniture_spans(each.text)) for each in articles)
    seconds = time.process_time() - began
    marked = sum(end - start for each in articles for start, end in each.furniture)
    characters = sum(len(each.text) for each in articles)
    print(f"articles: {len(articles)}, with furniture: {sum(bool(each.furniture) for each in articles)}")
    print(f"marks: {found}, {marked / max(1, characters):.2%} of {characters:,} characters, in {seconds:.1f} s")
    print(f"stubs: {dict(Counter(each.article.stub for each in articles if each.article.stub))}")


def evidence(paths: Sequence[Path]) -> set[tuple[str, str]]:
    """The urls and quotes of question sets, each once."""
    return {(each["url"], each["quote"]) for path in paths for row in _rows(path) for each in row.get("evidence", ())}


def is_hidden(parsed: Parsed, quote: str) -> bool:
    """Whether some of a quote is furniture in its article, wherever lines break in it."""
    places = [place for place, character in enumerate(parsed.text) if not character.isspace()]
    bare = "".join(clean_text(quote).split())
    first = "".join(parsed.text.split()).find(bare)
    if first < 0:
        return False
    start, end = places[first], places[first + len(bare) - 1]
    return any(begin <= end and start < stop for begin, stop in parsed.furniture)


def show(articles: Sequence[Parsed], count: int) -> None:
    marked = [each.text[start:end] for each in articles for start, end in each.furniture]
    last = [
        each.text[start:end]
        for each in articles
        for start, end in sentence_spans(each.text)[-2:]
        if not any(begin < end and start < stop for begin, stop in each.furniture)
    ]
    drawn = random.Random(SEED)
    for name, texts in (("marked", marked), ("unmarked", last)):
        for text in drawn.sample(texts, min(count, len(texts))):
            print(f"{name}: {' '.join(text.split())[:200]}")


def _rows(path: Path) -> Iterator[Mapping[str, list[Mapping[str, str]]]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
