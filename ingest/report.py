"""What a run says of itself: while it goes on, and at its end."""

from dataclasses import dataclass

from ingest.sources import Reject


@dataclass(frozen=True, slots=True)
class Planned:
    """What a rehearsal would have done with an item: "added", "changed", "unchanged", "withdrawn" or "older"."""

    item: str
    action: str
    article_id: str
    title: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did. Counts are of articles, but for `passages` and `embedded`; `epoch` is the one it left.

    `changed` counts versions that are older than the current one, too, and `grouped` those of the new and the changed
    articles that are copies of others. `notes` tell what was taken with a doubt (a date
    that is none), `rejected` what could not be taken. `stopped` says that the run was told to end before its inputs
    did, `dry_run` that nothing was written: then `planned` tells of each item what would have been.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    grouped: int = 0
    rejected: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    epoch: int = 0
    stopped: bool = False
    dry_run: bool = False
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come; `fraction` (0 to 1) is of the inputs' bytes whose articles are dealt with."""

    stage: str
    articles: int
    passages: int
    rejected: int
    fraction: float
