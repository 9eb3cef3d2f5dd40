"""A run as one HTML page that needs nothing else: no network, and no script to be read."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from rag.corpus import Corpus
from rag.errors import StoreError
from rag.evaluation import plots
from rag.evaluation.compare import Comparison
from rag.evaluation.figures import ALL, Figure
from rag.evaluation.measures import MEASURE
from rag.evaluation.runs import Run
from rag.evaluation.view import Outcome, question_views

PAGE = "report.html"
_TEMPLATES = Path(__file__).parent / "page"


def render_report(run: Run, corpus: Corpus, comparison: Comparison | None = None) -> str:
    """The page of a run. What articles and sets say is text in it, whatever they say."""
    script = Markup((_TEMPLATES / "report.js").read_text(encoding="utf-8"))  # ours, and known to the page by its hash
    return _template(PAGE).render(
        run=run,
        comparison=comparison,
        measures=MEASURE,
        groups=list(dict.fromkeys(figure.group for figure in run.figures)),
        figures={(figure.measure, figure.group): figure for figure in run.figures},
        all=ALL,
        plots=plots,
        outcomes=list(Outcome),
        questions=question_views(run, corpus),
        types=sorted({question.type for question in run.questions.questions if question.type}),
        script=script,
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


def render_plots(run: Run) -> str:
    """The plots of that page alone: one element that is HTML, and XML too, without styles."""
    return _template("plots.html").render(run=run, measures=MEASURE, plots=plots)


def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": figure_text, "web": _is_web_address, "number": number_text}
    return environment.get_template(name)


def write_report(folder: Path, run: Run, corpus: Corpus, comparison: Comparison | None = None) -> Path:
    """Write the page of a run into a folder, which is made if need be; where it is. Raises StoreError."""
    path = folder / PAGE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(render_report(run, corpus, comparison), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise StoreError(f"The report cannot be written to {path}: {error.strerror or error}.") from error
    return path


def figure_text(figure: Figure) -> str:
    """A figure's value as a person reads it; a dash where there is none."""
    return "–" if figure.value is None else number_text(figure.value, figure.measure)


def number_text(value: float, measure: str) -> str:
    """A value of a measure, or a difference of two, as a person reads it."""
    unit = MEASURE[measure].unit
    return f"{value:.0f} {unit}" if unit else f"{value:.3f}"


def _is_web_address(url: str) -> bool:
    """Whether an address is safe to follow."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
