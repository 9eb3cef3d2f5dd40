"""Pages that stand where an article should: errors, checks for robots, demands for scripts and cookies."""

import re

_LONGEST = 90
"""Words that such a page has at most."""

_YOU_ARE = r"(?:that )?you(?: are|'re)(?: not)?(?: an?)? (?:robot|human|bot)\b"
_END = r"\W*(?=\n|\Z)"

_PAGES = {
    "error page": (
        r"(?:error )?(?:40|50)[0-9]\b[ :–—-]*(?:not found|forbidden|error|bad gateway|service|internal|gateway)\b",
        rf"(?:page |file )?not found{_END}",
        r"page not found\b",
        rf"access (?:to this page has been )?denied(?:{_END}|[.!]? you )",
        rf"service (?:temporarily )?unavailable{_END}",
        r"(?:sorry, )?(?:the|this) page (?:you(?: are|'re| were|'ve)? (?:look|request|try)|"
        r"(?:could not|cannot|can't) be|does(?:n't| not) exist|is (?:no longer|not) available)",
        r"(?:sorry, )?we (?:can't|couldn't|cannot|could not) find (?:the|that|this) page",
        r"(?:sorry, )?(?:your request|you) (?:has|have) been blocked",
    ),
    "bot check": (
        r"are you (?:an? )?(?:robot|human)\b",
        rf"(?:please )?(?:verify|verifying|confirm|prove) {_YOU_ARE}",
        r"checking (?:if the site connection is secure|your browser)",
        rf"just a moment{_END}",
        r"(?:please )?complete the (?:captcha|security check)",
        r"(?:we've|we have|our systems have) detected unusual (?:activity|traffic)",
        r"pardon our interruption",
    ),
    "page without its script": (
        r"(?:please |you need to )?(?:enable|turn on|activate) java ?script\b",
        r"java ?script (?:is|must be|has been|needs to be|appears to be) (?:disabled|required|turned|not|enabled)",
        r"(?:this|our) (?:site|page|app|website|application) (?:requires|needs) java ?script\b",
    ),
    "cookie notice": (
        r"(?:please )?(?:enable|accept|allow) (?:all )?cookies\b",
        r"(?:this|our) (?:web)?site uses cookies\b",
        r"we value your privacy\b",
        r"we (?:and our (?:\d+ )?partners )?(?:use|store)[^\n]{0,40} cookies\b",
    ),
}
_PATTERNS = {
    reason: re.compile(rf"(?:\A|(?<=[.!?…\n|]))[^\w\n\"“‘]{{0,4}}(?:{'|'.join(openings)})", re.IGNORECASE)
    for reason, openings in _PAGES.items()
}


def reason_of_page(text: str, title: str) -> str | None:
    """What kind of page a short text, with ' for every apostrophe, comes from if from no article."""
    if len(text.split()) > _LONGEST:
        return None
    whole = f"{title}\n{text}"
    return next((reason for reason, pattern in _PATTERNS.items() if pattern.search(whole)), None)
