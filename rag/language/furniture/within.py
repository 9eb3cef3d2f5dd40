"""Words that make furniture of a sentence wherever they stand in it.

The patterns stand by words that hold in just these letters in every sentence that one matches.
"""

from rag.language.furniture.contacts import MAIL, WHERE, WRITER
from rag.language.furniture.rule import END, NAMES

_THIS_WORK = r"this (?:report|story|article|piece|column|post|reporting|coverage)\b"
_ASKED_BESIDES = r"(?:[:,;] |\band |\bor |\bplease )"
_OFFERED = r"\b(?:news|newsletters?|advice|tips|updates|headlines|stories|coverage|columns|columnists|deals)\b"

WITHIN = {
    "contributed": (
        rf"\bcontributed (?:(?:additional )?reporting|(?:(?:research|reporting|writing) )?to {_THIS_WORK})"
        rf"(?: (?:to|for|from) (?:{_THIS_WORK}|{NAMES}))?{END}"
    ),
    "eported from": rf"\A{NAMES}reported from {NAMES}{END}",
    "be reached": rf"\A{WRITER} can (?:also )?be reached {WHERE}",
    "be contacted": rf"\A{WRITER} can (?:also )?be contacted {WHERE}",
    "is on Twitter": r"\bis on twitter (?:at )?@\w",
    " us at ": rf"\b(?:reach|contact|e-?mail|find|write to) us at {MAIL}",
    ": http": rf"\A(?:more )?(?-i:AP) [\w' -]{{2,40}}: ?(?>https?://[^\s,]++(?: and|,|\s)*+)++{END}",
    "©": r"\A©[^\n]{0,140}\Z",
    "ights reserved": r"\ball rights reserved\b",
    "ot be published": r"\bmay not be published, (?:broadcast|reproduced|rewritten)",
    "our journalism": r"\bsupport(?:s|ing)? our journalism\b",
    "earn a commission": r"\bwe (?:may|might|will|could) (?:\w+ )?earn a commission\b",
    "may earn commissions": r"\bmay earn commissions (?:for|on|from)\b",
    "a grant from": r"\A[^\n.]{0,60}\bcoverage\b[^\n]{0,80}\b(?:supported|possible|funded)\b[^\n]{0,30} a grant from\b",
    "an email at": r"\b(?:shoot|drop|send) (?:him|her|me|us) an email at\b",
    "click here": r"\A(?:if|for|to|want)\b[^\n]{0,160}, (?:please )?click here\b",
    "content partner": r"\bis an? (?-i:[A-Z])[\w.' ]{1,30} content partner\b",
    "roduced independently": r"\bcontent is produced independently of\b",
    "ign up for our": rf"{_ASKED_BESIDES}sign up for our\b",
    "ubscribe to our": rf"{_ASKED_BESIDES}subscribe to our\b",
    "sign up for the": rf", sign up for the [\w ]{{1,40}} here{END}",
    "ewsletter": (
        r"\bour newsletters?\b|"
        r"\A(?:it|this)(?: also)? (?:appears in|is the [\w ]{1,20}edition of) [^\n]{1,60} newsletter\b"
    ),
    "your inbox": (
        r"\b(?:sign up|subscribe)\b[^\n]{0,120}\b(?:in|to|into) your inbox\b|\A[^:\n]{0,30}in your inbox:|"
        rf"\A[^:\n]{{3,80}}: ?[^:\n]{{0,80}}{_OFFERED}[^:\n]{{0,80}}\b(?:in|to) your inbox{END}"
    ),
    "rivacy": r"\b(?:read|see|to) our (?:[\w&]+ ){0,5}privacy (?:policy|notice)",
    "{{": rf"\{{\{{[^\n]{{0,200}}\}}\}}(?: something went wrong)?{END}",
}
