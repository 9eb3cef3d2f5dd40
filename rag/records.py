"""What stores keep, are given and tell of themselves: the frozen values that cross the ports, beside the nouns."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from rag.model import Passage, Version

Vectors = NDArray[np.float32]
"""Embeddings as rows of unit length, shape (texts, dimension)."""


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """Which embedding model made a vector: two vectors compare only if this is the same."""

    name: str
    dimension: int
    sha256: str
    query_prompt: str = ""
    passage_prompt: str = ""


Statement = tuple[str, int | None, datetime | None, datetime | None]
"""What an item says of a version: its content hash, the publisher's revision, when it was updated, and its embargo."""

BY_HAND = "by hand"
"""Why an article is withdrawn that a person took out: no input brings it back."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an article is out of every search: "withdrawn", "withheld" or "by hand".

    `stated_at` is the notice's time, and `revision` the publisher's number for it, if it states them.
    """

    why: str = "withdrawn"
    stated_at: datetime | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of an article.

    `statements` are what its versions were stored for: content hash, revision and time of update. `notices` are the
    hashes of what withdrew it. `last` is its current version, or the one that was current when it was withdrawn, with
    `last_text_hash`; None when no version is stored. `last_number` is the highest number of any.
    """

    article_id: str
    statements: frozenset[Statement]
    notices: frozenset[str]
    last: Version | None
    last_text_hash: str
    last_number: int
    withdrawal: Withdrawal | None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version about to be written, with its passages and their vectors (one row a passage, in order).

    `content_hash` and `text_hash` are those of rag.identity. `keys` are what its article is known by from then on.
    A version that is not `version.current` is kept as history: the one that is current stays so. `item_hash` is of the
    item that it was made from, as it came in; empty when that is to be looked at again the next time.
    """

    version: Version
    content_hash: str
    passages: tuple[Passage, ...]
    vectors: Vectors
    text_hash: str = ""
    keys: tuple[str, ...] = ()
    item_hash: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of an address, so that it costs no more than it must: the two validators of HTTP, and what
    the list that led there said of it (`stamp`)."""

    url: str
    etag: str
    last_modified: str
    stamp: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search may look at under some filters: the versions, by key, with the number of each one's passages; and
    which of them are superseded by now."""

    versions: Mapping[str, int]
    superseded: Collection[str] = ()

    @property
    def passages(self) -> int:
        """How many passages all its versions have."""
        return sum(self.versions.values())

    @property
    def current_versions(self) -> int:
        """How many of its versions are not superseded."""
        return len(self.versions) - len(self.superseded)

    @property
    def current_passages(self) -> int:
        """How many passages those of its versions have that are not superseded."""
        return self.passages - sum(self.versions[key] for key in self.superseded)


@dataclass(frozen=True, slots=True)
class Standing:
    """What of some passages belongs in the derived indexes: those of current versions with their vectors (one row each,
    in order), and those of superseded ones. Of withdrawn and deleted articles, nothing."""

    current: tuple[Passage, ...]
    vectors: Vectors
    superseded: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a field, with the number of articles that have it."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """What a corpus holds. `arithmetic` is how many passages were embedded with which, `copy_groups` how many texts
    stand in several articles, `articles_of_stories` how many articles have another report of their event beside."""

    articles: int
    versions: int
    passages: int
    withdrawn: int
    embargoed: int
    epoch: int
    embedder: EmbedderInfo | None
    first_published: datetime | None
    last_published: datetime | None
    arithmetic: Mapping[str, int] = field(default_factory=dict)
    copy_groups: int = 0
    articles_of_stories: int = 0


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: of a corpus of this schema and epoch; `bytes` is the size of its database."""

    schema: int
    epoch: int
    articles: int
    versions: int
    passages: int
    made_at: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong in a corpus: `where` ("database", "vectors" or "words"), what, how often, and of which
    passages or rows, for example. `mendable`: whether it can be put right from the database alone."""

    where: str
    what: str
    count: int = 1
    examples: tuple[str, ...] = ()
    mendable: bool = False
