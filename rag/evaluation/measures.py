"""The measures: what each means, what it needs, and how its values over questions become one figure."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.evaluation.results import Result

Values = NDArray[np.float64]
"""What a measure takes of each question, as rows: shape (..., questions, 1), or (..., questions, 2) for the area. What
stands before are draws, and a summary gives one number for each."""

Summary = Callable[[Values], Values]


def mean(values: Values) -> Values:
    """The mean."""
    return np.asarray(values[..., 0].mean(axis=-1))


def median(values: Values) -> Values:
    """The 50th percentile."""
    return np.asarray(np.percentile(values[..., 0], 50, axis=-1))


def ninety_fifth(values: Values) -> Values:
    """The 95th percentile."""
    return np.asarray(np.percentile(values[..., 0], 95, axis=-1))


def risks(values: Values) -> Values:
    """Of the n most confident answers, for n = 1, 2, ...: the share that is wrong.

    Rows are confidence and whether the answer is wrong. Of answers that are equally confident the wrong ones come
    first (Geifman and El-Yaniv, "Selective Classification for Deep Neural Networks", NeurIPS 2017).
    """
    order = np.lexsort((-values[..., 1], -values[..., 0]), axis=-1)
    wrong = np.take_along_axis(values[..., 1], order, axis=-1)
    return np.asarray(np.cumsum(wrong, axis=-1) / np.arange(1, wrong.shape[-1] + 1))


def area(values: Values) -> Values:
    """The area under the risk-coverage curve, 0 to 1: the mean risk over all coverages (Geifman, Uziel and El-Yaniv,
    "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers", ICLR 2019).
    """
    return np.asarray(risks(values).mean(axis=-1))


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `needs` says of which questions it can be taken; `rising` whether more is better."""

    name: str
    group: str
    meaning: str
    needs: str
    rising: bool = True
    summary: Summary = mean
    unit: str = ""

    def take(self, result: Result) -> tuple[float, ...] | None:
        """What it takes of one question; None if it cannot be taken."""
        if self.summary is area:
            wrong = result.values.get("wrong")
            confidence = result.answer.confidence
            return None if wrong is None or confidence is None else (confidence, wrong)
        of = result.milliseconds if self.group == TIME else result.values
        value = of.get(self.name.split()[0] if self.group == TIME else self.name)
        return None if value is None else (value,)


RETRIEVAL, FACTS, ANSWERS, CITATIONS, DECLINING, TIME = (
    "retrieval", "facts", "answers", "citations", "declining", "time",
)  # fmt: skip

_EVIDENCE = "questions with evidence"
_QUOTES = "questions with a quote as evidence"
_WORDS = "answerable questions with an accepted answer other than yes, no, true and false"
_ACCEPTED = "answerable questions with an accepted answer"
_ANSWERED = "questions that were answered"
_SOUGHT = "questions whose filters let something through"

MEASURES: tuple[Measure, ...] = (
    Measure("R@5", RETRIEVAL, "share of the passages with evidence that are in the first 5", _EVIDENCE),
    Measure("R@10", RETRIEVAL, "share of the passages with evidence that are in the first 10", _EVIDENCE),
    Measure("nDCG@10", RETRIEVAL, "discounted gain of the passages with evidence in the first 10", _EVIDENCE),
    Measure("RR@10", RETRIEVAL, "1 / rank of the first passage with evidence, of the first 10 (its mean is MRR@10)",
            _EVIDENCE),
    Measure("answer in first 1", RETRIEVAL, "an accepted answer stands in the first passage", _WORDS),
    Measure("answer in first 5", RETRIEVAL, "an accepted answer stands in one of the first 5 passages", _WORDS),
    Measure("answer in first 10", RETRIEVAL, "an accepted answer stands in one of the first 10 passages", _WORDS),
    Measure("repeats@10", RETRIEVAL,
            "share of the first 10 passages that say what an earlier one of another article says",
            "questions that something was found for", rising=False),
    Measure("Hits@4", FACTS, "a quote stands in one of the first 4 passages, of whatever article", _QUOTES),
    Measure("Hits@10", FACTS, "a quote stands in one of the first 10 passages, of whatever article", _QUOTES),
    Measure("MRR@10", FACTS, "1 / rank of the first passage that holds a quote, of whatever article", _QUOTES),
    Measure("fact recall@10", FACTS, "share of the quotes that stand in the first 10 passages", _QUOTES),
    Measure("all facts@10", FACTS, "every quote stands in the first 10 passages", _QUOTES),
    Measure("exact match", ANSWERS, "the marked words, or else the first sentence, are an accepted answer", _ACCEPTED),
    Measure("F1", ANSWERS, "words shared by the marked words, or else the first sentence, and an accepted answer",
            _ACCEPTED),
    Measure("answer in the answer", ANSWERS, "an accepted answer stands in the answer's text", _WORDS),
    Measure("answer in the span", ANSWERS, "an accepted answer stands in the marked words", _WORDS),
    Measure("right when answered", ANSWERS, "an accepted answer stands in the answer's text, if there is an answer",
            f"{_WORDS} that were answered"),
    Measure("citations exact", CITATIONS, "share of the citations whose quote is what the version says there",
            _ANSWERED),
    Measure("citation precision", CITATIONS, "share of the citations that are evidence",
            f"{_ANSWERED} and have evidence"),
    Measure("citation recall", CITATIONS, "share of the evidence that is cited", f"{_ANSWERED} and have evidence"),
    Measure("declined, unanswerable", DECLINING, "declined, as it should be", "questions known to be unanswerable"),
    Measure("declined, answerable", DECLINING, "declined, though it can be answered",
            "questions known to be answerable", rising=False),
    Measure("AURC", DECLINING, "area under the risk-coverage curve: wrong answers among the most confident ones",
            "questions that were answered with a confidence, and can be told right or wrong", False, area),
    Measure("ask p50", TIME, "half of the answers took no longer", "all questions", False, median, "ms"),
    Measure("ask p95", TIME, "19 of 20 answers took no longer", "all questions", False, ninety_fifth, "ms"),
    Measure("search p50", TIME, "half of the searches, as steps of an answer, took no longer", _SOUGHT, False, median,
            "ms"),
    Measure("search p95", TIME, "19 of 20 searches, as steps of an answer, took no longer", _SOUGHT, False,
            ninety_fifth, "ms"),
)  # fmt: skip
"""In the order of a report."""

MEASURE: dict[str, Measure] = {measure.name: measure for measure in MEASURES}
