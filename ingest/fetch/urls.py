"""Which addresses may be asked for, and where redirects may lead."""

from collections.abc import Sequence

import httpx

from ingest.fetch.failures import Failed

MOST_REDIRECTS = 5

_LONGEST_HOST = 253
_PORTS = 65536


def parsed(url: str | httpx.URL) -> httpx.URL:
    """An address that may be asked for, without its fragment. Any port may be: what counts is which host it is on.

    Raises Failed. What it says never repeats the address, which may hold a password.
    """
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Failed("it is no valid address") from error
    host = address.raw_host.decode("ascii").rstrip(".")
    if address.scheme not in ("http", "https"):
        raise Failed("only addresses that begin with http:// or https:// can be fetched")
    if address.userinfo:
        raise Failed("its address holds a user name or a password, and Byline does not log in anywhere")
    if not 0 < len(host) <= _LONGEST_HOST or not 0 < (address.port or 80) < _PORTS:
        raise Failed("it is no valid address")
    return address.copy_with(host=host, fragment=None)


def redirected(location: str, chain: Sequence[httpx.URL]) -> httpx.URL:
    """Where a redirect leads to that came after these addresses. Raises Failed.

    Not from https to http: on the way there anybody could put other words into what is then cited. Who wants such a
    page can name its http address.
    """
    try:
        address = parsed(chain[-1].join(location))
    except (Failed, httpx.InvalidURL, ValueError) as error:
        raise Failed(f"it redirects to an address that cannot be fetched: {_reason(error)}", 300) from error
    if address in chain:
        raise Failed("it redirects in a circle", 300)
    if len(chain) > MOST_REDIRECTS:
        raise Failed(f"it redirects more than {MOST_REDIRECTS} times", 300)
    if chain[-1].scheme == "https" and address.scheme == "http":
        raise Failed("it redirects from https to http, where anybody on the way could alter it", 300)
    return address


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, Failed) else "it is no valid address"
