"""Haystack: BM25 and embeddings of an in-memory store, joined by reciprocal rank.

Set up as its tutorial does: https://haystack.deepset.ai/tutorials/33_hybrid_retrieval. Two things differ. The
cross-encoder that ends the tutorial's pipeline comes from a model hub and is left out, so `DocumentJoiner` joins by
reciprocal rank, which its page (https://docs.haystack.deepset.ai/docs/documentjoiner) offers for this. And passages are
cut by `RecursiveDocumentSplitter` (https://docs.haystack.deepset.ai/docs/recursivesplitter), which keeps sentences
whole and counts tokens, but not the embedder's.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import nltk
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers import worker

TOKENS, OVERLAP = 225, 28
"""Of o200k_base: 256 and 32 of the embedder's tokens, as news has up to 1.12 of these for one of those."""

# The splitter would fetch rules for sentences and an encoding; the copies that LlamaIndex carries need no network.
_CARRIED = Path(find_spec("llama_index.core").origin).with_name("_static")
nltk.data.path.append(str(_CARRIED / "nltk_cache"))
os.environ["TIKTOKEN_CACHE_DIR"] = str(_CARRIED / "tiktoken_cache")


def ingest(articles: Path, index: Path) -> int:
    store = InMemoryDocumentStore()
    pipeline = Pipeline()
    splitter = RecursiveDocumentSplitter(split_length=TOKENS, split_overlap=OVERLAP, split_unit="token")
    embedder = SentenceTransformersDocumentEmbedder(
        model=worker.model_folder(), meta_fields_to_embed=["title"], progress_bar=False
    )
    pipeline.add_component("splitter", splitter)
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("writer", DocumentWriter(store))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    documents = [
        Document(content=article["text"], meta=worker.metadata(article)) for article in worker.read_lines(articles)
    ]
    pipeline.run({"splitter": {"documents": documents}})
    store.save_to_disk(str(index / "store.json"))
    return store.count_documents()


def hybrid(index: Path) -> worker.Search:
    store = InMemoryDocumentStore.load_from_disk(str(index / "store.json"))
    pipeline = Pipeline()
    pipeline.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=worker.model_folder(), progress_bar=False)
    )
    pipeline.add_component("meaning", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("words", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=worker.FOUND))
    pipeline.connect("embedder", "meaning")
    pipeline.connect("meaning", "joiner")
    pipeline.connect("words", "joiner")

    def search(question: str) -> list[str]:
        found = pipeline.run({"embedder": {"text": question}, "words": {"query": question}})
        return [document.content for document in found["joiner"]["documents"]]

    return search


if __name__ == "__main__":
    packages = ["haystack-ai", "sentence-transformers-haystack"]
    worker.main("haystack", ingest, {"haystack": hybrid}, packages)
