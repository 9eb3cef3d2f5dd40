"""The page that shows what the corpus holds, and puts articles into it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rag.corpus import Corpus
from rag.errors import BylineError
from rag.ui import panel
from rag.ui.desk import Desk
from rag.ui.holdings import holdings_view
from rag.ui.markup import draw, element, notice
from rag.ui.panel import Panel
from rag.ui.progress import ingest_figures
from rag.ui.report import outcome, report_json, report_view
from rag.ui.runs import Run, State

if TYPE_CHECKING:  # it loads stores
    from ingest.report import IngestReport, Progress

_ERROR = "library-error"


def render(news: Corpus | None, desk: Desk) -> None:
    """The figures of the corpus, if there is one yet; the run that goes on or its report; else what to add."""
    st.title("Library", anchor=False)
    if news is None:
        draw(element("p", "The corpus holds no articles yet."), key="library-holdings")
    else:
        draw(holdings_view(news.status(), news.folder, news.size_on_disk()), key="library-holdings")
    draw(element("h2", "Add articles", kind="heading"), key="library-add")
    if error := st.session_state.pop(_ERROR, ""):
        draw(notice(error), key=_ERROR)
    shown = Panel("library", desk.runs, ingest_figures, outcome, lambda run: _ended(run, desk))
    if not panel.render(shown):
        _form(desk)


def _ended(run: "Run[Progress, IngestReport]", desk: Desk) -> None:
    """What can be done now that a run has ended, and its report."""
    with st.container(horizontal=True):
        if run.state is not State.DONE:
            st.button("Resume", type="primary", key="library-resume", on_click=_try, args=[desk.runs.resume])
        if run.report is not None:
            document = report_json(run.report)
            st.download_button(
                "Download report",
                document,
                "report.json",
                "application/json",
                key="library-download",
                on_click="ignore",
            )
        st.button("Dismiss", type="tertiary", key="library-dismiss", on_click=desk.runs.dismiss)
    if run.report is not None:
        draw(report_view(run.report, desk.runs.uploads), key="library-report")


def _form(desk: Desk) -> None:
    """What to add. A run that came to its end leaves it empty; after one that did not, what was named still stands."""
    uploads, named = f"library-uploads-{desk.runs.finished}", f"library-named-{desk.runs.finished}"
    with st.form("library-form", border=False):
        st.file_uploader(
            "Files to upload",
            type=[*desk.suffixes(), ".gz"],
            accept_multiple_files=True,
            key=uploads,
            help="An article that does not say where it is from, as in a text file, is known by its file's name: "
            "uploaded again under that name it becomes a new version. Uploads are removed when they have been read.",
        )
        st.text_area(
            "Files and folders of this machine, web addresses, feeds; each on a line of its own",
            key=named,
            placeholder="/data/articles/2024\nhttps://news.example/feed.xml",
            persist_state="session",
        )
        st.form_submit_button("Add", type="primary", on_click=_begin, args=[desk, uploads, named])


def _begin(desk: Desk, uploads: str, named: str) -> None:
    files = st.session_state[uploads]
    lines = [line.strip() for line in st.session_state[named].splitlines() if line.strip()]
    if "-" in lines:
        st.session_state[_ERROR] = "- is standard input, which a page has none of. Name a file, a folder or an address."
    elif files or lines:
        _try(lambda: desk.runs.begin([_from_home(line) for line in lines], files))
    else:
        st.session_state[_ERROR] = "Nothing is named yet: upload a file, or name a file, a folder or an address."


def _try(change: Callable[[], None]) -> None:
    """Make a change; what speaks against it is shown when the page is drawn."""
    try:
        change()
    except BylineError as error:
        st.session_state[_ERROR] = str(error)


def _from_home(line: str) -> str:
    """A path as a shell would read it."""
    return str(Path.home() / line[2:]) if line.startswith("~/") else line
