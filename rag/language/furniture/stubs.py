"""Whether a text is only a stub of an article, and why.

Length decides, with signs that the text breaks off: a page behind a paywall whose whole text was had is no stub, and a
short report is none either. In doubt a text is an article.
"""

import re

from rag.language.furniture.pages import reason_of_page
from rag.language.furniture.spans import furniture_spans, without_furniture

PAYWALL, HEADLINE, LIVE, SUMMARY = "paywall", "headline only", "live blog shell", "summary only"
CUT_OFF = "cut off"

# Words: what is shorter is a stub of its kind, if there are signs of one.
_TEASER = 150
_TEASER_WITH_PROMPT = 250  # where the text itself ends by asking for money or a name
_BROKEN_OFF = 100
_SHELL = 60

_LONG = 5000
"""Characters, from which a text is no stub, unless its end tells."""

_END = 1000
"""Characters at the end of a text, in which it may tell."""

_PROMPT = re.compile(
    r"\bsubscribe (?:\w+ )?(?:to|and) (?:continue|keep|read|unlock|access)\b|"
    r"\bto (?:continue|keep) reading\b|\bto read on\b|"
    r"\bcontinue reading (?:(?:this|the) \w+ )?(?:with|by|for)\b|\bthe rest of this (?:article|story)\b|"
    r"\b(?:to (?:read|access|unlock|view|see)|unlock) (?:the (?:full|whole|entire|complete|rest of (?:the|this))|this) "
    r"(?:article|story|content)\b|"
    r"\b(?:article|story|content|post) is (?:available |exclusive |exclusively |only |reserved |just )*"
    r"(?:for|to) (?:our |all )?(?:[\w.'-]+ ){0,3}(?:subscribers|members)\b|\bfor (?:paid |paying )?subscribers only\b|"
    r"\bsubscribers?[- ]only (?:article|story|content)\b|"
    r"\b(?:log|sign) in (?:or [\w ]{2,20} )?to (?:continue|read|unlock)\b|"
    r"\bregister (?:now |for free )?to (?:continue|read)\b|"
    r"\b(?:reached|used|read) (?:all |your |the |last )+(?:\w+ ){0,3}free (?:articles|stories)\b",
    re.IGNORECASE,
)
_TRUNCATED = re.compile(r"\[\s*\+\s*\d{1,7} char(?:acter)?s\s*\]\s*\Z")  # as interfaces to news mark what they left out
_ELLIPSIS = re.compile(r"(?:…|\.{3}|\[(?:…|\.{3})\])\s*\Z")
_STOPPED = re.compile(r"[.!?…:][\"'”’)\]]*\s*\Z")
_LIVE = re.compile(
    r"\bfollow (?:along with )?(?:our|the latest|the|[\w' ]{2,30}'s) live (?:coverage|blog|updates)\b|"
    r"\b(?:this|our|the) live ?(?:blog|coverage|page)(?: (?:of|for) [^\n.]{1,60})? (?:has (?:now )?(?:ended|finished|"
    r"concluded|moved|closed)|is (?:now )?(?:over|closed|paused)|continues)\b|"
    r"\b(?:wrapping up|closing|pausing|ending) (?:our|this|the) live ?(?:blog|coverage)\b",
    re.IGNORECASE,
)


# What a sentence has more than a headline, and says no more by; "not", "off", "no" and the like are none of it.
_GRAMMAR = frozenset(
    "a an and are as at be been by for from had has have in is it its of on the to was were with".split()
)


def stub_reason(text: str, *, title: str = "", access: str = "", kind: str = "") -> str | None:
    """Why `text` is only a stub of an article, in a few words for people, or None if it is an article.

    `access` is "paywall" if its source says that not everybody may read it; `kind` is "summary only" or "headline only"
    if its source gave no more than that.

    >>> stub_reason("Rates may fall, people close to the bank said. Subscribe to continue reading.")
    'paywall'
    """
    is_long = len(text) > _LONG
    plain = (text[-_END:] if is_long else text).replace("’", "'")
    reporting = without_furniture(plain, furniture_spans(plain))
    words = _LONG if is_long else len(reporting.split())
    if _is_teaser(plain, reporting, words, paywalled=access == "paywall"):
        return PAYWALL
    if _TRUNCATED.search(reporting):
        return CUT_OFF
    if is_long:
        return None
    if reason := reason_of_page(plain, title):
        return reason
    if words < _SHELL and _LIVE.search(plain):
        return LIVE
    if _is_headline(reporting, title):
        return HEADLINE
    if words < _BROKEN_OFF and _ELLIPSIS.search(reporting):
        return CUT_OFF
    return kind if kind in (SUMMARY, HEADLINE) and words < _TEASER else None


def _is_teaser(text: str, reporting: str, words: int, *, paywalled: bool) -> bool:
    if paywalled and words < _TEASER:
        return True
    prompted = _PROMPT.search(text, max(0, len(text) - _END)) is not None
    if words < _TEASER_WITH_PROMPT:
        return prompted or (paywalled and not _STOPPED.search(reporting))
    return (prompted or paywalled) and _ELLIPSIS.search(reporting) is not None


def _words(text: str) -> set[str]:
    """Those that may say something: "The opening is off" says more than "Kite to see its opening"."""
    return set(re.findall(r"\w+", text.casefold())) - _GRAMMAR


def _is_headline(reporting: str, title: str) -> bool:
    """Whether a text says nothing beyond its title. A title with a stop is a sentence, which may be all there is."""
    if not reporting:
        return True
    if title:
        is_sentence = title.rstrip().endswith(".") and _ELLIPSIS.search(title) is None
        return not is_sentence and _words(reporting) <= _words(title)
    return "\n" not in reporting and len(reporting.split()) <= 15 and not _STOPPED.search(reporting)
