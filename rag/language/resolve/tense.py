"""What a sentence says of its time phrases: that they are still to come, or that they were over."""

import re

_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|due|expected|scheduled|set to|plans? to|to be|hopes? to)\b")

_REACH = 110
"""Characters before a phrase within which its verb is looked for."""

_PLACED = re.compile(r"\b(?:in|on|during) $")
"""What leads from a verb to when it was. "Announced for May" and "moved to May" look ahead."""

_NEW_CLAUSE = re.compile(
    r"[,;:()\"“”—–]|\s-\s|\b(?:and|but|while|because|although|when|after|before|as)\b", re.IGNORECASE
)
_AUXILIARY = r"(?:was|were|had|did)(?:n['’]t)?"
_SIMPLE_PAST = (
    r"(?:began|became|took|went|came|fell|rose|gave|spoke|wrote|grew|saw|won|lost|led|met|held|made|left|got|bought|sold|"
    r"found|paid|broke|drew|ran|sent|stood|threw|beat|(?!need|indeed|speed|deed|feed|seed|hundred)[a-z]\w+ed)"
)
_SUBJECT = r"(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]e|I|who|[A-Z][\w'’.-]*|(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) \w+)"
_ADVERB = r"(?:\w+ly |first )?"
_BESIDE = re.compile(rf"\b(?:{_AUXILIARY} {_ADVERB}\w+|{_SIMPLE_PAST}|said|told|knew|heard)$")
"""A verb right before the time: "was shown | in May", "died | in May"."""

_FARTHER = re.compile(rf"\b(?:{_AUXILIARY}|{_SUBJECT} {_ADVERB}{_SIMPLE_PAST})\b")
"""A verb with words between it and the time; without a subject "acclaimed" may belong to a noun."""

_NOT_YET = (
    r"would|could|may|might|can|must|should|be|being|is|are|(?:was|were)(?:n['’]t)? (?:\w+ly )?\w+ing|plan\w*|set|"
    r"slated|propos\w+|postpon\w+|delay\w*|push\w*|mov(?:e|ed|ing)|book\w*|bill(?:ed|ing)|reschedul\w+|vow\w*|"
    r"promis\w+|next|forward|date|hearing|trial|election|vote|contest|summit|meeting|concert|tour|show|festival"
)
_NOT_YET_BESIDE = re.compile(rf"\b(?:{_NOT_YET})\b(?: \w+){{0,2}}$", re.IGNORECASE)
_NOT_YET_BETWEEN = re.compile(
    rf"\b(?:{_NOT_YET}|am|has|have|for|until|till|deadline|upcoming|ahead|annual|tickets?"
    r"|opens|starts|begins|airs|returns|runs|kicks|premieres|arrives|debuts|ends|expires|closes|launches|goes|comes|takes"
    r"|(?:announc|reveal|confirm|unveil|releas|invit|need|want|intend|hop|prepar|urg|call|extend|renew|nam|"
    r"signal|pric|add|order|grant|agre|fix|fac|back|eye)\w*ed?)\b"
    r"|\bto (?!(?:the|an?|his|her|their|its|our|my|this|that)\b)[a-z]",
    re.IGNORECASE,
)
"""What may put the time ahead of the verb: "announced a concert in May", "asked them to leave in May"."""


def is_ahead(sentence: str) -> bool:
    """Whether a sentence speaks of what is to come."""
    return _AHEAD.search(sentence) is not None


def is_over(sentence: str, start: int) -> bool:
    """Whether a sentence says of the time that begins at `start` that something had happened then.

    >>> is_over("It was shown in May.", 16), is_over("It was announced for May.", 21)
    (True, False)
    """
    before = sentence[max(0, start - _REACH) : start]
    placed = _PLACED.search(before)
    if placed is None:
        return False
    clause = _NEW_CLAUSE.split(before[: placed.start()])[-1].rstrip()
    if _BESIDE.search(clause):
        return _NOT_YET_BESIDE.search(clause) is None
    verb = _FARTHER.search(clause)
    return verb is not None and _NOT_YET_BETWEEN.search(clause, verb.start()) is None
