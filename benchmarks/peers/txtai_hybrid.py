"""txtai: its hybrid index, which adds normalised BM25 scores to vector similarity, half and half.

Set up as its documents do: https://neuml.github.io/txtai/embeddings/configuration/general (`hybrid`) and
https://neuml.github.io/txtai/embeddings/indexing. Passages come from its Segmentation pipeline with a chunker, as in
https://neuml.github.io/txtai/pipeline/data/segmentation. What is indexed is an entry's `text`; title, outlet and date
are stored beside it.
"""

from pathlib import Path

from txtai import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.peers import worker


def ingest(articles: Path, index: Path) -> int:
    segment = Segmentation(
        chunker="sentence",
        tokenizer=worker.tokenizer(),
        chunk_size=worker.TOKENS,
        chunk_overlap=worker.OVERLAP,
    )
    entries = [
        {"text": text, **worker.metadata(article)}
        for article in worker.read_lines(articles)
        for text in segment(article["text"])
    ]
    embeddings = Embeddings(path=worker.model_folder(), hybrid=True, content=True)
    embeddings.index(entries)
    embeddings.save(str(index))
    embeddings.close()
    return len(entries)


def hybrid(index: Path) -> worker.Search:
    embeddings = Embeddings()
    embeddings.load(str(index))
    return lambda question: [found["text"] for found in embeddings.search(question, worker.FOUND)]


if __name__ == "__main__":
    worker.main("txtai", ingest, {"txtai": hybrid}, ["txtai", "faiss-cpu", "chonkie"])
