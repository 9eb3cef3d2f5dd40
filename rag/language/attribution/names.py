"""The names of outlets, and the one key that all names of an outlet share."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from rag.language.attribution.outlet_words import DESCRIPTIONS, SECTIONS
from rag.language.attribution.outlets import ARTICLED, OUTLETS, SHY

_SECTION_OF = re.compile(r"\s+[-–—|]\s.*|:\s.*", re.DOTALL)  # "The Courier - Life and Style", "Courier | News"
_DESCRIBED = re.compile(rf"(?<=\w) (?:{DESCRIPTIONS})\Z")
_MERELY_DESCRIBED = re.compile(r"(?<=\w) (?:news agency|newspaper|newswire|tabloid|broadcaster|news (?:web)?site)\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_BLANKS = re.compile(r"\s+")


class Writing(Enum):
    """How a name has to be written to be one."""

    PLAIN = auto()
    ARTICLED = auto()
    CAPITAL_ARTICLE = auto()
    SHY = auto()


_ARTICLES = {"the ": Writing.ARTICLED, "The ": Writing.CAPITAL_ARTICLE}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an outlet: its words as compared, the name the outlet is best known by, how it has to be written."""

    words: tuple[str, ...]
    outlet: str
    writing: Writing
    exact: str

    def is_written(self, words: list[str]) -> bool:
        """Whether these words, as written, are the name; one in capitals is found in capitals only."""
        *head, last = words
        if tuple(map(fold, head)) != self.words[:-1]:
            return False
        last_alone = unpossessed(last)
        if self.exact:
            return self.exact in (last, last_alone)
        return self.words[-1] in (fold(last), fold(last_alone))


def fold(word: str) -> str:
    """A word as names are compared: small, with a plain apostrophe."""
    return word.casefold().replace("’", "'")


def unpossessed(word: str) -> str:
    """A word without its possessive.

    >>> unpossessed("Reuters’"), unpossessed("CNN’s")
    ('Reuters', 'CNN')
    """
    return _POSSESSIVE.sub("", word)


def without_section(outlet: str) -> str:
    """An outlet's name without the section of it that a feed may add.

    >>> without_section("Harbour Courier - Life and Style")
    'Harbour Courier'
    """
    return _SECTION_OF.sub("", outlet).strip()


def canonical(outlet: str) -> str:
    """The key that all names of an outlet share: small letters, no "the", no section of it, no "news agency".

    >>> canonical("the Reuters news agency"), canonical("WSJ"), canonical("Harbour Courier - Sports")
    ('reuters', 'wall street journal', 'harbour courier')
    """
    name = _plain(without_section(outlet))
    return _known_key(name) or _known_key(_DESCRIBED.sub("", name)) or _MERELY_DESCRIBED.sub("", name)


def _known_key(name: str) -> str | None:
    """The key of a name in the tables, with sections of it or without."""
    words = name.split(" ")
    while words:
        if (key := _keys().get(" ".join(words))) is not None:
            return key
        if words.pop() not in SECTIONS:
            break
    return None


def key_of_host(host: str) -> str | None:
    """The key of the outlet that a site's name is made of, if it is a known one.

    >>> key_of_host("www.nytimes.com"), key_of_host("courier.example")
    ('new york times', None)
    """
    labels = [label.removeprefix("the") for label in reversed(host.lower().split(".")[:-1])]
    sections = [label.removesuffix(section) for label in labels for section in SECTIONS if label.endswith(section)]
    return next((_squashed_keys()[label] for label in (*labels, *sections) if label in _squashed_keys()), None)


def is_known(key: str) -> bool:
    """Whether a key is of an outlet in the tables."""
    return key in _keys()


def known_name(key: str) -> str | None:
    """The name that the outlet of this key is best known by, if it is in the tables.

    >>> known_name("wall street journal"), known_name("guardian"), known_name("harbour courier")
    ('Wall Street Journal', 'The Guardian', None)
    """
    return _known_names().get(key)


@lru_cache(maxsize=8)
def names(outlets: frozenset[str]) -> Mapping[str, tuple[Name, ...]]:
    """The names in the tables and of these outlets by the first word of each, long ones first."""
    found: defaultdict[str, set[Name]] = defaultdict(set)
    for name in (*_tabled(), *_of_corpus(outlets)):
        found[name.words[0]].add(name)
    return {first: tuple(sorted(several, key=lambda name: -len(name.words))) for first, several in found.items()}


def _of_corpus(outlets: frozenset[str]) -> Iterator[Name]:
    """The names that the tables lack. One of a single plain word may be any word, so it is taken for shy."""
    for outlet in sorted(outlets):
        name = without_section(outlet)
        if not name or is_known(canonical(name)) or not any(map(str.isalpha, name)):
            continue
        articled = name.lower().startswith("the ")
        bare = name[4:] if articled else name
        plain = len(bare.split()) > 1 or not bare.istitle()
        writing = Writing.PLAIN if plain else Writing.CAPITAL_ARTICLE if articled else Writing.SHY
        yield _name(bare, name, writing)


@lru_cache(maxsize=1)
def _tabled() -> tuple[Name, ...]:
    found = []
    for table, writing in ((OUTLETS, Writing.PLAIN), (SHY, Writing.SHY), (ARTICLED, Writing.PLAIN)):
        for listed in table.split(";"):
            known, *_ = written = [" ".join(name.split()) for name in listed.split("|")]
            for name in written:
                bare = re.sub(r"\A[Tt]he ", "", name)
                found.append(_name(bare, re.sub(r"\A[Tt]he ", "", known), _ARTICLES.get(name[: -len(bare)], writing)))
    return tuple(found)


def _name(name: str, outlet: str, writing: Writing) -> Name:
    words = name.split()
    exact = name if len(words) == 1 and name.isupper() else ""
    return Name(tuple(map(fold, words)), outlet, writing, exact)


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    """The key of every name in the tables; a name that two outlets have is the first one's."""
    keys: dict[str, str] = {}
    for name in _tabled():
        keys.setdefault(_plain(" ".join(name.words)), _plain(name.outlet))
        keys.setdefault(_plain(name.outlet), _plain(name.outlet))
    return keys


@lru_cache(maxsize=1)
def _known_names() -> Mapping[str, str]:
    """The name to be shown for each key: the first in its line of the tables, with the article that it needs."""
    shown: dict[str, str] = {}
    for name in _tabled():
        article = "The " if name.writing in _ARTICLES.values() else ""
        shown.setdefault(_plain(name.outlet), article + name.outlet)
    return shown


@lru_cache(maxsize=1)
def _squashed_keys() -> Mapping[str, str]:
    return {re.sub(r"\W", "", name): key for name, key in _keys().items()}


def _plain(name: str) -> str:
    return _BLANKS.sub(" ", name.replace("’", "'").casefold()).strip(" '\".,").removeprefix("the ")
