"""What becomes of an article where it is copied: cut, headed anew, put in another order, added to, lightly reworded.

Each alteration takes the article's text, without furniture, and what there is to draw from, and gives the copy's text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from rag.language.furniture import furniture_spans, without_furniture
from rag.language.sentences import sentence_spans
from rag.language.synonyms import synonyms
from rag.language.terms import terms

# Some of these are known to the rules for furniture, some are not: they are left in, as they would be.
_FURNITURE = (
    "Sign up for our morning newsletter.",
    "Advertisement",
    "Read more: What the new harbour rules mean for you",
    "Follow us on social media for the latest.",
    "The Eastfield Courier has been reporting on the region since 1894 and belongs to its readers.",
    "Mara Quill covers transport and the coast for the Courier. She lives in Eastfield with two dogs.",
    "You have two free stories left this month.",
    "This page is best seen in a recent browser. Some pictures may take a moment to appear.",
    "Most read today: The bridge that nobody wanted; Five soups for a cold week; Why the ferry is late again",
    "Listen to this story in our app, where you can also save it for later.",
    "What do you think? Our letters page is open to everyone, and the editor reads each one herself.",
    "Picture: Northgate Press Agency, handed out by the organisers",
    "Go deeper with our weekly look at money, work and the price of everything, on Fridays.",
    "Correspondents in nine cities contributed to our coverage, which is paid for by subscribers.",
)
_HEADS = ("What we know so far", "In brief", "Explained in five minutes", "The story in short", "Update")
_PARAGRAPH = re.compile(r"\n\s*\n")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Draw:
    """Chance, seeded, and other articles and words to take from."""

    rng: np.random.Generator
    others: Sequence[str]
    words: Sequence[str]

    def other(self) -> str:
        """The text of some other article."""
        return self.others[int(self.rng.integers(len(self.others)))]


Alteration = Callable[[str, Draw], str]


def cut(text: str, draw: Draw, share: float) -> str:
    """The first sentences, until they hold this share of the characters."""
    ends = [end for _, end in sentence_spans(text)]
    return text[: next(end for end in ends if end >= share * len(text))]


def thin(text: str, draw: Draw, share: float) -> str:
    """Some of the sentences, in their order."""
    spans = sentence_spans(text)
    kept = sorted(draw.rng.choice(len(spans), max(1, round(share * len(spans))), replace=False))
    return " ".join(text[slice(*spans[place])] for place in kept)


def rehead(text: str, draw: Draw) -> str:
    """Under a head and a standfirst that stand in the text."""
    standfirst = " ".join(draw.words[int(i)] for i in draw.rng.integers(len(draw.words), size=18))
    return f"{_HEADS[int(draw.rng.integers(len(_HEADS)))]}\n\n{standfirst}.\n\n{text}"


def furnish(text: str, draw: Draw) -> str:
    """With four pieces of furniture between its paragraphs; what the rules know is gone again."""
    parts = _PARAGRAPH.split(text)
    for piece in draw.rng.choice(_FURNITURE, 4, replace=False):
        parts.insert(int(draw.rng.integers(len(parts) + 1)), str(piece))
    furnished = "\n\n".join(parts)
    return without_furniture(furnished, furniture_spans(furnished))


def add_paragraph(text: str, draw: Draw) -> str:
    """With some 60 words of another article somewhere between its paragraphs."""
    parts = _PARAGRAPH.split(text)
    parts.insert(int(draw.rng.integers(len(parts) + 1)), passage(draw.other(), 60, draw))
    return "\n\n".join(parts)


def passage(text: str, words: int, draw: Draw) -> str:
    """Whole sentences from somewhere in a text, of about so many words."""
    spans = sentence_spans(text)
    first = int(draw.rng.integers(len(spans)))
    taken: list[str] = []
    for start, end in spans[first:]:
        taken.append(text[start:end])
        if sum(len(sentence.split()) for sentence in taken) >= words:
            break
    return " ".join(taken)


def shuffle_paragraphs(text: str, draw: Draw) -> str:
    parts = _PARAGRAPH.split(text)
    return "\n\n".join(str(part) for part in draw.rng.permutation(parts))


def shuffle_sentences(text: str, draw: Draw) -> str:
    spans = sentence_spans(text)
    return " ".join(text[slice(*spans[i])] for i in draw.rng.permutation(len(spans)))


def reword(text: str, draw: Draw, share: float) -> str:
    """With this share of its words, numbers aside, left out or put otherwise."""
    places = [match.span() for match in _WORD.finditer(text)]
    chosen = draw.rng.choice(len(places), round(share * len(places)), replace=False)
    pieces, done = [], 0
    for start, end in sorted(places[i] for i in chosen):
        pieces += [text[done:start], _otherwise(text[start:end], draw)]
        done = end
    return "".join([*pieces, text[done:]])


def _otherwise(word: str, draw: Draw) -> str:
    """A word of like meaning if one is known; else, by chance, nothing or any other word."""
    alike = [other for term in terms(word)[:1] for other in synonyms(term) - {term}]
    if alike:
        return str(draw.rng.choice(sorted(alike)))
    return "" if draw.rng.random() < 0.5 else draw.words[int(draw.rng.integers(len(draw.words)))]


def _in_turn(*alterations: Alteration) -> Alteration:
    def altered(text: str, draw: Draw) -> str:
        for alteration in alterations:
            text = alteration(text, draw)
        return text

    return altered


ALTERATIONS: Mapping[str, Alteration] = {
    "cut to 70 %": partial(cut, share=0.7),
    "cut to 50 %": partial(cut, share=0.5),
    "cut to 40 %": partial(cut, share=0.4),
    "half of its sentences": partial(thin, share=0.5),
    "headed anew": rehead,
    "furniture added": furnish,
    "paragraph added": add_paragraph,
    "paragraphs shuffled": shuffle_paragraphs,
    "sentences shuffled": shuffle_sentences,
    "5 % reworded": partial(reword, share=0.05),
    "10 % reworded": partial(reword, share=0.1),
    "20 % reworded": partial(reword, share=0.2),
    "cut to 70 %, 10 % reworded, furniture": _in_turn(partial(cut, share=0.7), partial(reword, share=0.1), furnish),
    "cut to 50 %, 5 % reworded, paragraph": _in_turn(
        partial(cut, share=0.5), partial(reword, share=0.05), add_paragraph
    ),
    "shuffled, 10 % reworded, headed anew": _in_turn(shuffle_paragraphs, partial(reword, share=0.1), rehead),
    "cut to 40 %, 20 % reworded": _in_turn(partial(cut, share=0.4), partial(reword, share=0.2)),
    "furniture, paragraph, sentences shuffled": _in_turn(add_paragraph, shuffle_sentences, furnish),
}
