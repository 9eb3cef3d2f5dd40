"""What other processes do in tests, which tests/apart.py starts. No model is loaded."""

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

import ingest.pipeline
from ingest import ingest as ingest_into
from ingest.parse import parse
from ingest.sources import RawItem, Reject, read_items
from rag import Settings, open_corpus
from rag.adapters.chroma import ChromaIndex
from rag.adapters.lexical import TantivyIndex
from rag.adapters.sqlite_writer import SqliteWriter
from rag.errors import BylineError, SourceError
from rag.model import Passage
from rag.records import Vectors
from tests.fakes import HashEmbedder
from tests.making import passage
from tests.memory import in_memory


def ingest_file(corpus: str, path: str) -> None:
    report = ingest_into(path, settings=Settings(corpus=Path(corpus)), embedder=HashEmbedder())
    print(json.dumps({"added": report.added, "changed": report.changed, "epoch": report.epoch}))


def hold(corpus: str) -> None:
    """Hold the writer lock until a line comes in."""
    store = SqliteWriter(Path(corpus))
    with store.lock("byline ingest"):
        print("held", flush=True)
        sys.stdin.readline()
    store.close()


def search(corpus: str) -> None:
    """Answer each line that comes in with what is found for it, from a corpus that is opened once."""
    with open_corpus(settings=Settings(corpus=Path(corpus)), embedder=HashEmbedder()) as news:
        for line in sys.stdin:
            found = [
                [hit.passage.article.url, hit.passage.version, hit.passage.text] for hit in news.search(line.strip())
            ]
            print(json.dumps(found), flush=True)


def editions(corpus: str, path: str, n: str) -> None:
    """Ingest the edition after edition of one article."""
    for edition in range(2, int(n) + 1):
        Path(path).write_text(json.dumps(edition_of(edition)), encoding="utf-8")
        ingest_into(path, settings=Settings(corpus=Path(corpus)), embedder=HashEmbedder())
    print("done", flush=True)


def edition_of(number: int) -> dict[str, object]:
    """An article of several passages, in which every sentence names its edition."""
    sentences = [
        f"The harbour report of edition {number} has a paragraph {i} on tides, cranes and the price of salted cod."
        for i in range(60)
    ]
    return {"url": "https://a.example/report", "title": "Harbour report", "text": " ".join(sentences),
            "published_at": "2024-01-01T00:00:00Z"}  # fmt: skip


def killed(corpus: str, path: str, seed: str, times: str) -> None:
    """Ingest again and again, killed (-9) each time at a random moment; then once in peace."""
    ingest.pipeline.BATCH_PASSAGES = 4
    draw = random.Random(int(seed))
    finished = 0
    for _ in range(int(times)):
        child = _forked(lambda: ingest_file(corpus, path))
        time.sleep(draw.uniform(0.02, 0.6))
        os.kill(child, signal.SIGKILL)
        finished += _ended(child) == 0
    print(json.dumps({"finished": finished}))
    ingest_file(corpus, path)


def dying_at_each_step(corpus: str, first: str, second: str) -> None:
    """For each kind of step of a write: a corpus in which an ingest of `second` dies at it, and is repeated."""
    steps: list[tuple[type, str]] = [
        (SqliteWriter, "unsettle"), (ChromaIndex, "add"), (TantivyIndex, "add"), (TantivyIndex, "commit"),
        (SqliteWriter, "commit"), (ChromaIndex, "remove"), (TantivyIndex, "remove"), (SqliteWriter, "settle"),
        (SqliteWriter, "record_run"),
    ]  # fmt: skip
    for place, name in steps:
        folder = f"{corpus}/{place.__name__}.{name}"
        assert _ended(_forked(partial(ingest_file, folder, first))) == 0, folder
        assert _ended(_forked(partial(_die_after, place, name, folder, second))) == 9, folder
    for place, name in steps:
        ingest_file(f"{corpus}/{place.__name__}.{name}", second)


