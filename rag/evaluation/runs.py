"""Runs as they are kept, in `CORPUS/runs/ID/`.

    run.json        what was run: settings, corpus, set
    set.jsonl       the question set, to the byte
    results.jsonl   a line for each question, as it is done
    figures.json    the figures; written before run.json says that the run is finished, so a finished run has them

Runs are not derived from the corpus and cannot be made again once it has changed: whoever backs up a corpus should
keep them.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from rag.errors import CorpusBusy, RunNotFound, StoreError
from rag.evaluation.figures import Figure
from rag.evaluation.results import Result, result_of
from rag.evaluation.sets import Question, QuestionSet, read_set
from rag.records import EmbedderInfo

_log = logging.getLogger(__name__)

FOLDER, INFO, SET, RESULTS, FIGURES, LOCK = "runs", "run.json", "set.jsonl", "results.jsonl", "figures.json", "lock"
_NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What was run: a question set over a corpus of an epoch, `k` passages an answer.

    `as_asked` tells that each question was asked as of the time that its set states. `epoch_after` is the corpus's
    epoch at the end; another one than `epoch` means that the corpus was changed meanwhile. `ranking` and `reader` are
    what ordered and what read the passages, with a hash of what was fitted; empty in a run that was kept before runs
    told of them.
    """

    id: str
    begun: str
    set: str
    set_sha256: str
    questions: int
    k: int
    as_asked: bool
    seed: int
    byline: str
    corpus: str
    articles: int
    passages: int
    epoch: int
    embedder: EmbedderInfo | None
    finished: str | None = None
    epoch_after: int | None = None
    ranking: str = ""
    reader: str = ""

    @property
    def ranked_by(self) -> str:
        """The ranking, for people."""
        return self.ranking or _NOT_RECORDED

    @property
    def read_by(self) -> str:
        """The reader, for people."""
        return self.reader or _NOT_RECORDED

    @property
    def same_work(self) -> tuple[object, ...]:
        """What two runs must share for one to be the continuation of the other."""
        made_by = (self.byline, self.ranking, self.reader)
        return (self.set_sha256, self.k, self.as_asked, self.seed, made_by, self.corpus_state)

    @property
    def corpus_state(self) -> tuple[object, ...]:
        """Which corpus it was, and how it stood."""
        return (self.corpus, self.articles, self.passages, self.epoch, self.embedder)


