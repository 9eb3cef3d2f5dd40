"""The transformer of a sentence-transformers model, run by OpenVINO: faster than PyTorch, on some processors twice.

It is converted in memory, from the module that PyTorch has loaded. How passages are pooled stays the model's own.
"""

import sys
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from queue import Queue

import numpy as np
import torch
from numpy.typing import NDArray
from transformers.utils import logging

from rag.adapters.lean import SentenceTransformer
from rag.records import Vectors

# OpenVINO reports its being imported to its makers, unless this cannot be imported. Byline reaches no network unasked.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # Python's own way to say so

import openvino  # noqa: E402

_BATCH = 4
"""Texts computed at once, on each core: more leave its cache, fewer gain no more (benchmarks/README.md)."""


@cache
def _core() -> openvino.Core:
    """The only one of the process, and never released.

    Each may set up a stack of its own for signals in place of the last one's, and takes it away when it goes: where one
    goes before a later one does, the next Ctrl-C finds none, and ends the process with a segmentation fault.
    """
    return openvino.Core()


def arithmetics() -> dict[str, str]:
    """What OpenVINO can compute in on this processor: names for people, and its own for the precision."""
    names = {"OpenVINO float32": "f32"}
    if "BF16" in _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        names["OpenVINO bfloat16"] = "bf16"
    return names


class OpenVinoEncoder:
    """Encodes texts as the model does, on all cores, one batch on each.

    With the precision "bf16" it multiplies in bfloat16, and gives float32 all the same.
    """

    def __init__(self, model: SentenceTransformer, transformer: openvino.Model, precision: str) -> None:
        """`transformer` is the first module of the model, converted."""
        self._model = model
        self._pooling = torch.nn.Sequential(*list(model.children())[1:])
        cores = torch.get_num_threads()
        self._streams = cores
        self._compiled = _core().compile_model(
            transformer,
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": precision,
                "INFERENCE_NUM_THREADS": cores,
                "NUM_STREAMS": cores,
                "PERFORMANCE_HINT": "THROUGHPUT",
            },
        )
        self._idle: Queue[openvino.InferRequest] = Queue()
        for _ in range(cores):
            self._idle.put(self._compiled.create_infer_request())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text, shape (texts, dimension)."""
        longest = int(self._model.max_seq_length or self._model.tokenizer.model_max_length)
        tokens = self._model.tokenizer(list(texts), truncation=True, max_length=longest)["input_ids"]
        longest_first = sorted(range(len(texts)), key=lambda index: len(tokens[index]), reverse=True)
        vectors = np.zeros((len(texts), int(self._model.get_embedding_dimension() or 0)), dtype=np.float32)

        def encode_batch(chosen: list[int]) -> None:
            vectors[chosen] = self._encoded([tokens[index] for index in chosen])

        batches = [longest_first[first : first + _BATCH] for first in range(0, len(texts), _BATCH)]
        with ThreadPoolExecutor(self._streams, thread_name_prefix="byline-openvino") as threads:
            list(threads.map(encode_batch, batches))  # raises what a batch raised
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return vectors

    def _encoded(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """The vectors of texts of about one length, shape (texts, dimension). Others may run meanwhile."""
        ids, mask = self._padded(tokens)
        request = self._idle.get()
        try:
            hidden = request.infer({"input_ids": ids, "attention_mask": mask})[0].copy()
        finally:
            self._idle.put(request)
        return self._pooled(hidden, mask)

    def _padded(self, tokens: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Token ids and their mask, each of shape (texts, tokens of the longest)."""
        shape = len(tokens), max(map(len, tokens))
        ids, mask = np.full(shape, self._model.tokenizer.pad_token_id or 0), np.zeros(shape, dtype=np.int64)
        for row, each in enumerate(tokens):
            ids[row, : len(each)] = each
            mask[row, : len(each)] = 1
        return ids, mask

    def _pooled(self, hidden: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        features = {"token_embeddings": torch.from_numpy(hidden), "attention_mask": torch.from_numpy(mask)}
        with torch.inference_mode():
            pooled: NDArray[np.float32] = self._pooling(features)["sentence_embedding"].numpy()
        return pooled


def encoders(model: SentenceTransformer) -> Iterator[tuple[str, OpenVinoEncoder]]:
    """The model in each arithmetic that OpenVINO has on this processor, by its name in `arithmetics`, one at a time.

    Takes some seconds. Raises RuntimeError for a model that OpenVINO cannot convert.
    """
    transformer = _converted(model)
    for name, precision in arithmetics().items():
        yield name, OpenVinoEncoder(model, transformer, precision)


class _Transformer(torch.nn.Module):
    """The first module of the model, from token ids to the last hidden states."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        inner = model[0].auto_model
        assert isinstance(inner, torch.nn.Module)
        self._inner = inner

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden: torch.Tensor = self._inner(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return hidden


def _converted(model: SentenceTransformer) -> openvino.Model:
    example = model.tokenizer(["Two texts of", "different lengths, as an example"], return_tensors="pt", padding=True)
    inputs = {name: example[name] for name in ("input_ids", "attention_mask")}
    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a trace may hold for this length alone: the probe compares vectors
            return openvino.convert_model(_Transformer(model), example_input=inputs)
    finally:
        logging.set_verbosity(verbosity)
