"""Words of news that say the same: a question says "launch" where the article says "release".

Small on purpose: verbs of events and their nouns, with irregular forms that a stemmer does not join, written from
general knowledge. A word may stand in several groups. Retrieval does not use them, since meaning is compared there;
the reader does, to see whether a sentence speaks of what was asked.
"""

from collections import defaultdict
from collections.abc import Mapping

from rag.language.terms import terms

_GROUPS = """
launch release debut unveil rollout available
announce unveil reveal present introduce show shown
begin began begun start open opening kick commence
end finish conclude close closure over
die dead death kill fatal toll lose lost perish
injure hurt wound casualty
buy bought acquire purchase takeover bid
sell sold sale
cost price charge fee pay paid
pay paid salary wage earn compensation
spend spent spending
rise rose risen increase raise raised climb grow grew hike
fall fell fallen drop decline decrease cut lower slump
win won winner victory beat defeat
lose lost defeat loss
score goal net
lead led head headed leader chief charge
boss chief executive ceo head
officer cto technology technical
found founded founder establish set
make made produce build built manufacture create
leave left quit resign depart exit step
join hire appoint name named recruit
elect vote voter election win
arrest detain custody held
charge accuse indict
steal stole stolen theft robbery thief
find found discover recover
delay postpone push back slip late later
cancel scrap abandon shelve
ban prohibit bar outlaw
approve approval clear authorise authorize permission
agree agreement deal sign accord pact
meet met meeting talk
fire fired dismiss sack
say said tell told state declare claim
write wrote written author
sing sang singer
marry married wed wedding
film movie
company firm maker
worker employee staff workforce
strike walkout stoppage
storm hurricane typhoon
doctor physician
car vehicle
percent cent percentage share proportion
job post role position
child children kid
person people
woman women
man men
""".strip().splitlines()


def _table() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for group in _GROUPS:
        alike = set(terms(group))
        for term in alike:
            table[term] |= alike
    return {term: frozenset(alike) for term, alike in table.items()}


_ALIKE = _table()


def synonyms(term: str) -> frozenset[str]:
    """A stemmed term and those that say the same in news.

    >>> "releas" in synonyms("launch"), synonyms("tungsten") == {"tungsten"}
    (True, True)
    """
    return _ALIKE.get(term) or frozenset((term,))