@dataclass(frozen=True, slots=True)
class Run:
    """A run with what came of it; `results` are in the order of the set, as far as it has come."""

    info: RunInfo
    questions: QuestionSet
    results: tuple[Result, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether every question was asked."""
        return self.info.finished is not None

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before every question was asked."""
        return not self.finished

    def figure(self, measure: str, group: str = "all") -> Figure | None:
        """The figure of a measure over a group."""
        return next((each for each in self.figures if (each.measure, each.group) == (measure, group)), None)

    def notes(self) -> Iterator[str]:
        """What is to be known of the figures."""
        yield from self.questions.notes
        missing = sum(len(result.missing) for result in self.results)
        if missing:
            asked = sum(bool(result.missing) for result in self.results)
            yield f"Evidence that stands in no passage which could be found: {missing}, of questions: {asked}."
        if self.info.epoch_after not in (None, self.info.epoch):
            yield f"The corpus was changed meanwhile: epoch {self.info.epoch} became {self.info.epoch_after}."

    def by_id(self) -> dict[str, tuple[Question, Result]]:
        """The questions that were asked, with their results."""
        results = {result.id: result for result in self.results}
        return {each.id: (each, results[each.id]) for each in self.questions.questions if each.id in results}


def list_runs(corpus: Path) -> list[RunInfo]:
    """What was run over the corpus in this folder, newest first, the unfinished too; damaged ones are only logged."""
    folder = corpus / FOLDER
    infos = []
    for each in folder.iterdir() if folder.is_dir() else ():
        try:
            if (each / INFO).is_file():
                infos.append(_read_info(each))
        except StoreError as error:
            _log.warning("%s", error)
    return sorted(infos, key=lambda info: info.id, reverse=True)


def load_run(corpus: Path, reference: str) -> Run:
    """A finished run of a corpus by its id, or by the path of its folder, wherever that is.

    Raises RunNotFound, and StoreError when its files are damaged.
    """
    folder = corpus / FOLDER / reference
    if not (folder / INFO).is_file():
        folder = Path(reference)
    if not (folder / INFO).is_file() or not _read_info(folder).finished:
        known = [info.id for info in list_runs(corpus) if info.finished]
        raise RunNotFound(reference, f"Finished: {', '.join(known)}." if known else "This corpus has none yet.")
    return read_run(folder)


def read_run(folder: Path) -> Run:
    """The run in this folder, finished or not. Raises StoreError when its files are damaged."""
    with _translated(folder):
        info = _read_info(folder)
        questions = read_set(info.set, (folder / SET).read_bytes())
        kept = json.loads((folder / FIGURES).read_text(encoding="utf-8")) if info.finished else []
        return Run(info, questions, tuple(read_results(folder)), tuple(Figure(**figure) for figure in kept))


def begin(corpus: Path, info: RunInfo, questions: QuestionSet) -> Path:
    """The folder of a new run. Raises StoreError."""
    folder = corpus / FOLDER / info.id
    with _translated(folder):
        folder.mkdir(parents=True)
        (folder / SET).write_bytes(questions.content)
        _write(folder / INFO, asdict(info))
    return folder


def finish(folder: Path, info: RunInfo, figures: tuple[Figure, ...]) -> None:
    """Keep the figures of a run, and mark it as finished. Raises StoreError."""
    with _translated(folder):
        _write(folder / FIGURES, [asdict(figure) for figure in figures])
        _write(folder / INFO, asdict(info))


@contextmanager
def appending(folder: Path) -> Iterator[tuple[list[Result], "Appender"]]:
    """What a run holds already, and what adds to it; a line that was cut off when the run was killed is dropped.

    Raises CorpusBusy when another process does the same, and StoreError.
    """
    with ExitStack() as closing:
        with _translated(folder):
            try:
                closing.enter_context(FileLock(folder / LOCK, timeout=0))
            except Timeout:
                raise CorpusBusy(f"Another process is doing the run {folder.name}.") from None
            done = list(read_results(folder))
            file = closing.enter_context((folder / RESULTS).open("ab"))
            file.truncate(sum(len(_line(result)) for result in done))
        yield done, Appender(folder, file)


class Appender:
    """Adds results to a run, each whole or not at all."""

    def __init__(self, folder: Path, file: BinaryIO) -> None:
        self._folder = folder
        self._file = file

    def __call__(self, result: Result) -> None:
        """Add a result, so that it outlasts this process. Raises StoreError."""
        with _translated(self._folder):
            self._file.write(_line(result))
            self._file.flush()


def read_results(folder: Path) -> Iterator[Result]:
    """The results in a folder, up to a line that was cut off."""
    path = folder / RESULTS
    for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
        if line.endswith(b"\n"):
            yield result_of(json.loads(line))


def _line(result: Result) -> bytes:
    return (json.dumps(result.record(), ensure_ascii=False, allow_nan=False) + "\n").encode()


def _read_info(folder: Path) -> RunInfo:
    with _translated(folder):
        record = json.loads((folder / INFO).read_text(encoding="utf-8"))
        embedder = record.pop("embedder")
        return RunInfo(**record, embedder=embedder and EmbedderInfo(**embedder))


def _write(path: Path, value: Mapping[str, Any] | list[Any]) -> None:
    """Write a file whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"The run in {folder} cannot be read or written: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The run in {folder} is damaged: {error}. Remove that folder, and run it again.") from error
