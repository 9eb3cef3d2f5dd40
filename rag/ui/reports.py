"""Reports of one story as markup: who tells it, when, and from whom they have it."""

from rag.model import Report, Story
from rag.ui.markup import Element, element
from rag.ui.places import Place
from rag.ui.wording import count, origins_and_reports, outlet_and_day


def report_item(report: Report, *remarks: str) -> Element:
    """An item of a list: a link to the words, or to the article, and what is to be known of it."""
    place = Place(report.article.id, report.version, report.start, report.end)
    facts = [outlet_and_day(report.article, report.origin), *(["a copy"] if report.is_copy else []), *remarks]
    title = report.article.title or report.article.url
    return element("li", element("a", title, href=place.link), element("span", " · ".join(facts), kind="from"))


def story_view(story: Story, article_id: str) -> Element | None:
    """All reports of an article's story, folded; None where it stands alone."""
    if len(story.reports) < 2:
        return None
    first = story.reports[0] if story.reports[0].article.published_at else None
    items = (report_item(report, *_remarks(report, first, article_id)) for report in story.reports)
    return element(
        "details",
        element("summary", f"{_found(story)} · {origins_and_reports(story.origins, len(story.reports))}"),
        element("ol", *items, kind="reports"),
        kind="story",
    )


def _found(story: Story) -> str:
    """What stands beside the article: its copies, and other reports of the same event."""
    copies = sum(report.is_copy for report in story.reports)
    others = len(story.reports) - copies - 1
    parts = [count(copies, "copy", "copies")] if copies else []
    return " and ".join([*parts, *([count(others, "other report")] if others else [])])


def _remarks(report: Report, first: Report | None, article_id: str) -> list[str]:
    remarks = ["first"] if report is first else []
    return [*remarks, *(["shown here"] if report.article.id == article_id else [])]
