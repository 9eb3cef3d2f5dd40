"""Nothing but public addresses is ever connected to, unless the settings say so."""

from collections.abc import Iterable
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.addresses import is_public, resolve
from ingest.fetch.network import Network
from tests.ingest.fetch.conftest import Make
from tests.ingest.fetch.test_fetch import body, failure
from tests.web import Page, Web

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1
64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1
fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
""".split()
PUBLIC = "1.1.1.1 8.8.8.8 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450::8 ::ffff:8.8.8.8 64:ff9b::8.8.8.8".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_whole_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_whole_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4, network="0.0.0.0/0"))
def test_an_address_within_another_is_as_public_as_by_itself(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}") == is_public(str(address))


class Recorder(httpcore.NetworkBackend):
    """Connects to nothing, and remembers what it was told to connect to."""

    def __init__(self, error: Exception) -> None:
        self.addresses: list[str] = []
        self.timeouts: list[float | None] = []
        self._error = error

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.addresses.append(host)
        self.timeouts.append(timeout)
        raise self._error


def test_this_machine_is_refused_unless_the_settings_allow_it(web: Web, fetcher: Make) -> None:
    web.pages["/"] = "a page"
    assert failure(fetcher(allow_private_addresses=False), web.url()) == (
        "127.0.0.1 is no public address: "
        "nothing is fetched from there unless the setting allow_private_addresses is true"
    )
    assert web.asked == []
    with fetcher(allow_private_addresses=True).get(web.url()) as fetched:
        assert body(fetched) == b"a page"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "LOCALHOST",
        "127.1",
        "127.0.0.1.",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "0177.1",
        "0",
        "127。0。0。1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "169.254.169.254",
        "[fe80::1]",
    ],
)
def test_odd_spellings_of_private_addresses_are_refused(web: Web, fetcher: Make, host: str) -> None:
    fetching = fetcher(allow_private_addresses=False, resolve=resolve)
    assert "no public address" in failure(fetching, web.url(host=host))
    assert web.asked == []


@pytest.mark.parametrize("host", ["%31%32%37.0.0.1", "127.0.0.1%00.example", "①②⑦.0.0.1", "0177.0.0.1", "[::1%25lo]"])
def test_spellings_that_are_no_host_lead_nowhere(web: Web, fetcher: Make, host: str) -> None:
    failure(fetcher(allow_private_addresses=False, resolve=resolve), web.url(host=host))
    assert web.asked == []


def test_a_public_name_of_a_private_address_is_refused(web: Web, fetcher: Make) -> None:
    told = failure(fetcher(allow_private_addresses=False), web.url(host="news.example"))
    assert told.startswith("news.example is at 127.0.0.1, which is no public address")
    assert web.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(fetcher: Make) -> None:
    recorder = Recorder(httpcore.ConnectError())
    network = Network(lambda host: ["1.1.1.1", "2606:4700::1111", "::ffff:10.0.0.1"], recorder)
    told = failure(fetcher(allow_private_addresses=False, network=network), "https://news.example/")
    assert told.startswith("news.example is at ::ffff:10.0.0.1")
    assert recorder.addresses == []


def test_the_checked_addresses_themselves_are_connected_to_one_after_another(fetcher: Make) -> None:
    recorder = Recorder(httpcore.ConnectTimeout())
    asked: list[str] = []

    def answers(host: str) -> list[str]:
        asked.append(host)
        return ["2606:4700::1111", "1.1.1.1"]

    told = failure(fetcher(allow_private_addresses=False, network=Network(answers, recorder)), "https://news.example/")
    assert told == "news.example does not answer in time"
    assert asked == ["news.example"]
    assert recorder.addresses == ["2606:4700::1111", "1.1.1.1"]


@pytest.mark.parametrize(("fetch_seconds", "share"), [(100, 10), (8, 4)])
def test_one_dead_address_does_not_take_all_the_time(fetcher: Make, fetch_seconds: int, share: int) -> None:
    recorder = Recorder(httpcore.ConnectTimeout())
    network = Network(lambda host: ["2606:4700::1111", "1.1.1.1"], recorder)
    failure(fetcher(fetch_seconds=fetch_seconds, network=network), "http://news.example/")
    assert recorder.timeouts[0] == pytest.approx(share, abs=0.1)


def test_a_name_that_becomes_private_between_two_attempts_is_refused_then(fetcher: Make) -> None:
    recorder = Recorder(httpcore.ConnectError())
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    told = failure(
        fetcher(allow_private_addresses=False, network=Network(lambda host: next(answers), recorder)),
        "http://news.example/",
    )
    assert told.startswith("news.example is at 127.0.0.1, which is no public address")
    assert recorder.addresses == ["1.1.1.1"]


class Redirecting(Recorder):
    """At any address, a server that has no robots.txt and redirects everything else to a private host."""

    def __init__(self, target: str) -> None:
        super().__init__(AssertionError())
        self._target = target

    def connect_tcp(self, host: str, *arguments: object, **options: object) -> httpcore.NetworkStream:
        self.addresses.append(host)
        if len(self.addresses) == 1:
            return httpcore.MockStream([b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"])
        head = f"HTTP/1.1 302 Found\r\nLocation: {self._target}\r\nContent-Length: 0\r\n\r\n"
        return httpcore.MockStream([head.encode()])


@pytest.mark.parametrize(
    "target", ["http://intranet.example/", "http://127.0.0.1/admin", "http://[::1]/", "//169.254.169.254/latest"]
)
def test_a_redirect_to_a_private_address_is_not_followed(fetcher: Make, target: str) -> None:
    def resolve(host: str) -> list[str]:
        return {"news.example": ["1.1.1.1"], "intranet.example": ["10.1.2.3"]}.get(host, [host])

    backend = Redirecting(target)
    fetching = fetcher(allow_private_addresses=False, network=Network(resolve, backend))
    assert "no public address" in failure(fetching, "http://news.example/")
    assert backend.addresses == ["1.1.1.1", "1.1.1.1"]


def test_a_robots_txt_that_redirects_to_a_private_address_is_not_followed(web: Web, fetcher: Make) -> None:
    class RobotsRedirecting(Redirecting):
        def connect_tcp(self, host: str, *arguments: object, **options: object) -> httpcore.NetworkStream:
            self.addresses.append("")
            return super().connect_tcp(host, *arguments, **options)

    backend = RobotsRedirecting("http://127.0.0.1/")
    network = Network(lambda host: [host.replace("news.example", "1.1.1.1")], backend)
    assert "no public address" in failure(
        fetcher(allow_private_addresses=False, network=network), "http://news.example/"
    )
    assert backend.addresses == ["", "1.1.1.1"]


def test_the_host_is_still_told_who_was_asked_for(web: Web, fetcher: Make) -> None:
    web.pages["/"] = Page("x")
    with fetcher().get(web.url(host="News.Example.")) as fetched:
        assert fetched.url == f"http://news.example:{web.port}/"
    assert web.asked[-1].headers["Host"] == f"news.example:{web.port}"
