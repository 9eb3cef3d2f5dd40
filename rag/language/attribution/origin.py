"""Where a passage of an article comes from: what it says itself, what its article relays as a whole, or its outlet."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from rag.language.attribution.credits import is_shared
from rag.language.attribution.find import Attribution
from rag.language.attribution.names import canonical, is_known, key_of_host
from rag.language.attribution.quoted import is_quoted
from rag.language.sentences import sentence_spans
from rag.model import Article, Bounds

_SAYING = (
    r"(?:said|says|added|adds|told|tells|noted|notes|explained|explains|claimed|claims|wrote|writes|reported|reports|"
    r"continued|went on|described|argued|acknowledged|declined|cited|quoted|insisted|called|warned)"
)
_REPORTED = (
    r"(?:report|story|article|newspaper|paper|outlet|magazine|network|publication|news site|statement|memo|documents?|"
    r"e-?mails?|letter|investigation|poll|survey|analysis|review|interview)"
)
_INFORMANT = r"(?:sources?|person|people|officials?|executives?|spokes\w+)"
_GOES_ON = re.compile(
    rf"[\"“](?![^\"”]{{0,60}}[^,.?!…—-][\"”])|"  # a quotation that is no title
    rf"(?:He|She|They|It|(?:The|Those|One|Another) (?:\w+ )?{_INFORMANT})"
    rf"(?: (?:also|then|later|further|previously|did|had|has|\w+ly))* {_SAYING}\b|"
    rf"(?:The|That|Those|Its|One|Another) (?:\w+ )?{_REPORTED}\b|Sources\b|"
    rf"(?:According to|In|During|Citing) (?:the|that|those|its|his|her|their|this) (?:same |\w+ )?{_REPORTED}\b"
)
_AFRESH = re.compile(
    r"\btold (?:(?-i:[A-Z])|reporters|journalists|us|me|lawmakers|(?:a|the) (?:news|press) conference|the court)|"
    r"\b(?:tweeted|posted)\b|\bsaid (?:another|one|a|an) |"
    r"\b(?:said|wrote) (?:\w+ ){0,2}(?:in a|on) "
    r"(?:statement|tweet|post|twitter|x|news conference|press conference|facebook|instagram|(?:[\w-]+ )?video)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"(?<=[,?!][”\"]) [^“”\"]{0,120}\b(?:said|says|wrote|writes|asked|added)\b[^“”\",.]{0,60}")
_NAME = re.compile(r"[A-Z][\w’'-]+")
_NOT_A_SPEAKER = frozenset("He She They It Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_PASSED_ON = re.compile(
    r"\b(?:told|tells?|telling|interview\w*|said|says|according|reports|reported|wrote|writes|writing|spoke|statement)\b"
)
_FARTHEST = 3  # sentences back that may say where one comes from

_OPENING = 900
_HEAD = 1500
_FOOT = 700
_DENSITY = 10  # sentences, of which one at least names the outlet that a text as a whole relays
_BRIEF = 5  # sentences of a text that needs to name it only once
_REPORTING = re.compile(r"\b(?:report|broke)")
_CITING = re.compile(r"(?:citing|cites|cited|quoting|quoted by|first reported)\b")
_VOICE = re.compile(r"\b(?:said|says?|told|tells|according to)\b")
_FIRST_HAND = re.compile(r"\btold (?:us|me)\b")


def origin_of(article: Article, text: str, start: int, end: int, found: Sequence[Attribution]) -> str:
    """The key of the outlet that `text[start:end]`, of an article, comes from; `found` is what its text attributes.

    Of a passage with several, the one that most of it comes from. An article without an outlet is its own origin.
    """
    return attributed_to(article, text, start, end, found) or relayed(article, text, found) or own_origin(article)


def attributed_to(article: Article, text: str, start: int, end: int, found: Sequence[Attribution]) -> str | None:
    """The key of the outlet that the sentences of `text[start:end]` say most of it comes from; None if they name none.

    That may be the article's own outlet, as where the Courier writes "told the Courier".
    """
    sentences = _sentences(text)
    first = max(0, bisect_right(sentences, (start, len(text))) - 1)
    share: Counter[str | None] = Counter()
    for number in range(first, len(sentences)):
        begun, ended = sentences[number]
        if begun >= end:
            break
        origin = _attributed(text, number, (start, end), found, own_origin(article))
        share[origin] += max(1, min(end, ended) - max(start, begun))
    return share.most_common(1)[0][0] if share else None


def is_relay(article: Article, text: str, found: Sequence[Attribution]) -> bool:
    """Whether an article as a whole only relays another outlet."""
    return relayed(article, text, found) is not None


def relayed(article: Article, text: str, found: Sequence[Attribution]) -> str | None:
    """The key of the outlet that an article as a whole relays: its author, its dateline, or whom it keeps naming."""
    own = own_origin(article)
    authors = (canonical(part) for author in article.authors for part in re.split(r"[,;|/]", author))
    credited = [
        key
        for item in found
        if item.scope == "article" and _is_credit(text, item) and (key := canonical(item.outlet)) != own
    ]
    by = next((key for key in authors if is_known(key) and key != own), None) or next(iter(credited), None)
    return by or _leant_on(text, own, found)


def own_origin(article: Article) -> str:
    """The key of the outlet that an article stands in, as far as it is known; else what names the article."""
    if article.source and not re.fullmatch(r"\S+\.\w+", article.source):
        return canonical(article.source)
    host = (article.source or urlsplit(article.url).hostname or "").lower()
    return key_of_host(host) or host.removeprefix("www.") or article.id


def _is_credit(text: str, item: Attribution) -> bool:
    """Whether it is a dateline, byline or credit for all of the text."""
    words = text[item.start : item.end]
    placed = item.start < _HEAD or item.start > len(text) - _FOOT
    return placed and not is_shared(words) and _REPORTING.search(words) is None


def _leant_on(text: str, own: str, found: Sequence[Attribution]) -> str | None:
    """The outlet that a text names early and again, while it reports nothing itself."""
    named = [(item, canonical(item.outlet)) for item in found if not is_shared(text[item.start : item.end])]
    if not named or any(key == own for _, key in named) or _FIRST_HAND.search(text):
        return None
    counts = Counter(key for _, key in named)
    leader, times = counts.most_common(1)[0]
    early = any(key == leader and (item.start < _OPENING or item.scope == "article") for item, key in named)
    sentences = _sentences(text)
    often = (
        times * 3 >= len(named) * 2 and times * _DENSITY >= len(sentences) and (times > 1 or len(sentences) <= _BRIEF)
    )
    return leader if early and often and _own_voices(text, found, own) < times else None


def _own_voices(text: str, found: Sequence[Attribution], own: str) -> int:
    """How many sentences tell what somebody said, and not to another outlet."""
    return sum(
        _VOICE.search(text, *span) is not None and _attributed(text, number, span, found, own) is None
        for number, span in enumerate(_sentences(text))
    )


def _attributed(text: str, number: int, span: Bounds, found: Sequence[Attribution], own: str) -> str | None:
    """What a sentence is attributed to, by its own words or by those of a sentence that it goes on from."""
    sentences = _sentences(text)
    for back in range(min(number, _FARTHEST) + 1):
        begun, ended = sentences[number - back]
        within = found[bisect_left(found, begun, key=_start) : bisect_left(found, ended, key=_start)]
        named = [item for item in within if _is_of_sentence(text, item)]
        if named:
            item = min(named, key=lambda item: _distance(text, item, span, own))
            passed_on = not back or (
                _PASSED_ON.search(text, item.start, item.end) and _is_said_by_them(text, begun, span)
            )
            return canonical(item.outlet) if passed_on else None
        if not _goes_on(text, begun, ended):
            return None
    return None


def _is_said_by_them(text: str, start: int, span: Bounds) -> bool:
    """Whether nobody speaks in a span who was not named in the sentences before it, from `start` on."""
    tags = (tag.group() for tag in _SPEAKER.finditer(text, *span))
    speakers = {name for tag in tags for name in _NAME.findall(tag)} - _NOT_A_SPEAKER
    return not speakers or any(name in text[start : span[0]] for name in speakers)


def _start(item: Attribution) -> int:
    return item.start


def _is_of_sentence(text: str, item: Attribution) -> bool:
    return item.scope == "sentence" or _REPORTING.search(text, item.start, item.end) is not None


def _distance(text: str, item: Attribution, span: Bounds, own: str) -> tuple[bool, int, bool, int]:
    """How far an attribution is from being the one of a span; whom another outlet cites knew it first."""
    gap = max(0, span[0] - item.end, item.start - span[1])
    return _CITING.match(text, item.start) is None, gap, canonical(item.outlet) == own, item.start


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a sentence goes on telling what the source of the one before told."""
    if is_quoted(text, start, start + 1):
        return True
    return _GOES_ON.match(text, start) is not None and _AFRESH.search(text, start, end) is None


@lru_cache(maxsize=4)
def _sentences(text: str) -> tuple[Bounds, ...]:
    return sentence_spans(text)
