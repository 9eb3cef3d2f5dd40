"""What of a news text is no reporting (furniture), and whether a text is only a stub of an article."""

from rag.language.furniture.spans import furniture_spans, without_furniture
from rag.language.furniture.stubs import stub_reason

__all__ = ["furniture_spans", "stub_reason", "without_furniture"]
