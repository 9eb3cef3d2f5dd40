"""Byline as LlamaIndex sees it, and its Chroma collection as LlamaIndex's own store reads it."""

import asyncio

import chromadb
import pytest
from chromadb.config import Settings as ChromaSettings
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag import Corpus, Filters
from rag.llamaindex import BylineQueryEngine, BylineRetriever
from tests.fakes import HashEmbedder


def test_a_retriever_gives_nodes_with_article_version_and_offsets(news: Corpus) -> None:
    nodes = BylineRetriever(news, k=2).retrieve("battery plant in Vessen")
    assert len(nodes) == 2
    for scored in nodes:
        metadata = scored.node.metadata
        version = news.article(metadata["article"], metadata["version"])
        assert version.text[metadata["start"] : metadata["end"]] == scored.node.get_content()
        assert metadata["title"] == version.article.title
    assert nodes[0].get_score() >= nodes[1].get_score()


def test_a_retriever_keeps_to_its_filters(news: Corpus) -> None:
    nodes = BylineRetriever(news, filters=Filters(sources=("Touchline",))).retrieve("battery plant in Vessen")
    assert {scored.node.metadata["source"] for scored in nodes} == {"Touchline"}


def test_a_query_engine_answers_with_its_citations_as_source_nodes(news: Corpus) -> None:
    response = BylineQueryEngine(news).query("When will Kite Motors open its battery plant?")
    assert "14 June" in str(response)
    assert response.metadata is not None
    assert response.metadata["abstained"] is False
    cited = response.source_nodes[0].node
    text = news.article(cited.metadata["article"], cited.metadata["version"]).text
    assert text[cited.metadata["start"] : cited.metadata["end"]] == cited.get_content()


def test_a_query_engine_says_why_it_declines(news: Corpus) -> None:
    response = BylineQueryEngine(news).query("Who painted the Mona Lisa?")
    assert response.metadata is not None
    assert response.metadata["abstained"] is True
    assert "Mona" in str(response)


def test_a_query_engine_answers_without_blocking_the_event_loop(news: Corpus) -> None:
    response = asyncio.run(BylineQueryEngine(news).aquery("When will Kite Motors open its battery plant?"))
    assert "14 June" in str(response)


class ByHash(BaseEmbedding):
    """The double of the tests as a LlamaIndex embedding."""

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in HashEmbedder().embed_queries([query])[0]]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_query_embedding(text)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


@pytest.fixture
def index(news: Corpus) -> VectorStoreIndex:
    settings = ChromaSettings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(path=str(news.folder / "chroma"), settings=settings)
    store = ChromaVectorStore(chroma_collection=client.get_collection("passages", embedding_function=None))
    return VectorStoreIndex.from_vector_store(store, embed_model=ByHash())


def test_the_collection_opens_in_llamaindexs_own_store(news: Corpus, index: VectorStoreIndex) -> None:
    found = index.as_retriever(similarity_top_k=3).retrieve("a comet passed the sun")
    best = found[0].node
    version = news.article(best.metadata["article"], best.metadata["version"])
    assert version.article.title == "A comet passes"
    assert best.get_content() == version.text[best.metadata["start"] : best.metadata["end"]]
    assert best.metadata["source"] == "Frontier Science Weekly"


def test_the_collection_can_be_filtered_by_llamaindex(index: VectorStoreIndex) -> None:
    only = MetadataFilters(filters=[MetadataFilter(key="source", value="Touchline", operator=FilterOperator.EQ)])
    found = index.as_retriever(similarity_top_k=5, filters=only).retrieve("a comet passed the sun")
    assert [scored.node.metadata["source"] for scored in found] == ["Touchline"]
