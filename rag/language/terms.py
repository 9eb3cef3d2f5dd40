"""Words as search compares them: folded, without possessives, stemmed (Snowball English, Porter 2001).

The lexical index stores exactly these terms, so a question and a passage are always analysed alike.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

STOPWORDS = frozenset(
    (
        "a about above after again all also although am among an and any are as at be because been before being below "
        "between both but by can could did do does doing down during each few for from further had has have having he "
        "her here hers herself him himself his how i if in into is it its itself just me might more most must my "
        "myself no nor not now of off on once only or other our ours ourselves out over own same shall she should so "
        "some such than that the their theirs them themselves then there these they this those through to too under "
        "until up upon us very was we were what when where whether which while who whom whose why will with would you "
        "your yours yourself yourselves"
    ).split()
)

# A number keeps its decimals and thousands; a word its inner apostrophe; "U.S." is one word.
# Accents may stand apart from their letters.
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
# Most words are plain, and are read several times as fast by a pattern that says so.
_PLAIN = r"[a-zA-Z]{2,}+(?![\w'’\u0300-\u036f])"
_TOKEN = re.compile(
    rf"{_PLAIN}|\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)\b)?|(?:{_LETTER}\.){{2,}}|(?:{_LETTER})+(?:['’](?:{_LETTER})+)*|\w+"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")
_KEPT = 30_000  # words, a quarter of a kilobyte each: texts of 4 million words take 1.1 times as long as with 200,000


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded but not stemmed, stopwords included.

    >>> words("Zoë's U.S. bank paid $1,350.50 on May 3rd")
    ['zoe', 'us.', 'bank', 'paid', '1350.50', 'on', 'may', '3']
    """
    return [folded for match in _TOKEN.finditer(text) if (folded := _fold(match[0]))]


def tokens(text: str) -> list[str]:
    """The words and numbers of a text as they are written.

    >>> tokens("Zoë's U.S. bank")
    ["Zoë's", 'U.S.', 'bank']
    """
    return _TOKEN.findall(text)


def token_spans(text: str) -> list[tuple[int, int]]:
    """The characters `text[start:end]` that each of its tokens stands in.

    >>> token_spans("Zoë's U.S. bank")
    [(0, 5), (6, 10), (11, 15)]
    """
    return [match.span() for match in _TOKEN.finditer(text)]


def terms(text: str) -> list[str]:
    """The stemmed terms of a text, stopwords included, in order: what the lexical index stores.

    >>> terms("Launches were delayed")
    ['launch', 'were', 'delay']
    """
    return [*filter(None, map(term_of, tokens(text)))]


def located_terms(text: str) -> list[tuple[int, int, str]]:
    """The stemmed terms of a text with the characters `text[start:end]` that each stands in.

    >>> located_terms("Sora launched")
    [(0, 4, 'sora'), (5, 13, 'launch')]
    """
    return [(*match.span(), term) for match in _TOKEN.finditer(text) if (term := term_of(match[0]))]


def query_terms(text: str) -> tuple[str, ...]:
    """The distinct stemmed terms of a question that carry meaning, in order; all of them if none does.

    >>> query_terms("When will Sora launch?")
    ('sora', 'launch')
    """
    found = words(text)
    telling = [word for word in found if word not in STOPWORDS]
    return tuple(dict.fromkeys(_stem(word) for word in telling or found))


@lru_cache(maxsize=_KEPT)
def term_of(token: str) -> str:
    """The stemmed term of a token; empty for one of which folding leaves nothing."""
    folded = _fold(token)
    return _stem(folded) if folded else ""


@lru_cache(maxsize=_KEPT)
def _fold(token: str) -> str:
    folded = token.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    if "." in folded and folded[0].isalpha():
        return folded.replace(".", "") + "."
    if folded[0].isdigit():
        return _THOUSANDS.sub("", _ORDINAL.sub("", folded))
    return _POSSESSIVE.sub("", folded)


@lru_cache(maxsize=_KEPT)
def _stem(word: str) -> str:
    # A stemmer keeps state while it works, so threads must not share one; making it costs microseconds.
    return str(Stemmer.Stemmer("english", 0).stemWord(word))
