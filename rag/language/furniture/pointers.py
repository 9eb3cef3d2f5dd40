"""Sentences that only point to something else: to click, read, watch or come back for."""

from rag.language.furniture.rule import END, HERE, Table

_ARTICLE = r"(?:story|article|report|review|interview)"

POINTERS: Table = {
    "click|tap": (
        r" here\b",
        r" to (?:view|play|read|see|listen|watch|enlarge|expand|subscribe|share|sign up|follow|copy|e-?mail)\b",
        r" (?:on )?(?:this|the) link (?:below|for|in our)",
        r" our links?\b",
    ),
    "read more|read next|read on|read also": (
        END,
        r" (?:about|on|of|from|in|at|stories|coverage|news|articles|opinion|here)\b[^\n]{0,160}\Z",
    ),
    "read": (
        rf" (?:the|our|all|this|her|his|their|it|about|[\w' ]{{2,40}}'s)\b{HERE}",
        rf" (?:the|our|this) (?:full|whole|complete|original) {_ARTICLE}(?::|[^\n]{{0,40}}\Z)",
        r" (?:all )?our (?:[\w-]+ ){0,5}(?:coverage|privacy|policy|guide|terms)\b",
    ),
    "learn more|more information|information|information on|catch up": (HERE,),
    "catch up": (r" (?:on|with) our [\w ]{0,20}coverage\b",),
    "you can": (rf" (?:also )?(?:read|find|see|view|watch|listen to) [^\n]{{0,100}}\bhere{END}",),
    "view|see|find|check|check out|find out|watch|track": (
        r"(?: more)? opinions?(?: articles)? (?:on|at) ",
        rf" (?:more|all|our|the|an?|your|his|her|their|[\w']{{2,20}}'s)\b{HERE}",
        r" our (?:[\w-]+ ){0,4}(?:newsletters?|podcasts?|coverage|guide|app)\b",
    ),
    "listen|watch|play|hear": (
        r" to (?:this|the full|our|the latest) (?:article|story|episode|podcast)s?\b",
        r" (?:to )?our (?:\w+ ){0,3}podcasts?\b",
        rf"(?: to it| now)? here{END}",
    ),
    "don't miss": (r" [^\n]{0,100}\b(?:newsletters?|sign[- ]?up|our (?:\w+ ){0,2}(?:coverage|podcast|app))\b",),
    "hit play|press play": (r" [^\n]{0,40}(?:player|podcast|audio|video|listen)",),
    "scroll|keep scrolling|scroll down|continue reading|keep reading": (
        END,
        r" (?:to continue|for more|below|to (?:read|keep|see) (?:more|reading)|the (?:article|story))\b",
    ),
    "article continues|story continues|content continues": (r" (?:below|after)\b[^\n]{0,40}\Z",),
    "skip|skip past": (
        rf" (?:past )?(?:newsletter promotion|ad|advert|advertisement|to (?:main )?content){END}",
        r" (?:past )?newsletter promotion sign up\b",
    ),
    "video ad": (r" feedback\b[^\n]*(?<!\.)\Z",),
    "this is": (
        r" a (?:developing|breaking)(?: news)? story\b[^\n]{0,40}(?:check|refresh|updated|more to come|come back)",
        rf" a (?:developing|breaking)(?: news)? story{END}",
    ),
    "check back|more to": (
        rf" come{END}",
        r" (?:here |soon |later |often )?for (?:more |the latest |further )?(?:updates|details|information)\b",
    ),
    "download our|get our": (r" (?:\w+ ){0,3}app\b",),
    "download the|get the": (r" (?-i:[A-Z])[\w.' -]{1,30} (?:news app\b|app for (?:the latest|breaking)\b)",),
}
