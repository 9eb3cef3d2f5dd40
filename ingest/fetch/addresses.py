"""Where hosts are, and which addresses are public.

A host's name or spelling (decimal, hexadecimal, "localhost", a name that resolves to 127.0.0.1) is never judged; the
addresses that it resolves to are.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread

from ingest.fetch.failures import Failed
from ingest.fetch.watch import Deadline

Resolve = Callable[[str], Sequence[str]]
"""The addresses of a host, as text. Raises OSError or UnicodeError."""

_UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

# The special blocks of the IANA registries, written out: what `is_global` makes of some of them changed between
# releases of Python 3.11, and it calls multicast global.
_RESERVED_4 = [
    ip_network(block)
    for block in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "168.63.129.16/32"  # looks public, but is the host of a virtual machine in one large cloud
    ).split()
]
_PUBLIC_6 = ip_network("2000::/3")
_RESERVED_6 = [ip_network(block) for block in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()]
_NAT64 = ip_network("64:ff9b::/96")


def resolve(host: str) -> list[str]:
    """A host's addresses, as this machine knows them. Raises OSError or UnicodeError."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_public(address: str) -> bool:
    """Whether an address is one that the whole internet shares; of IPv4 inside of IPv6, whether that is.

    >>> [is_public(address) for address in ("1.1.1.1", "10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::1.1.1.1")]
    [True, False, False, True]
    """
    match ip_address(address):
        case IPv4Address() as plain:
            return plain.is_global and not any(plain in block for block in _RESERVED_4)
        case IPv6Address(ipv4_mapped=IPv4Address() as inside):
            return is_public(str(inside))
        case IPv6Address() as wide if wide in _NAT64:  # how hosts of IPv4 are reached from networks without it
            return is_public(str(IPv4Address(int(wide) & 0xFFFFFFFF)))
        case wide:
            return wide.is_global and wide in _PUBLIC_6 and not any(wide in block for block in _RESERVED_6)


def checked(host: str, resolve: Resolve, deadline: Deadline, *, allow_private: bool) -> Sequence[str]:
    """The addresses of a host, all of which may be connected to. Raises Failed."""
    addresses = _resolved(host, resolve, deadline)
    if not allow_private:
        for address in addresses:
            if not is_public(address):
                where = "" if host == address else f"is at {address}, which "
                raise Failed(
                    f"{host} {where}is no public address: "
                    f"nothing is fetched from there unless the setting allow_private_addresses is true"
                )
    return addresses


def _resolved(host: str, resolve: Resolve, deadline: Deadline) -> Sequence[str]:
    """Resolving can neither be told how long it may take nor be ended; so it is waited for no longer than it may."""
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host))
        except Exception as error:  # raised anew where the answer is waited for
            answers.put(error)

    Thread(target=ask, name="byline-resolve", daemon=True).start()
    while True:
        try:
            answer = answers.get(timeout=deadline.moment())
        except Empty:
            continue
        match answer:
            case socket.gaierror(errno=number) if number not in _UNKNOWN:
                raise Failed(f"the name {host} cannot be looked up now", passing=True)
            case OSError() | UnicodeError():
                raise Failed(f"there is no host {host}")
            case Exception():
                raise answer
        return answer
