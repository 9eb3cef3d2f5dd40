"""What kind of thing a question asks for."""

import re

from rag.language.terms import query_terms
from rag.model import Asks

# What a question opens with or asks by, and the nouns that ask the same after "what" or "which" ("which year").
# Tried in order: the first that matches decides.
_ASKING: tuple[tuple[Asks, str, str], ...] = (
    (
        Asks.WHEN,
        r"when(?!\s+(?:he|she|it|they|we)\b)|how\s+(?:soon|recently)",
        "year|month|date|day|time|week",
    ),
    (
        Asks.AMOUNT,
        r"how\s+(?:much|many|long|old|far|fast|high|tall|big|large|heavy|deep|often|wide)"
        r"|what\s+(?:did|does|do|will|would|is|was)\b.*\b(?:costs?|pay|paid|charge|worth|weigh)",
        r"percentage|per\s?cent|share|price|cost|amount|sum|number|total|age|size|score|rate|salary|fee|fine|budget|"
        "value|weight|length|height|speed|turnout",
    ),
    (
        Asks.WHO,
        "who(?:m|se)?",
        "company|companies|firm|person|people|man|woman|actor|actress|player|team|club|party|agency|agencies|bank|"
        "outlet|director|minister|singer|author|artist|organi[sz]ation|group|studio|retailer|airline|senator|president",
    ),
    (
        Asks.WHERE,
        "where",
        "country|countries|city|cities|town|state|nation|continent|place|island|region|county|province|village|port",
    ),
    (Asks.WHY, r"why|what\s+(?:caused|led\s+to|prompted)", "reasons?|cause"),
    (Asks.WHAT, "what|which|how", "thing"),
)
_PATTERNS = tuple(
    (asks, re.compile(rf"\b(?:{words}|(?:what|which)\s+(?:\w+\s+){{0,2}}?(?:{nouns}))\b", re.IGNORECASE))
    for asks, words, nouns in _ASKING
)
_WHETHER = re.compile(r"\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b", re.IGNORECASE)

# Which sorts of amount a question can mean; a question that matches several means any of them.
_SORTS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (frozenset(sorts.split()), re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for sorts, pattern in (
        (
            "money",
            r"costs?|price[ds]?|pays?|paid|charged?|worth|budgets?|fees?|fines?|salary|spen[dt]|raised?|earn(?:ed)?|"
            r"dollars?|euros?|pounds?|crowns?|money|value[ds]?|loan|funding",
        ),
        ("percent", r"per\s?cent|percentage|share of|turnout|(?:interest|inflation|key|policy) rate|proportion"),
        ("duration", r"how long|how many (?:years|months|weeks|days|hours|minutes)"),
        ("age", r"how old|at what age|age"),
        (
            "distance",
            r"how (?:far|tall|high|deep|wide)|how many (?:miles|kilomet(?:re|er)s|met(?:re|er)s)|length|height",
        ),
        ("weight", r"weigh(?:s|ed|t)?|how heavy|mass"),
        ("speed", r"how fast|speed"),
        ("temperature", r"temperature|how (?:hot|cold|warm)"),
        ("score", r"score"),
    )
)
_AHEAD = re.compile(r"\b(?:will|going to|due to|expected to|scheduled|planned)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many\s+((?:[\w-]+\s+){0,2}?[\w-]+?s|people|children|men|women)\b", re.IGNORECASE)


def asked_for(question: str) -> Asks:
    """What kind of thing a question asks for."""
    asks = next((asks for asks, pattern in _PATTERNS if pattern.search(question)), None)
    if asks is None:
        return Asks.WHETHER if _WHETHER.match(question) else Asks.WHAT
    return asks


def asks_ahead(question: str) -> bool:
    """Whether it asks for what was still to come."""
    return bool(_AHEAD.search(question))


def sorts_of_amount(question: str) -> frozenset[str]:
    """Which sorts of amount a question for one can mean; any, when empty."""
    return frozenset().union(*(sorts for sorts, pattern in _SORTS if pattern.search(question)))


def counted_in(question: str) -> frozenset[str]:
    """The stemmed terms of what is counted: "how many *workers*"."""
    counted = _COUNTED.search(question)
    return frozenset(query_terms(counted[1])) if counted else frozenset()
