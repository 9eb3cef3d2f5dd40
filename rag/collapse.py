"""A ranking without what copies of one text say again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from rag.model import Article, Grouping, Hit, Passage
from rag.stories import said_in


@dataclass(slots=True)
class _Place:
    """The best hit with its words, and those in copies that say nothing else."""

    best: Hit
    others: list[Passage] = field(default_factory=list)


def collapse(hits: Sequence[Hit], groups: Mapping[str, Grouping]) -> tuple[Hit, ...]:
    """The hits, of which those in copies of one article that say the same take one place, the best one's.

    A hit is left out only if what it says stands in the one that is shown: a copy may have a paragraph or a number of
    its own. Shown is the article that was published first, if it has the same words, since the others have them from
    there; else the best hit. A stub, which is no ground for an answer, takes no place of a whole article. `groups` are
    those of the hits' articles.
    """
    places: list[_Place] = []
    by_article: dict[str, list[_Place]] = {}
    for hit in hits:
        article_id = hit.passage.article.id
        beside = [copy.id for copy in groups[article_id].copies]
        near = (place for copy in beside for place in by_article.get(copy, ()))
        said = (place for place in near if _makes_needless(place.best.passage, hit.passage))
        place = min(said, key=lambda place: place.best.rank, default=None)
        if place is None:
            place = _Place(hit)
            places.append(place)
            by_article.setdefault(article_id, []).append(place)
        else:
            place.others.append(hit.passage)
    return tuple(_shown(place, rank) for rank, place in enumerate(places, start=1))


def _shown(place: _Place, rank: int) -> Hit:
    best = place.best.passage
    same = [best, *(other for other in place.others if _says(other, best))]
    shown = min(same, key=lambda passage: (passage.article.stub is not None, _published(passage.article)))
    also_in = {passage.article.id: None for passage in (best, *place.others) if passage.article.id != shown.article.id}
    return replace(place.best, rank=rank, passage=shown, also_in=tuple(also_in))


def _makes_needless(best: Passage, passage: Passage) -> bool:
    """Whether a passage need not be shown beside the best; what is whole may still take the place of a stub."""
    stands = passage.article.stub or not best.article.stub or _says(passage, best)
    return bool(stands) and _says(best, passage)


def _says(passage: Passage, other: Passage) -> bool:
    """Whether one says what the other says."""
    return said_in(other.text, passage.text)


def _published(article: Article) -> float:
    return article.published_at.timestamp() if article.published_at else inf
