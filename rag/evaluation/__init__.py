"""Evaluation: a question set over a corpus, measured, kept, compared and shown."""

from rag.evaluation.compare import Comparison, Difference, compare_runs
from rag.evaluation.figures import Figure
from rag.evaluation.measures import MEASURE, MEASURES, Measure
from rag.evaluation.report import render_plots, render_report, write_report
from rag.evaluation.run import Progress, run_set
from rag.evaluation.runs import Run, RunInfo, list_runs, load_run
from rag.evaluation.sets import Question, QuestionSet, load_set
from rag.evaluation.view import Outcome, QuestionView, question_views

__all__ = [
    "MEASURE",
    "MEASURES",
    "Comparison",
    "Difference",
    "Figure",
    "Measure",
    "Outcome",
    "Progress",
    "Question",
    "QuestionSet",
    "QuestionView",
    "Run",
    "RunInfo",
    "compare_runs",
    "list_runs",
    "load_run",
    "load_set",
    "question_views",
    "render_plots",
    "render_report",
    "run_set",
    "write_report",
]
