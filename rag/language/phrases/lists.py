"""Word lists, written as plain text."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that blanks part."""
    return frozenset(text.split())


def name_set(text: str) -> frozenset[str]:
    """Return the names of a text that commas part, in lower case and with single blanks inside."""
    return frozenset(" ".join(name.split()).lower() for name in text.split(","))
