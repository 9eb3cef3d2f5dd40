"""The plots of an evaluation run: those of its report, as markup."""

import re
from typing import cast

from lxml import etree

from rag.evaluation import Run, render_plots
from rag.ui.markup import Element, Tag

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plots_view(run: Run) -> Element:
    """The plots of a run. A character that no XML may hold (in the name of a type) is shown as �."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return _element(etree.fromstring(_NO_XML.sub("\ufffd", render_plots(run)), parser))


def _element(node: etree._Element) -> Element:
    children: list[Element | str] = [node.text or ""]
    for child in node:
        children += [_element(child), child.tail or ""]
    shown = (child for child in children if not isinstance(child, str) or child.strip())
    return Element(cast(Tag, node.tag), tuple(shown), tuple((str(name), str(value)) for name, value in node.items()))
