"""Which articles are of one story: copies of one text, and other reports of one event. Pure.

What `sketch` and `event_keys` give is kept in corpora, so a change of it needs a migration that makes it anew.
"""

from rag.stories.copies import HOLDERS, Told, are_copies, candidates, groups, leads, quoted_in, said_in, sketch
from rag.stories.events import Account, account, event_keys, report_one_event

__all__ = [
    "HOLDERS",
    "Account",
    "Told",
    "account",
    "are_copies",
    "candidates",
    "event_keys",
    "groups",
    "leads",
    "quoted_in",
    "report_one_event",
    "said_in",
    "sketch",
]
