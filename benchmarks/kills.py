"""Kill an ingest (-9) at random moments, and see that the corpus comes out as if nothing had happened.

    python -m benchmarks.kills [--kills 50] [--seed 1] [ARTICLES]

Each kill hits a process of its own, somewhere in the time that a whole run takes; the next one goes on with what the
dead one left, and begins with an empty corpus again when a run got through. No model is loaded: vectors are hashes.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import ingest.pipeline
from ingest import ingest as ingest_into
from ingest.care import check_up
from rag import Settings
from rag.adapters import chroma, lexical, sqlite_writer
from rag.adapters.connection import DATABASE
from tests.digest import content_digest
from tests.fakes import HashEmbedder

PRELOADED = (chroma, lexical, sqlite_writer)
"""What every child needs, loaded once, so that kills hit the ingest and not the imports."""

SAMPLE = Path(__file__).parent.parent / "samples" / "articles.jsonl"


def run(corpus: Path, articles: Path) -> int:
    """The process id of an ingest in a process of its own, which ends with 0 when all is in."""
    child = os.fork()
    if child == 0:
        try:
            ingest_into(articles, settings=Settings(corpus=corpus), embedder=HashEmbedder())
            os._exit(0)
        finally:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    return child


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def state(corpus: Path) -> str:
    """What the dead process was at, as the files tell."""
    if not (corpus / DATABASE).is_file():
        return "before the corpus was made"
    with closing(sqlite3.connect(corpus / DATABASE)) as database:
        try:
            (unsettled,) = database.execute("SELECT COUNT(*) FROM unsettled").fetchone()
            (versions,) = database.execute("SELECT COUNT(*) FROM versions").fetchone()
        except sqlite3.OperationalError:
            return "before the corpus was made"
    if unsettled:
        return "between the indexes and the database"
    if (corpus / "corpus.lock.holder").is_file():
        return "elsewhere under the writer lock" if versions else "before the first article was in"
    return "outside of the writer lock"


def child_checks(corpus: Path) -> tuple[str, int]:
    """Digest and number of faults, taken in a process of its own, since this one must stay able to fork."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            faults = len(check_up(settings=Settings(corpus=corpus)).found.faults)
            os.write(writing, f"{content_digest(corpus)} {faults}".encode())
            os._exit(0)
        finally:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    os.close(writing)
    assert ended(child) == 0
    digest, faults = os.read(reading, 200).decode().split()
    os.close(reading)
    return digest, int(faults)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    ingest.pipeline.BATCH_PASSAGES = 4  # many writes, so that many kills hit one
    draw = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        undisturbed, corpus = Path(folder) / "undisturbed", Path(folder) / "corpus"
        begun = time.perf_counter()
        assert ended(run(undisturbed, given.articles)) == 0
        whole = time.perf_counter() - begun
        expected, faults = child_checks(undisturbed)
        print(f"a whole run: {whole:.1f} s, {faults} faults", flush=True)
        states, corpora, equal = dict[str, int](), 0, 0
        for kill in range(1, given.kills + 1):
            child = run(corpus, given.articles)
            time.sleep(draw.uniform(0.02, whole))
            os.kill(child, signal.SIGKILL)
            through = ended(child) == 0
            where = "too late: it was through" if through else state(corpus)
            states[where] = states.get(where, 0) + 1
            print(f"{kill}: {where}", file=sys.stderr)
            if through or kill % 10 == 0 or kill == given.kills:
                assert ended(run(corpus, given.articles)) == 0
                digest, faults = child_checks(corpus)
                corpora, equal = corpora + 1, equal + (digest == expected and faults == 0)
                shutil.rmtree(corpus)
        print(
            f"{given.kills} kills, seed {given.seed}; {equal} of {corpora} corpora equal the undisturbed one, in step"
        )
        for where, times in sorted(states.items(), key=lambda each: -each[1]):
            print(f"  {times:3} {where}")


if __name__ == "__main__":
    main()
