"""Text as a reader should see it: one way to write each thing, and nothing that cannot be seen.

Offsets of citations count the characters of cleaned text, so cleaning twice must change nothing: each step below says,
where it is not plain, why the others cannot undo it. The time is linear in the text.
"""

import re
import unicodedata
from html import unescape

# What most texts are made of, all of it already as it should be: they pass most steps at the price of one.
_USUAL = re.compile("[ -~\n\xc0-\u024f‘’“”–—…€£]*+")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD_BLANK = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls; soft hyphens; zero-width characters; marks of writing direction, which can make a text read other than it is
# stored; byte order marks; tag characters, which can hide a second text; and what Unicode says is no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]"
)
# Between letters of some scripts, and in emoji, a joiner is part of the spelling. Beside ASCII it is debris.
_STRAY_JOINER = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]++|[\u200c\u200d]++(?![^\x00-\x7f])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(" {2,}")
_BLANK_LINES = re.compile("\n{3,}")

_AMPERSAND = r"(?:amp|AMP|#0{0,5}38|#[xX]0{0,4}26);"
_REFERENCE = re.compile(rf"&((?:{_AMPERSAND})*)(#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,30}});")
_PLAIN = frozenset("&<>\"' \n")


def clean_text(text: str) -> str:
    r"""The text in Unicode's composed form (NFC), with plain newlines and blanks, and without unseen characters.

    Runs of blanks become one, blank lines one, and lines neither begin nor end in a blank. A lone surrogate becomes
    U+FFFD. HTML character references with their semicolon are resolved, however often they were escaped, if they stand
    for quotes, &, <, > or a character beyond ASCII: no news text means to show "&amp;quot;". Tags are left as they are.

    >>> clean_text("Caf\u0065\u0301&#8217;s  menu\r\n\r\n\r\nR&amp;amp;D ")
    'Café’s menu\n\nR&D'
    """
    if _USUAL.fullmatch(text) is None:
        text = _without_unseen(_composed(text))
    if "&" in text:
        # What comes out joins up with nothing around it to a further reference (_character), so once is enough.
        text = _composed(_REFERENCE.sub(_resolved, text))
    text = _BLANKS.sub(" ", text) if "  " in text else text
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return (_BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text).strip()


def clean_line(text: str) -> str:
    """The same for what is one line: titles and names.

    >>> clean_line(" Storm\\n hits coast")
    'Storm hits coast'
    """
    return " ".join(clean_text(text).split())


def _composed(text: str) -> str:
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _without_unseen(text: str) -> str:
    text = _NEWLINE.sub("\n", text)
    text = _ODD_BLANK.sub(" ", text)
    text = _UNSEEN.sub("", text)
    if "\u200c" in text or "\u200d" in text:  # asked first, for looking back at every character is slow
        text = _STRAY_JOINER.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    return _composed(text)  # for what has gone may have kept a letter and its accent apart


def _resolved(reference: re.Match[str]) -> str:
    ampersands, name = reference.groups()
    character = _character(name)
    if character is not None:
        return character
    return f"&{name};" if ampersands else reference.group()


def _character(name: str) -> str | None:
    """What a reference stands for, if no part of a further reference (a letter, digit, # or ;) can come of it."""
    character = _NEWLINE.sub("\n", unescape(f"&{name};"))
    character = _composed(_ODD_BLANK.sub(" ", character))
    if character in _PLAIN:
        return character
    if len(character) != 1 or character.isascii() or not character.isprintable() or _UNSEEN.match(character):
        return None
    return character
