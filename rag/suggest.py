"""Example questions from a corpus's own sentences, so that a newcomer sees what can be asked. No model is needed."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from rag.language.phrases import Kind, find_phrases
from rag.language.sentences import sentence_spans
from rag.language.terms import query_terms
from rag.model import Version

_SENTENCES = 8
"""Sentences at the head of an article that are looked at: news says what matters first."""

_NAME = r"(?:[A-Z][\w&’'-]+)(?: (?:of|the|and|&)? ?[A-Z][\w&’'-]+)*"
_SUBJECT = re.compile(
    rf"(?P<subject>(?:[Tt]he )?{_NAME}) will (?!not\b|now\b|also\b|then\b)(?P<rest>[a-z][^,;:“”\"]*)$"
)
_ROLE = re.compile(
    rf"{_NAME}, (?:the )?"
    r"(?P<role>(?:(?!an? |former )[a-z]+ ){0,3}(?:director|executive|governor|chair|minister|mayor|leader|chief|"
    r"president|secretary|head|captain|coach|officer))"
    rf" (?P<of>of|at) (?P<body>(?:the )?{_NAME}),"
)
_TELLING = frozenset({"date", "weekday", "year", "season", "relative"})
_DANGLING = re.compile(
    r"\s+(?:(?:and|or|but|on|at|in|by|from|of|the|until|some time|as|only|its|his|her|their|a|an|this|next)\s*)+$"
)


def suggest(versions: Iterable[Version], n: int) -> tuple[str, ...]:
    """Up to `n` questions that sentences of these articles answer, one an article, no two about the same thing.

    The kinds of question take turns, each in the order of the articles.
    """
    by_kind: dict[str, list[str]] = {}
    about: set[str] = set()
    for version in (version for version in versions if not version.article.stub):
        for question in _questions(version):
            asked = set(query_terms(question))
            if len(asked & about) * 2 <= len(asked):
                by_kind.setdefault(question.split()[0], []).append(question)
                about |= asked
                break
    turns = zip_longest(*(by_kind[kind] for kind in sorted(by_kind)))
    return tuple(question for turn in turns for question in turn if question)[:n]


def _questions(version: Version) -> Iterator[str]:
    for start, end in sentence_spans(version.text)[:_SENTENCES]:
        sentence = version.text[start:end]
        yield from _when(sentence)
        yield from _who(sentence)


def _when(sentence: str) -> Iterator[str]:
    """ "Kite Motors will open its plant on 14 June" asks: When will Kite Motors open its plant?"""
    for time in find_phrases(sentence, {Kind.TIME}):
        before = _DANGLING.sub("", sentence[: time.start].rstrip())
        found = _SUBJECT.search(before)
        if found and time.subtype in _TELLING and 2 <= len(found["rest"].split()) <= 12 and _names(sentence, found):
            yield f"When will {re.sub('^The ', 'the ', found['subject'])} {found['rest']}?"


def _names(sentence: str, found: re.Match[str]) -> bool:
    """Whether the whole subject is a name: not "It", nor "On Tuesday the council"."""
    start = found.end("subject") - len(re.sub("^[Tt]he ", "", found["subject"]))
    named = find_phrases(sentence, {Kind.PERSON, Kind.ORGANISATION, Kind.PLACE})
    return any(name.start <= start and name.end >= found.end("subject") for name in named)


def _who(sentence: str) -> Iterator[str]:
    """ "said Lena Marsh, the director of Kite Motors," asks: Who is the director of Kite Motors?"""
    for found in _ROLE.finditer(sentence):
        yield f"Who is the {found['role']} {found['of']} {found['body']}?"
