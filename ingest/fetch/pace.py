"""How often a host is asked."""

import math
import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.fetch.failures import Failed
from ingest.fetch.watch import Watch

ATTEMPTS = 3
LONGEST_WAIT = 60.0
"""Seconds. A host that asks to be left alone for longer is not waited for, nor asked before that time is over."""


class Pace:
    """When each host may be asked again: some time after it was asked, or when it wants to be."""

    def __init__(self, pause: float, watch: Watch) -> None:
        self._pause = pause
        self._watch = watch
        self._asked: dict[str, float] = {}
        self._held: dict[str, float] = {}

    def wait(self, host: str, pause: float) -> None:
        """Let pass what has to pass, `pause` at least since it was asked. Raises Failed when that is too long, and
        Stopped."""
        pause = max(pause, self._pause)
        free = max(self._asked.get(host, -math.inf) + pause, self._held.get(host, -math.inf))
        left = free - self._watch.now()
        if left > LONGEST_WAIT:
            raise Failed(f"its server asks to be left alone for another {math.ceil(left / 60)} minutes", 429)
        self._watch.pause(left)

    def asked(self, host: str) -> None:
        """It has just been asked."""
        self._asked[host] = self._watch.now()

    def hold(self, host: str, seconds: float) -> None:
        """It is not to be asked for so long."""
        self._held[host] = max(self._held.get(host, -math.inf), self._watch.now() + seconds)


def backoff(attempt: int) -> float:
    """Seconds before another attempt: twice as many each time, and not the same for all who were turned away."""
    return float(2**attempt * random.uniform(0.5, 1.5))


def retry_after(said: str) -> float:
    """Seconds of a Retry-After header, which gives them or a date; 0 when it makes no sense.

    >>> retry_after("120"), retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), retry_after("soon")
    (120.0, 0.0, 0.0)
    """
    if re.fullmatch(r"\d{1,9}", said, re.ASCII):
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
