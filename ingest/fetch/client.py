"""Fetches documents: follows redirects, tries again what may come right, and leaves hosts in peace."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from typing import BinaryIO

import httpx

from ingest.fetch.body import ENCODINGS, kept
from ingest.fetch.exchange import Answer, answer
from ingest.fetch.failures import Failed
from ingest.fetch.fetched import Fetched, Validators
from ingest.fetch.network import Guard, Network
from ingest.fetch.pace import ATTEMPTS, Pace, backoff, retry_after
from ingest.fetch.robots import LONGEST, ROBOT, Robots
from ingest.fetch.urls import parsed, redirected
from ingest.fetch.watch import Clock, Deadline, Watch
from rag.settings import Settings

_REDIRECTS = (301, 302, 303, 307, 308)
_UNCHANGED = 304
_DOCUMENTS = (200, 203)
_SAID = {
    401: "it asks for a login",
    403: "its server refuses it to us",
    404: "there is no such page",
    410: "it is gone for good",
    429: "its server asks for fewer requests",
    451: "it is withheld for legal reasons",
}
_LONGEST_VALIDATOR = 500


class Fetcher:
    """Fetches documents, one at a time.

    It keeps to robots.txt, to a pause between two requests to a host, and to the bounds that the settings set; no
    cookies are kept, and no connection is made to an address that is not public unless the settings allow it.
    `stopped` is asked while it waits; when it says true, fetching ends with an error.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        stopped: Callable[[], bool] = lambda: False,
        clock: Clock | None = None,
        network: Network | None = None,
    ) -> None:
        self._settings = settings
        self._watch = Watch(clock or Clock(), stopped)
        self._network = network or Network()
        self._pace = Pace(settings.host_pause_seconds, self._watch)
        self._robots = Robots(self._robots_txt, self._watch)
        self._bodies: set[BinaryIO] = set()
        self._headers = {
            "User-Agent": user_agent(settings.contact),
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
            "Accept-Encoding": ENCODINGS,
        }

    @contextmanager
    def get(self, url: str, validators: Validators = Validators()) -> Iterator[Fetched]:
        """The document at an address, all of it, until the `with` ends.

        With the validators of an earlier time its body is None if it has not changed since. Raises SourceError, with
        one sentence that says why it cannot be had.
        """
        fetched = self._follow(parsed(url), validators, self._robots.delay)
        if fetched.body is None:
            yield fetched
            return
        self._bodies.add(fetched.body)
        try:
            yield fetched
        finally:
            self._bodies.discard(fetched.body)
            fetched.body.close()

    def close(self) -> None:
        """End with what is still open of documents."""
        for body in self._bodies:
            body.close()

    def _robots_txt(self, url: httpx.URL) -> bytes:
        fetched = self._follow(url, Validators(), lambda url: 0.0)
        if fetched.body is None:
            raise AssertionError("nothing was said of what is known of it")
        with fetched.body as body:
            return body.read(LONGEST)

    def _follow(self, url: httpx.URL, validators: Validators, delay: Callable[[httpx.URL], float]) -> Fetched:
        """What stands at the end of all redirects, each of which the site that it leads to has to allow."""
        deadline = Deadline(self._settings.fetch_seconds, self._watch)
        chain = [url]
        while True:
            outcome = self._patiently(chain[-1], validators, delay(chain[-1]), deadline)
            if isinstance(outcome, Fetched):
                return outcome
            chain.append(redirected(outcome, chain))

    def _patiently(self, url: httpx.URL, validators: Validators, pause: float, deadline: Deadline) -> Fetched | str:
        """The document, or where it redirects to. What may come right is tried again, after a while."""
        for attempt in count(1):
            self._pace.wait(url.host, pause)
            try:
                return self._once(url, validators, deadline)
            except Failed as failed:
                if failed.passing:
                    self._pace.hold(url.host, failed.wait or backoff(attempt - 1))
                if not failed.passing or attempt == ATTEMPTS:
                    raise
            finally:
                self._pace.asked(url.host)
        raise AssertionError("counting does not end")

    def _once(self, url: httpx.URL, validators: Validators, deadline: Deadline) -> Fetched | str:
        guard = Guard(self._network, deadline, allow_private=self._settings.allow_private_addresses)
        headers = self._headers | _conditional(validators)
        with deadline.running(), answer(url, headers, self._network.tls, guard) as said:
            if said.status in _REDIRECTS and "Location" in said.headers:
                return str(said.headers["Location"])
            if said.status == _UNCHANGED and validators != Validators():
                return _fetched(url, said, _stated(said, validators), None)
            if said.status not in _DOCUMENTS:
                raise _failure(said)
            return _fetched(url, said, _stated(said), kept(said, self._settings.fetch_megabytes))


def user_agent(contact: str) -> str:
    """Who we are, for servers. What cannot stand in a header is left out of the contact.

    >>> user_agent("desk@courier.example").partition("/")[2].partition(" ")[2]
    '(news research tool; desk@courier.example)'
    """
    said = "".join(sign for sign in contact if sign.isascii() and sign.isprintable() and sign not in "()\\")
    return f"{ROBOT}/{version('byline')} (news research tool{said and '; '}{said})"


def _conditional(validators: Validators) -> dict[str, str]:
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}


def _stated(said: Answer, before: Validators = Validators()) -> Validators:
    """The validators of an answer, or those of before as far as it repeats none."""
    etag, last_modified = (str(said.headers.get(name, "")) for name in ("ETag", "Last-Modified"))
    return Validators(
        etag if 0 < len(etag) <= _LONGEST_VALIDATOR else before.etag,
        last_modified if 0 < len(last_modified) <= _LONGEST_VALIDATOR else before.last_modified,
    )


def _fetched(url: httpx.URL, said: Answer, validators: Validators, body: BinaryIO | None) -> Fetched:
    content_type = str(said.headers.get("Content-Type", ""))
    media = re.match(r"[\w.+-]{1,60}/[\w.+-]{1,80}", content_type, re.ASCII)
    charset = re.search(r';\s*charset\s*=\s*["\']?([\w.:+-]{1,40})', content_type, re.ASCII | re.IGNORECASE)
    return Fetched(
        url=str(url),
        media_type=media[0].lower() if media else "",
        charset=charset[1] if charset else "",
        validators=validators,
        fetched_at=datetime.now(UTC),
        body=body,
    )


def _failure(said: Answer) -> Failed:
    """Of what the server wrote nothing is repeated."""
    status = said.status
    reason = _SAID.get(status) or ("its server failed" if status >= 500 else "its server's answer is no document")
    passing = status == 429 or status >= 500
    wait = retry_after(said.headers.get("Retry-After", "")) if passing else 0.0
    return Failed(f"{reason} ({status})", status, passing=passing, wait=wait)
