"""Byline: question answering over a news corpus, where every sentence shows the exact words that support it."""

import logging

from rag.build import open_corpus
from rag.corpus import Corpus
from rag.errors import BylineError
from rag.model import Abstention, Answer, Article, Citation, Claim, Filters, Hit, Passage, Ranking, Span, Version
from rag.settings import Settings

__all__ = [
    "Abstention",
    "Answer",
    "Article",
    "BylineError",
    "Citation",
    "Claim",
    "Corpus",
    "Filters",
    "Hit",
    "Passage",
    "Ranking",
    "Settings",
    "Span",
    "Version",
    "open_corpus",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())
