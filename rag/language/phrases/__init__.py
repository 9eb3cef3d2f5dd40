"""The spans inside a sentence that answer: a time, a person, an organisation, a place, an amount."""

from rag.language.phrases.find import find_phrases
from rag.language.phrases.phrase import Kind, Phrase

__all__ = ["Kind", "Phrase", "find_phrases"]
