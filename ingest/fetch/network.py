"""Connections, to checked addresses alone and never longer than a document may take."""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpcore
import httpx

from ingest.fetch.addresses import Resolve, checked, resolve
from ingest.fetch.watch import Deadline

CONNECT = 10.0
"""Seconds in which a host has to accept a connection, and again to make it secure."""

_SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


@dataclass(frozen=True, slots=True)
class Network:
    """What the outside is reached through: names, connections, and the certificates that are believed."""

    resolve: Resolve = resolve
    backend: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    tls: ssl.SSLContext = field(default_factory=partial(httpx.create_ssl_context))


class Guard(httpcore.NetworkBackend):
    """Resolves a host itself and connects to the very addresses that it has checked, so that a second answer of the
    name's owner (DNS rebinding) is never asked for.

    The host itself stays in the Host header and in TLS, which verifies its name. Proxies that the environment names
    are not used: they would resolve names themselves, and nobody would check what those resolve to.
    """

    def __init__(self, network: Network, deadline: Deadline, *, allow_private: bool) -> None:
        self._network = network
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers. Raises Failed, and what httpcore raises."""
        addresses = checked(host, self._network.resolve, self._deadline, allow_private=self._allow_private)
        error: httpcore.NetworkError | httpcore.TimeoutException = httpcore.ConnectError("it has no address")
        for tried, address in enumerate(addresses):
            share = self._deadline.left() / (len(addresses) - tried)  # so that one dead address does not take it all
            try:
                stream = self._network.backend.connect_tcp(
                    address, port, min(share, CONNECT), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            else:
                return _Stream(stream, self._deadline)
        raise error


class _Stream(httpcore.NetworkStream):
    """A connection on which nothing lasts longer than the deadline: a timeout for each read would let a server that
    sends a byte now and then keep it open for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            try:
                return self._stream.read(max_bytes, self._deadline.moment())
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, min(self._deadline.left(), CONNECT)), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
