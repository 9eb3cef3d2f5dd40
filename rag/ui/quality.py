"""The page that measures answers: run a question set, look at its figures and questions, compare two runs."""

from collections.abc import Callable, Container, Sequence
from pathlib import Path

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError, StoreError
from rag.evaluation import Comparison, Progress, RunInfo, compare_runs, list_runs, render_report
from rag.evaluation import Run as EvaluationRun
from rag.evaluation.runs import FOLDER, read_run
from rag.ui import article, panel, question_list
from rag.ui.desk import Desk
from rag.ui.figures import comparison_view, figures_view
from rag.ui.markup import draw, element, notice
from rag.ui.panel import Panel
from rag.ui.plots import plots_view
from rag.ui.progress import evaluation_figures
from rag.ui.runs import Run, State
from rag.ui.sets import SUFFIXES, known_sets, sets_in
from rag.ui.uploads import Upload
from rag.ui.wording import count

_ERROR = "quality-error"
_RUN = "quality-run"
_OTHER = "quality-other"
_LAST = "quality-last"
_UPLOAD, _NAMED = "A file to upload", "A file or folder of this machine"


def render(news: Corpus, desk: Desk) -> None:
    """What to run; the run that goes on, or how the last one ended; then one of the runs that are kept."""
    st.title("Quality", anchor=False)
    if error := st.session_state.pop(_ERROR, ""):
        draw(notice(error), key=_ERROR)
    shown = Panel("quality", desk.evaluations, evaluation_figures, outcome, lambda run: _ended(run, desk))
    if not panel.render(shown):
        _choose(news, desk)
    try:
        if kept := list_runs(news.folder):
            _look(news, desk, kept)
    except StoreError as error:
        draw(notice(str(error)), key="quality-damaged")


def outcome(run: Run[Progress, EvaluationRun]) -> str:
    """How a run ended, in a sentence.

    >>> outcome(Run(("set.jsonl",), state=State.FAILED, error="The disk is full."))
    'Not finished. The disk is full.'
    """
    if run.report is None:
        return f"Not finished. {run.error}" if run.state is State.FAILED else ""
    asked = f"{len(run.report.results):,} of {count(run.report.info.questions, 'question')}"
    if run.state is State.STOPPED:
        return f"Cancelled. {asked} were asked, and are kept."
    return f"Done. {asked} of {run.report.info.set} were asked."


def _ended(run: Run[Progress, EvaluationRun], desk: Desk) -> None:
    """What can be done now that a run has ended."""
    with st.container(horizontal=True):
        if run.state is not State.DONE:
            st.button("Resume", type="primary", key="quality-resume", on_click=_try, args=[desk.evaluations.resume])
        st.button("Dismiss", type="tertiary", key="quality-dismiss", on_click=desk.evaluations.dismiss)


def _choose(news: Corpus, desk: Desk) -> None:
    """Which set to run."""
    known = known_sets(news)
    chosen = st.selectbox("Question set", [*known, _UPLOAD, _NAMED], key="quality-set", persist_state="session")
    uploads, path = [], known.get(chosen)
    if chosen == _UPLOAD:
        upload = st.file_uploader(
            "A set in JSON Lines: each line an id and a question, and if known answers and evidence",
            type=[*SUFFIXES, ".gz"],
            key=f"quality-upload-{desk.evaluations.finished}",
        )
        uploads = [upload] if upload else []
    elif chosen == _NAMED:
        path = _named()
    inputs = [] if path is None else [str(path)]
    st.button("Run", type="primary", key="quality-begin", on_click=_begin, args=[desk, inputs, uploads])


def _named() -> Path | None:
    """The file that is named, or chosen of the folder that is."""
    words = st.text_input("File or folder", key="quality-named", placeholder="/data/sets", persist_state="session")
    path = Path(words.strip()).expanduser() if words.strip() else None
    if path is None or not path.is_dir():
        return path
    try:
        found = sets_in(path)
    except OSError as error:
        draw(notice(f"The folder {path} cannot be read: {error.strerror}."), key="quality-folder-error")
        return None
    if not found:
        draw(notice(f"No file in {path} ends in {' or '.join(SUFFIXES)}."), key="quality-folder-error")
        return None
    return st.selectbox("Set in that folder", found, format_func=lambda each: each.name, key="quality-in-folder")


