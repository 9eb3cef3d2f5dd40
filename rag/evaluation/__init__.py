"""Evaluation: a question set over a corpus, measured, kept, compared and shown."""

from rag.evaluation.figures import Figure
from rag.evaluation.measures import MEASURE, MEASURES, Measure
from rag.evaluation.run import Progress, run_set
from rag.evaluation.runs import Run, RunInfo, list_runs, load_run
from rag.evaluation.sets import Question, QuestionSet, load_set

__all__ = [
    "MEASURE",
    "MEASURES",
    "Figure",
    "Measure",
    "Progress",
    "Question",
    "QuestionSet",
    "Run",
    "RunInfo",
    "list_runs",
    "load_run",
    "load_set",
    "run_set",
]
