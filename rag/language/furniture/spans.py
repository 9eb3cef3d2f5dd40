"""Where in a text the furniture stands: whole sentences and whole lines that are no reporting.

In doubt a sentence is reporting, for a false mark hides an answer. A quick look for the words that furniture begins
with, or holds, comes first; only blocks of lines with some are cut into sentences and read by the rules. What stands
inside a quotation is never furniture: somebody said it. The time is linear in the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rag.language.furniture.contacts import CONTACTS
from rag.language.furniture.invitations import INVITATIONS
from rag.language.furniture.lines import HELD, LINES, PHOTO_CREDIT, TIME_TO_READ
from rag.language.furniture.notices import NOTICES
from rag.language.furniture.pointers import POINTERS
from rag.language.furniture.rule import WORD, Rules
from rag.language.furniture.within import WITHIN
from rag.language.sentences import sentence_spans

_SENTENCES = Rules(INVITATIONS, CONTACTS, POINTERS, NOTICES)
_AFTER_A_LEAD = Rules(INVITATIONS, POINTERS)
_LINES = Rules(LINES)
_WITHIN = {words: re.compile(pattern, re.IGNORECASE) for words, pattern in WITHIN.items()}
_TIME_TO_READ = re.compile(TIME_TO_READ)

_QUOTE_OR_NEW_LINE = re.compile(r"(?P<opening>“|(?<![^\s(\[–—-])\"(?=\S))|[”\"\n]")
_QUOTE = re.compile(r"[“”\"]")
_LINE = re.compile(r"\S[^\n]*(?<=\S)|\S")
_CREDIT = re.compile(PHOTO_CREDIT)
# A sentence or line may begin here, or what stands behind its label.
_START = re.compile(rf"(?:\A|[\n.!?:…])[^\w\n]{{0,6}}(?:(?i:please) )?({WORD})(?: ({WORD}))?")
_BEGINNINGS = _SENTENCES.beginnings | _LINES.beginnings
_BEGINNINGS_OF_TWO = frozenset(words.partition(" ")[0] for words in _BEGINNINGS if " " in words)
_HELD = (*WITHIN, *HELD)

# "He left. — A reporter contributed to this report." is one sentence, for a dash begins none.
_HOLDS_ANOTHER = re.compile(r"[.!?…][\"'”’)]* [–—-]+ ")
_CORRECTION = re.compile(
    r"\b(?:correct(?:ed|ion|s)|to correct|clarif(?:y|ie[ds]|ication)|misspelled|misstated|misidentified|incorrectly|"
    r"(?:earlier|previous) version)\b",
    re.IGNORECASE,
)
_DECORATION = re.compile(r"[^\w\"“”‘'«©@#$£€¥+<{]*+(?:(?:please|editor's note:?) )?", re.IGNORECASE)
_LEAD = re.compile(
    r"(?![^:\n]*\b(?:said|says?|reads?|reading|wrote|writes|told|tweeted|posted|asked|asks|message|sign|slogan)\b)"
    r"[^:\n\"“”]{2,90}:\s?"
)


def furniture_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The character spans of the sentences and lines of `text` that are no reporting, in order and apart.

    >>> text = "It rained. Sign up for our newsletter."
    >>> [text[start:end] for start, end in furniture_spans(text)]
    ['Sign up for our newsletter.']
    """
    found: list[tuple[int, int]] = []
    done = 0
    for hint in sorted(_hints(text)):
        if hint >= done:
            start = max(done, text.rfind("\n\n", done, hint))
            end = text.find("\n\n", hint)
            done = len(text) if end < 0 else end
            found.extend((start + first, start + last) for first, last in _in_block(text[start:done]))
    return tuple(found)


def without_furniture(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without those spans. What is left stands as far apart as they stood from one side of it.

    >>> without_furniture("It rained.\\n\\nAdvertisement\\n\\nIt poured.", [(12, 25)])
    'It rained.\\n\\nIt poured.'
    """
    if not spans:
        return text
    kept: list[str] = []
    gap = ""
    for (_, start), (end, _) in pairwise([(0, 0), *spans, (len(text), len(text))]):
        piece = text[start:end]
        core = piece.strip()
        first = piece.find(core)
        gap = max(gap, piece[:first] if core else piece, key=_room)
        if core:
            kept += [gap if kept else "", core]
            gap = piece[first + len(core) :]
    return "".join(kept)


def _room(gap: str) -> tuple[int, bool, int]:
    return gap.count("\n"), bool(gap), -len(gap)


def _hints(text: str) -> Iterator[int]:
    """Where a word stands that furniture may begin with or hold."""
    for start in _START.finditer(text):
        first, second = start.groups()
        first = first.lower()
        if first in _BEGINNINGS or (
            second is not None and first in _BEGINNINGS_OF_TWO and f"{first} {second.lower()}" in _BEGINNINGS
        ):
            yield start.start(1)
    for words in _HELD:
        place = text.find(words)
        while place >= 0:
            yield place
            place = text.find(words, place + len(words))


def _in_block(block: str) -> list[tuple[int, int]]:
    """The furniture of some lines without a blank one between them."""
    plain = block.replace("’", "'")
    lines = (line.span() for line in _LINE.finditer(block))
    found = [span for span in _unquoted(block, lines) if _is_line(plain[slice(*span)])]
    within = [pattern for words, pattern in _WITHIN.items() if words in block]
    sentences = sentence_spans(block)
    found += [span for span in _unquoted(block, sentences) if _is_sentence(plain[slice(*span)], within)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _unquoted(block: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of the spans that do not begin inside a quotation: the last mark before them in their line opens none."""
    position, inside = 0, False
    for start, end in spans:
        for mark in _QUOTE_OR_NEW_LINE.finditer(block, position, start):
            inside = mark["opening"] is not None
        position = start
        if not inside:
            yield start, end


def _is_line(line: str) -> bool:
    core = _undecorated(line)
    return (_LINES.match(core) and not _CORRECTION.search(core)) or _TIME_TO_READ.fullmatch(core) is not None


def _is_sentence(sentence: str, within: Iterable[re.Pattern[str]]) -> bool:
    core = _undecorated(sentence)
    if _CORRECTION.search(core) or _HOLDS_ANOTHER.search(core):
        return False
    if _SENTENCES.match(core) or _CREDIT.fullmatch(core):
        return True
    if not _QUOTE.search(core) and any(pattern.search(core) for pattern in within):
        return True
    lead = _LEAD.match(core)
    return lead is not None and _AFTER_A_LEAD.match(_undecorated(core[lead.end() :]))


def _undecorated(text: str) -> str:
    return _DECORATION.sub("", text, count=1)
