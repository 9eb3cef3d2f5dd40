"""What sites let robots do: robots.txt, after RFC 9309."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from ingest.fetch.failures import Failed
from ingest.fetch.watch import Watch

ROBOT = "Byline"
"""Our name in robots.txt."""

LONGEST = 500_000
"""Bytes of a robots.txt that are read."""

_KEPT = 24 * 3600.0
_FAILURE_KEPT = 600.0
_LONGEST_DELAY = 30.0
_TOO_MANY_REQUESTS = 429

_AGENT = re.compile(r"\s*user(?:-|\s*)agent(?:\s*:|\s)\s*([^#/]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site lets us do until a time: what its file says, or nothing for a reason, or else everything."""

    until: float
    file: Protego | None = None
    refusal: str = ""


class Robots:
    """Asks each site's robots.txt, which `read` fetches, once a day."""

    def __init__(self, read: Callable[[httpx.URL], bytes], watch: Watch) -> None:
        self._read = read
        self._watch = watch
        self._sites: dict[tuple[str, str, int | None], _Rules] = {}

    def delay(self, url: httpx.URL) -> float:
        """The least pause in seconds that the site of an address asks for.

        Raises Failed when it does not let us fetch that address, or did not let us know; and Stopped.
        """
        site = (url.scheme, url.host, url.port)
        rules = self._sites.get(site)
        if rules is None or rules.until <= self._watch.now():
            rules = self._sites[site] = self._ask(url)
        if rules.refusal:
            raise Failed(rules.refusal)
        if rules.file is None:
            return 0.0
        if not rules.file.can_fetch(str(url), ROBOT):
            raise Failed("the robots.txt of its site does not let Byline fetch it")
        return min(rules.file.crawl_delay(ROBOT) or 0.0, _LONGEST_DELAY)

    def _ask(self, url: httpx.URL) -> _Rules:
        """A site without the file allows everything; one that fails to give it, nothing, until it is asked again."""
        try:
            content = self._read(url.copy_with(raw_path=b"/robots.txt"))
        except Failed as error:
            now = self._watch.now()
            if 400 <= error.status < 500 and error.status != _TOO_MANY_REQUESTS:
                return _Rules(now + _KEPT)
            why = "the robots.txt of its site, which would have to allow it, cannot be read: " if error.status else ""
            return _Rules(now + _FAILURE_KEPT, refusal=f"{why}{error}")
        return _Rules(self._watch.now() + _KEPT, Protego.parse(ours(content[:LONGEST].decode("utf-8-sig", "replace"))))


def ours(text: str) -> str:
    """The file, with one name for all robots but us: of thousands of names with thousands of rules each, the parser
    would keep every pair.

    >>> ours("User-Agent: Byline/2 # or later\\nUser-agent: Other")
    'User-agent: Byline\\nUser-agent: another'
    """
    return "\n".join(map(_line, text.splitlines()))


def _line(line: str) -> str:
    if not (agent := _AGENT.match(line)):
        return line
    name = agent[1].strip()
    return f"User-agent: {name}" if name == "*" or name.lower() == ROBOT.lower() else "User-agent: another"
