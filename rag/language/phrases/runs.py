"""Runs of capitalised words: what may be a name, before anything is said of whose."""

from dataclasses import dataclass

from rag.language.phrases.given_names import GIVEN_NAMES
from rag.language.phrases.lists import word_set
from rag.language.phrases.name_words import (
    DEPARTMENTS,
    HEADS_OF,
    NATIONALITIES,
    NO_NAMES,
    OPENERS,
    ORGANISATION_NOUNS,
    PARTICLES,
    ROLES,
    SHY_ROLES,
    STARTERS,
)
from rag.language.phrases.tokens import Grammar, Tokens

_GRAMMAR = Grammar("CAP HEAD DEPARTMENT INITIAL TITLE PARTICLE OF FOR THE AND AMP HYPHEN DOT OTHER")
_RUN = _GRAMMAR.pattern(
    r"""
    [CAP HEAD]{{0,3}} DEPARTMENT [OF FOR] THE? [CAP HEAD]{{1,4}} (?: AND [CAP HEAD]{{1,3}} )?
  | {word} (?: {link}? {word} )*
    """.format(
        word="(?: [CAP HEAD DEPARTMENT] | [INITIAL TITLE] DOT? )",
        link="(?: HYPHEN | AMP | PARTICLE{1,3} HYPHEN? | HYPHEN PARTICLE HYPHEN"
        " | (?<= [HEAD DEPARTMENT] ) OF THE? | (?<= DEPARTMENT ) FOR THE? )",
    )
)
_CLASS = _GRAMMAR.letters
_SIGNS = {"of": "OF", "for": "FOR", "the": "THE", "and": "AND", "&": "AMP", ".": "DOT"}
_HYPHENS = frozenset("-‑–")
_TITLES = word_set("mr mrs ms dr prof gov sen rep gen lt col capt sgt rev st mt ft sens reps jr sr maj")
_CALENDAR = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays fridays saturdays sundays
    """
)
_SPOKEN_ROLES = ROLES - SHY_ROLES
_SENTENCE_OPENERS = frozenset('“"‘:.?!—•')


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitals: the indices of its words, and whether a role or honorific stood right before it."""

    words: tuple[int, ...]
    role: bool = False

    @property
    def first(self) -> int:
        """The index of the first word."""
        return self.words[0]

    @property
    def last(self) -> int:
        """The index of the last word."""
        return self.words[-1]


def find_runs(tokens: Tokens) -> list[Run]:
    """Find the runs of capitals, in order, cut at roles: "Apple CEO Tim Cook" is "Apple" and "Tim Cook"."""
    runs: list[Run] = []
    for match in _RUN.finditer(tokens.classes(_classify)):
        words = tuple(i for i in range(match.start(), match.end()) if tokens.words[i][0].isupper())
        runs += _cut(tokens, words)
    return runs


def opens_a_sentence(tokens: Tokens, index: int) -> bool:
    """Whether the token owes its capital, perhaps, to its place: first, or after a quotation mark or a full stop."""
    return index == 0 or tokens.words[index - 1] in _SENTENCE_OPENERS


def is_given_name(tokens: Tokens, index: int) -> bool:
    """Whether the token is a common given name."""
    return tokens.words[index] in GIVEN_NAMES


def _classify(tokens: Tokens, index: int) -> str:
    written, word = tokens.words[index], tokens.lower[index]
    if not written[0].isupper():
        if word in _HYPHENS and tokens.joined(index):
            return _CLASS["HYPHEN"]
        return _CLASS["PARTICLE" if word in PARTICLES else _SIGNS.get(word, "OTHER")]
    if len(written) == 1:
        return _classify_letter(tokens, index)
    if word in _TITLES:
        return _CLASS["TITLE"]
    if written.isupper():
        return _CLASS["CAP"]
    after_given_name = index > 0 and is_given_name(tokens, index - 1)
    if word in STARTERS or word in _CALENDAR:
        return _CLASS["CAP" if after_given_name and word in ("may", "march", "will", "friday") else "OTHER"]
    if word in OPENERS and opens_a_sentence(tokens, index) and not _is_capitalised(tokens, index + 1):
        return _CLASS["OTHER"]
    return _CLASS["DEPARTMENT" if written in DEPARTMENTS else "HEAD" if written in HEADS_OF else "CAP"]


def _classify_letter(tokens: Tokens, index: int) -> str:
    if index + 1 < len(tokens.words) and tokens.words[index + 1] == "." and tokens.glued(index + 1):
        return _CLASS["INITIAL"]
    numeral = tokens.words[index] in "IVX" and _is_capitalised(tokens, index - 1)
    return _CLASS["CAP" if numeral or (tokens.glued(index) and tokens.words[index - 1] == "-") else "OTHER"]


def _is_capitalised(tokens: Tokens, index: int) -> bool:
    return 0 <= index < len(tokens.words) and tokens.words[index][0].isupper()


def _cut(tokens: Tokens, words: tuple[int, ...]) -> list[Run]:
    """Cut a run at the last role that a person's name follows, and strip what is no part of a name."""
    role = _last_role(tokens, words)
    start = role
    while start >= 0 and _is_role(tokens, words[start]):
        start -= 1
    before, after = words[: start + 1], words[role + 1 :]
    runs = [Run(part) for part in (_stripped(tokens, before),) if part]
    if role < 0:
        after = _without_trailing_role(tokens, after)
    after = _stripped(tokens, after, named=role >= 0)
    lowered = role < 0 and bool(after) and after[0] > 0 and tokens.words[after[0] - 1] in _SPOKEN_ROLES
    return [*runs, Run(after, role=role >= 0 or lowered)] if after else runs


def _last_role(tokens: Tokens, words: tuple[int, ...]) -> int:
    """The position in `words` of the last role before a person's name, or -1."""
    if tokens.words[words[-1]] in ORGANISATION_NOUNS:
        return -1
    for position in range(len(words) - 2, -1, -1):
        if not _is_role(tokens, words[position]) or (position and is_given_name(tokens, words[0])):
            continue
        shy = tokens.lower[words[position]] in SHY_ROLES
        if not shy or is_given_name(tokens, words[position + 1]):
            return position
    return -1


def _is_role(tokens: Tokens, index: int) -> bool:
    return tokens.lower[index] in ROLES


def _without_trailing_role(tokens: Tokens, words: tuple[int, ...]) -> tuple[int, ...]:
    end = len(words)
    while end and _is_role(tokens, words[end - 1]) and tokens.words[words[end - 1]] not in ORGANISATION_NOUNS:
        end -= 1
    return words if end and is_given_name(tokens, words[end - 1]) else words[:end]


def _stripped(tokens: Tokens, words: tuple[int, ...], *, named: bool = False) -> tuple[int, ...]:
    """Without nationalities in front of a person ("American Taylor Swift"), and nothing where nothing else is left."""
    start = 0
    while start < len(words) and tokens.lower[words[start]] in NATIONALITIES:
        start += 1
    rest = words[start:]
    if not rest or named or is_given_name(tokens, rest[0]):
        return rest
    return words if any(tokens.lower[index] not in NO_NAMES for index in words) else ()
