"""Speed, size and quality over real articles: the table in RESULTS.md.

    python -m benchmarks.measure --work DIR [--data DIR] [--only multihop]

Ingests each set of articles into DIR (an hour or so the first time; what stands there already is kept, and its time
taken from the corpus's own ledger), and measures every process apart, so that one's memory and warmth are not
another's. All of it on whatever else the machine is doing: compare ratios before times.
"""

import argparse
import json
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.ingest_speed import arithmetics, encoder
from benchmarks.questions import DATA, ROOT, SAMPLES, Question, multihop, realtimeqa, sample
from rag import Answer, Corpus, Settings, open_corpus

SEED = 7
ENCODED = 512
COLD = 5


@dataclass(frozen=True, slots=True)
class Set:
    """Articles and the questions over them."""

    name: str
    articles: Path
    questions: Callable[[], list[Question]]


def sets(data: Path) -> list[Set]:
    return [
        Set("sample", SAMPLES / "articles.jsonl", sample),
        Set("multihop", data / "multihop-rag" / "corpus.jsonl.gz", lambda: multihop(data)),
        Set("realtimeqa", data / "realtimeqa" / "articles-2022-2023.jsonl.gz", lambda: realtimeqa(data)),
    ]


def ingest_figures(of: Set, corpus: Path) -> dict[str, object]:
    """The first ingest, from this run or from the ledger, and a second one that finds nothing new."""
    figures: dict[str, object] = {}
    if not (corpus / "byline.sqlite3").exists():
        _byline("ingest", str(of.articles), "--corpus", str(corpus), "--json")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        figures["ingesting process, MB"] = round(peak)  # the largest child so far, and none is larger
    with sqlite3.connect(corpus / "byline.sqlite3") as database:
        first = json.loads(database.execute("SELECT report FROM runs ORDER BY id LIMIT 1").fetchone()[0])
    begun = time.perf_counter()
    again = json.loads(_byline("ingest", str(of.articles), "--corpus", str(corpus), "--json"))
    return figures | {
        "articles": first["added"] + first["changed"],
        "passages": first["passages"],
        "first ingest, s": round(first["seconds"]),
        "passages a second": round(first["passages"] / first["seconds"], 1),
        "ingested again, s": round(time.perf_counter() - begun, 1),
        "embedded again": again["embedded"],
        "MB on disk": round(sum(f.stat().st_size for f in corpus.rglob("*") if f.is_file()) / 1e6),
    }


def encode_figures(corpus: Path) -> dict[str, object]:
    """Nothing but the arithmetic, on passages of this corpus as they were embedded, in each that there is here."""
    from ingest.embed import under_header

    with sqlite3.connect(corpus / "byline.sqlite3") as database:
        ids = [row[0] for row in database.execute("SELECT id FROM passages ORDER BY id")]
    chosen = np.random.default_rng(SEED).choice(ids, min(ENCODED, len(ids)), replace=False)
    with open_corpus(corpus, settings=Settings()) as opened:
        passages = opened.answerer.searcher.retriever.store.passages(list(chosen)).values()
    texts = [under_header(passage) for passage in passages]
    figures: dict[str, object] = {}
    for arithmetic in arithmetics():
        encode = encoder(arithmetic)
        encode(texts[:16])
        begun = time.perf_counter()
        encode(texts)
        figures[f"encode alone, {arithmetic}, a second"] = round(len(texts) / (time.perf_counter() - begun), 1)
    return figures


def cold_figures(corpus: Path, questions: Sequence[Question]) -> dict[str, object]:
    """Whole `byline ask` processes, one question each."""
    seconds = []
    for question in questions[:COLD]:
        begun = time.perf_counter()
        _byline("ask", question.text, "--corpus", str(corpus), "--json")
        seconds.append(time.perf_counter() - begun)
    return {f"cold ask, s (median of {len(seconds)})": round(statistics.median(seconds), 1)}


def quality_figures(corpus: Corpus, questions: Sequence[Question]) -> dict[str, object]:
    """Every question asked, in one process: what is found, what is answered, how long it takes."""
    corpus.ask(questions[0].text)
    found: dict[str, list[float]] = {}
    milliseconds: list[float] = []

    def note(name: str, value: float) -> None:
        found.setdefault(name, []).append(float(value))

    for question in questions:
        begun = time.perf_counter()
        answer = corpus.ask(question.text)
        milliseconds.append((time.perf_counter() - begun) * 1000)
        if not question.answers:
            note("declined when unanswerable", answer.abstained)
            continue
        texts = [hit.passage.text for hit in corpus.search(question.text, k=10)]
        if question.quotes:
            note("fact recall@10", question.quotes_in(texts) / len(question.quotes))
        if question.type in _OPINIONS:
            continue
        for k in (1, 5, 10):
            note(f"answer in first {k}", any(map(question.is_answered_by, texts[:k])))
        note("answered when answerable", not answer.abstained)
        note("answer in the answer", question.is_answered_by(answer.text or ""))
        note("answer in its first sentence", question.is_answered_by(_first(answer)))
    figures: dict[str, object] = {"questions": len(questions)}
    figures |= {name: _with_interval(values) for name, values in found.items()}
    p50, p95 = np.percentile(milliseconds, [50, 95])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures | {"warm ask, ms, p50 / p95": f"{p50:.0f} / {p95:.0f}", "answering process, MB": round(peak)}


_OPINIONS = frozenset({"comparison_query", "temporal_query"})
"""Questions answered by yes, no or the like, which a sentence's own words seldom are."""


def _first(answer: Answer) -> str:
    return answer.claims[0].text if answer.claims else ""


def _with_interval(values: Sequence[float]) -> str:
    """The mean with its 95 % bootstrap interval, and of how many."""
    draws = np.random.default_rng(SEED).choice(values, (2000, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}] of {len(values)}"


def _byline(*arguments: str) -> str:
    command = [sys.executable, "-c", "from rag.cli import main; main()", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def _measure(of: Set, work: Path) -> dict[str, object]:
    corpus = work / of.name
    questions = of.questions()
    figures = ingest_figures(of, corpus) | encode_figures(corpus) | cold_figures(corpus, questions)
    command = [sys.executable, "-m", "benchmarks.measure", "--work", str(work), "--quality", of.name]
    asked = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return figures | json.loads(asked.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="where the corpora are, or come to be")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with multihop-rag/ and realtimeqa/")
    parser.add_argument("--only", action="append", help="a set, by name")
    parser.add_argument("--quality", help=argparse.SUPPRESS)
    given = parser.parse_args()
    work = given.work.resolve()
    if given.quality:
        of = next(of for of in sets(given.data) if of.name == given.quality)
        with open_corpus(work / of.name, settings=Settings()) as corpus:
            print(json.dumps(quality_figures(corpus, of.questions())))
        return
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, seed {SEED}\n")
    for of in sets(given.data):
        if of.articles.exists() and (not given.only or of.name in given.only):
            print(f"| {of.name} | |\n|---|---|")
            for name, value in _measure(of, work).items():
                print(f"| {name} | {value} |", flush=True)
            print()


if __name__ == "__main__":
    main()
