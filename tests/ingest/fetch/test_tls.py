"""Certificates are verified for the name that was asked for, though it is an address that is connected to."""

import ssl
from collections.abc import Iterator

import pytest
import trustme

from ingest.fetch.network import Network
from tests.ingest.fetch.conftest import Make
from tests.ingest.fetch.test_fetch import body, failure
from tests.web import Page, Web, serving


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def asked_for() -> list[str]:
    """The names that TLS was asked for."""
    return []


@pytest.fixture
def secure(authority: trustme.CA, asked_for: list[str]) -> Iterator[Web]:
    """The site of news.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    context.sni_callback = lambda connection, name, context: asked_for.append(name)
    with serving({"/": "a page"}, context) as web:
        yield web


@pytest.fixture
def network(authority: trustme.CA) -> Network:
    """Every name is this machine's, and the authority is believed."""
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    return Network(lambda host: ["127.0.0.1"], tls=tls)


@pytest.mark.parametrize("host", ["news.example", "NEWS.example."])
def test_the_name_is_verified_and_the_address_connected_to(
    secure: Web, fetcher: Make, network: Network, asked_for: list[str], host: str
) -> None:
    with fetcher(network=network).get(secure.url(host=host)) as fetched:
        assert (body(fetched), fetched.url) == (b"a page", secure.url(host="news.example"))
    assert set(asked_for) == {"news.example"}


def test_another_name_on_the_same_address_is_refused(secure: Web, fetcher: Make, network: Network) -> None:
    fetching = fetcher(network=network)
    with fetching.get(secure.url(host="news.example")):
        pass
    told = failure(fetching, secure.url(host="other.example"))
    assert told.startswith("the certificate of other.example does not hold: Hostname mismatch")
    assert len(told) < 200
    assert all(asked.headers["Host"].startswith("news.example") for asked in secure.asked)


def test_an_authority_that_nobody_knows_is_refused(secure: Web, fetcher: Make) -> None:
    told = failure(fetcher(), secure.url(host="news.example"))
    assert told.startswith("the certificate of news.example does not hold: ")
    assert secure.asked == []


def test_a_server_without_tls_is_told(web: Web, fetcher: Make) -> None:
    told = failure(fetcher(), web.url(host="news.example").replace("http:", "https:"))
    assert told == "no secure connection to news.example can be made"


def test_a_redirect_may_lead_to_https_but_not_away_from_it(
    web: Web, secure: Web, fetcher: Make, network: Network
) -> None:
    web.pages["/"] = Page(redirect=secure.url(host="news.example"))
    with fetcher(network=network).get(web.url()) as fetched:
        assert fetched.url == secure.url(host="news.example")
    secure.pages["/"] = Page(redirect=web.url("/plain"))
    assert failure(fetcher(network=network), secure.url(host="news.example")) == (
        "it redirects from https to http, where anybody on the way could alter it"
    )
    assert "/plain" not in web.paths
