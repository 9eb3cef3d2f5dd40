"""BM25 alone, with bm25s as its page says (https://github.com/xhluca/bm25s): stop words, English stems, nothing else.

Once over the passages, once with the article's title before each. Passages are cut by the chunker that txtai uses too.
"""

import json
from pathlib import Path

import bm25s
import Stemmer
from chonkie import SentenceChunker

from benchmarks.peers import worker


def ingest(articles: Path, index: Path) -> int:
    chunker = SentenceChunker(worker.tokenizer(), worker.TOKENS, worker.OVERLAP)
    passages = [
        (article["title"], chunk.text) for article in worker.read_lines(articles) for chunk in chunker(article["text"])
    ]
    texts = [text for _, text in passages]
    _save(texts, index / "bm25")
    _save([f"{title}\n{text}" for title, text in passages], index / "bm25-titles")
    (index / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    return len(texts)


def _save(texts: list[str], folder: Path) -> None:
    ranker = bm25s.BM25()
    ranker.index(_tokens(texts), show_progress=False)
    ranker.save(folder)


def _opened(index: Path, name: str) -> worker.Search:
    texts = json.loads((index / "texts.json").read_text(encoding="utf-8"))
    ranker = bm25s.BM25.load(index / name)

    def search(question: str) -> list[str]:
        found, _ = ranker.retrieve(_tokens(question), k=worker.FOUND, show_progress=False)
        return [texts[i] for i in found[0]]

    return search


def _tokens(texts: list[str] | str) -> object:
    return bm25s.tokenize(texts, stopwords="en", stemmer=_STEMMER, show_progress=False)


_STEMMER = Stemmer.Stemmer("english")


if __name__ == "__main__":
    names = ["bm25", "bm25-titles"]
    searches = {name: lambda index, name=name: _opened(index, name) for name in names}
    worker.main("bm25", ingest, searches, ["bm25s", "PyStemmer", "chonkie"])
