"""Reads what a page has drawn. AppTest does not know our component, but keeps the JSON that it was sent."""

import json
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from rag.corpus import Corpus
from rag.ui.desk import Desk
from rag.ui.markup import Element


def open_page(page: str, *given: Corpus | Desk | None, **query: str) -> AppTest:
    """That page of rag.ui as it first appears over what it is given, at an address with that query."""
    at = AppTest.from_function(_render, kwargs={"page": page, "given": given}, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def _render(page: str, given: tuple[object, ...]) -> None:  # AppTest runs the source of this function alone
    from importlib import import_module

    import_module(f"rag.ui.{page}").render(*given)


def trees(at: AppTest) -> list[dict[str, Any]]:
    """The trees that are on the page, from top to bottom."""
    return [json.loads(drawn.proto.json) for drawn in at.get("bidi_component")]


def elements(tree: dict[str, Any] | Element, tag: str = "", kind: str = "") -> Iterator[dict[str, Any]]:
    """The elements of a tree with that tag and class, in order."""
    tree = tree.to_json() if isinstance(tree, Element) else tree
    if tag in ("", tree["tag"]) and kind in ("", *tree["attributes"].get("class", "").split()):
        yield tree
    for child in tree["children"]:
        if not isinstance(child, str):
            yield from elements(child, tag, kind)


def text(tree: dict[str, Any] | Element | str) -> str:
    """All text of a tree."""
    if isinstance(tree, str):
        return tree
    tree = tree.to_json() if isinstance(tree, Element) else tree
    return "".join(text(child) for child in tree["children"])


def texts(tree: dict[str, Any] | Element, tag: str = "", kind: str = "") -> list[str]:
    """The text of each of those elements."""
    return [text(found) for found in elements(tree, tag, kind)]
