"""Byline beside the stacks that people use today: the same articles, questions and measures, one peer after another.

    python -m benchmarks.peers.compare --work DIR [--set multihop] [--articles 100] [--only byline] [--ask-again]

Makes DIR/venv for the peers the first time (some 3 GB), and DIR/SET with what goes in and what comes out. A turn whose
outcome stands there is not taken again, so that a run that was cut off goes on; `--ask-again` takes the questions again
over the indexes that stand. `--articles` draws that many by a seed, half of them with the answers to as many questions
as they hold. Each turn is a process of its own, one at a time.
"""

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.peers.score import table
from benchmarks.peers.worker import read_lines, write_lines
from benchmarks.questions import DATA, ROOT
from rag.evaluation import Question, load_set
from rag.evaluation.figures import SEED
from rag.evaluation.judge import is_stance


@dataclass(frozen=True, slots=True)
class Peer:
    """A module that ingests, and the searches that it offers."""

    name: str
    module: str
    searches: tuple[str, ...]


PEERS = (
    Peer("byline", "byline", ("byline",)),
    Peer("llamaindex", "llamaindex", ("llamaindex-vector", "llamaindex-fusion")),
    Peer("haystack", "haystack_hybrid", ("haystack",)),
    Peer("txtai", "txtai_hybrid", ("txtai",)),
    Peer("bm25", "bm25_alone", ("bm25", "bm25-titles")),
)

SETS = {
    "multihop": ("multihop-rag/corpus.jsonl.gz", "multihop-rag/questions-dev.jsonl.gz"),
    "realtimeqa": ("realtimeqa/articles-2022-2023.jsonl.gz", "realtimeqa/questions-2022-2023.jsonl.gz"),
}
"""Articles and questions, as they are published."""

NO_NETWORK = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False"}
"""Nobody's weights are looked up, and nobody is told of the run."""


def prepare(folder: Path, of: str, data: Path, size: int | None) -> list[Question]:
    """Write articles.jsonl and questions.jsonl into the set's folder unless they stand there; the questions asked."""
    path, asked_of_them = SETS[of]
    questions = [question for question in load_set(data / asked_of_them).questions if can_be_measured(question)]
    if not (folder / "questions.jsonl").exists():
        articles = list(_articles(data / path))
        if size is not None:
            articles, questions = drawn(articles, questions, size)
        folder.mkdir(parents=True, exist_ok=True)
        write_lines(folder / "articles.jsonl", articles)
        write_lines(folder / "questions.jsonl", [{"id": q.id, "question": q.text} for q in questions])
    asked = {row["id"] for row in read_lines(folder / "questions.jsonl")}
    return [question for question in questions if question.id in asked]


def can_be_measured(question: Question) -> bool:
    """Whether what answers a question can be looked for in a passage: a quote, or words other than yes and no."""
    quoted = any(evidence.quote for evidence in question.evidence)
    return bool(question.answerable and question.evidence) and (quoted or not is_stance(question.answers))


def drawn(
    articles: Sequence[dict[str, str]], questions: Sequence[Question], size: int
) -> tuple[list[dict[str, str]], list[Question]]:
    """At most `size` articles by the seed: half for the questions that they answer, the rest by chance."""
    random = np.random.default_rng(SEED)
    chosen: set[str] = set()
    for i in random.permutation(len(questions)):
        more = chosen | {evidence.url for evidence in questions[i].evidence}
        chosen = more if len(more) <= size / 2 else chosen
    asked = [question for question in questions if chosen.issuperset(each.url for each in question.evidence)]
    others = [article["url"] for article in articles if article["url"] not in chosen]
    filling = random.permutation(len(others))[: max(0, size - len(chosen))]
    chosen |= {others[i] for i in filling}
    return [article for article in articles if article["url"] in chosen], asked


def _articles(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            article = {name: row.get(name) or "" for name in ("url", "title", "source", "published_at")}
            text = row.get("text") or row.get("body")
            if text:
                yield article | {"text": text}


def take_turns(folder: Path, peer: Peer, python: Path, again: bool) -> None:
    """Ingest, if that has not been done, and ask."""
    command = [str(python), "-m", f"benchmarks.peers.{peer.module}"]
    environment = os.environ | NO_NETWORK
    if not (folder / peer.name / "ingest.json").exists():
        _say(f"{peer.name}: ingest")
        subprocess.run([*command, "ingest", str(folder)], check=True, cwd=ROOT, env=environment)
    for name in peer.searches:
        if again or not (folder / name / "ask.json").exists():
            _say(f"{name}: ask")
            subprocess.run([*command, "ask", str(folder), name], check=True, cwd=ROOT, env=environment)


def peers_python(work: Path) -> Path:
    """The Python of the peers' environment, made when there is none."""
    python = work / "venv" / "bin" / "python"
    ready = work / "venv" / "ready"
    if not ready.exists():
        _say("making the peers' environment")
        venv.create(work / "venv", with_pip=True)
        requirements = str(Path(__file__).with_name("requirements.txt"))
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
        ready.touch()
    return python


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="where inputs, indexes and answers are, or come to be")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with multihop-rag/ and realtimeqa/")
    parser.add_argument("--set", action="append", choices=SETS, help="default: both")
    parser.add_argument("--articles", type=int, help="draw so many instead of taking all")
    parser.add_argument("--only", action="append", choices=[peer.name for peer in PEERS])
    parser.add_argument("--ask-again", action="store_true")
    given = parser.parse_args()
    work = given.work.resolve()
    peers = [peer for peer in PEERS if not given.only or peer.name in given.only]
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, seed {SEED}\n")
    for of in given.set or SETS:
        folder = work / (of if given.articles is None else f"{of}-{given.articles}")
        questions = prepare(folder, of, given.data, given.articles)
        for peer in peers:
            python = Path(sys.executable) if peer.name == "byline" else peers_python(work)
            take_turns(folder, peer, python, given.ask_again)
        found = {name: folder / name for peer in PEERS for name in peer.searches}
        costs = {name: folder / peer.name for peer in PEERS for name in peer.searches}
        print(table(folder.name, questions, found, costs), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