def _die_after(place: type, name: str, corpus: str, path: str) -> None:
    original = getattr(place, name)

    def step_and_die(self: object, *args: object, **kwargs: object) -> None:
        original(self, *args, **kwargs)
        os._exit(9)

    setattr(place, name, step_and_die)
    ingest_file(corpus, path)


def killed_while_embedding(corpus: str, path: str, log: str) -> None:
    """Ingest, killed (-9) when the third step of embedding is asked for; each text that is embedded is logged."""

    class Dying(Logging):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            self.steps += 1
            if self.steps == 3:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().embed_passages(texts)

    ingest_into(path, settings=Settings(corpus=Path(corpus)), embedder=Dying(log))


def ingest_and_log(corpus: str, path: str, log: str) -> None:
    ingest_into(path, settings=Settings(corpus=Path(corpus)), embedder=Logging(log))


class Logging(HashEmbedder):
    """Writes the texts that it embeds, one a line, to a file, before it does."""

    def __init__(self, log: str) -> None:
        super().__init__()
        self.steps = 0
        self._log = log

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        with Path(self._log).open("a", encoding="utf-8") as log:
            log.writelines(json.dumps(text) + "\n" for text in texts)
        return super().embed_passages(texts)


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _forked(task: Callable[[], object]) -> int:
    """The process id of a copy of this process that does the task. Only before a store was opened in this one."""
    child = os.fork()
    if child:
        return child
    with ExitStack() as stack:
        stack.callback(os._exit, 1)
        task()
        sys.stdout.flush()
        os._exit(0)


def fill(folder: str, first: str, last: str) -> None:
    """Add vectors to a Chroma index, so many at a time that it rewrites its files each time."""
    with closing(ChromaIndex(Path(folder))) as index:
        for start in range(int(first), int(last), 1200):
            index.add(*numbered(start, min(int(last), start + 1200)))


def reopen(folder: str) -> None:
    """Open a Chroma index and search it, again and again, until a line comes in; then tell of errors."""
    index, errors, stopped = ChromaIndex(Path(folder)), list[str](), threading.Event()

    def stop_after_a_line() -> None:
        sys.stdin.readline()
        stopped.set()

    threading.Thread(target=stop_after_a_line, daemon=True).start()
    while not stopped.is_set():
        try:
            index.refresh()
            index.search(numbered(0, 1)[1][0], 5)
        except BylineError as error:
            errors.append(str(error))
    print(json.dumps(errors), flush=True)


def numbered(first: int, last: int) -> tuple[list[Passage], Vectors]:
    """Passages with these numbers, and vectors that their numbers decide."""
    vectors = np.stack([np.random.default_rng(i).standard_normal(32, dtype=np.float32) for i in range(first, last)])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [passage(f"Passage {i}.", ordinal=i) for i in range(first, last)], vectors


def read(*paths: str) -> None:
    """Read and parse all that is in these paths; then tell what became of it, and the most memory that this took."""
    taken, rejected = 0, list[tuple[str, str]]()
    for item in read_items(paths):
        if isinstance(item, Reject):
            rejected.append((item.item, item.reason))
        elif isinstance(item, RawItem):
            try:
                parse(item)
                taken += 1
            except SourceError as error:
                rejected.append((item.item, str(error)))
    told = {"taken": taken, "rejected": rejected[:20], "count": len(rejected), "peak": in_memory("VmHWM")}
    print(json.dumps(told))


TASKS: dict[str, Callable[..., None]] = {
    "ingest": ingest_file, "hold": hold, "search": search, "editions": editions, "killed": killed,
    "dying": dying_at_each_step, "killed while embedding": killed_while_embedding, "log": ingest_and_log,
    "fill": fill, "reopen": reopen, "read": read,
}  # fmt: skip


def perform(task: str, arguments: Sequence[str], stdin: Connection, stdout: Connection, stderr: Connection) -> None:
    """Do a task with these ends of pipes or files as its standard ones."""
    for number, end in enumerate((stdin, stdout, stderr)):
        os.dup2(end.fileno(), number)
        end.close()
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    TASKS[task](*arguments)
