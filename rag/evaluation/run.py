"""Run a question set over a corpus: every question searched for and asked, judged, and kept as it is done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter

from rag.corpus import Corpus
from rag.evaluation.figures import SEED, figures
from rag.evaluation.gold import Gold, gold_finder
from rag.evaluation.results import Result
from rag.evaluation.runs import FOLDER, Run, RunInfo, appending, begin, finish, list_runs
from rag.evaluation.score import DEPTH, score
from rag.evaluation.sets import Question, QuestionSet

FINDING = ("plan", "embed", "retrieve", "rank", "collapse")
"""The steps of an answer that find its passages. A search is timed by these: one that is made after the same question
was asked finds much of its work done.
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; `resumed` of the `done` questions had been asked before it was interrupted."""

    done: int
    total: int
    resumed: int
    stage: str = "asking"

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total


def run_set(
    corpus: Corpus,
    questions: QuestionSet,
    *,
    k: int = 10,
    as_asked: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Run:
    """Ask every question of a set from the best `k` passages, and keep the run in the corpus's folder.

    With `as_asked`, questions that say when they were asked are asked as of then. An unfinished run of the same set
    over the same state of the corpus, ranked and read in the same way, is gone on with. When `stopped` says so, the run
    is left unfinished.
    Raises StoreError when it cannot be kept, CorpusBusy when another process does the same run.
    """
    info, folder = _begun(corpus, questions, k, as_asked)
    with appending(folder) as (done, keep):
        results = {result.id: result for result in done}
        resumed = len(results)
        wanted = [question.as_asked() if as_asked else question for question in questions.questions]
        remaining = [question for question in wanted if question.id not in results]
        if remaining:
            corpus.search("news", k=1)  # loads the model, whose time is no question's; nor is one remembered by this
        find = gold_finder(corpus)
        progress(Progress(resumed, len(wanted), resumed))
        for question in remaining:
            if stopped():
                return Run(info, questions, tuple(results.values()))
            results[question.id] = result = _ask(corpus, question, find(question), k)
            keep(result)
            progress(Progress(len(results), len(wanted), resumed))
        in_order = tuple(results[question.id] for question in wanted)
        taken = figures({question.id: question.type for question in wanted}, in_order)
        info = replace(info, finished=_now().isoformat(timespec="seconds"), epoch_after=corpus.epoch())
        finish(folder, info, taken)
    return Run(info, questions, in_order, taken)


def _begun(corpus: Corpus, questions: QuestionSet, k: int, as_asked: bool) -> tuple[RunInfo, Path]:
    """The unfinished run that is this one, or a new one."""
    status, now = corpus.status(), _now()
    info = RunInfo(
        id="",
        begun=now.isoformat(timespec="seconds"),
        set=questions.name,
        set_sha256=questions.sha256,
        questions=len(questions.questions),
        k=k,
        as_asked=as_asked,
        seed=SEED,
        byline=_version(),
        corpus=corpus.folder.resolve().name,
        articles=status.articles,
        passages=status.passages,
        epoch=status.epoch,
        embedder=status.embedder,
        ranking=corpus.ranking,
        reader=corpus.reader,
    )
    for earlier in list_runs(corpus.folder):
        if earlier.finished is None and earlier.same_work == info.same_work:
            return earlier, corpus.folder / FOLDER / earlier.id
    key = sha256(repr((info.same_work, now)).encode()).hexdigest()[:8]
    info = replace(info, id=f"{now:%Y%m%d-%H%M%S}-{key}")
    return info, begin(corpus.folder, info, questions)


def _ask(corpus: Corpus, question: Question, gold: Gold, k: int) -> Result:
    begun = perf_counter()
    answer = corpus.ask(question.text, filters=question.filters, k=k)
    milliseconds = {"ask": round((perf_counter() - begun) * 1000, 1)}
    if answer.timings:  # nothing is looked for where the filters let nothing through
        milliseconds["search"] = round(sum(answer.timings.get(step, 0.0) for step in FINDING), 1)
    ranking = corpus.search(question.text, filters=question.filters, k=max(k, DEPTH))
    return score(question, gold, ranking.hits, answer, corpus, milliseconds)


def _now() -> datetime:
    return datetime.now(UTC)


def _version() -> str:
    try:
        return version("byline")
    except PackageNotFoundError:
        return "unknown"
