"""Persons and organisations: runs of capitals, told apart by the evidence in and around them."""

import re
from collections.abc import Sequence

from rag.language.phrases.gazetteer import GAZETTEER, PLACE_HEADS, PLACE_NOUNS
from rag.language.phrases.lists import word_set
from rag.language.phrases.name_words import HEADS_OF, KNOWN_ORGANISATIONS, NO_NAMES, ORGANISATION_NOUNS, ROLES, SAYING
from rag.language.phrases.phrase import Kind, Phrase
from rag.language.phrases.runs import Run, is_given_name, opens_a_sentence
from rag.language.phrases.tokens import Tokens

_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|Le|La|Du|Van|Von|Fitz|O['’])\w*[a-z][A-Z]")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,6}(?!\w)")
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_PLACING = word_set("in at near from to off outside across through around into inside toward towards")
_STRONGLY_PLACING = word_set("in near off outside across inside of")
_DIRECTIONS = word_set("north south east west outside city town")
_APPOSITION_REACH = 6
_LONGEST_PERSON = 4
_LONGEST_PART = 3

_Verdict = tuple[Kind, str] | None
_PERSON: _Verdict = (Kind.PERSON, "known")
_ORGANISATION: _Verdict = (Kind.ORGANISATION, "known")


def find_names(tokens: Tokens, runs: Sequence[Run]) -> list[Phrase]:
    """Find the persons and organisations among the runs of capitals, in order."""
    long = {run.first: _judge_long(tokens, run) for run in runs if len(run.words) > 1}
    surnames = {
        tokens.words[run.last] for run in runs if (verdict := long.get(run.first)) and verdict[0] is Kind.PERSON
    }
    seen = {tokens.words[run.first] for run in runs if not opens_a_sentence(tokens, run.first)}
    phrases = []
    for run in runs:
        verdict = long[run.first] if run.first in long else _judge_single(tokens, run, surnames, seen)
        if verdict:
            phrases.append(Phrase(tokens.starts[run.first], tokens.ends[run.last], *verdict))
    return phrases


def placing_word(tokens: Tokens, run: Run) -> str:
    """The preposition of place right before the run, or an empty string."""
    before = tokens.lower[run.first - 1] if run.first else ""
    return before if before in _PLACING else "of" if _follows_a_direction(tokens, run) else ""


def written(tokens: Tokens, run: Run) -> str:
    """The words of a run, with single blanks, in lower case: its key in the gazetteer."""
    return " ".join(tokens.lower[run.first : run.last + 1]).replace(" .", ".").replace(" - ", "-")


def place_inside(tokens: Tokens, run: Run) -> Run | None:
    """The place that a longer name begins or ends with: "Qatar" of "Qatar World Cup", "Ghana" of "Pulse Ghana"."""
    for length in range(min(_LONGEST_PART, len(run.words) - 1), 0, -1):
        for words in (run.words[:length], run.words[-length:]):
            if written(tokens, Run(words)) in GAZETTEER:
                return Run(words)
    return None


def _judge_long(tokens: Tokens, run: Run) -> _Verdict:
    first, last = tokens.words[run.first], tokens.words[run.last]
    if run.role:
        return _PERSON
    if all(part in GAZETTEER for part in written(tokens, run).split("-")):
        return None
    between = tokens.lower[run.first : run.last]
    if last in ORGANISATION_NOUNS or "&" in between or (first in HEADS_OF and ("of" in between or "for" in between)):
        return _ORGANISATION
    if last in PLACE_NOUNS or first in PLACE_HEADS:
        return None
    short = len(run.words) <= _LONGEST_PERSON
    if short and is_given_name(tokens, run.first):
        return (Kind.PERSON, "guess" if first.lower() in GAZETTEER else "known")
    if place_inside(tokens, run):
        return (Kind.ORGANISATION, "guess")
    if first in KNOWN_ORGANISATIONS or any(tokens.words[index] in ORGANISATION_NOUNS for index in run.words):
        return _ORGANISATION
    if short and (last in _SUFFIXES or _is_described(tokens, run)):
        return _PERSON
    if not short or _ACRONYM.match(first) or (run.first and tokens.lower[run.first - 1] == "the"):
        return (Kind.ORGANISATION, "guess")
    return None if placing_word(tokens, run) in _STRONGLY_PLACING else (Kind.PERSON, "guess")


def _judge_single(tokens: Tokens, run: Run, surnames: set[str], seen: set[str]) -> _Verdict:
    word = tokens.words[run.first]
    if tokens.lower[run.first] in NO_NAMES:
        return None
    if run.role or word in surnames:
        return _PERSON
    if tokens.lower[run.first] in GAZETTEER:
        return None
    if word in KNOWN_ORGANISATIONS or _ACRONYM.match(word):
        return _ORGANISATION
    if is_given_name(tokens, run.first):
        return _PERSON
    if _CAMEL.match(word):
        return _ORGANISATION
    initial = opens_a_sentence(tokens, run.first) and word not in seen
    if _is_described(tokens, run, by_verb=not initial):
        return _PERSON
    possessive = run.last + 1 < len(tokens.words) and tokens.words[run.last + 1][0] in "'’"
    if (initial and not possessive) or placing_word(tokens, run) in _STRONGLY_PLACING:
        return None
    return (Kind.ORGANISATION, "guess")


def _is_described(tokens: Tokens, run: Run, *, by_verb: bool = True) -> bool:
    """Whether what follows speaks of a person: a verb of saying, an age, a role in apposition, "who"."""
    after = tokens.lower[run.last + 1 : run.last + 2 + _APPOSITION_REACH]
    if not after:
        return False
    if after[0] in SAYING:
        return by_verb
    if after[0] != "," or len(after) < 3:
        return False
    if after[1].isdecimal() and after[2] in (",", "."):
        return True
    return after[1] in ("who", "whose") or (after[1] in ("the", "a", "an") and _names_a_role(after[2:]))


def _names_a_role(words: Sequence[str]) -> bool:
    apposition = words[: words.index(",")] if "," in words else words
    return any(word in ROLES for word in apposition)


def _follows_a_direction(tokens: Tokens, run: Run) -> bool:
    before = tokens.lower[max(0, run.first - 2) : run.first]
    return len(before) == 2 and before[0] in _DIRECTIONS and before[1] == "of"
