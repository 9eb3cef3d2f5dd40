"""A site's robots.txt is asked once, and kept to."""

import time
from contextlib import suppress

import httpx
import pytest

from ingest.fetch.failures import Failed
from ingest.fetch.robots import Robots, ours
from ingest.fetch.watch import Clock, Watch
from tests.ingest.fetch.conftest import Make, SkippingClock
from tests.ingest.fetch.test_fetch import body, failure
from tests.web import Page, Web

FORBIDDEN = "the robots.txt of its site does not let Byline fetch it"
UNREADABLE = "the robots.txt of its site, which would have to allow it, cannot be read: "


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/kite", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: byline\nAllow: /", True),
        ("User-agent: *\nAllow: /\n\nUser-Agent: Byline\nDisallow: /news", False),
        ("User-agent: *\nAllow: /\n\nUser-Agent: Byline/1.0 (any)\nDisallow: /news", False),
        ("User-agent: Other\nUser-agent: Byline # and others\nDisallow: /news", False),
        ("User-agent: Other\nDisallow: /", True),
        ("User-agent: Bylines\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /news\r\n", False),
        ("User-agent: *\nDisallow: /news/k%69te.html", False),
        ("<html>We have no such file</html>", True),
        ("", True),
    ],
)
def test_robots_txt_is_kept_to(web: Web, fetcher: Make, robots: str, allowed: bool) -> None:
    web.pages |= {"/robots.txt": Page(robots, "text/plain"), "/news/kite.html": "Kite"}
    if allowed:
        with fetcher().get(web.url("/news/kite.html")) as fetched:
            assert body(fetched) == b"Kite"
    else:
        assert failure(fetcher(), web.url("/news/kite.html")) == FORBIDDEN
        assert web.paths == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_allows_everything(web: Web, fetcher: Make, status: int) -> None:
    web.pages |= {"/robots.txt": Page(status=status), "/": "a page"}
    with fetcher().get(web.url()) as fetched:
        assert body(fetched) == b"a page"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page(status=503), "its server failed (503)"),
        (Page(status=429), "its server asks for fewer requests (429)"),
        (Page(redirect="/robots.txt"), "it redirects in a circle"),
    ],
)
def test_a_site_that_cannot_give_its_robots_txt_allows_nothing_until_it_can(
    web: Web, fetcher: Make, clock: SkippingClock, page: Page, reason: str
) -> None:
    web.pages |= {"/robots.txt": page, "/": "a page", "/other": "another"}
    fetching = fetcher()
    assert failure(fetching, web.url()) == UNREADABLE + reason
    asked = len(web.asked)
    assert failure(fetching, web.url("/other")) == UNREADABLE + reason
    assert len(web.asked) == asked
    web.pages["/robots.txt"] = Page("")
    clock.slept += 601
    with fetching.get(web.url()) as fetched:
        assert body(fetched) == b"a page"


def test_a_site_that_cannot_be_reached_is_tried_for_one_document_and_not_for_all(fetcher: Make) -> None:
    lookups: list[str] = []

    def resolve(host: str) -> list[str]:
        lookups.append(host)
        raise OSError

    fetching = fetcher(resolve=resolve)
    for path in "abc":
        assert failure(fetching, f"http://nowhere.example/{path}") == "there is no host nowhere.example"
    assert len(lookups) == 1


def test_robots_txt_is_asked_once_a_day_for_each_site(web: Web, fetcher: Make, clock: SkippingClock) -> None:
    web.pages |= {"/a": "a", "/b": "b"}
    fetching = fetcher()

    def fetch(host: str, path: str) -> None:
        with fetching.get(web.url(path, host)):
            pass

    for path in ("/a", "/b"):
        fetch("courier.example", path)
    fetch("ledger.example", "/a")
    assert web.paths == ["/robots.txt", "/a", "/b", "/robots.txt", "/a"]
    clock.slept += 24 * 3600
    fetch("courier.example", "/b")
    assert web.paths[-2:] == ["/robots.txt", "/b"]


def test_robots_txt_may_be_elsewhere(web: Web, fetcher: Make) -> None:
    web.pages |= {
        "/robots.txt": Page(redirect=web.url("/rules", "rules.example")),
        "/rules": Page("User-agent: *\nDisallow: /"),
    }
    assert failure(fetcher(), web.url(host="news.example")) == FORBIDDEN


def test_the_site_that_a_redirect_leads_to_has_to_allow_it_too(web: Web, fetcher: Make) -> None:
    web.pages |= {
        "/robots.txt": Page("User-agent: *\nDisallow: /hidden"),
        "/": Page(redirect=web.url("/hidden", "other.example")),
        "/hidden": "a page",
    }
    assert failure(fetcher(), web.url(host="news.example")) == FORBIDDEN
    assert "/hidden" not in web.paths


@pytest.mark.parametrize(("asked", "kept"), [("7", 7.0), ("2.5", 2.5), ("0.1", 1.0), ("9999", 30.0), ("soon", 1.0)])
def test_a_crawl_delay_is_kept_up_to_half_a_minute(
    web: Web, fetcher: Make, clock: SkippingClock, asked: str, kept: float
) -> None:
    web.pages |= {"/robots.txt": Page(f"User-agent: *\nCrawl-delay: {asked}"), "/": "a page"}
    fetching = fetcher()
    for _ in range(2):
        before = clock.slept
        with fetching.get(web.url()):
            pass
        assert clock.slept - before == pytest.approx(kept, abs=0.1)


class Sites:
    """Gives each host's robots.txt."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, url: httpx.URL) -> bytes:
        assert url.raw_path == b"/robots.txt"
        return self.content


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(f"User-agent: robot{number}" for number in range(20_000)) + "\nDisallow: /a\n" * 20_000,
        "\u2028".join(f"user agent  robot{number}" for number in range(20_000)) + "\nDisallow: /a*b\n" * 20_000,
        "User-agent: *\nDisallow: /" + "*a" * 5_000 + "*b$",
        "User-agent: *\n" + "".join(f"Disallow: /*{number}*{number}\n" for number in range(20_000)),
        "user" + " " * 400_000 + "agent" + " " * 50_000,
        "user-agent" + " " * 400_000 + "x",
    ],
    ids=["names by rules", "odd line ends", "stars", "rules", "spaces", "more spaces"],
)
def test_a_robots_txt_made_to_waste_time_wastes_little(content: str) -> None:
    robots = Robots(Sites(content.encode()).read, Watch(Clock(), lambda: False))
    begun = time.perf_counter()
    with suppress(Failed):
        robots.delay(httpx.URL("https://news.example/" + "a" * 2000))
    assert time.perf_counter() - begun < 3


def test_other_robots_become_one() -> None:
    assert ours("User-agent: A\nuser agent B\nUser-Agent : *\nDisallow: /x") == (
        "User-agent: another\nUser-agent: another\nUser-agent: *\nDisallow: /x"
    )
