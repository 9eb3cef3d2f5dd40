"""Byline, as its README says: `ingest` into a corpus, `open_corpus`, `search`. Runs in Byline's own environment."""

from pathlib import Path

from benchmarks.peers import worker
from ingest import ingest as ingest_articles
from rag import Settings, open_corpus


def ingest(articles: Path, index: Path) -> int:
    return ingest_articles(articles, into=index, settings=Settings()).passages


def search(index: Path) -> worker.Search:
    corpus = open_corpus(index, settings=Settings())
    return lambda question: [hit.passage.text for hit in corpus.search(question, k=worker.FOUND)]


if __name__ == "__main__":
    worker.main("byline", ingest, {"byline": search}, ["byline", "chromadb", "tantivy", "sentence-transformers"])
