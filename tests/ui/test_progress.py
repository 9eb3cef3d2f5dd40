from ingest import IngestReport, Progress
from rag.ui.markup import Element
from rag.ui.progress import ingest_figures, progress_view, spoken
from rag.ui.runs import Pace, Run, State
from tests.ui.drawn import elements, text, texts

FIRST = Progress("reading", 0, 0, 0, 0.0)


def run(last: Progress, seconds: float = 10, state: State = State.RUNNING) -> Run[Progress, IngestReport]:
    return Run(("a.jsonl",), state=state, pace=Pace.begin(FIRST, 0).next(last, seconds))


def shown(run: Run[Progress, IngestReport]) -> Element:
    return progress_view(run, ingest_figures(run.pace) if run.pace else [])


def test_a_run_shows_its_stage_its_bar_and_its_pace() -> None:
    view = shown(run(Progress("embedding", 1200, 3000, 0, 0.25)))
    assert texts(view, kind="stage") == ["Embedding"]
    assert next(elements(view, "progress"))["attributes"]["value"] == "0.2500"
    assert texts(view, kind="quiet") == [
        "25% · 1,200 articles · 3,000 passages embedded · 300 a second · less than a minute left"
    ]


def test_without_embedding_the_pace_is_that_of_articles() -> None:
    assert "50 a second" in text(shown(run(Progress("reading", 500, 0, 3, 0.01))))
    assert "about 16 minutes left · 3 rejected" in text(shown(run(Progress("reading", 500, 0, 3, 0.01))))


def test_what_is_said_aloud_changes_only_now_and_then() -> None:
    said = {spoken(run(Progress("embedding", n, n, 0, n / 1000))) for n in range(1000)}
    assert len(said) == 10
    assert "Embedding: 90 percent done" in said


def test_a_run_that_is_to_stop_says_so() -> None:
    stopping = run(Progress("embedding", 1, 1, 0, 0.5), state=State.STOPPING)
    assert texts(shown(stopping), kind="stage") == ["Stopping"]
