"""From the bytes of a page to its tree: decoded, parsed whatever its state, and without what is no text."""

import codecs
import io
import re
from dataclasses import dataclass

from lxml import etree, html
from lxml.etree import _Element

from ingest.sources.decode import MARKS, WIDER, detect_encoding
from ingest.sources.document import HEAD
from rag.errors import SourceError

MOST_PARTS = 150_000
"""Elements of any kind, the parts of drawings among them."""

MOST_ELEMENTS = 30_000
"""Elements that can hold text. The longest live blogs have a third of that; more would take more than seconds."""

MOST_ATTRIBUTES = 500
"""Of one element. For each, libxml2 looks at all before it: a million would take hours."""

TOO_MANY = "it has too many elements to be the page of one article"
TOO_DEEP = "its elements are nested too deeply: more than 2000 one in another"

CROWDED = f"one of its elements has more than {MOST_ATTRIBUTES} attributes"

# They hold no text of an article, whatever is in them.
_NO_TEXT = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math", "canvas", "audio",
    "video", "map", "button", "select", "textarea", "input", "amp-ad", "amp-embed", "amp-sidebar", "amp-consent",
    "amp-social-share", "amp-user-notification", "amp-lightbox",
)  # fmt: skip
_DECLARED = re.compile(rb"<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# The encodings of the web (WHATWG), by the names that Python's codecs have; and those that are read as a wider one.
_WEB = frozenset(
    "ascii big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949 "
    "euc_jp euc_kr gb18030 gb2312 gbk iso2022_jp iso8859-1 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 koi8-r koi8-u mac-roman "
    "mac-cyrillic shift_jis tis-620 utf-8".split()
)
_WIDER = WIDER | {"tis-620": "cp874", "big5": "big5hkscs"}
# As browsers read it: what is not closed goes on to the end. Nothing is tried twice, so the time is linear.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^>]*+>.*?(?:</\1|\Z)|"
    r"""<[a-z][^\s/>]*+((?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)""",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""[^\s=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|\S*+))?""")
_DAMAGE = 1000  # of so many bytes one may misfit

# What XML cannot hold; written out, and as the references that a parser would resolve.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f])(?![0-9a-f]));?", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """The tree of a page, of elements that can hold text; and the JSON-LD of its scripts."""

    root: _Element
    json_ld: tuple[str, ...]


def page_tree(page: bytes, charset: str) -> Page | None:
    """A page from its bytes; None if there is nothing in it. `charset` is what a server called it.

    Raises SourceError if the encoding cannot be told, or the tree is too deep or too large.
    """
    text = _REFERENCE.sub("", _NO_CHARACTER.sub("", _decoded(page, charset)))
    if any(sum(1 for _ in _ATTRIBUTE.finditer(tag[2] or "")) > MOST_ATTRIBUTES for tag in _TAG.finditer(text)):
        raise SourceError(CROWDED)
    # The limits that huge_tree lifts are of depth and of single texts; the size is limited before.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        return None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise SourceError(TOO_DEEP)
    _check_size(root, MOST_PARTS)
    json_ld = tuple(script.text or "" for script in root.iter("script") if _is_json_ld(script))
    strip_no_text(root)
    _check_size(root, MOST_ELEMENTS)
    return Page(root, json_ld)


def strip_no_text(root: _Element) -> None:
    """Take the elements out of a tree that hold no text of an article."""
    etree.strip_elements(root, *_NO_TEXT, with_tail=False)


def _check_size(root: _Element, most: int) -> None:
    if sum(1 for _ in root.iter()) > most:
        raise SourceError(TOO_MANY)


def _is_json_ld(script: _Element) -> bool:
    return script.get("type", "").partition(";")[0].strip().lower() == "application/ld+json"


def _decoded(page: bytes, charset: str) -> str:
    """By the byte order mark; as UTF-8; by what server and page declare; or by the likeliest.

    Declarations come second because they are wrong more often than text in another encoding happens to be UTF-8.
    """
    if not page.startswith(MARKS) and b"\0" not in page[:HEAD]:
        declared = (charset, *(name.decode() for name in _DECLARED.findall(page[:HEAD])))
        for encoding in ("" if page.isascii() else "utf-8", *map(_codec, declared)):
            if encoding and (text := _fitting(page, encoding)) is not None:
                return text
    return page.decode(detect_encoding(io.BytesIO(page)), "replace")


def _codec(label: str) -> str:
    """The codec for a label; empty for none that pages are in, as for "punycode" or "utf-7"."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(name, name) if name in _WEB else ""


def _fitting(page: bytes, encoding: str) -> str | None:
    text = page.decode(encoding, "replace")
    return text if text.count("\ufffd") * _DAMAGE <= len(page) else None
