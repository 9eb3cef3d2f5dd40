"""Rounds of change: every article is ingested again with another text, and some are deleted. What grows?

    python -m benchmarks.churn [--rounds 100] [--articles 100] [--delete 0.1] [--compact-every 0]

Prints, in MB, the size of the corpus by part, the most memory that a reader had, and what this writer has just now
(Linux only); in the end, what `doctor` finds. Superseded versions are kept for good, since citations of them stay
valid: so the database grows with every round by design. No model is loaded.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest import delete
from ingest import ingest as ingest_into
from ingest.care import check_up
from rag import Settings
from tests.fakes import HashEmbedder
from tests.memory import in_memory

PARTS = ("byline.sqlite3", "chroma/chroma.sqlite3", "chroma/*/*", "lexical/*")
READER = """
import sys
from pathlib import Path
from rag import Settings, open_corpus
from tests.fakes import HashEmbedder
from tests.memory import in_memory
with open_corpus(settings=Settings(corpus=Path(sys.argv[1])), embedder=HashEmbedder(dimension=384)) as news:
    news.search("report of round")
    print(in_memory("VmHWM") / 1e6)
"""


def write(path: Path, articles: int, number: int) -> None:
    records = (
        {
            "url": f"https://a.example/{i}",
            "title": f"Report {i}",
            "text": " ".join(f"Report {i} of round {number} tells of item {j} and of cod." for j in range(40)),
            "published_at": "2024-01-01T00:00:00Z",
        }
        for i in range(articles)
    )
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


def sizes(corpus: Path) -> list[float]:
    return [sum(f.stat().st_size for f in corpus.glob(part)) / 1e6 for part in PARTS]


def of_reader(corpus: Path) -> float:
    read = subprocess.run([sys.executable, "-c", READER, str(corpus)], check=True, capture_output=True, text=True)
    return float(read.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--delete", type=float, default=0.1, help="share of the articles deleted in each round")
    parser.add_argument("--compact-every", type=int, default=0, help="rounds between two compactions; 0 is never")
    given = parser.parse_args()
    print(f"| round | {' | '.join(PARTS)} | all | reader | writer |\n|---|{'---|' * (len(PARTS) + 3)}")
    with tempfile.TemporaryDirectory() as folder:
        corpus, path = Path(folder) / "corpus", Path(folder) / "articles.jsonl"
        settings = Settings(corpus=corpus)
        for number in range(1, given.rounds + 1):
            write(path, given.articles, number)
            ingest_into(path, settings=settings, embedder=HashEmbedder(dimension=384))
            gone = [
                f"https://a.example/{(number * 7 + i) % given.articles}"
                for i in range(int(given.articles * given.delete))
            ]
            if gone:
                delete(*gone, corpus=corpus, settings=settings)
            if given.compact_every and number % given.compact_every == 0:
                check_up(settings=settings, compact=True)
            if number == 1 or number % 10 == 0:
                parts = sizes(corpus)
                figures = " | ".join(f"{size:.1f}" for size in (*parts, sum(parts)))
                print(
                    f"| {number} | {figures} | {of_reader(corpus):.0f} | {in_memory('VmRSS') / 1e6:.0f} |", flush=True
                )
        faults = check_up(settings=settings).found.faults
        print(f"\n{len(faults)} faults in the end", *faults, sep="\n")
        before, after = check_up(settings=settings, compact=True).compacted or (0, 0)
        print(f"compacted: {before / 1e6:.1f} MB before, {after / 1e6:.1f} MB now")


if __name__ == "__main__":
    main()
