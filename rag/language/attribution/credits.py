"""Words that give a whole text to an outlet: the dateline, the byline, the credit at the foot."""

import re

from rag.language.attribution.lines import line_start

_HEAD = 1500
_BYLINES = 400
_FOOT = 700
_LONGEST = 500  # characters of a line of credits

_PLACE = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ,]+[A-ZÀ-Þ][\w.'’-]*){0,4}[ ,]*"
_DATELINE = re.compile(  # "OSLO, March 3 (AFP) -"; in "(AP/WKTN)" either name may be the one asked about
    r"(?:\A|(?<=\n))(?:[A-ZÀ-Þ]{2}[^()\n\"“”:]{0,60}|[ \t]*)\((?:[\w .]{1,30}[/;] ?)?\Z"
)
_BARE_DATELINE = re.compile(r"(?:\A|(?<=\n))\(\Z")
_DATELINE_AT_HEAD = re.compile(rf"(?:\A|(?<=\n)){_PLACE}\(\Z")
_DATELINE_ENDS = re.compile(r"(?:[/;][^)\n]{0,30})?\) ?(?:--|[-–—])")
_LINE_BEGINS = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?:[—–-]+ ?|\()?(?:(?:By|by|Source|Credit|From|Via):? )?"
    r"(?:[A-ZÀ-Þ][\w.’'-]*(?: (?:and |[A-ZÀ-Þ])[\w.’'-]*){0,6}(?:,| [|–—-]) )?(?:[Tt]he )?\Z"
)
_LINE_ENDS = re.compile(r"(?: (?:[Nn]ews [Aa]gency|writers?|staff))?\)?\.?[ \t]*(?=\n|\Z)")
_SIGNED = re.compile(r"[.!?”\"] ?(?:[—–-]{1,2} ?|\()(?:[Tt]he )?\Z")
_RIGHTS = re.compile(r"(?:©|\([cC]\)|Copyright)[^\n.]{0,30}\Z")
_CONTRIBUTED = re.compile(r"[^\n]{0,160}\bcontributed\b")
_CONTRIBUTING = re.compile(
    r"(?:\A|(?<=\n))(?:Contributing|Contributors?|Contributions?|Includes?|Compiled|Additional reporting)\b[^\n]*\Z|"
    r"\b(?:[Ww]ith|[Ii]ncludes|[Uu]sing) (?:\w+ ){0,2}(?:inputs|reporting|material|files|information|reports) "
    r"(?:from|by) [^\n.]{0,40}\Z|\bcontributed to by [^\n.]{0,40}\Z|\bInformation from [^\n.]{0,60}\Z"
)


def credit(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The bounds of the credit that holds the name `text[start:end]`, or None if it stands in none."""
    line = line_start(text, start, _LONGEST)
    if closed := _DATELINE_ENDS.match(text, end):
        opened = _DATELINE.match(text, line, start) or (start < _HEAD and _DATELINE_AT_HEAD.match(text, line, start))
        if opened:
            return opened.start(), closed.end()
    if text[end : end + 2] == ") " and start < _HEAD and _BARE_DATELINE.match(text, line, start):
        return start - 1, end + 1
    foot = start > len(text) - _FOOT
    if start > _BYLINES and not foot:
        return None
    begun, ended = _LINE_BEGINS.match(text, line, start), _LINE_ENDS.match(text, end)
    if begun and ended and (start < _BYLINES or not text[ended.end() :].strip()):
        return begun.start(), ended.end()
    return _at_the_foot(text, line, start, end) if foot else None


def is_shared(words: str) -> bool:
    """Whether a credit names an outlet only among those who worked on the text."""
    return (
        re.search(r"contribut|information|includ|compiled|additional|\bwith\b|using", words, re.IGNORECASE) is not None
    )


def _at_the_foot(text: str, line: int, start: int, end: int) -> tuple[int, int] | None:
    if opened := _CONTRIBUTING.search(text, line, start):
        return opened.start(), end
    if closed := _CONTRIBUTED.match(text, end):
        return start, closed.end()
    if opened := _RIGHTS.search(text, line, start):
        return opened.start(), end
    if not text[end:].strip(" )."):
        opened = _SIGNED.search(text, line, start)
        return (opened.start() + 1, end) if opened else None
    return None
