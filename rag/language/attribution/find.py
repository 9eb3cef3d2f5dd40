"""Find what a text says of where its information comes from.

In doubt a name is only a name: an outlet may be written about, owned, sued and watched, and only words of reporting
right beside its name make it a source. The rules are for English. The time is linear in the text.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rag.language.attribution.credits import credit
from rag.language.attribution.cues import after, before, is_of_all
from rag.language.attribution.mentions import Mention, mentions
from rag.language.attribution.quoted import is_quoted

_LISTED = re.compile(r",? (?:and|or|&) (?:[Tt]he )?|, (?:the )?|/(?:[Tt]he )?")
_CLOSING_A_LIST = re.compile(r".*(?:and|or|&|/)")
_AGAIN = re.compile(  # it begins with letters, as that is found quickly
    r"he (?:newspaper|news paper|news site|news outlet|news agency|news website|news organi[sz]ation|outlet|magazine|"
    r"broadcaster|network|publication|website|tabloid|paper|station)\b(?! [A-Z])"
)
_TOLD = re.compile(
    r"\b(?:told|tells|according to|reported by|(?:interview|spoke|speaking) with|(?:spoke|speaking|statement) to) t\Z"
)
_TELLS = re.compile(
    r"(?: (?:also|later|first|has|had|added that))* (?:reported|reports|said|says|wrote|writes|quoted|cited|cites|"
    r"noted|notes|revealed)\b(?! (?:it|its|in a statement)\b)"
)
_BELONGING = re.compile(r"\b(?:for|of|at|from|with|by|on|in|to) \Z")
_TOLD_WITHIN = 24
_REACH = 1200


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words of a text that name an outlet as a source: `text[start:end]`.

    `outlet` is its name as written, in full where the text says "the paper"; `canonical` makes it comparable. `scope`
    is "article" where the words speak of the whole text (a dateline, a credit, "first reported by"), else "sentence".
    """

    outlet: str
    start: int
    end: int
    scope: str


def attributions(text: str, outlets: Collection[str] = ()) -> tuple[Attribution, ...]:
    """What `text` says of where its information comes from, in order; `outlets` are further names of outlets.

    Only outlets and agencies count: where the police say something to the writer, the writer is the witness. What is
    quoted speech attributes nothing.

    >>> [(found.outlet, found.scope) for found in attributions("PARIS (AFP) — It rained, the mayor told Le Monde.")]
    [('AFP', 'article'), ('Le Monde', 'sentence')]
    """
    named = mentions(text, outlets if isinstance(outlets, frozenset) else frozenset(outlets))
    found: list[Attribution] = []
    rest = []
    for mention in named:
        if bounds := credit(text, mention.start, mention.end):
            found.append(Attribution(mention.outlet, *bounds, "article"))
        else:
            rest.append(mention)
    for group in _lists(text, rest):
        found.extend(_of_list(text, group))
    found.extend(_again(text, sorted(found, key=_start)))
    return tuple(sorted(found, key=_start))


def _start(found: Attribution) -> int:
    return found.start


def _lists(text: str, named: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The mentions, those that are listed together ("Reuters and the BBC") in one group."""
    group: list[Mention] = []
    for mention in named:
        if group and not _LISTED.fullmatch(text, group[-1].end, mention.start):
            yield from _groups(text, group)
            group = []
        group.append(mention)
    yield from _groups(text, group)


def _groups(text: str, group: list[Mention]) -> Iterator[list[Mention]]:
    """One group if a word closes the list; commas alone may part two sentences."""
    if len(group) > 1 and not _CLOSING_A_LIST.match(text, group[-2].end, group[-1].start):
        yield from ([mention] for mention in group)
    elif group:
        yield group


def _of_list(text: str, group: Sequence[Mention]) -> Iterator[Attribution]:
    first, last = group[0], group[-1]
    strict = all(mention.strict for mention in group)
    opened = before(text, first.start, last.end, strict=strict)
    closed = after(text, first.start, last.end, strict=strict) if opened is None else None
    if opened is None and closed is None:
        return
    for mention in group:
        if not is_quoted(text, mention.start, mention.end):
            start = mention.start if opened is None else opened
            end = mention.end if closed is None else closed
            scope = "article" if is_of_all(text[start:end]) else "sentence"
            yield Attribution(mention.outlet, start, end, scope)


def _again(text: str, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Where "the newspaper" and the like stand for the outlet that was the last source before."""
    if not found:
        return
    last = 0
    for words in _AGAIN.finditer(text, found[0].end):
        start, end = words.start() - 1, words.end()
        while last + 1 < len(found) and found[last + 1].end <= start:
            last += 1
        if start - found[last].end > _REACH or text[start] not in "tT":
            continue
        near = max(0, start - _TOLD_WITHIN)
        told = _TOLD.search(text, near, start + 1)
        tells = None if told or _BELONGING.search(text, near, start) else _TELLS.match(text, end)
        if (told or tells) and not is_quoted(text, start, end):
            bounds = (told.start() if told else start, tells.end() if tells else end)
            yield Attribution(found[last].outlet, *bounds, "sentence")
