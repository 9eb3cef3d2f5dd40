"""Two versions of an article side by side, as markup, with the words marked that only one of them has."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from rag.diff import Change, compare
from rag.model import Version
from rag.ui.markup import Element, element
from rag.ui.places import Place
from rag.ui.wording import moment


class Row(NamedTuple):
    """Paragraphs of the older version, and what stands in their place in the newer one."""

    old: tuple[Change, ...]
    new: tuple[Change, ...]

    @property
    def blank(self) -> bool:
        """Whether there is nothing to be seen in it."""
        return not any(change.text.strip() for change in self.old + self.new)


def comparison_view(shown: Version, other: Version) -> Element:
    """What became of an article between two versions, whichever of them is named first.

    Paragraphs that are alike stand beside each other. Where there is no room for that the newer stands below the older,
    and what is the same in both is there once.
    """
    old, new = sorted((shown, other), key=lambda version: version.number)
    (title,) = rows(chain(*compare(old.article.title, new.article.title)))
    found = [row for row in rows(chain(*compare(old.text, new.text))) if not row.blank]
    same = all(row.old == row.new for row in (title, *found))
    marks = "Their words are the same." if same else "Struck out is what was removed, underlined what was added."
    return element(
        "section",
        element("p", element("a", f"Back to version {shown.number}", href=Place(shown.article.id, shown.number).link)),
        element("p", marks, kind="quiet"),
        element("div", *(element("h3", _named(version)) for version in (old, new)), kind="pair heads"),
        _pair(title, "pair title"),
        *(_pair(row, "pair") for row in found),
        kind="comparison",
        lang=new.article.language,
    )


def rows(found: Iterable[Change]) -> Iterator[Row]:
    """The changes, cut at those line breaks that both texts have.

    >>> found = (Change("same", "One.\\nTwo"), Change("new", " and three"), Change("same", "."))
    >>> [row.old == row.new for row in rows(found)]
    [True, False]
    """
    row: list[Change] = []
    for change in found:
        if change.kind != "same":
            row.append(change)
            continue
        if row and _at_line_ends(row):
            yield _row(row)
            row = []
        first, *others = change.text.split("\n")
        row.append(Change("same", first))
        for line in others:
            yield _row(row)
            row = [Change("same", line)]
    yield _row(row)


def _row(found: Sequence[Change]) -> Row:
    old = tuple(change for change in found if change.kind != "new")
    return Row(old, tuple(change for change in found if change.kind != "gone"))


def _at_line_ends(found: Sequence[Change]) -> bool:
    """Whether, behind these changes, both texts are at the start of a line."""
    texts = ("".join(change.text for change in side) for side in _row(found))
    return all(text.endswith("\n") or not text for text in texts)


def _named(version: Version) -> str:
    updated = version.article.updated_at or version.article.published_at
    return (
        f"Version {version.number}, {f'of {moment(updated)}' if updated else f'fetched {moment(version.fetched_at)}'}"
    )


def _pair(row: Row, kind: str) -> Element:
    """What is the same in both is said once to those who listen."""
    if row.old == row.new:
        return element("div", _side(row.old), _side(row.new, twin=True), kind=kind)
    return element("div", _side(row.old), _side(row.new), kind=f"{kind} differs")


def _side(found: Iterable[Change], *, twin: bool = False) -> Element:
    lines: list[list[Element | str]] = [[]]
    for change in found:
        for number, line in enumerate(change.text.split("\n")):
            if number:
                lines.append([])
            if line:
                lines[-1].append(_marked(change.kind, line))
    blocks = (element("p", *line) for line in lines if line)
    return element("div", *blocks, kind="twin" if twin else None, aria_hidden="true" if twin else None)


def _marked(kind: str, text: str) -> Element | str:
    match kind:
        case "gone":
            return element("del", text)
        case "new":
            return element("ins", text)
    return text
