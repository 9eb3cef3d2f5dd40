"""A question to a plan: what kind of thing it asks for, and by which terms and names it can be answered."""

import re

from rag.language.phrases import Kind, find_phrases
from rag.language.terms import query_terms
from rag.model import Asks, Plan

# Tried in order: the first pattern that matches the question decides.
_PATTERNS: tuple[tuple[Asks, re.Pattern[str]], ...] = tuple(
    (asks, re.compile(pattern, re.IGNORECASE))
    for asks, pattern in (
        (
            Asks.WHEN,
            r"\bwhen\b(?!\s+(?:he|she|it|they|we)\b)|\b(?:what|which)\s+(?:\w+\s+)?(?:year|month|date|day|time|week)\b",
        ),
        (Asks.WHEN, r"\bhow\s+(?:soon|recently)\b|\b(?:by|since|until)\s+when\b"),
        (Asks.AMOUNT, r"\bhow\s+(?:much|many|long|old|far|fast|high|tall|big|large|heavy|deep|often|wide)\b"),
        (
            Asks.AMOUNT,
            r"\b(?:what|which)\s+(?:\w+\s+){0,2}?(?:percentage|per\s?cent|share|price|cost|amount|sum|number|"
            r"total|age|size|score|rate|salary|fee|fine|budget|value|weight|length|height|speed|turnout)\b",
        ),
        (
            Asks.AMOUNT,
            r"\b(?:what|how)\s+(?:did|does|do|will|would|is|was)\b.*\b(?:costs?|pay|paid|charge|worth|weigh)\b",
        ),
        (Asks.WHO, r"\bwho(?:m|se)?\b"),
        (
            Asks.WHO,
            r"\b(?:what|which)\s+(?:\w+\s+){0,2}?(?:company|companies|firm|person|people|man|woman|actor|actress|"
            r"player|team|club|party|agency|agencies|bank|outlet|director|minister|singer|author|artist|"
            r"organi[sz]ation|group|studio|retailer|airline|senator|president)\b",
        ),
        (
            Asks.WHERE,
            r"\bwhere\b|\b(?:what|which)\s+(?:\w+\s+){0,2}?(?:country|countries|city|cities|town|state|nation|"
            r"continent|place|island|region|county|province|village|port)\b",
        ),
        (Asks.WHY, r"\bwhy\b|\bwhat\s+(?:caused|led\s+to|prompted)\b|\bfor\s+what\s+reasons?\b"),
        (Asks.WHAT, r"\b(?:what|which|how)\b"),
        (Asks.WHETHER, r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"),
    )
)


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
_COUNTED = re.compile(r"\bhow many\s+((?:[\w-]+\s+){0,2}?[\w-]+?s|people|children|men|women)\b", re.IGNORECASE)


def plan_for(question: str) -> Plan:
    """The plan of a question; no model is asked."""
    asks = next((asks for asks, pattern in _PATTERNS if pattern.search(question)), Asks.WHAT)
    kinds = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE)
    found = [question[phrase.start : phrase.end] for phrase in find_phrases(question, kinds)]
    amount = asks is Asks.AMOUNT
    counted = _COUNTED.search(question) if amount else None
    return Plan(
        question,
        asks,
        terms=query_terms(question),
        names=frozenset(term for name in found for term in query_terms(name)),
        sorts=frozenset().union(*(sorts for sorts, pattern in _SORTS if amount and pattern.search(question))),
        counted=frozenset(query_terms(counted[1])) if counted else frozenset(),
    )
