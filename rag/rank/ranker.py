"""The model that orders candidates, as `benchmarks/fit_ranking.py` fitted it."""

import json
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.rank.features import NAMES


@dataclass(frozen=True, slots=True)
class Ranker:
    """A weight for each feature: what is better has the greater sum."""

    weights: NDArray[np.float64]

    @classmethod
    def load(cls) -> "Ranker":
        """The weights that come with Byline."""
        kept = json.loads(resources.files("rag.rank").joinpath("fitted.json").read_text(encoding="utf-8"))
        return cls(np.array([kept[name] for name in NAMES]))

    def scores(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        """A score for each row of features, shape (candidates,)."""
        return values @ self.weights
