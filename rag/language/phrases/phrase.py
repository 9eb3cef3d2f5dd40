"""What the finders return: a span of a sentence, what it names, and in what way."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a phrase can be the answer to: when, who, where, how much."""

    TIME = "time"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A span `sentence[start:end]` that names a time, a person, an organisation, a place or an amount.

    The subtype is a word of the finder that found it:

    - time: `date`, `weekday`, `clock`, `year`, `decade`, `season`, `holiday`, `relative`, `duration`, `duration-until`
    - amount: `money`, `percent`, `count`, `number`, `age`, `score`, `duration`, `distance`, `weight`, `temperature`,
      `speed`, `magnitude`, `volume`, `area`, `data`, `energy`
    - person and organisation: `known` (there is evidence for the kind) or `guess` (only its capitals)
    - place: `known` (in the gazetteer, or by a noun such as "River"), `part` (of a longer name: "Qatar World Cup") or
      `guess` (only its preposition)
    """

    start: int
    end: int
    kind: Kind
    subtype: str
