"""The words of reporting before and after an outlet's name, which say that something comes from it."""

import re
from collections.abc import Mapping

from rag.language.attribution.lines import line_start
from rag.language.attribution.outlet_words import DESCRIPTIONS
from rag.language.attribution.runs import OWNED
from rag.language.phrases.name_words import NATIONALITIES

_PERSON = r"[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){1,3}"
_SAYING = (
    "said|says|wrote|writes|reported|reports|noted|notes|explained|explains|argued|argues|added|adds|claimed|claims|"
    "suggested|suggests|warned|warns|revealed|reveals|observed|observes|concluded|concludes|asked|asks|commented|"
    "recalled|continued|predicted|predicts|reckons|reckoned|insisted|insists"
)
_REPORT = (
    "reports?|reporting|stor(?:y|ies)|articles?|investigations?|interviews?|op-eds?|editorials?|columns?|essays?|"
    "pieces?|profiles?|exclusives?|analys[ei]s|tall(?:y|ies)|count|polls?|polling|surveys?|reviews?|databases?|tracker|"
    "dispatch|podcast|documentary|obituary|estimates?|projections?|data|breakdown|fact[- ]check"
)
_ASKED = "requests? for (?:comment|an interview|information)|interview requests?|inquir(?:y|ies)"
_JOURNALIST = "reporter|insider|correspondent|journalist|writer|editor|columnist|photographer"

# By the last word before a name: what has to end with that word; nothing more than the word where nothing stands.
_BEFORE: Mapping[str, str] = {
    "told|tells|telling|citing|cites|cited|quoting": "",
    "per": r"(?<![\d%] )\bper",
    "to": (
        r"\b(?:according|told|(?<!is )(?<!are )(?<!was )said|(?:spoken?|spoke|speaks|speaking|talked|talking)(?: \w+)?|"
        r"(?:statement|comments?|remarks?|interview|e-?mail|message|text|response|provided|released|sent|given|granted|"
        r"leaked|declined to comment|claimed|confirmed|admitted|revealed|disclosed|described|explained|denied|"
        r"acknowledged)(?: [^,.;:”\"\n]{1,40})?) to"
    ),
    "with": (
        r"\b(?:interviews?(?: [^,.;:”\"\n]{1,30})?|conversations?|spoke|speaking|spoken|talked|sat down|shared|call)"
        r"(?: [\w-]+)? with"
    ),
    "by": (
        r"\b(?:(?:first )?reported|saying|published|obtained|reviewed|seen|cited|quoted|interviewed|conducted|compiled|"
        rf"analy[sz]ed|confirmed|verified|contacted|asked|viewed|shared|commissioned|heard|examined|gathered|calculated|collected|"
        rf"uncovered|revealed|broken|{_REPORT})(?: (?:\w+ly|first|\w+day|(?:this|last) \w+))? by"
    ),
    "in": (
        rf"\b(?:{_SAYING}|writing|written|comments|remarks|quoted|cited|letter|{_REPORT})"
        r"(?: (?:[^,.;:”\"\n]|(?<= [A-Z])\.){0,50})? in"
    ),
    "on": (
        r"\b(?:story|report|said|says|told|tells|spoke|speaking|appearing|appearance|interview(?:ed|s)?|reported|argued|"
        r"claimed|acknowledged|explained|remarks|comments|revealed)"
        r"(?:(?! (?:air|broadcast|stream|watch|show|ads?\b))[^.;:,”\"\n]){0,60}? on"
    ),
    "for": rf"\b(?:wrote|writes|writing|written|(?:{_SAYING}) {_PERSON}|op-ed|essay|column|article|story|piece) for",
    "from": rf"\b(?:{_REPORT}|{_ASKED}|questions?|footage|figures) from",
    "of|at": rf"\b(?:told|interview with|[Aa]ccording to|by|{_SAYING}) {_PERSON},? (?:of|at)",
    _SAYING: rf"[,”\"’'?!]\s+(?:{_SAYING})",
}
_RULES = {
    word: re.compile(rf"(?:{pattern})\Z", 0 if _PERSON in pattern else re.IGNORECASE) if pattern else None
    for words, pattern in _BEFORE.items()
    for word in words.split("|")
}
_INVERTED = frozenset(_SAYING.split("|"))
_LOOSE = frozenset({"on"})  # before a name that may not be one, it says too little

