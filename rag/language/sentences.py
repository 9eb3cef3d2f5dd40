"""Where the sentences of a news text begin and end, to the character.

One regular expression finds every place where a sentence could end: a stop mark, or the end of a line. Rules then look
at the word before it and at what follows. In doubt a stop is no end, for two sentences taken as one still read well,
and a quote that breaks off after "Sen." does not. The rules are for English. Nothing is paired, so an unclosed quote
harms nobody, and every look around is bounded, so the time is linear in the text.
"""

import re

_CLOSING = r"\"'”’»)\]"
_OPENING = r"\"'“‘«(\["

_CANDIDATE = re.compile(
    rf"(?P<mark>[.!?…]++[{_CLOSING}]*+(?:[^\S\n][{_CLOSING}]++(?!\S))?)(?P<gap>\s*+)"  # 'creators. ”' is one mark
    r"|\n\s*+"
)
_FOLLOWING = re.compile(rf"[{_OPENING}]*+(?P<first>\d|[^\W\d_]{{1,24}}+|.?)", re.DOTALL)
_LAST_WORD = re.compile(r"[^\W\d_][\w.&'’]*\Z")
_GLUED_WORD = re.compile(r"(?:(?<![\w/@#.])(?:[^\W\d_][\w’'-]*)?[a-z]{2}|(?<!\w)\d{4}|[)%])\Z")  # horizon, 2022, 5%
_LOOK_BACK = 24  # characters in which the word before a stop is sought

_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")  # U.S, Ph.D: without the stop in question
_ITEM_NUMBER = re.compile(r"\d{1,3}")
_ATTRIBUTION = re.compile(r"(?:[^\W\d_][\w’'.-]*+ ){1,4}(?:asked|asks|says?|said|told|wrote|tweeted|added|adds)\b")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A stop after these never ends a sentence.
_BEFORE_A_NAME = _words(
    "Mr Mrs Ms Mx Messrs Mme Mlle Dr Prof Rev Fr Msgr Hon Gov Sen Sens Rep Reps Pres Sec Atty Amb Supt Lt Col Gen Maj "
    "Sgt Cpl Capt Cmdr Adm Brig Pvt Det Insp vs Vs v cf viz e.g i.e E.g I.e MR MRS MS DR GOV SEN REP GEN LT COL SGT "
    "CAPT VS"
)
# After these, a stop before a number does not end a sentence; before a word it does.
_BEFORE_A_NUMBER = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec No Nos no nos Fig Figs fig Vol vol Ch ch Pt p pp sec approx "
    "Approx ca est Est NO NOS"
)
# After these, after initials and after U.S. and the like, a stop ends a sentence only before a typical first word.
_SHORTENED = _words(
    "Inc Corp Co Cos Ltd Bros Assn Dept Univ Inst Jr Sr Esq St Ste Mt Ft Ave Blvd Rd Hwy Pkwy Sq Bldg ft lb lbs oz sq "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa "
    "Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que INC CO CORP JR SR ST"
)
_FIRST_WORDS = _words(
    "A About According After All Also Although Among An And Another Any Are As Asked At Because Before Both But By "
    "Can Could Despite Did Do Does During Each Earlier Even Every Everyone Few For Former From Had Has Have He Her "
    "Here His How However I If In Instead Is It Its Last Later Like Many Meanwhile More Most Much My Nearly No Nor "
    "Not Nothing Now Of Officials On Once One Only Or Other Our Over People Police Several She Since So Some Someone "
    "Still Such That The Their Then There These They This Those Though Through To Two Until Was We Were What When "
    "Where Whether Which While Who Why Will With Without Would Yes Yet You Your"
)
_AFTER_A_TIME = _words(
    "ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST Eastern Central Mountain Pacific Greenwich "
    "London Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun January "
    "February March April May June July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov "
    "Dec"
)
_NOT_INITIALS = _words("I X")  # World War I; the X that was Twitter
_NAMES_WITH_A_MARK = _words("Yahoo E Jeopardy")
_DOMAINS = _words("Com Org Net Gov Edu Co Io Tv Uk")
_UNFINISHED = _words("a an and as at but by for from in into of on or that the their to was were which who with")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The half-open character spans of the sentences of `text`, in order.

    Spans do not overlap, begin and end with a character that is no whitespace, and leave out nothing but whitespace. A
    blank line always ends a sentence; the end of a line does unless the next line goes on with it. The sentences of a
    quote stand on their own, and a closing quote or bracket belongs to the sentence before it.

    >>> text = "Mr. Smith left the U.S. in May. “I had to.” He sighed."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Mr. Smith left the U.S. in May.', '“I had to.”', 'He sighed.']
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for candidate in _CANDIDATE.finditer(text, start):
        if _ends_a_sentence(text, start, candidate):
            spans.append((start, start + len(text[start : candidate.end()].rstrip())))
            start = candidate.end()
    if start < len(text):
        spans.append((start, start + len(text[start:].rstrip())))
    return tuple(spans)