def _begin(desk: Desk, inputs: Sequence[str], uploads: Sequence[Upload]) -> None:
    if inputs or uploads:
        _try(lambda: desk.evaluations.begin(inputs, uploads))
    else:
        st.session_state[_ERROR] = "No set is named yet: choose, upload or name one."


def _try(change: Callable[[], None]) -> None:
    """Make a change; what speaks against it is shown when the page is drawn."""
    try:
        change()
    except BylineError as error:
        st.session_state[_ERROR] = str(error)


def _look(news: Corpus, desk: Desk, kept: list[RunInfo]) -> None:
    """One of the runs that are kept, the newest at first and whenever one has come to its end."""
    draw(element("h2", "Runs", kind="heading"), key="quality-runs")
    by_id = {info.id: info for info in kept}
    last = desk.evaluations.last
    if last is not None and last.report is not None and st.session_state.get(_LAST) != last.report.info.id:
        st.session_state[_LAST] = st.session_state[_RUN] = last.report.info.id
    _forget_unless(_RUN, by_id)
    first, second = st.columns(2)
    with first:
        chosen = st.selectbox("Run", list(by_id), format_func=lambda each: _label(by_id[each]), key=_RUN)
    info = by_id[chosen]
    others = {"": None} | {each.id: each for each in kept if each.finished and each.id != chosen}
    _forget_unless(_OTHER, others)
    with second:
        other = st.selectbox(
            "Compare with an earlier run",
            list(others),
            format_func=lambda each: _label(by_id[each]) if each else "None",
            key=_OTHER,
        )
    run = (_loaded if info.finished else _read)(news.folder, info.id)
    comparison = _compared(news.folder, other, chosen) if other and run.finished else None
    _actions(news, desk, run, comparison)
    if run.finished:
        draw(figures_view(run), key="quality-figures")
        draw(plots_view(run), key="quality-plots")
    if comparison:
        draw(element("h2", "Compared", kind="heading"), key="quality-compared")
        draw(comparison_view(comparison), key="quality-comparison")
    article.go(question_list.render(news, run, comparison))


def _forget_unless(key: str, options: Container[str]) -> None:
    """Forget what was chosen, when it can no longer be: a run may be removed, and is not compared with itself."""
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)


def _label(info: RunInfo) -> str:
    """When and what; with the end of its id, since two of these must never read the same."""
    begun = info.begun.replace("T", " ").removesuffix("+00:00")
    state = "" if info.finished else " · unfinished"
    return f"{begun} · {info.set} · {info.id.rpartition('-')[2]}{state}"


def _actions(news: Corpus, desk: Desk, run: EvaluationRun, comparison: Comparison | None) -> None:
    """The report to keep, and the same set again over what the corpus holds now."""
    with st.container(horizontal=True):
        if run.finished:
            st.download_button(
                "Download report",
                lambda: render_report(run, news, comparison).encode("utf-8", errors="backslashreplace"),
                f"report-{run.info.id}.html",
                "text/html",
                key="quality-download",
                on_click="ignore",
            )
        again = [str(news.folder / FOLDER / run.info.id)]
        words = "Run its set again" if run.finished else "Go on"
        going_on = desk.evaluations.going_on
        st.button(words, key="quality-again", on_click=_begin, args=[desk, again, []], disabled=going_on)


def _read(folder: Path, run_id: str) -> EvaluationRun:
    return read_run(folder / FOLDER / run_id)


@st.cache_resource(show_spinner=False, max_entries=8)
def _loaded(folder: Path, run_id: str) -> EvaluationRun:
    """A finished run, which never changes."""
    return _read(folder, run_id)


@st.cache_resource(show_spinner="Comparing the runs.", max_entries=8)
def _compared(folder: Path, before: str, after: str) -> Comparison:
    return compare_runs(_loaded(folder, before), _loaded(folder, after))
