"""Whom a question names as its sources: "the TechCrunch report", "as reported by both Fortune and Wired".

The names are the corpus's own outlets and authors. Such a name is also a word or a topic ("fortune", "why was The
Guardian sued?"), so one counts only where words beside it speak of reporting, or in a list with another that counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SECTION = re.compile(r"\s+[-–—|]\s+|:\s+")
_DOMAIN = re.compile(r"\.(?:com|org|net|news|co\.uk|co|tv)$", re.IGNORECASE)
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_WORD = re.compile(r"(?<!\w)\w+")
_SHORTEST = 3

_REPORT = (
    "report(?:ing)?|article|story|stories|piece|coverage|review|analysis|analyses|column|interview|post|account|"
    "publication|investigation|feature|editorial|newsletter|blog|portrayal|depiction|description|discussion|mention|"
    "explanation|assertion|assessment|statement|perspective|source"
)
_SAYS = (
    "report|state|say|said|suggest|discuss|claim|highlight|mention|describ|portray|note|write|wrote|publish|indicat|"
    "cover|focus|attribut|credit|rais|alleg|argu|predict|present|detail|emphasi|impl(?:y|ie)|explain|recommend|list|"
    "rank|review|anticipat|fail|link|show|reveal|identif|confirm|advis|defin|associat|agree|depict|express|warn|quot|"
    "cite|feature|talk"
)
_AFTER = re.compile(rf"\W*(?:s\W+)?(?:\w+\W+){{0,2}}?(?:(?:{_REPORT})s?\b|(?:{_SAYS})\w*)", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:\baccording\s+to|\bper|\b(?:(?:{_REPORT})s?|(?:{_SAYS})\w*|headlines?|outlets?|newspapers?|magazines?|"
    r"websites?|written)\W+(?:\w+\W+){0,4}?(?:by|from|in|on|of|like|including|such\s+as))\W+(?:(?:both|the)\W+)*$",
    re.IGNORECASE,
)
_REPORTING = re.compile(rf"\b(?:(?:{_REPORT})s?|report\w*|publish\w*)\b", re.IGNORECASE)
_NEAR = 60
"""Characters before a name in which a word of reporting may stand."""

_LISTED = re.compile(r"(?:[\W_]|\b(?:and|or|both|the|as\s+well\s+as)\b)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A source named in a question, `question[start:end]`, and the corpus's outlets or authors that it means."""

    start: int
    end: int
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class Sources:
    """The names by which a corpus's outlets and authors are called."""

    def __init__(self, outlets: Iterable[str] = (), authors: Iterable[str] = ()) -> None:
        self._called: dict[str, dict[str, Mention]] = {}
        for outlet in sorted(set(outlets)):
            for name in called(outlet):
                self._add(name, Mention(0, 0, outlets=(outlet,)))
        for author in sorted(set(authors)):
            if len(_WORD.findall(_folded(author))) > 1:
                self._add(author, Mention(0, 0, authors=(author,)))

    def named_in(self, question: str) -> tuple[Mention, ...]:
        """The outlets and authors that a question names as its sources, in order."""
        return tuple(
            mention
            for run in runs(question, self._all_in(question))
            if any(_is_a_source(question, each) for each in run)
            for mention in run
        )

    def _add(self, name: str, meant: Mention) -> None:
        key = _folded(name)
        alike = self._called.setdefault(_WORD.findall(key)[0], {})
        known = alike.get(key, Mention(0, 0))
        alike[key] = Mention(0, 0, known.outlets + meant.outlets, known.authors + meant.authors)

    def _all_in(self, question: str) -> list[Mention]:
        """Every name in the question, the longest at each place; one in small letters is taken for a word."""
        folded, found, behind = _folded(question), list[Mention](), 0
        for word in _WORD.finditer(folded):
            for key in sorted(self._called.get(word[0], ()), key=len, reverse=True):
                end = word.start() + len(key)
                whole = not (folded[end - 1 : end + 1].isalnum() and folded[end : end + 1])
                if word.start() >= behind and folded.startswith(key, word.start()) and whole:
                    if not question[word.start() : end].islower():
                        meant = self._called[word[0]][key]
                        found.append(Mention(word.start(), end, meant.outlets, meant.authors))
                        behind = end
                    break
        return found


def runs(question: str, mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Mentions that stand in one list together: "Fortune, The Verge and Wired"."""
    found: list[tuple[Mention, ...]] = []
    for mention in mentions:
        if found and _LISTED.fullmatch(question, found[-1][-1].end, mention.start):
            found[-1] = (*found[-1], mention)
        else:
            found.append((mention,))
    return found


def called(outlet: str) -> set[str]:
    """What an outlet is called: its whole name, and that without its section, its domain, its article.

    >>> sorted(called("The Independent - Travel"))
    ['Independent', 'The Independent', 'The Independent - Travel']
    >>> sorted(called("CBSSports.com"))
    ['CBSSports', 'CBSSports.com']
    """
    first = _SECTION.split(outlet, maxsplit=1)[0]
    names = {outlet, first, _DOMAIN.sub("", first), _THE.sub("", first)}
    return {name for name in names if len(name) >= _SHORTEST and _WORD.search(name)}


def leans_on(question: str, mention: Mention) -> bool:
    """Whether what is said before a source is said by it: "according to", "as reported by", "in an article from"."""
    return bool(_BEFORE.search(question[max(0, mention.start - _NEAR) : mention.start]))


def speaks_of_reporting(text: str) -> bool:
    """Whether a stretch of a question has a word for something published: "the report", "published on"."""
    return bool(_REPORTING.search(text))


def _is_a_source(question: str, mention: Mention) -> bool:
    return bool(_AFTER.match(question, mention.end)) or leans_on(question, mention)


def _folded(text: str) -> str:
    """A text in small letters, of the same length: "İ" alone would become two, of which the first is "i"."""
    return "".join(" " if letter.isspace() else letter.lower()[0] for letter in text)
