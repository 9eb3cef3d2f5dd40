"""What changed from one version to another, as a person reads it."""

from rich.text import Text

from rag.cli.page import Page
from rag.cli.wording import line, moment
from rag.diff import Paragraph, compare
from rag.model import Version

_STYLES = {"same": "", "gone": "red strike", "new": "green"}
_MARKS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_LEADS = {"same": "  ", "gone": "- ", "new": "+ "}
_MIXED = "~ "


def show_difference(page: Page, old: Version, new: Version) -> None:
    """Title and text, with what is gone and what is new in its place.

    Where no one is watching, a paragraph is a line behind "-" or "+"; or behind "~", with [-gone-] and {+new+} words.
    """
    for paragraph in compare(line(old.article.title), line(new.article.title)):
        _show(page, paragraph, "bold")
    page.facts({"From": _told(old), "To": _told(new)})
    page.paragraph()
    paragraphs = compare(old.text, new.text)
    for paragraph in paragraphs:
        _show(page, paragraph)
    if old.text == new.text:
        page.paragraph()
        page.paragraph("The text is the same.", style="dim")


def _told(version: Version) -> str:
    updated = version.article.updated_at or version.article.published_at
    said = [f"version {version.number}", *([moment(updated)] if updated else []), *filter(None, [version.note])]
    return ", ".join(said)


def _show(page: Page, paragraph: Paragraph, style: str = "") -> None:
    """One paragraph; the blank lines behind it are not told to be gone or new."""
    changes = [(each.kind, line(each.text.rstrip("\n"))) for each in paragraph]
    kinds = {kind for kind, text in changes if text}
    if page.on_terminal:
        page.paragraph(Text.assemble(*((text, _STYLES[kind]) for kind, text in changes)), style=style)
    elif len(kinds) == 1:
        page.paragraph("".join(text for _, text in changes), lead=_LEADS[kinds.pop()])
    elif kinds:
        page.paragraph("".join(_MARKS[kind].format(text) for kind, text in changes if text), lead=_MIXED)
    if "\n\n" in paragraph[-1].text:
        page.paragraph()
