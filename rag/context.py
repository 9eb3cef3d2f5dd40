"""Hits to a context: the passages that the reader sees, cut into sentences with their places in the article."""

from collections.abc import Iterable

from rag.language.sentences import sentence_spans
from rag.model import Hit, Sentence


def sentences_of(hits: Iterable[Hit]) -> tuple[Sentence, ...]:
    """The sentences of the hits, best hit first; one that stands in two overlapping passages is taken once.

    Furniture is left out: it is no reporting, and must not answer.
    """
    taken: set[tuple[str, int, int]] = set()
    sentences = []
    for hit in hits:
        passage = hit.passage
        for ordinal, (first, last) in enumerate(sentence_spans(passage.text)):
            place = (passage.article.id, passage.version, passage.start + first)
            start, end = passage.start + first, passage.start + last
            furniture = any(begin < end and start < finish for begin, finish in passage.furniture)
            if place not in taken and not furniture:
                taken.add(place)
                sentences.append(Sentence(hit, ordinal, start, end, passage.text[first:last]))
    return tuple(sentences)
