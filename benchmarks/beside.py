"""A writer and readers at once: is every answer of one whole edition, and how soon is a new one seen?

    python -m benchmarks.beside [--seconds 600] [--readers 4] [--pause 1.0]

The writer ingests edition after edition of a few articles, in which every sentence names its edition; each reader asks
on and on, in a process of its own. No model is loaded. Prints what was seen, and the seconds from the end of an ingest
to the end of a reader's first search that shows it: on a busy machine, mostly how long a search takes.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from ingest import ingest as ingest_into
from ingest.care import check_up
from rag import Settings, open_corpus
from tests.fakes import HashEmbedder

ARTICLES = 3


def records(edition: int) -> list[dict[str, str]]:
    return [
        {
            "url": f"https://a.example/{name}",
            "title": f"Report on harbour {name}",
            "text": " ".join(f"The report of edition {edition} on harbour {name} has item {i}." for i in range(60)),
            "published_at": "2024-01-01T00:00:00Z",
        }
        for name in range(ARTICLES)
    ]


def read(corpus: Path, until: float) -> None:
    """Search until then, and print as JSON when each search began and ended, and which edition it showed."""
    searches, wrong = list[tuple[float, float, int]](), list[str]()
    with open_corpus(settings=Settings(corpus=corpus), embedder=HashEmbedder()) as news:
        while (begun := time.time()) < until:
            passages = [hit.passage for hit in news.search("report on harbour item", k=20)]
            ended, editions = time.time(), set[str]()
            for each in passages:
                stored = news.article(each.article.id, each.version).text
                named = set(re.findall(r"edition (\d+)", each.text))
                if stored[each.start : each.end] != each.text or len(named) != 1:
                    wrong.append(f"{each.id}: {sorted(named)}")
                editions |= named
            if not passages or len(editions) > 1:
                wrong.append(f"a mixture of editions {sorted(editions)}")
            searches += [(begun, ended, int(edition)) for edition in editions]
    print(json.dumps({"searches": searches, "wrong": wrong}))


def delays(written: dict[int, float], searches: list[tuple[float, float, int]]) -> list[float]:
    """For each edition, how long after it was written a reader first showed it, or one that came after it.

    Only of those written since the reader's first search ended: what a process takes to start is not asked here.
    """
    first = min((ended for _, ended, _ in searches), default=np.inf)
    return [
        max(0.0, min((ended for _, ended, shown in searches if shown >= edition), default=np.inf) - at)
        for edition, at in written.items()
        if at >= first
    ]


def stale(written: dict[int, float], searches: list[tuple[float, float, int]]) -> int:
    """How many searches showed an older edition than the last one that was written when they began."""
    return sum(
        shown < max((edition for edition, at in written.items() if at <= begun), default=1)
        for begun, _, shown in searches
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two ingests")
    parser.add_argument("--read", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        read(Path(given.read[0]), float(given.read[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        corpus, path = Path(folder) / "corpus", Path(folder) / "edition.json"
        settings, written, edition = Settings(corpus=corpus), dict[int, float](), 1
        path.write_text(json.dumps(records(edition)))
        ingest_into(path, settings=settings, embedder=HashEmbedder())
        until = time.time() + given.seconds
        command = [sys.executable, "-m", "benchmarks.beside", "--read", str(corpus), str(until)]
        readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(given.readers)]
        while time.time() < until - max(3.0, given.pause):  # so that the last edition can still be seen
            time.sleep(given.pause)
            edition += 1
            path.write_text(json.dumps(records(edition)))
            ingest_into(path, settings=settings, embedder=HashEmbedder())
            written[edition] = time.time()
        said = [json.loads(reader.communicate()[0]) for reader in readers]
        waited = [delay for one in said for delay in delays(written, one["searches"])]
        old = sum(stale(written, one["searches"]) for one in said)
        faults = check_up(settings=settings).found.faults
    p50, p95, most = np.percentile(waited, [50, 95, 100])
    wrong = [line for one in said for line in one["wrong"]]
    print(f"{given.seconds:.0f} s, {edition} editions of {ARTICLES} articles, {given.readers} readers")
    searches = sum(len(one["searches"]) for one in said)
    print(f"{searches} searches; {len(wrong)} not of one whole edition, {old} older than what was in when they began")
    print(f"{len(waited)} times seen after p50 {p50:.2f} s, p95 {p95:.2f} s, max {most:.2f} s")
    print(f"{len(faults)} faults in the end")
    print("\n".join(wrong[:10]))


if __name__ == "__main__":
    main()
