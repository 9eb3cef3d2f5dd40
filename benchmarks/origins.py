"""Origins of evidence: how often it comes from another outlet than its article's, how rightly that is told, how fast.

python -m benchmarks.origins [--data DIR]                        counts and time
python -m benchmarks.origins [--data DIR] --sheet [--of 50] > SHEET
python -m benchmarks.attribution --judged SHEET                  shares with their Wilson intervals

Evidence are the quotes of the developers' questions of MultiHop-RAG, and for each question of RealTimeQA the first
sentence with an accepted answer, as an answer would cite them. A sheet has a line for each of some that come from
another outlet, drawn by a seed: a "+", a tab, who has it from whom, and the words. A person changes + to - where they
do not.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.attribution import SEED, SETS, Text, read
from benchmarks.questions import DATA, multihop, realtimeqa
from rag.language.sentences import sentence_spans
from rag.model import Answer, Citation, Version
from rag.origins import trace

FETCHED = datetime(2024, 1, 1, tzinfo=UTC)
_BEFORE = 350


def quotes(data: Path, name: str) -> Iterator[tuple[Version, Citation]]:
    """What is evidence for the questions of a set, where it stands in its article to the letter, each once."""
    texts = {text.article.url: text for text in read(data, name)}
    told = _gold(data) if name == "MultiHop-RAG" else _with_answers(data, texts)
    for url, quote in dict.fromkeys(told):
        text = texts[url]
        start = text.text.find(quote)
        if start >= 0:
            version = Version(text.article, 1, text.text, FETCHED)
            yield version, Citation(1, text.article, 1, start, start + len(quote), quote)


def _gold(data: Path) -> Iterator[tuple[str, str]]:
    for question in multihop(data):
        yield from zip(question.urls, question.quotes, strict=True)


def _with_answers(data: Path, texts: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """The first sentence with an accepted answer in the first article that has one."""
    for question in realtimeqa(data):
        text = texts[question.urls[0]].text
        sentences = (text[start:end] for start, end in sentence_spans(text))
        sentence = next(filter(question.is_answered_by, sentences), None)
        if sentence:
            yield question.urls[0], sentence


def traced(data: Path, name: str) -> Iterator[tuple[Version, Citation, float]]:
    """Each quote with its origin, and the processor seconds that this took."""
    cited = list(quotes(data, name))
    outlets = frozenset(version.article.source for version, _ in cited if version.article.source)
    for version, citation in cited:
        started = time.process_time()
        answer = trace(Answer("", citations=(citation,)), {}, [version], outlets)
        yield version, answer.citations[0], time.process_time() - started


def counts(data: Path, name: str) -> None:
    found = list(traced(data, name))
    other = [citation for _, citation, _ in found if citation.origin]
    most = ", ".join(f"{origin} {count}" for origin, count in Counter(each.origin for each in other).most_common(10))
    seconds = sorted(seconds for _, _, seconds in found)
    print(f"{name}: {len(found)} quotes, {len(other)} of them from another outlet than their article's: {most}")
    print(f"ms a quote: p50 {seconds[len(seconds) // 2] * 1000:.2f}, p95 {seconds[len(seconds) * 19 // 20] * 1000:.2f}")


def sheet(data: Path, size: int) -> None:
    found = (case for name in SETS for case in traced(data, name))
    others = [(version, citation) for version, citation, _ in found if citation.origin]
    for version, cited in random.Random(SEED).sample(others, min(size, len(others))):
        before = version.text[max(0, cited.start - _BEFORE) : cited.start]
        words = f"[{cited.article.source} from {cited.origin}] {before}⟦{cited.quote}⟧".replace("\n", "⏎")
        print(f"+\t{words}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sheet", action="store_true")
    parser.add_argument("--of", type=int, default=50)
    given = parser.parse_args()
    if not given.data.is_dir():
        sys.exit(f"{given.data} is not here; --data says where the articles lie")
    if given.sheet:
        sheet(given.data, given.of)
    else:
        for name in SETS:
            counts(given.data, name)


if __name__ == "__main__":
    main()
