"""Sentences about the text itself: who worked on it, who owns it, where it stood first, what its outlet earns by it.

What begins with "Correction" or "Clarification" is news, and stands nowhere here.
"""

from rag.language.furniture.rule import END, NAMES, Table

_TEXTS = "article story post piece column report interview review analysis essay commentary transcript excerpt"
_TEXT = f"(?:{_TEXTS.replace(' ', '|')})"
_NEWS = r"(?:information|details?|developments?|reporting|reactions?|news|updates?|context)"
_UPDATED = (
    rf"(?: (?:with|to (?:add|include)) (?:additional |new |more |further |the latest |breaking )*{_NEWS}"
    rf"(?:,? (?:and )?{_NEWS})*| throughout| regularly| since (?:its|it was) [\w ]{{3,30}})?"
    r"(?: (?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)?"
)
_SUBSCRIBERS = r"(?:for|to) (?:[\w.'-]+ ){0,4}(?:subscribers|members)\b"

NOTICES: Table = {
    "reporting|editing|writing|compiled|edited|additional|with additional|contributions": (
        rf"(?: (?:and )?(?:reporting|editing|writing|contributions))* (?:by|from) {NAMES}{END}",
    ),
    "contributing|contributors|contributor": (r"(?: writers?| reporters?| by)? ?:",),
    "from|compiled from|includes": (rf" (?=[^\n]{{0,60}}\b(?:staff|wire|associated press)\b){NAMES}{END}",),
    "the associated|associated|agence": (rf" (?:press|france-presse){END}",),
    "our standards": (r": [^\n]{0,20}trust principles",),
    "photographer|photo-illustration|photo illustration|photo|photos|photograph|photographs|picture|pictures|image|"
    "images|illustration|illustrations|graphic|video|credit": (
        rf"(?: credits?| courtesy)?(?: ?: ?| (?:by|courtesy of) ){NAMES}{END}",
    ),
    "image credit|photo credit|picture credit|image credits|photo credits": (r" ?:",),
    "feature image|featured image|cover image|main image|top image|lead image": (
        rf"(?: credit)?(?: ?: ?| by ){NAMES}{END}",
    ),
    "embed from|embedded from": (rf" {NAMES}{END}",),
    "adapted from|excerpted from": (rf" (?:a|an) {_TEXT} (?:originally |first )?published\b",),
    "an abbreviated|an extended|an edited|a version|a longer|a shorter|a different": (
        rf"(?: version)? of this {_TEXT} (?:was |is |has |first |originally |also |previously )*"
        r"(?:published|appear(?:ed|s)|ran|posted|aired)\b",
    ),
    "|".join(f"this {text}" for text in _TEXTS.split()): (
        r" (?:was |had been |has been |also )*(?:first|originally|previously) (?:published|appeared|posted|ran)\b",
        r" (?:was |is |has been )(?:re-?published|syndicated|produced) (?:in|by|with|under|from|for|as)\b",
        r" (?:was |has been )?(?:published|appeared) (?:first|originally|in partnership|with permission)\b",
        rf" (?:has been|was|is being) updated{_UPDATED}{END}",
        r" (?:is|was) (?:part of|supported|funded|made possible)\b[^\n]{0,100}"
        r"(?:newsletter|grant|partnership|collaboration)",
        r" (?:may )?contains? (?:affiliate|sponsored) links",
        r" (?:was|has been) (?:automatically |lightly )*(?:generated|edited|created)\b"
        r"[^\n]{0,60}(?:clarity|automat|\bai\b)",
    ),
    "this article|these articles|this story|these stories|this content": (
        rf" (?:is|are) (?:available |reserved |free |exclusive |exclusively |only )*{_SUBSCRIBERS}",
    ),
    "there may": (r" be some differences between the audio",),
    "our coverage|our fact|our fact-check|our journalism|our reporting|this coverage": (
        r"(?: check)?(?: work)? (?:is|was) (?:supported|funded|made possible)\b",
    ),
    "the views|the opinions|views|opinions": (
        r"(?: and (?:views|opinions))? expressed "
        r"(?:here|above|in (?:this|these)|by (?:the author|contributors|columnists)|are)\b",
    ),
    "copyright": (r" ?(?:©|\(c\)|\d{4})",),
    "text": (r" ?©",),
    "republishing|reproducing|reproduction|any re-use|any reuse|any reproduction|no reproduction": (
        r" [^\n]{0,100}\bwithout [^\n]{0,60}(?:permission|consent|credit)",
    ),
    "no part": (r" of this (?:article|publication|content|website|site)\b",),
    "this material|this content|this document": (r" (?:may not be|is (?:subject to|protected by) copyright)\b",),
    "except where": (r" otherwise noted, (?:images|content|this work)",),
    "all rights": (r" reserved",),
    "if you|when you": (
        r" (?:buy|purchase|click|shop|book|make a purchase)\b[^\n]{0,140}\b(?:we|us|our|publisher)\b"
        r"[^\n]{0,60}(?:commission|affiliate|compensation)",
    ),
    "purchases|purchases you": (r"(?: made| make)? (?:through|via) (?:our|these|this|the) [^\n]{0,80}commission",),
    "we may|we could|we might|we": (
        rf"(?: also| sometimes)? (?:earn|receive|get|make)\b[^\n]{{0,30}} (?:commission|compensation){END}",
        r"(?: also| sometimes)? (?:earn|receive|get|make)\b[^\n]{0,30} (?:commission|compensation|affiliate)\b"
        r"[^\n]{0,80}\b(?:links?|purchases?|buy|products?|retailers?)\b",
    ),
    "our recommendations|recommendations": (r" are independently (?:chosen|selected|reviewed)",),
    "prices|all prices": (r" (?:were|are) (?:accurate|correct) (?:at the time|as of)",),
}
