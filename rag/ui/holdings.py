"""What a corpus holds, as markup."""

from pathlib import Path

from rag.records import CorpusStatus
from rag.ui.markup import Element, element
from rag.ui.wording import day, size


def holdings_view(status: CorpusStatus, folder: Path, size_on_disk: int) -> Element:
    """Its figures, each under its name; those that are nought and would only be noise are left out."""
    figures = {
        "Articles": f"{status.articles:,}",
        "Passages": f"{status.passages:,}",
        "First published": day(status.first_published) if status.first_published else None,
        "Last published": day(status.last_published) if status.last_published else None,
        "Withdrawn": f"{status.withdrawn:,}" if status.withdrawn else None,
        "Under embargo": f"{status.embargoed:,}" if status.embargoed else None,
        "On disk": size(size_on_disk),
    }
    pairs = (element("div", element("dt", name), element("dd", value)) for name, value in figures.items() if value)
    return element("div", element("dl", *pairs, kind="holdings"), element("p", f"In {folder}", kind="quiet"))
