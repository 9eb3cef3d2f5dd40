"""Sentences in which an outlet asks its readers to subscribe, to support it, or to agree to something."""

from rag.language.furniture.rule import END, HERE, Table

_LETTER = r"(?:newsletters?|e-?mail here|daily (?:briefing|digest)|weekly (?:digest|column))\b"
_INBOX = r"\b(?:in|to|into) your (?:(?:e-?mail )?inbox|e-?mail\b)"
_SUPPORT = r"(?:our|(?:\w+ ){0,2}(?:local|quality|great|independent|important)) (?:journalism|reporting|newsroom)"
_ASKED = (
    r"(?:please |you can )?(?:sign up|subscribe|click|tap|"
    r"follow (?:us|him|her|me) on|(?:follow|visit|see|read|check out|download) our|"
    r"follow [\w ]{2,20}'s (?:live )?coverage)\b"
)
_NOW = r"(?: here| now| today| for free| below)*"

INVITATIONS: Table = {
    "sign up|sign-up|signup": (
        rf"{_NOW}(?: for more)?{END}",
        HERE,
        rf"\b[^\n]{{0,160}}\b{_LETTER}",
        rf"\b[^\n]{{0,160}}{_INBOX}",
        r"\b[^\n]{0,100}\bdelivered (?:daily|weekly|straight|right|directly)\b",
        r" (?:for|to) (?:our|[\w' ]{2,30}'s) (?:[\w-]+ ){0,3}e-?mail\b(?! (?:alerts|list|notifications))",
        r" (?:for|to)\b[^\n]{0,80}\bour\b",
        r" (?:now |today )?for (?:a|your|unlimited|full) (?:free |digital )*(?:subscription|access)",
    ),
    "subscribe": (
        rf"{_NOW}{END}",
        r" to (?:continue|keep|read|unlock|our|my)\b",
        rf" [^\n]{{1,80}}\b(?:here|today|now){END}",
        r" to [^\n]{1,60}\b(?:podcasts?|channel)\b",
        rf" to (?:the )?(?-i:[A-Z])[\w.'-]*(?: (?-i:[A-Z])[\w.'-]*| of| the){{0,4}}{END}",
        rf" [^\n]{{0,100}}\b{_LETTER}",
        rf"\b[^\n]{{0,100}}{_INBOX}",
    ),
    "register|log in|sign in": (
        r"[^\n]{0,60} to (?:continue reading|keep reading|read (?:the|this|more|on)|comment)\b",
    ),
    "already a|already an|not a|not yet": (r" (?:\w+ ){0,2}(?:subscriber|member)(?: yet)?\?", r" subscriber and\b"),
    "become a|be a": (
        rf" (?:[\w.'-]+ ){{0,4}}subscriber(?: (?:today|now|here|(?:and|or) (?:support|gift))\b|{END})",
        r" (?:[\w.'-]+ ){0,4}subscriber to (?:read|continue|get|enjoy)\b",
    ),
    "consider": (
        r" (?:supporting|subscribing to) [^\n]{0,60}(?:journalism|newsroom|today)",
        r" becoming a (?:\w+ ){0,3}subscriber",
    ),
    "support|help support": (
        rf" {_SUPPORT}",
        r" (?:quality |local )?journalism like this\b",
        r" [^\n]{0,80} by (?:subscribing|becoming a (?:\w+ )?subscriber)\b",
    ),
    "help us": (r"[^\n]{0,80} by subscribing\b",),
    "thank you|thanks": (
        r" for (?:supporting (?:our|local|independent)|subscribing|signing up|reading (?:this|our) newsletter)",
    ),
    "your subscription|your support": (
        r" (?:makes|helps|keeps|allows|enables|powers|supports|funds)\b"
        r"[^\n]{0,60}(?:journalism|work|reporting|stories|possible)",
    ),
    "get": (r"(?! (?:rid|fewer|less)\b)[^\n]{0,160}\b(?:newsletters?|in your inbox|to your inbox|our podcasts?)\b",),
    "for unlimited|for all|for an|for updates|for the|for news|for live|for full|for more|to get|to receive|to read|"
    "to see|to hear|to support|to subscribe|to sign|to stay|to find|to learn|to continue|to keep|to join|to share": (
        rf"[^\n]{{0,140}}[,:] ?{_ASKED}",
        r"[^\n]{0,80}journalism[^\n]{0,40}subscri",
        r"[^\n]{0,60}newsletter[^\n]{0,60}, (?:please )?(?:go to|visit|follow this link)",
        r" more (?:columns|stories|articles|opinions?) [^\n]{0,40}, (?:go to|visit)\b",
        r" (?:reading|using this|the full|the rest)[^\n]{0,60}(?:subscri|sign (?:in|up)|log in|register)",
        r"[^\n]{0,80} click here\b",
        r" information[, ]+(?:please )?(?:see|read) our",
    ),
    "want|want more|want to": (
        r"[^\n]{0,120}\b(?:newsletters?|in your inbox)\b",
        r" (?:read )?(?:more )?stories like this\?",
    ),
    "would you": (r" like to receive [^\n]{2,80}(?:newsletter|updates)",),
    "if you": (
        r" (?:haven't|have not) (?:already |yet )?(?:subscribed|signed up)(?: yet| already)?, "
        r"(?:sign|click|you can sign|subscribe)",
        r" (?:aren't|are not) (?:already |yet )?a subscriber\b",
        r" wish to object to the use of your",
    ),
    "you can": (
        rf" (?:also )?(?:subscribe|sign up)\b[^\n]{{0,120}}\b(?:{_LETTER}|inbox\b|podcast\b)",
        rf" (?:also )?(?:subscribe|sign up){HERE}",
        r" (?:also )?(?:get|receive)\b[^\n]{2,120}\bdelivered (?:\w+ )?to your inbox\b",
        r" (?:unsubscribe|opt out|manage your) [^\n]{0,60}(?:any ?time|preferences|e-?mails|newsletter)",
        r" find out more about our",
    ),
    "stay up-to-date|stay up|stay informed|stay connected|stay in|stay ahead|keep up|keep in|catch up": (
        rf" [^\n]{{0,140}}(?:\b{_LETTER}|\bsign up (?:for|to|here)|{_INBOX})",
    ),
    "from our": (rf" [^\n]{{0,160}}\bdelivered\b[^\n]{{0,20}}{_INBOX}",),
    "this site|this website|our site|our website": (r" (?:uses|is using) cookies", r" is protected by recaptcha"),
    "we use|we and": (r"[^\n]{0,60}\b(?:cookies|google recaptcha)\b[^\n]{0,80}\b(?:our|you|this)\b",),
    "accept|reject|manage": (rf" (?:all )?cookies{END}",),
    "we will|we may": (r" use the (?:details|information) you",),
    "you agree": (r" to (?:the|our) [^\n]{0,160}\b(?:terms|policy|privacy|conditions)\b",),
    "by submitting|by entering|by signing|by clicking|by continuing|by subscribing|by registering|by providing": (
        r"[^\n]{0,100}\byou(?:'re| are)? (?:agree|accept|consent|acknowledge|confirm|opt)"
        r"[^\n]{0,80}\b(?:terms|policy|privacy|conditions|receive|e-?mails|newsletters?)\b",
    ),
    "enter a|enter your": (
        r" valid e-?mail",
        r" e-?mail (?:address )?to (?:subscribe|sign up|continue reading|get our)",
    ),
    "newsletters may": (r" contain",),
}
