"""A run of long work on a page: its progress while it goes on, then how it ended."""

from collections.abc import Callable
from typing import Generic, NamedTuple

import streamlit as st

from rag.ui.markup import draw, status
from rag.ui.progress import progress_view, spoken
from rag.ui.runs import OutcomeT, Pace, Run, Runs, State, StepT

_SECONDS_BETWEEN_LOOKS = 0.7


class Panel(NamedTuple, Generic[StepT, OutcomeT]):
    """What is shown of the runs of one page: the figures beside the bar, how a run ended, and what can be done then."""

    page: str
    runs: Runs[StepT, OutcomeT]
    figures: Callable[[Pace[StepT]], list[str]]
    outcome: Callable[[Run[StepT, OutcomeT]], str]
    ended: Callable[[Run[StepT, OutcomeT]], None]


def render(panel: Panel[StepT, OutcomeT]) -> bool:
    """Draw a panel. Returns whether a run goes on."""
    watching = panel.runs.going_on
    st.fragment(_run, run_every=_SECONDS_BETWEEN_LOOKS if watching else None)(panel, watching)
    return watching


def _run(panel: Panel[StepT, OutcomeT], watching: bool) -> None:
    """The run. It is looked at again and again while it goes on; when it has ended, the whole page is drawn anew."""
    page, run = panel.page, panel.runs.last
    going_on = run is not None and run.going_on
    if going_on != watching:
        st.rerun()
    if run is None:
        draw(status("", kind="hidden"), key=f"{page}-said")
    elif going_on:
        draw(status(spoken(run), kind="hidden"), key=f"{page}-said")
        draw(progress_view(run, panel.figures(run.pace) if run.pace else []), key=f"{page}-progress")
        stopping = run.state is State.STOPPING
        st.button("Cancel", key=f"{page}-cancel", on_click=panel.runs.stop, disabled=stopping)
    else:
        draw(status(panel.outcome(run), kind="notice"), key=f"{page}-said")
        panel.ended(run)
