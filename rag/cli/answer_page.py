"""An answer with its sources, or a ranking, as a person reads it."""

from datetime import datetime, time

from rich.text import Text

from rag.cli.page import Page
from rag.cli.wording import day, line, origins_and_reports, shortened
from rag.model import Abstention, Answer, Article, Citation, Claim, Hit, Ranking, Report

NEAREST_SHOWN = 3
EXCERPT = 300
"""Characters of a passage that is shown to be judged, not to be cited."""


def show_answer(page: Page, answer: Answer) -> None:
    """The sentences, then what they stand on; or why there are none, then what comes nearest."""
    if answer.abstention:
        _show_declined(page, answer.abstention, answer.nearest[:NEAREST_SHOWN])
    else:
        for number, claim in enumerate(answer.claims):
            if number:
                page.paragraph()
            page.paragraph(_sentence(claim))
        page.heading("Sources")
        for citation in answer.citations:
            _show_citation(page, citation)
    if answer.conflicts:
        page.heading("The sources disagree")
        for conflict in answer.conflicts:
            page.paragraph(line(conflict), lead="- ")
    if footer := _footer(answer):
        page.paragraph()
        page.paragraph(footer, style="dim")


def show_ranking(page: Page, ranking: Ranking) -> None:
    """Each passage with its rank and where it stands."""
    if not ranking:
        page.paragraph("No passage was found.")
    for hit in ranking:
        if hit.rank > 1:
            page.paragraph()
        _show_hit(page, hit)
    if ranking.reports:
        page.paragraph()
        page.paragraph(origins_and_reports(ranking.origins, ranking.reports), style="dim")


def _show_declined(page: Page, abstention: Abstention, nearest: tuple[Hit, ...]) -> None:
    page.paragraph(line(abstention.explanation), style="bold")
    if nearest:
        page.heading("Nearest evidence")
    for hit in nearest:
        _show_hit(page, hit, style="dim")


def _sentence(claim: Claim) -> Text:
    """The claim with the words that answer set off, its markers, and the days that its time phrase means."""
    text = Text(line(claim.text))
    if claim.span:
        text.stylize("bold green", claim.span.start, claim.span.end)
    text.append(" " + "".join(f"[{number}]" for number in claim.citations), style="cyan")
    if claim.time:
        first, last = claim.time.first, claim.time.last
        text.append(f" ({first})" if first == last else f" ({first} to {last})", style="dim")
    return text


def _show_citation(page: Page, citation: Citation) -> None:
    lead = f"[{citation.number}] "
    indent = " " * len(lead)
    page.paragraph(_outlet(citation.article, citation.origin), lead=lead)
    page.paragraph(line(citation.article.title), lead=indent)
    page.paragraph(f"“{line(citation.quote)}”", lead=indent)
    page.paragraph(line(citation.article.url), lead=indent, style="dim", wrap=False)
    for report in citation.reports:
        page.paragraph(_also(report), lead=indent, style="dim")
        page.paragraph(line(report.article.url), lead=indent, style="dim", wrap=False)


def _show_hit(page: Page, hit: Hit, *, style: str = "") -> None:
    lead = f"{hit.rank:>2}. "
    indent = " " * len(lead)
    page.paragraph(_outlet(hit.passage.article, hit.origin), lead=lead)
    page.paragraph(line(hit.passage.article.title), lead=indent)
    excerpt = shortened(" ".join(line(hit.passage.text).split()), EXCERPT)
    page.paragraph(f"“{excerpt}”", lead=indent, style=style)
    if hit.also_in:
        page.paragraph(line(f"also in copies: {', '.join(hit.also_in)}"), lead=indent, style="dim", wrap=False)


def _outlet(article: Article, origin: str | None = None) -> Text:
    """Who published it, when, and from whom they have it."""
    parts = [line(article.source)] if article.source else []
    parts += [day(article.published_at), *([f"from {line(origin)}"] if origin else [])]
    return Text(" · ".join(parts), style="cyan")


def _also(report: Report) -> str:
    """Where another article tells the same."""
    how = "also in a copy" if report.is_copy else "also in"
    return f"{how}: {_outlet(report.article, report.origin).plain}"


def _footer(answer: Answer) -> str:
    parts = []
    if answer.confidence is not None and not answer.abstained:
        parts.append(f"confidence {answer.confidence:.0%}")
    if answer.reports:
        parts.append(origins_and_reports(answer.origins, answer.reports))
    if answer.as_of:
        parts.append(f"as of {_moment(answer.as_of)}")
    return " · ".join(parts)


def _moment(moment: datetime) -> str:
    """A day where its end is meant, else the time to the minute."""
    return day(moment) if moment.time() == time.max else moment.isoformat(" ", "minutes")
