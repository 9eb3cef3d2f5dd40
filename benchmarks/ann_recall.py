"""How much of the exact nearest neighbours Chroma's index finds, by `ef_search`, on real embeddings and questions.

    python -m benchmarks.ann_recall CORPUS [--questions 200]

Works on a copy of the corpus's index. The exact neighbours are scored over the embeddings in SQLite.
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

from benchmarks.questions import realtimeqa
from rag import Filters, Settings, open_corpus

EF_SEARCH = (50, 100, 200, 400, 800)
DEPTH = 100
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    asked = realtimeqa()
    chosen = np.random.default_rng(SEED).choice(len(asked), min(given.questions, len(asked)), replace=False)
    with open_corpus(given.corpus, settings=Settings()) as corpus:
        store = corpus.answerer.searcher.retriever.store
        ids, vectors = store.embeddings(store.scope(Filters()).versions)
        questions = corpus.answerer.searcher.embedder().embed_queries([asked[i].text for i in chosen])
    exact = [[ids[i] for i in np.argsort(-(vectors @ question))[:DEPTH]] for question in questions]
    print(f"{len(ids)} passages, {len(questions)} questions, seed {SEED}\n")
    print("| ef_search | recall@10 | recall@100 | ms a query, p50 | p95 |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "chroma"
        shutil.copytree(given.corpus / "chroma", copy)
        for ef_search in EF_SEARCH:
            found, milliseconds = _search(copy, ef_search, questions)
            at = {
                k: np.mean([len({*f[:k]} & {*e[:k]}) / k for f, e in zip(found, exact, strict=True)]) for k in (10, 100)
            }
            p50, p95 = np.percentile(milliseconds, [50, 95])
            print(f"| {ef_search} | {at[10]:.3f} | {at[100]:.3f} | {p50:.1f} | {p95:.1f} |", flush=True)


def _search(path: Path, ef_search: int, questions: np.ndarray) -> tuple[list[list[str]], list[float]]:
    """The first DEPTH ids for each question. The setting takes effect when the collection is opened anew."""
    settings = ChromaSettings(is_persistent=True, persist_directory=str(path), anonymized_telemetry=False)
    client = chromadb.Client(settings)
    client.get_collection("passages", embedding_function=None).modify(configuration={"hnsw": {"ef_search": ef_search}})
    client.close()
    client = chromadb.Client(settings)
    collection = client.get_collection("passages", embedding_function=None)
    collection.query(query_embeddings=[questions[0].tolist()], n_results=DEPTH)
    found, milliseconds = [], []
    for question in questions:
        begun = time.perf_counter()
        result = collection.query(query_embeddings=[question.tolist()], n_results=DEPTH, include=["distances"])
        milliseconds.append((time.perf_counter() - begun) * 1000)
        found.append(result["ids"][0])
    client.close()
    return found, milliseconds


if __name__ == "__main__":
    main()
