"""The figures of an evaluation run, and what differs between two, as markup."""

from collections.abc import Iterable

from rag.evaluation import MEASURE, Comparison, Difference, Figure, Run
from rag.evaluation.figures import ALL
from rag.evaluation.report import figure_text, number_text
from rag.ui.markup import Element, element
from rag.ui.wording import count

SIGNIFICANT = 0.05
"""Corrected p values below this are called more than chance."""


def figures_view(run: Run) -> Element:
    """What was run, then every measure over all questions with its interval, then by type of question."""
    info = run.info
    embedder = info.embedder.name if info.embedder else "none"
    facts = [
        f"{count(info.questions, 'question')} of {info.set}",
        f"{count(info.articles, 'article')}, epoch {info.epoch}",
        f"embedder {embedder}",
        f"ranking {info.ranked_by}",
        f"reader {info.read_by}",
        f"{count(info.k, 'passage')} an answer{', as asked' if info.as_asked else ''}",
        f"run {info.id}",
    ]
    groups = list(dict.fromkeys(figure.group for figure in run.figures))
    return element(
        "section",
        element("p", " · ".join(facts), kind="quiet"),
        *(element("p", note, kind="notice") for note in run.notes()),
        _rejected(run),
        _table(("Measure", "Value", "95 %", "Questions", "Meaning"), map(_figure, _of(run, ALL)), "Figures"),
        _by_type(run, groups) if len(groups) > 1 else None,
        kind="figures",
    )


def comparison_view(comparison: Comparison) -> Element:
    """The differences over all questions, and those by type that are more than chance."""
    shown = (each for each in comparison.differences if each.group == ALL or each.adjusted < SIGNIFICANT)
    head = ("Measure", "Questions", "n", "Before", "After", "Difference", "95 %", "Corrected p", "")
    told = (
        f"{count(comparison.paired, 'question')} in both. {count(comparison.tested, 'difference')} tested, each with a "
        "paired randomisation test; p is corrected for their number (Holm)."
    )
    return element(
        "section",
        *(element("p", warning, kind="notice") for warning in comparison.warnings),
        element("p", " · ".join(_changes(comparison))),
        element("p", told, kind="quiet"),
        _table(head, map(_difference, shown), "Differences"),
        kind="figures",
    )


def _changes(comparison: Comparison) -> list[str]:
    """How many questions changed; the list of questions shows which."""
    return [
        f"Answers: {len(comparison.answers_won)} won, {len(comparison.answers_lost)} lost",
        f"evidence: more found for {len(comparison.found_won)}, less for {len(comparison.found_lost)}",
        "choose these under “Outcome” below",
    ]


def _of(run: Run, group: str) -> list[Figure]:
    return [figure for figure in run.figures if figure.group == group]


def _figure(figure: Figure) -> Element:
    measure = MEASURE[figure.measure]
    meaning = measure.meaning + ("" if measure.rising else " (less is better)")
    return element(
        "tr",
        element("th", figure.measure, scope="row"),
        element("td", figure_text(figure)),
        element("td", _interval(figure.low, figure.high, figure.measure)),
        element("td", f"{figure.n:,} of {figure.of:,}"),
        element("td", meaning if figure.value is not None else f"{meaning}. {figure.why}", kind="meaning"),
    )


def _by_type(run: Run, groups: list[str]) -> Element:
    taken = {(figure.measure, figure.group): figure for figure in run.figures}
    rows = (
        element(
            "tr",
            element("th", figure.measure, scope="row"),
            *(element("td", *_cell(taken[figure.measure, group])) for group in groups),
        )
        for figure in _of(run, ALL)
        if figure.value is not None
    )
    table = _table(("Measure", *groups), rows, "Figures by type of question")
    return element("details", element("summary", "By type of question"), table)


def _cell(figure: Figure) -> list[Element | str]:
    if figure.value is None:
        return [figure_text(figure)]
    bounds = _interval(figure.low, figure.high, figure.measure)
    return [figure_text(figure), " ", element("span", f"{bounds}, n {figure.n:,}", kind="quiet")]


def _difference(each: Difference) -> Element:
    chance = each.adjusted >= SIGNIFICANT or each.better is None
    verdict = "the same" if each.better is None else "within chance" if chance else "better" if each.better else "worse"
    sign = "+" if each.difference > 0 else ""
    return element(
        "tr",
        element("th", each.measure, scope="row"),
        element("td", each.group),
        element("td", f"{each.n:,}"),
        *(element("td", number_text(value, each.measure)) for value in (each.before, each.after)),
        element("td", f"{sign}{number_text(each.difference, each.measure)}"),
        element("td", _interval(each.low, each.high, each.measure)),
        element("td", f"{each.adjusted:.4f}"),
        element("td", verdict),
        kind=None if chance else verdict,
    )


def _interval(low: float | None, high: float | None, measure: str) -> str:
    if low is None or high is None:
        return "–"
    return f"{number_text(low, measure)} to {number_text(high, measure)}"


def _rejected(run: Run) -> Element | None:
    rejected = run.questions.rejected
    if not rejected:
        return None
    lines = (element("li", f"line {each.line}: {each.reason}") for each in rejected)
    return element(
        "details", element("summary", f"{count(len(rejected), 'line')} of the set rejected"), element("ul", *lines)
    )


def _table(head: Iterable[str], rows: Iterable[Element], name: str) -> Element:
    """A table that is scrolled by itself where it is too wide."""
    heads = element("thead", element("tr", *(element("th", each, scope="col") for each in head)))
    table = element("table", heads, element("tbody", *rows))
    return element("div", table, kind="wide", tabindex="0", role="region", aria_label=name)
