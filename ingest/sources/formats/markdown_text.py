"""Markdown as plain text: the markup goes, the words stay as they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Deeper than anyone writes: text that is nested more deeply is left out.
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
_OPENING = ("bullet_list_open", "ordered_list_open", "table_open")
_CLOSING = ("bullet_list_close", "ordered_list_close", "table_close")
_BETWEEN_CELLS = " | "

_TAG = re.compile(r"<!--|-->|<[!?][^<>]*+>|<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)[^<>]*+>")
_WITHIN_A_LINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time u var".split()
)
_UNSEEN = frozenset(("script", "style", "template"))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or something that stands like one.

    Blocks of one `group`, as the lines of a list, follow each other without a blank line. `level` is that of a heading.
    """

    text: str
    group: int = 0
    level: int = 0


def blocks(markdown: str) -> list[Block]:
    """The blocks of a text that are not empty."""
    return [block for block in _blocks(_MARKDOWN.parse(markdown)) if block.text]


def joined(parts: Sequence[Block]) -> str:
    """The text of blocks.

    >>> joined(blocks("A *storm*\\nhits.\\n\\n- [One](/one)\\n- `Two`"))
    'A storm hits.\\n\\nOne\\nTwo'
    """
    text = ""
    group = 0
    for part in parts:
        between = "\n" if part.group and part.group == group else "\n\n"
        text += f"{between if text else ''}{part.text}"
        group = part.group
    return text


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    outermost: list[int] = []  # of the lists and tables that are open
    within = tokens[0] if tokens else None  # what a run of words stands in
    cells: list[str] = []
    for number, token in enumerate(tokens, start=1):
        if token.type in _OPENING:
            outermost.append(outermost[0] if outermost else number)
        elif token.type in _CLOSING:
            outermost.pop()
        elif token.type == "inline" and within is not None:
            text = _words(token.children or ())
            if within.tag in ("td", "th"):
                cells.append(text)
            else:
                yield Block(text, outermost[0] if within.hidden else 0, _level(within))
        elif token.type == "tr_close":
            yield Block(_BETWEEN_CELLS.join(cells).strip(_BETWEEN_CELLS), outermost[0])
            cells = []
        elif token.type in ("fence", "code_block"):
            yield Block(token.content.strip("\n"))
        elif token.type == "html_block":
            yield Block(_without_tags(token.content))
        within = token


def _level(token: Token) -> int:
    return int(token.tag[1]) if token.type == "heading_open" else 0


def _words(tokens: Sequence[Token]) -> str:
    return "".join(_word(token) for token in tokens).strip()


def _word(token: Token) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "html_inline":
            return "\n" if token.content.lower().startswith("<br") else ""
        case "image":
            return ""
    return token.content


def _without_tags(html: str) -> str:
    """The words of a piece of HTML, in lines as its elements are."""
    text = "".join(_seen(html))
    return "\n".join(line for line in (" ".join(line.split()) for line in unescape(text).split("\n")) if line)


def _seen(html: str) -> Iterator[str]:
    """The words between tags, but for comments and programs."""
    hidden_until = ""
    place = 0
    for tag in _TAG.finditer(html):
        if not hidden_until:
            yield html[place : tag.start()].replace("\n", " ")
        place = tag.end()
        name = (tag["name"] or tag.group()).lower()
        if hidden_until:
            hidden_until = "" if name == hidden_until and tag["closing"] != "" else hidden_until
        elif name == "<!--":
            hidden_until = "-->"
        elif name in _UNSEEN and not tag["closing"]:
            hidden_until = name
        elif name not in _WITHIN_A_LINE:
            yield "\n"
    if not hidden_until:
        yield html[place:]
