"""Which articles are of one story: copies of one text, and other reports of one event. Pure.

What `sketch` gives is kept in corpora, so a change of it needs a migration that makes it anew.
"""

from rag.stories.copies import HOLDERS, Told, are_copies, candidates, groups, leads, quoted_in, said_in, sketch

__all__ = ["HOLDERS", "Told", "are_copies", "candidates", "groups", "leads", "quoted_in", "said_in", "sketch"]
