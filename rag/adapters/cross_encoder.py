"""A cross-encoder of sentence-transformers, for those who have one: it reads question and passage together."""

import threading

import numpy as np
from numpy.typing import NDArray

from rag.adapters.lean import CrossEncoder
from rag.errors import ModelError


class SentenceTransformersReranker:
    """Any model that `sentence_transformers.CrossEncoder` loads, by name or folder. May be shared between threads."""

    def __init__(self, name: str) -> None:
        """Loads the model. Raises ModelError when there is none of this name."""
        self._one_at_a_time = threading.Lock()
        try:
            self._model = CrossEncoder(name, num_labels=1)
        except (OSError, ValueError) as error:
            raise ModelError(f"The reranker {name!r} cannot be loaded: {error}") from error

    def scores(self, question: str, texts: list[str]) -> NDArray[np.float64]:
        """How well each text answers, shape (texts,); greater is better."""
        if not texts:
            return np.zeros(0)
        with self._one_at_a_time:
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return np.asarray(found, dtype=np.float64).reshape(len(texts))
