"""A fetcher whose pauses take no time, and a web for it."""

from collections.abc import Callable, Iterator, Sequence

import httpx
import pytest

from ingest.fetch import Fetcher
from ingest.fetch.network import Network
from ingest.fetch.watch import Clock
from rag.settings import Settings
from tests.web import Web, serving

TLS = httpx.create_ssl_context()


class SkippingClock(Clock):
    """Time passes by itself, and pauses are over at once."""

    def __init__(self) -> None:
        self.slept = 0.0

    def now(self) -> float:
        return super().now() + self.slept

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture
def web() -> Iterator[Web]:
    with serving({}) as web:
        yield web


Make = Callable[..., Fetcher]


@pytest.fixture
def fetcher(clock: SkippingClock) -> Make:
    """Makes a fetcher with settings of its own. Every name is this machine's unless `resolve` says otherwise."""

    def here(host: str) -> Sequence[str]:
        return ["127.0.0.1"]

    def make(
        *,
        resolve: Callable[[str], Sequence[str]] = here,
        network: Network | None = None,
        stopped: Callable[[], bool] = lambda: False,
        clock: Clock = clock,
        **settings: object,
    ) -> Fetcher:
        chosen = Settings(**({"allow_private_addresses": True} | settings))  # type: ignore[arg-type]
        return Fetcher(chosen, stopped=stopped, clock=clock, network=network or Network(resolve, tls=TLS))

    return make
