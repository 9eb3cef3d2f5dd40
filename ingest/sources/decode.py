"""Which encoding the bytes of a file are in, and how bytes that do not fit are carried to the record they spoil."""

import codecs
import zlib
from typing import BinaryIO

from charset_normalizer import from_bytes

from rag.errors import SourceError

UNDECODABLE = "\udc80"
"""Stands for bytes that do not fit the encoding. No decoder gives a lone surrogate, so it can mean nothing else."""

WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "iso8859-9": "cp1254",
}  # fmt: skip
"""Codecs that are read as a wider one, as browsers do: it is what a document that declares them is nearly always in."""

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""Byte order marks; that of UTF-32 in its usual order begins with one of them."""

MARK = "byline.mark"
"""The codec error handler that puts UNDECODABLE in: one bad byte spoils its record, not its file."""

_SAMPLE = 64 * 1024
_LOOK_AHEAD = 8 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings of the web (WHATWG) that text still comes in. The code pages of DOS and old Macs fit nearly anything,
# and are nearly always wrong; Latin-1 is read as its superset Windows-1252.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5",
    "iso8859_7", "koi8_r", "koi8_u", "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip


def _mark(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return UNDECODABLE, error.end
    raise error


codecs.register_error(MARK, _mark)


def detect_encoding(stream: BinaryIO) -> str:
    """The name of the encoding of a stream at its start: by its byte order mark, else UTF-8, else the likeliest.

    Text that is mostly UTF-8 counts as UTF-8 with damage. Raises SourceError if no encoding fits. Reads some of the
    stream: seek back.
    """
    head = _read(stream)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if b"\0" in head and (wide := _wide_encoding(head)):
        return wide
    sample = _telling_part(stream, head)
    return "utf-8" if _is_mostly_utf8(sample) else _likeliest(sample)


def _read(stream: BinaryIO) -> bytes:
    """A sample's worth of bytes; less at the end, and where a packed file is damaged, as its reader will be told."""
    part = b""
    read = getattr(stream, "read1", stream.read)  # read1 gives what stands before a damage, too
    try:
        while len(part) < _SAMPLE and (more := read(_SAMPLE - len(part))):
            part += more
    except (EOFError, OSError, zlib.error):
        pass
    return part


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark, known by the zero that every second byte of Latin text then is."""
    zeros = head[0::2].count(0), head[1::2].count(0)
    if max(zeros) * 5 < len(head) or min(zeros) * 5 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _telling_part(stream: BinaryIO, part: bytes) -> bytes:
    """The first part that is not all ASCII, for ASCII fits every encoding; cut where no character is cut in two."""
    ahead = 0
    while part.isascii() and ahead < _LOOK_AHEAD and (following := _read(stream)):
        part, ahead = following, ahead + len(following)
    if len(part) < _SAMPLE:
        return part
    end = max(part.rfind(blank) for blank in (b"\n", b" ", b'"'))
    return part[: end + 1] or part


def _is_mostly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", MARK)
    bad = text.count(UNDECODABLE)
    good = len(text) - bad - sum(map(str.isascii, text)) if bad else 0
    return bad == 0 or good > bad


def _likeliest(sample: bytes) -> str:
    matches = list(from_bytes(sample, cp_isolation=_LEGACY))
    if not matches:
        raise SourceError("it is no text, or in an unknown encoding")
    # Windows-1252 wins a tie: its quotes and accents look the same in its neighbours, and most old files are in it.
    best = max(matches, key=lambda m: (-round(m.chaos, 3), round(m.coherence, 3), "cp1252" in m.could_be_from_charset))
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
