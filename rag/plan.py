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


def plan_for(question: str) -> Plan:
    """The plan of a question; no model is asked."""
    asks = next((asks for asks, pattern in _PATTERNS if pattern.search(question)), Asks.WHAT)
    kinds = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE)
    named = {
        term for phrase in find_phrases(question, kinds) for term in query_terms(question[phrase.start : phrase.end])
    }
    return Plan(question, asks, query_terms(question), frozenset(named))
