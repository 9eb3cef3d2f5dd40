"""What stands around an article on its page: menus, notices, adverts, boxes that lead elsewhere, readers' comments.

It is known by what elements are, by what they are called, and by the phrases over it. Most is gone before the main text
is told from the rest, which is the easier for it; what is doubtful stays.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from ingest.sources.formats.page_measure import Measured
from ingest.sources.formats.page_phrases import BOX_HEADINGS, LABELS, LEADS_ELSEWHERE

_ELEMENTS = frozenset(("nav", "menu", "dialog"))
_AROUND = frozenset(("form", "aside", "footer", "header", "figure"))
_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tablist".split()
)
# Words of classes and ids: "post-share" and "postShare" both hold the word share.
_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs pagination pager toolbar sidebar footer copyright "
    "share sharing sharebar social addthis "
    "ad ads advert adverts advertisement advertising adsense adslot sponsor sponsored promo promos promoted outbrain "
    "taboola anzeige werbung publicite publicidad "
    "related recirc recirculation recommended recommendations trending popular mostread readmore readnext "
    "newsletter newsletters subscribe signup regwall poll tags toc relatedposts "
    "comments comment commentlist respond disqus kommentare kommentar commentaires comentarios comentario "
    "reacties".split()
)
_CONSENT = frozenset("cookie cookies consent gdpr ccpa onetrust didomi usercentrics cookiebot".split())
_READERS = frozenset("comments comment commentlist kommentare kommentar commentaires comentarios comentario".split())
_CREDITS = frozenset("byline author dateline timestamp posted date datum meta kicker credit autor auteur firma".split())
_LONGEST_CREDIT = 120
_NAME = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LEAST_WORD = 4  # of a name without separators: "hAdXq" is no word, but made by a program
_SENTENCE = re.compile(r"(?:\S+\s+){8,}\S*[.!?]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_INLINE = frozenset("a abbr b big cite code em font i mark q s small span strong sub sup time tt u".split())
_GONE = "furniture"

_ENOUGH = 200  # characters of text behind the heading, so that an article may be over
_LONG_CELL = 200
_LONGEST_LEAD = 30
_MENU = 3  # links
_LONGEST_NAMES = 500


def strip_furniture(root: _Element, own: _Element | None, measured: Measured) -> None:
    """Take out of a tree what surely is no part of the article whose heading is `own`."""
    kept = _kept(root, own)
    for element in _furniture(root, kept, measured):
        element.tag = _GONE
    for element in kept:  # a form around the whole page, a menu that was never closed
        if element.tag in _ELEMENTS or element.tag in _AROUND:
            element.tag = "div"
    etree.strip_elements(root, _GONE, with_tail=False)
    _open_layout(root, measured)


def is_by_readers(element: _Element) -> bool:
    """Whether it stands among the comments of readers."""
    return any(_names(above) & _READERS for above in (element, *element.iterancestors()))


def _kept(root: _Element, own: _Element | None) -> set[_Element]:
    """The heading and the body of the article, and all that is around them; and the page."""
    bodies = [element for element in root.iter() if element.get("itemprop") == "articleBody"]
    parts = [part for part in (own, *bodies, *root.iter("body")) if part is not None]
    return {above for part in parts for above in (part, *part.iterancestors())}


def _furniture(root: _Element, kept: set[_Element], measured: Measured) -> Iterator[_Element]:
    for element in list(root.iter()):
        if element in kept:
            continue
        if _is_called_furniture(element, measured):
            yield element
        elif (text := measured.text(element)) is not None and _stands_apart(element):
            phrase = _NO_LETTERS.sub(" ", text.casefold()).strip()
            if phrase in LABELS or (LEADS_ELSEWHERE.match(text) and _is_link(element, measured)):
                yield element
            elif phrase in BOX_HEADINGS:
                yield from _box(element, kept, measured)


def _is_called_furniture(element: _Element, measured: Measured) -> bool:
    if element.tag in _ELEMENTS or element.get("hidden") is not None or element.get("role", "").lower() in _ROLES:
        return True
    names = _names(element)
    if names & _CREDITS and (text := measured.text(element)) is not None:
        return len(text) <= _LONGEST_CREDIT and _SENTENCE.search(text) is None
    if names & _CONSENT and (measured.has_heading or _may_go(element, measured)):
        return True
    if names & _NAMES and _may_go(element, measured):
        return True
    return measured.links(element) >= _MENU and measured.linked(element) > 3 * measured.plain(element)


def _names(element: _Element) -> frozenset[str]:
    return _words(f"{element.get('class', '')} {element.get('id', '')}"[:_LONGEST_NAMES])


@lru_cache(maxsize=4096)
def _words(names: str) -> frozenset[str]:
    """The words of classes and ids. What has digits in it was made by a program."""
    whole = [name for name in _NAME.findall(names) if name.isalpha()]
    parts = [part for name in whole for part in _WORD.findall(name) if len(part) >= _LEAST_WORD]
    return frozenset(word.lower() for word in (*whole, *parts))


def _may_go(element: _Element, measured: Measured) -> bool:
    """Whether the article can be elsewhere: this is the smaller part of all text, or comes behind enough of it."""
    size, before = measured.plain(element), measured.behind_heading(element)
    return size * 3 <= measured.total or (before >= _ENOUGH and size <= 4 * before)


def _stands_apart(element: _Element) -> bool:
    """Whether it is a block, or stands like one: nothing of a sentence is around it."""
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return element.tag not in _INLINE or not ((before or "").strip() or (element.tail or "").strip())


def _is_link(element: _Element, measured: Measured) -> bool:
    """Whether it is one, but for the words that lead to it."""
    return measured.linked(element) > 0 and measured.plain(element) <= _LONGEST_LEAD


def _box(title: _Element, kept: set[_Element], measured: Measured) -> Iterator[_Element]:
    """The element that begins with this title and holds more; else the title, and the lists of links behind it."""
    for box in title.iterancestors():
        if box in kept or not measured.begin_alike(box, title):
            break
        if not measured.end_alike(box, title):
            if _may_go(box, measured):
                yield box
                return
            break
    yield title
    for behind in title.itersiblings():
        if measured.linked(behind) < measured.plain(behind) or (behind.tail or "").strip():
            return
        yield behind


def _open_layout(root: _Element, measured: Measured) -> None:
    """Make blocks of the tables that only place text on the page."""
    long_cells = (cell for cell in root.iter("td") if measured.plain(cell) > _LONG_CELL)
    around = (next(part.iterancestors("table"), None) for part in (*root.iter("table"), *long_cells))
    layout = {table for table in around if table is not None}
    for part in list(root.iter("td", "th", "tr", "tbody", "thead", "tfoot")):
        if next(part.iterancestors("table"), None) in layout:
            part.tag = "div"
    for table in layout:
        table.tag = "div"