def _ends_a_sentence(text: str, start: int, candidate: re.Match[str]) -> bool:
    if candidate.end() == len(text) or candidate.group().count("\n") > 1:
        return True
    following = _following(text, candidate.end())
    if candidate["mark"] is None:
        return not _goes_on_in_the_next_line(text, candidate.start(), following)
    if not candidate["gap"]:
        return _is_glued(text, start, candidate, following)
    return _stop_ends(text, start, candidate, following)


def _goes_on_in_the_next_line(text: str, line_end: int, following: re.Match[str]) -> bool:
    before = text[max(0, line_end - _LOOK_BACK) : line_end].rstrip()
    if before.endswith((":", ";")):
        return False
    last_word = before[before.rfind(" ") + 1 :]
    return _begins_small(following) or before.endswith((",", "-", "–", "—")) or last_word in _UNFINISHED


def _stop_ends(text: str, start: int, stop: re.Match[str], following: re.Match[str]) -> bool:
    """Does a stop with a blank behind it end the sentence?"""
    mark, first, new_line = stop["mark"], following["first"], "\n" in stop["gap"]
    quote_opens = following.start("first") > following.start()
    if _begins_small(following) or not first or (first in ".…,;:!?-–—&" and not new_line and not quote_opens):
        return False
    word = _word_before(text, start, stop)
    if mark[0] in "!?":
        inserted = ")" in mark and text[start] != "("  # the seventh (seventh!) Mission
        return not inserted and word not in _NAMES_WITH_A_MARK and not _is_attributed(text, mark, following)
    if mark.startswith(("…", "..")):
        return stop.start() > start + 1  # not the ellipsis that a quote begins with
    if _ITEM_NUMBER.fullmatch(text, start, stop.start()) or word in _BEFORE_A_NAME:
        return False
    return new_line or not _is_shortened(text, word, following)


def _is_shortened(text: str, word: str, following: re.Match[str]) -> bool:
    """Does the stop behind `word` only shorten it?"""
    first = following["first"]
    if word in _BEFORE_A_NUMBER:
        return first.isdigit()
    if word.lower() in ("a.m", "p.m"):
        return first.isdigit() or first in _AFTER_A_TIME
    initial = len(word) == 1 and word.isupper() and word not in _NOT_INITIALS
    if initial or word in _SHORTENED or _DOTTED.fullmatch(word):
        return first not in _FIRST_WORDS or text[following.end() : following.end() + 1] in (".", "-")
    return False


def _is_attributed(text: str, mark: str, following: re.Match[str]) -> bool:
    """Does the speaker of a quoted question or exclamation follow, as in “Why?” Smith asked."""
    quoted = any(quote in mark for quote in "\"'”’")
    return quoted and following["first"] not in _FIRST_WORDS and _ATTRIBUTION.match(text, following.start()) is not None


def _is_glued(text: str, start: int, stop: re.Match[str], following: re.Match[str]) -> bool:
    """Does a sentence end here although no blank follows, as in `horizon.We look`? Names of sites and files do not."""
    mark, first = stop["mark"], following["first"]
    if mark.startswith(("…", "..")) or first in _DOMAINS:
        return False
    behind = text[following.end() : following.end() + 1]
    if not (first.istitle() and len(first) > 1) and not (first in ("A", "I") and behind.isspace()):
        return False
    if len(mark) > 1:
        return True
    word = _word_before(text, start, stop)
    if word in _BEFORE_A_NAME or word in _BEFORE_A_NUMBER or word in _SHORTENED or word in _NAMES_WITH_A_MARK:
        return False
    return _GLUED_WORD.search(text, max(start, stop.start() - _LOOK_BACK), stop.start()) is not None


def _following(text: str, position: int) -> re.Match[str]:
    """What stands at `position` behind opening quotes: a word, a digit or another character, as the group `first`."""
    following = _FOLLOWING.match(text, position)
    assert following is not None  # every part of the pattern may be empty
    return following


def _begins_small(following: re.Match[str]) -> bool:
    return following["first"][:3].islower()  # iPhone and eBay begin a sentence as they are


def _word_before(text: str, start: int, stop: re.Match[str]) -> str:
    """The word that the stop follows, or the empty string."""
    found = _LAST_WORD.search(text, max(start, stop.start() - _LOOK_BACK), stop.start())
    return found.group() if found else ""
