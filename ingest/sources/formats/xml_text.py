"""The characters of an XML document, mended where that loses nothing, and without what a parser must not see.

What news sites call XML is often not quite XML: it names entities of HTML (&nbsp;) that it does not declare, has bare
ampersands, control characters, or blank lines before its first. A parser that recovers from such mistakes loses text
without a word. So they are put right here, one by one, and the parser may be strict.
"""

import codecs
import html
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import chain

from ingest.sources.decode import MARK, MARKS, UNDECODABLE, WIDER, detect_encoding
from ingest.sources.document import Document
from rag.errors import SourceError

DAMAGE = "\ufdd0"
"""Stands for bytes that do not fit the encoding. XML may hold it, and it can mean nothing else: it is no character."""

LARGEST = 50_000_000
"""Characters of one document: what sitemaps may have, and more than any feed needs."""

_CHUNK = 64 * 1024
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._:-]*)["']""")
_LEGACY = frozenset(
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp932 cp949 iso8859-2 iso8859-4 iso8859-5 iso8859-7"
    " iso8859-10 iso8859-13 iso8859-15 koi8-r koi8-u euc_jp gb18030 big5".split()
)

_NO_XML = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ufdd0]")
_OPENING = re.compile(r"<!--|<\?|<!\[CDATA\[|<!DOCTYPE")
_CLOSING = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_LONGEST = 40  # what is changed here is shorter
_MAY_GO_ON = re.compile(r"[<&\]]")
_REFERENCE = re.compile(
    r"&(?:(#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,7};)|([A-Za-z][A-Za-z0-9]{1,31};))?"
    r"|<(?![A-Za-z_:/!?\x80-\U0010ffff])|\]\]>"
)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^\[\]<>"']|"[^"]*"|'[^']*')*+([>\[])""")
_LONGEST_DOCTYPE = 4096


def xml_text(document: Document) -> Iterator[str]:
    """The document in pieces, all well-formed XML if it can be: without declaration, comments and document type.

    Characters that XML forbids are blanks, bytes that do not fit are DAMAGE. Raises SourceError when it declares
    entities of its own, has NULs, is larger than LARGEST, or is in no encoding that can be told.
    """
    return _mended(_chunks(document, _encoding(document)))


def _encoding(document: Document) -> str:
    """By byte order mark, by UTF-8 if the bytes are that, else as the server or the document says, else the likeliest.

    UTF-8 goes before what is said, for no other text looks like it, and its label is often forgotten.
    """
    sample = document.stream.read(_CHUNK)
    document.stream.seek(0)
    declared = _DECLARED.match(sample)
    said = _known(document.charset) or _known(declared.group(1).decode() if declared else "")
    if said and not sample.startswith(MARKS) and b"\0" not in sample and not _fits_utf8(sample):
        return said
    encoding = detect_encoding(document.stream)
    document.stream.seek(0)
    return encoding


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    name = WIDER.get(name, name)
    return name if name in _LEGACY else ""


def _fits_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(document: Document, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors=MARK)
    length = 0
    while data := document.stream.read(_CHUNK):
        chunk = decoder.decode(data)
        length += len(chunk)
        if length > LARGEST:
            raise SourceError(f"it is longer than {LARGEST // 1_000_000} million characters")
        yield _allowed(chunk)
    yield _allowed(decoder.decode(b"", final=True))


def _allowed(chunk: str) -> str:
    if "\0" in chunk:
        raise SourceError("it has NUL characters, which no text has")
    return _NO_XML.sub(" ", chunk.removeprefix("\ufeff")).replace(UNDECODABLE, DAMAGE)


def _mended(chunks: Iterator[str]) -> Iterator[str]:
    text = ""
    opening = ""  # of the section that is open
    for chunk in chain(chunks, [None]):
        text += chunk or ""
        mended, text, opening = _mend(text, opening, last=chunk is None)
        yield mended


def _mend(text: str, opening: str, last: bool) -> tuple[str, str, str]:
    """As much of a text, mended, as can be before more is seen; the rest; and which section is open at its start."""
    parts = []
    position = 0
    while True:
        if opening:
            closing = _CLOSING[opening]
            end = text.find(closing, position)
            stop = max(position, len(text) - 2) if end < 0 else end + len(closing)
            parts.append(_kept(opening, text[position:stop]))
            if end < 0:
                return "".join(parts), text[stop:], opening
            position, opening = stop, ""
        elif found := _OPENING.search(text, position):
            parts.append(_REFERENCE.sub(_mended_reference, text[position : found.start()]))
            position = found.start()
            if found.group() in _CLOSING:
                opening = found.group()
            elif end := _end_of_doctype(text, position, last):
                position = end
            else:
                return "".join(parts), text[position:], ""
        else:
            stop = len(text) if last else _before_what_may_go_on(text, position)
            parts.append(_REFERENCE.sub(_mended_reference, text[position:stop]))
            return "".join(parts), text[stop:], ""


def _kept(opening: str, section: str) -> str:
    """CDATA as it is. Of comments and instructions the line ends, so that the parser counts lines right."""
    return section if opening == "<![CDATA[" else "\n" * section.count("\n")


def _before_what_may_go_on(text: str, position: int) -> int:
    found = _MAY_GO_ON.search(text, max(position, len(text) - _LONGEST))
    return found.start() if found else len(text)


def _end_of_doctype(text: str, position: int, last: bool) -> int:
    """Where a document type ends; 0 where that is still to come. It is left out, so that no parser ever follows it."""
    found = _DOCTYPE.match(text, position)
    if found is None:
        if last or len(text) - position > _LONGEST_DOCTYPE:
            raise SourceError("its document type does not end")
        return 0
    if found.group(1) == "[":
        raise SourceError("it declares XML entities or other rules of its own, which news never needs")
    return found.end()


def _mended_reference(reference: re.Match[str]) -> str:
    """By numbers, which every parser takes: what HTML names, and characters that stand for themselves."""
    number, name = reference.groups()
    if number:
        characters = html.unescape(f"&{number}")
    elif name:
        characters = html5.get(name, f"&{name}")
    else:
        characters = reference.group()
    return "".join(f"&#{ord(character)};" for character in characters)
