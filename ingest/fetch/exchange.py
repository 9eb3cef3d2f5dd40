"""One request and its answer, on a connection of its own.

Connections are not kept: between two requests to a host there is a pause, beside which making another one is nothing;
and so none can ever be shared by two hosts.
"""

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from ingest.fetch.failures import Failed
from ingest.fetch.network import Guard


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, whose body is still to come."""

    status: int
    headers: httpx.Headers
    parts: Iterable[bytes]


@contextmanager
def answer(url: httpx.URL, headers: Mapping[str, str], tls: ssl.SSLContext, guard: Guard) -> Iterator[Answer]:
    """What a server answers. Raises Failed when it cannot be asked; also inside, when the body breaks off."""
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    sent = [("Host", url.netloc), ("Connection", b"close"), *((name, text.encode()) for name, text in headers.items())]
    with (
        _translated(url.raw_host.decode("ascii")),
        closing(httpcore.HTTPConnection(target.origin, ssl_context=tls, network_backend=guard)) as connection,
        connection.stream("GET", target, headers=sent) as said,
    ):
        yield Answer(said.status, httpx.Headers(said.headers), said.iter_stream())


@contextmanager
def _translated(host: str) -> Iterator[None]:
    try:
        yield
    except httpcore.ConnectError as error:
        raise _no_connection(host, error.__cause__) from error
    except (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError) as error:
        raise Failed(f"the connection to {host} broke off", passing=True) from error
    except httpcore.TimeoutException as error:
        raise Failed(f"{host} does not answer in time") from error
    except httpcore.LocalProtocolError as error:
        raise Failed(f"{host} cannot be asked for it: {error}"[:200]) from error


def _no_connection(host: str, cause: BaseException | None) -> Failed:
    match cause:
        case ssl.SSLCertVerificationError(verify_message=reason):
            return Failed(f"the certificate of {host} does not hold: {reason}".rstrip("."))
        case ssl.SSLError():
            return Failed(f"no secure connection to {host} can be made")
        case OSError(strerror=str() as reason):
            return Failed(f"there is no connection to {host}: {reason}", passing=True)
        case _:
            return Failed(f"there is no connection to {host}", passing=True)
