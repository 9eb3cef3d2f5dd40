"""LlamaIndex: a vector index over Chroma, and its fusion with BM25 by reciprocal rank.

Set up as its documents do: https://developers.llamaindex.ai/python/examples/vector_stores/chromaindexdemo/,
https://github.com/run-llama/llama_index/blob/main/docs/examples/retrievers/bm25_retriever.ipynb (10 from each) and
https://developers.llamaindex.ai/python/framework/integrations/retrievers/reciprocal_rerank_fusion.
`SentenceSplitter` counts with the embedder's own tokenizer and, as it does by itself, leaves room for the metadata
that is embedded with each passage and read by BM25.
"""

from pathlib import Path

import chromadb
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from benchmarks.peers import worker


def ingest(articles: Path, index: Path) -> int:
    counting = worker.tokenizer()
    splitter = SentenceSplitter(
        chunk_size=worker.TOKENS, chunk_overlap=worker.OVERLAP, tokenizer=lambda text: counting.encode(text).ids
    )
    documents = [
        Document(text=article["text"], metadata=worker.metadata(article)) for article in worker.read_lines(articles)
    ]
    nodes = splitter.get_nodes_from_documents(documents)
    VectorStoreIndex(
        nodes, storage_context=StorageContext.from_defaults(vector_store=_vectors(index)), embed_model=_embedder()
    )
    BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=worker.FOUND).persist(str(index / "bm25"))
    return len(nodes)


def vector(index: Path) -> worker.Search:
    return _texts(_vector_retriever(index))


def fusion(index: Path) -> worker.Search:
    retriever = QueryFusionRetriever(
        [_vector_retriever(index), BM25Retriever.from_persist_dir(str(index / "bm25"))],
        llm=MockLLM(),  # never asked: it would write further queries
        similarity_top_k=worker.FOUND,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )
    return _texts(retriever)


def _texts(retriever: BaseRetriever) -> worker.Search:
    return lambda question: [found.node.text for found in retriever.retrieve(question)]


def _vector_retriever(index: Path) -> BaseRetriever:
    stored = VectorStoreIndex.from_vector_store(_vectors(index), embed_model=_embedder())
    return stored.as_retriever(similarity_top_k=worker.FOUND)


def _vectors(index: Path) -> ChromaVectorStore:
    client = chromadb.PersistentClient(path=str(index / "chroma"))
    return ChromaVectorStore(chroma_collection=client.get_or_create_collection("articles"))


def _embedder() -> HuggingFaceEmbedding:
    return HuggingFaceEmbedding(model_name=worker.model_folder())


if __name__ == "__main__":
    packages = ["llama-index-core", "llama-index-retrievers-bm25", "llama-index-vector-stores-chroma", "chromadb"]
    worker.main("llamaindex", ingest, {"llamaindex-vector": vector, "llamaindex-fusion": fusion}, packages)
