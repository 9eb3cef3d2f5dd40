"""Runs of question sets that are made up, for tests that need no corpus."""

from typing import Any

from rag.evaluation import RunInfo


def run_info(**fields: Any) -> RunInfo:
    """What was run, unless the fields say otherwise: ten questions over a small corpus."""
    made: dict[str, Any] = {
        "id": "20240501-101500-1f0c9a2e",
        "begun": "2024-05-01T10:15:00+00:00",
        "set": "ten",
        "set_sha256": "abc",
        "questions": 10,
        "k": 10,
        "as_asked": False,
        "seed": 7,
        "byline": "0.1.0",
        "corpus": "news",
        "articles": 5,
        "passages": 9,
        "epoch": 1,
        "embedder": None,
    }
    return RunInfo(**made | fields)
