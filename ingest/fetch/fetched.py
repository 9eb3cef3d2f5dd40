"""What a fetch gives."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the state of a document; sent back, it makes the next request conditional."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as its server gave it.

    `url` is where it was in the end, after redirects. `media_type` ("text/html", in lower case) and `charset` are what
    its Content-Type says, or empty. `body` is at its start and can be sought in, its content encoding undone; it is
    None when the document has not changed since the validators that were sent.
    """

    url: str
    media_type: str
    charset: str
    validators: Validators
    fetched_at: datetime
    body: BinaryIO | None
