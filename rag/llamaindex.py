"""Byline in any LlamaIndex application: a retriever and a query engine over a corpus.

from rag import open_corpus
from rag.llamaindex import BylineQueryEngine

response = BylineQueryEngine(open_corpus("data/news")).query("When will Sora launch?")
response.source_nodes[0].node.metadata["article"]
"""

import asyncio

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from rag.corpus import Corpus
from rag.model import Answer, Article, Citation, Filters, Hit


class BylineRetriever(BaseRetriever):
    """The best `k` passages of a corpus for a query, as LlamaIndex nodes."""

    def __init__(self, corpus: Corpus, *, k: int = 10, filters: Filters = Filters()) -> None:
        self._corpus = corpus
        self._k = k
        self._filters = filters
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        ranking = self._corpus.search(query_bundle.query_str, filters=self._filters, k=self._k)
        return [_hit_node(hit) for hit in ranking]


class BylineQueryEngine(BaseQueryEngine):
    """Answers with Byline's own reader. The source nodes are the citations: exactly the words that support the answer.

    A declined question has the reason as its response and the nearest passages as source nodes; the metadata of the
    response tell the two apart ("abstained").
    """

    def __init__(self, corpus: Corpus, *, k: int = 10, filters: Filters = Filters()) -> None:
        self._corpus = corpus
        self._k = k
        self._filters = filters
        super().__init__(callback_manager=None)

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        answer = self._corpus.ask(query_bundle.query_str, filters=self._filters, k=self._k)
        metadata = {"abstained": answer.abstained, "confidence": answer.confidence}
        if answer.abstention is not None:
            return Response(answer.abstention.explanation, [_hit_node(hit) for hit in answer.nearest], metadata)
        return Response(answer.text, [_citation_node(answer, citation) for citation in answer.citations], metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _hit_node(hit: Hit) -> NodeWithScore:
    passage = hit.passage
    return _node(passage.id, passage.text, passage.article, passage.version, passage.start, passage.end, hit.score)


def _citation_node(answer: Answer, citation: Citation) -> NodeWithScore:
    name = f"{citation.article.id}#{citation.version}:{citation.start}-{citation.end}"
    support = max(claim.support for claim in answer.claims if citation.number in claim.citations)
    return _node(name, citation.quote, citation.article, citation.version, citation.start, citation.end, support)


def _node(name: str, text: str, article: Article, version: int, start: int, end: int, score: float) -> NodeWithScore:
    node = TextNode(
        id_=name,
        text=text,
        start_char_idx=start,
        end_char_idx=end,
        metadata={
            "article": article.id,
            "version": version,
            "start": start,
            "end": end,
            "url": article.url,
            "title": article.title,
            "source": article.source,
            "authors": list(article.authors),
            "published_at": None if article.published_at is None else article.published_at.isoformat(),
            "category": article.category,
        },
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article.id)},
    )
    return NodeWithScore(node=node, score=score)
