"""The model that orders candidates, as `benchmarks/fit_ranking.py` fitted it."""

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.rank.features import NAMES

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranker:
    """A weight for each feature: what is better has the greater sum.

    A question of several parts has weights of its own: the words of a part alone say less.
    """

    one: Weights
    several: Weights

    @classmethod
    def load(cls) -> "Ranker":
        """The weights that come with Byline."""
        kept = json.loads(resources.files("rag.rank").joinpath("fitted.json").read_text(encoding="utf-8"))
        one, several = (np.array([kept[parts][name] for name in NAMES]) for parts in ("one", "several"))
        return cls(one, several)

    @property
    def name(self) -> str:
        """What it is known by: its kind, with a hash of its weights."""
        kept = json.dumps([NAMES, self.one.tolist(), self.several.tolist()])
        return f"linear {sha256(kept.encode()).hexdigest()[:12]}"

    def scores(self, values: NDArray[np.float32], parts: int) -> Weights:
        """A score for each candidate, a row of features, of a question of so many parts; shape (candidates,)."""
        return values @ (self.one if parts == 1 else self.several)
