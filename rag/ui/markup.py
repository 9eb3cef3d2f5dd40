"""Draws trees of elements whose text is set as text, so that nothing of an article can be read as HTML or Markdown.

Streamlit's own text elements read Markdown, LaTeX (`$x$`) and emoji codes (`:smile:`), even in the labels of buttons.
Everything that comes from an article or a person is therefore drawn here: the browser gets JSON, and `markup.js` makes
text nodes of its strings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

import streamlit as st

Tag = Literal[
    "a", "article", "button", "dd", "del", "details", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "ins",
    "li", "line", "mark", "ol", "p", "polyline", "progress", "rect", "section", "span", "summary", "svg", "table",
    "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """One element with its children in order; a child that is a `str` is shown to the letter."""

    tag: Tag
    children: tuple["Element | str", ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The tree as markup.js reads it."""
        children = [child if isinstance(child, str) else child.to_json() for child in self.children]
        return {"tag": self.tag, "attributes": dict(self.attributes), "children": children}


def element(tag: Tag, *children: "Element | str | None", **attributes: str | None) -> Element:
    """An element; children and attributes that are None are left out, `kind="card"` becomes the class.

    >>> element("p", "5 < 6", None, kind="note").to_json()
    {'tag': 'p', 'attributes': {'class': 'note'}, 'children': ['5 < 6']}
    """
    named = {"class" if name == "kind" else name.replace("_", "-"): value for name, value in attributes.items()}
    return Element(
        tag,
        tuple(child for child in children if child is not None),
        tuple((name, value) for name, value in named.items() if value is not None),
    )


def notice(text: str) -> Element:
    """A sentence that people must not miss: what went wrong and what to do."""
    return element("p", text, kind="notice", role="alert")


def status(text: str, kind: str | None = None) -> Element:
    """A sentence that screen readers say when it changes, once they are done with the one before."""
    return element("p", text, kind=kind, role="status")


def hidden(text: str) -> Element:
    """Words for screen readers alone."""
    return element("span", text, kind="hidden")


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


_mount = st.components.v2.component("byline_markup", css=_asset("markup.css"), js=_asset("markup.js"))


def draw(root: Element, *, key: str, on_click: Callable[[], None] | None = None) -> str | None:
    """Draw a tree. Returns what was just clicked in it, once: a link's `href` or a button's `value`.

    `key` must be unique on the page; `on_click` runs before the page does, when `clicked(key)` has the same value.
    """
    result = _mount(key=key, data=root.to_json(), on_clicked_change=on_click or _nothing)
    return result.clicked if isinstance(result.clicked, str) else None


def clicked(key: str) -> str:
    """What was clicked in the tree drawn under `key`, for its `on_click`."""
    return str(st.session_state[key]["clicked"])


def _nothing() -> None:
    """Streamlit knows a component's trigger by its callback."""
