"""Plain text of the HTML, XHTML or NITF that other formats carry: paragraphs with a blank line between them.

HTML comes as a text of any state and depth. It is cut into tags and text here, and not made a tree: libxml2 stops
reading where elements are nested 256 deep, without a word, and takes hours over a tag of a million attributes.
"""

import html
import re

from lxml import etree

_NEWLINE, _PARAGRAPH = "\n", "\n\n"
# What an element sets its text apart with, on both sides.
_APART = dict.fromkeys(
    "address article aside blockquote body block center dd div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header"
    " hl1 hl2 hr main nav ol p pre section table ul".split(),
    _PARAGRAPH,
) | dict.fromkeys("br caption dt fn li tr".split(), _NEWLINE) | dict.fromkeys(("td", "th"), " ")  # fmt: skip
# What is no text of an article, or not its own.
_LEFT_OUT = frozenset(
    "audio button canvas figcaption head iframe map media noframes noscript object script select style svg"
    " template textarea title video".split()
)

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|em|font|i|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# As browsers read it: what is not closed goes on to the end. Nothing is tried twice, so the time is linear.
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*+(?:>|\Z)"
    r"""|<(/?)([A-Za-z][^\s/>]*+)(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+(?:>|\Z)""",
    re.DOTALL,
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MANY_BLANKS = re.compile(r"[ \t]{2,}")
_NEWLINES = re.compile(r"[ \t]?\n[ \t\n]*+")


def plain_text(markup: str) -> str:
    r"""The paragraphs of a text that is HTML if there are tags in it, and else as it stands.

    >>> plain_text("<p>Tea &amp; rum.</p><script>x</script><p>More<br>of it.")
    'Tea & rum.\n\nMore\nof it.'
    """
    return html_text(markup) if _TAG.search(markup) else html.unescape(markup).strip()


def plain_line(markup: str) -> str:
    """A title without its tags. Tags that no title has are left: it may be about them.

    >>> plain_line("What <i>The Gull</i> says of <script>")
    'What The Gull says of <script>'
    """
    return " ".join(_INLINE_TAG.sub("", markup).split())


def html_text(markup: str) -> str:
    """The paragraphs of HTML."""
    page = _Page()
    position = 0
    while token := _TOKEN.search(markup, position):
        page.add(html.unescape(markup[position : token.start()]))
        position = token.end()
        slash, name = token.groups()
        if name is None:
            continue
        name = name.lower()
        if slash:
            page.end(name)
        elif name in _LEFT_OUT:
            position = page.past(name, markup, position)
        else:
            page.start(name)
    page.add(html.unescape(markup[position:]))
    return page.text()


def element_text(element: etree._Element) -> str:
    """The paragraphs of an element of XHTML or NITF, whatever its namespace."""
    page = _Page()
    _walk(element, page)
    return page.text()


def _walk(element: etree._Element, page: "_Page") -> None:
    name = str(element.tag).rpartition("}")[2].lower()
    if name in _LEFT_OUT:
        return
    page.start(name)
    page.add(element.text or "")
    for child in element:  # never deeper than the parser allows, which is 256
        _walk(child, page)
        page.add(child.tail or "")
    page.end(name)


class _Page:
    """Text as it comes, with what sets it apart."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._preformatted = 0
        self._never_ends: set[str] = set()

    def start(self, name: str) -> None:
        self._parts.append(_APART.get(name, ""))
        self._preformatted += name == "pre"

    def end(self, name: str) -> None:
        self._parts.append("" if name == "br" else _APART.get(name, ""))
        self._preformatted = max(0, self._preformatted - (name == "pre"))

    def add(self, text: str) -> None:
        self._parts.append(text if self._preformatted else _BLANKS.sub(" ", text))

    def past(self, name: str, markup: str, position: int) -> int:
        """Where the element ends that starts here. One that never does is passed over by its tag alone."""
        if name not in self._never_ends:
            if end := re.compile(rf"</{name}\b[^>]*+", re.IGNORECASE).search(markup, position):
                return end.end() + 1
            self._never_ends.add(name)
        return len(markup) if name in ("script", "style") else position

    def text(self) -> str:
        return _NEWLINES.sub(_as_a_break, _MANY_BLANKS.sub(" ", "".join(self._parts))).strip()


def _as_a_break(newlines: re.Match[str]) -> str:
    return _PARAGRAPH if newlines.group().count("\n") > 1 else _NEWLINE
