"""Readers: from the sentences of a context to a draft of the answer."""