# What may stand between those words and the name: "told the Russian state news agency TASS".
_BETWEEN = frozenset(
    "the a an its his her their that this one state state-run state-owned state-controlled state-backed semi-official "
    "pro-government pro-kremlin official local daily weekly monthly business financial sports independent public "
    "national satirical conservative liberal right-wing left-wing recent new previous earlier exclusive lengthy joint "
    "another several british us uk u.s. fellow media press news agency wire newswire newspaper paper site website "
    "outlet channel magazine tabloid broadsheet broadcaster network television tv radio station publication trade tech "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_TITLE_MARKS = "\"“‘'"
_TOKEN = re.compile(r"\S+")
_LOOK_BACK = 130
_MOST_BETWEEN = 6

_ADVERB = (
    "also|first|later|then|previously|recently|earlier|exclusively|separately|subsequently|had|has|have|originally|"
    "initially|now|itself|even|\\w+ly"
)
_WHEN = (
    r"(?:(?:on |late |early ){0,2}(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?|"
    r"(?:earlier )?(?:last|this) (?:week|month|year|spring|summer|autumn|fall|winter|\w+day)|"
    r"in (?:(?:early|late|mid-?) ?)?(?:[A-Z][a-z]{2,8}\.?|[12]\d{3})(?: [12]\d{3})?|"
    r"(?:on )?(?:(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)\w*\.? \d{1,2}|"
    r"\d{1,2} (?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)\w*))"
)
_GAP = rf"[\"”]?(?: \([A-Z.]{{2,6}}\))?(?:,? (?:the )?(?:{DESCRIPTIONS})\b)?(?:,? (?:{_ADVERB}|{_WHEN})\b)*+"
_OWN_DOING = (
    r"(?! (?:(?:yesterday|today|\w+day|also) )?(?:that )?"
    r"(?:it|its|they|their|the (?:network|company|newspaper|agency) (?:would|will|had|has|was|is))\b)"
    r"(?! (?:\w+ ){0,2}in (?:an? )?(?:\w+ )?(?:statement|press release|news release|memo|letter|tweet|filing|suit)\b)"
)
_NO_RESULTS = r"(?! (?:[\w$.,-]+ ){0,5}(?:earnings|revenues?|profits?|loss(?:es)?|net income|ratings|subscribers)\b)"
_PLAINLY = rf"(?:reported|reports){_NO_RESULTS}|(?:broke|has broken) the (?:news|story)|was (?:the )?first to report"
_VERBS = (
    rf"(?:{_PLAINLY}|(?:said|says|confirmed|confirms|claimed|claims|argued|argues|added|adds|asserted|suggested|suggests)"
    rf"{_OWN_DOING}|(?:wrote|writes|noted|notes|quoted|quotes|cited|cites|found|revealed|reveals|describe[ds]|learned|"
    r"learnt|obtained|observed|observes|estimate[ds]|verified|explained|explains|detailed|alleged|concluded|calculated|"
    r"tallied|recounted|warned|warns|interviewed|uncovered|puts? it|pointed out|points out|spoke (?:to|with)|"
    r"projects|projected|called the (?:race|election)|seen|reviewed|"
    r"published (?:an? |the )?(?:[\w’'-]+ ){0,3}(?:report|story|article|investigation|interview|op-ed)|"
    r"(?:could not|couldn[’']t|was unable to|was not able to|has not|hasn[’']t) "
    r"(?:(?:immediately|independently|yet|been able to) )*(?:verify|verified|confirm|confirmed|reach))\b)"
)
_NO_VERB_BETWEEN = (
    r"(?!(?:to|will|would|can|could|did|does|not|should|may|is|was|has|had|and|in|on|of|for|from|at|who|when|while|as|"
    r"that|a|an|the)\b)"
)
_NAMED_JOURNALIST = (
    rf"(?:['’]s?(?: {_PERSON}| [A-ZÀ-Þ][\w.’-]+| (?:[a-z-]+ ){{0,3}}(?:{_JOURNALIST})(?: {_PERSON})?)|"
    rf" (?:[a-z-]+ ){{0,3}}(?:{_JOURNALIST})s?(?: {_PERSON}(?: and {_PERSON})?)?)"
)
_AFTER = re.compile(
    rf"{_GAP},? (?:{_VERBS})|"
    rf"{_GAP}, (?:citing|quoting|which (?:(?:first|has|had|also|previously) )*(?:{_VERBS}))\b|"
    rf"{_NAMED_JOURNALIST}{_GAP} (?:{_VERBS}|tweeted|posted)|"
    rf"(?:/[A-Z][\w.]*(?: [A-Z][\w.]*){{0,2}})?(?:['’]s?)? (?:{_NO_VERB_BETWEEN}[\w’'-]+ ){{0,2}}?"
    rf"(?:{_REPORT}|(?:{_ASKED}))(?![\w-])"
)
_TRAILING = re.compile(r"[,”\"’'] (?:[Tt]he )?\Z")
_SAID_AT_THE_END = re.compile(
    rf"{_GAP} (?:said|says|wrote|writes|noted|notes)(?=[.,;:]| (?:on |in a |last |this |\w+day)|\Z)"
)
_PLAINLY_AFTER = re.compile(
    rf"{_GAP} (?:{_PLAINLY})|{_NAMED_JOURNALIST}{_GAP} (?:{_PLAINLY})|{_GAP}, (?:citing|quoting)\b|"
    rf" (?:article|story|interview|investigation|op-ed|editorial|report (?:found|said|says|that)|{_ASKED})\b"
)
# Those whom one tells something not as an outlet, and what is done to it.
_NOT_AS_AN_OUTLET = re.compile(
    r"(?:['’]s?)? (?:(?:chief|senior|top|former|then-|own) )?(?:staff|staffers|employees|executives?|viewers|readers|"
    r"audiences?|workers|CEO|chief executive|chief|president|chairman|chair|owner|spokes\w+|management|boss(?:es)?|"
    r"lawyers?|attorneys?|shares|stock|best-?sell\w+|crossword|building|headquarters|offices?|newsroom|parent|"
    r"(?:co-)?founder|debate|town hall|contributor|leaders?|analyst|commentator|studios?)\b",
    re.IGNORECASE,
)
_AFTER_INVERSION = re.compile(
    rf" ?[.,;:()\]—–]|\Z|\n|['’]s?(?: {_PERSON}|[ ,])| (?:in|on|at|this|last|earlier|when|while|that|as|after|"
    rf"before|and|but|with|of|citing)\b| (?:[a-z-]+ ){{0,3}}(?:{_JOURNALIST})s?\b|"
    r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_FIRST = re.compile(r"\bfirst (?:to |\w+ly )?(?:report|publish)|\breported (?:\w+ly )?first\b|\b(?:broke|broken) the\b")


def before(text: str, start: int, end: int, *, strict: bool) -> int | None:
    """Where the words of reporting before the name `text[start:end]` begin, or None if there are none."""
    if _NOT_AS_AN_OUTLET.match(text, end):
        return None
    floor = line_start(text, start, _LOOK_BACK)
    place = start - 1 if start and text[start - 1] in _TITLE_MARKS else start
    tokens = list(_TOKEN.finditer(text, floor, place))
    if not tokens or tokens[-1].end() == place:
        return None
    between = 0
    while tokens and between < _MOST_BETWEEN and _is_between(tokens[-1].group()):
        tokens.pop()
        between += 1
    if not tokens:
        return None
    word = tokens[-1].group().lower().lstrip("(" + _TITLE_MARKS)
    if (
        word not in _RULES
        or (strict and word in _LOOSE)
        or (word in _INVERTED and not _may_follow(word, text, start, end, strict=strict))
    ):
        return None
    rule = _RULES[word]
    if rule is None or (word in _INVERTED and rule.search(text, floor, tokens[-1].end())):
        return tokens[-1].end() - len(word)
    found = rule.search(text, floor, tokens[-1].end())
    return found and found.start()


def _may_follow(verb: str, text: str, start: int, end: int, *, strict: bool) -> bool:
    """Whether a name can be the one who "said" before it: who said something is mostly a person."""
    if strict and not verb.startswith("report") and not text.startswith("The ", max(0, start - 4)):
        return False
    return _AFTER_INVERSION.match(text, end) is not None


def after(text: str, start: int, end: int, *, strict: bool) -> int | None:
    """Where the words of reporting right after the name `text[start:end]` end, or None if there are none."""
    if _NOT_AS_AN_OUTLET.match(text, end) or text[start - 1 : start] == "/":  # "A. Lee/AP" is a photographer
        return None
    found = (_PLAINLY_AFTER if strict else _AFTER).match(text, end)
    if not found and strict and _TRAILING.search(text, max(0, start - 6), start):  # "It rained, The Star said."
        found = _SAID_AT_THE_END.match(text, end)
    return found and found.end()


def is_of_all(words: str) -> bool:
    """Whether the words say that all of the news was reported by an outlet first."""
    return _FIRST.search(words) is not None


def _is_between(word: str) -> bool:
    small = word.lower().lstrip(_TITLE_MARKS)
    if small in _BETWEEN or small in NATIONALITIES or small.isdigit():
        return True
    return (word[0].isupper() and word.endswith(("'s", "’s"))) or small.endswith(OWNED)
