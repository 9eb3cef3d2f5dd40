"""What of a corpus holds the evidence of a question."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rag.corpus import Corpus
from rag.errors import ArticleNotFound
from rag.evaluation.judge import holds_quote
from rag.evaluation.sets import Evidence, Question
from rag.model import Filters, Hit, Passage

_REMEMBERED = 256
"""Articles whose passages are remembered: the evidence of many questions stands in the same ones."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Of each piece of evidence, in order: the id of its article (None: not in the corpus), and the ids of the passages
    of that article that hold its quote; of evidence without a quote, none.
    """

    evidence: tuple[Evidence, ...]
    articles: tuple[str | None, ...]
    passages: tuple[frozenset[str], ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The evidence that nothing of the corpus holds, by number."""
        return tuple(
            number
            for number, (evidence, article, passages) in enumerate(
                zip(self.evidence, self.articles, self.passages, strict=True)
            )
            if article is None or (evidence.quote and not passages)
        )

    def judgements(self) -> dict[str, int]:
        """The relevant documents, as trec_eval takes them: passages that hold a quote; where no quote is known, the
        article; and for what is missing a name that nothing has, so that it counts as not found.
        """
        relevant: dict[str, int] = {}
        for number, evidence in enumerate(self.evidence):
            if number in self.missing:
                relevant[f"missing {number}"] = 1
            elif evidence.quote:
                relevant |= dict.fromkeys(self.passages[number], 1)
            else:
                relevant[f"article {self.articles[number]}"] = 1
        return relevant

    def documents(self, hit: Hit) -> list[str]:
        """What a hit counts as in `judgements`: itself, and what it stands for in copies that are not shown."""
        own = f"article {hit.passage.article.id}"
        documents = [own if own in self.judgements() else hit.passage.id]
        for evidence, article, passages in zip(self.evidence, self.articles, self.passages, strict=True):
            if article in hit.also_in:
                stands = not evidence.quote or holds_quote(hit.passage.text, evidence.quote)
                documents += sorted(passages or {f"article {article}"}) if stands else []
        return documents


def gold_finder(corpus: Corpus) -> Callable[[Question], Gold]:
    """What finds the gold of questions in a corpus, under the filters of each question."""

    @lru_cache(maxsize=_REMEMBERED)
    def passages_of(url: str, filters: Filters) -> tuple[Passage, ...]:
        try:
            return corpus.passages(url, filters=filters)
        except ArticleNotFound:
            return ()

    def find(question: Question) -> Gold:
        found = [passages_of(evidence.url, question.filters) for evidence in question.evidence]
        return Gold(
            question.evidence,
            tuple(passages[0].article.id if passages else None for passages in found),
            tuple(
                frozenset(p.id for p in passages if evidence.quote and holds_quote(p.text, evidence.quote))
                for evidence, passages in zip(question.evidence, found, strict=True)
            ),
        )

    return find
