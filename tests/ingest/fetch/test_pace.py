"""Hosts are left in peace, and what may come right is tried again."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ingest.fetch.pace import backoff, retry_after
from ingest.fetch.watch import Clock
from rag.errors import SourceError
from tests.ingest.fetch.conftest import Make, SkippingClock
from tests.ingest.fetch.test_fetch import body, failure
from tests.web import Page, Web, serving


def test_a_host_is_asked_after_a_pause_and_another_at_once(web: Web, fetcher: Make, clock: SkippingClock) -> None:
    web.pages |= {"/robots.txt": Page(status=404), "/": "a page"}
    fetching = fetcher(host_pause_seconds=5)

    def waited(host: str) -> float:
        before = clock.slept
        with fetching.get(web.url(host=host)):
            pass
        return clock.slept - before

    assert waited("courier.example") == pytest.approx(5, abs=0.2)  # after its robots.txt
    assert waited("courier.example") == pytest.approx(5, abs=0.2)
    assert waited("ledger.example") == pytest.approx(5, abs=0.2)
    clock.slept += 60
    assert waited("COURIER.example.") == 0


def test_a_pause_is_kept_before_a_redirect_on_the_same_host(web: Web, fetcher: Make, clock: SkippingClock) -> None:
    web.pages |= {"/": Page(redirect="/there"), "/there": "a page"}
    with fetcher(host_pause_seconds=3).get(web.url()):
        pass
    assert clock.slept == pytest.approx(6, abs=0.3)


def test_pauses_do_not_count_as_time_of_the_document(web: Web, fetcher: Make) -> None:
    web.pages |= {"/": Page(redirect="/there"), "/there": "a page"}
    with fetcher(host_pause_seconds=20, fetch_seconds=5).get(web.url()) as fetched:
        assert body(fetched) == b"a page"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_come_right_is_tried_again_after_a_while(
    web: Web, fetcher: Make, clock: SkippingClock, status: int
) -> None:
    web.pages["/"] = [Page(status=status), Page(status=status), Page("at last")]
    with fetcher(host_pause_seconds=0.1).get(web.url()) as fetched:
        assert body(fetched) == b"at last"
    assert 0.1 + 0.5 + 1 <= clock.slept <= 0.1 + 1.5 + 3 + 0.5


def test_after_three_attempts_it_is_enough(web: Web, fetcher: Make) -> None:
    web.pages["/"] = Page("a long excuse", status=503)
    assert failure(fetcher(), web.url()) == "its server failed (503)"
    assert web.requests["/"] == 3


def test_a_refused_connection_is_tried_again(fetcher: Make, clock: SkippingClock) -> None:
    lookups: list[str] = []

    def resolve(host: str) -> list[str]:
        lookups.append(host)
        return ["127.0.0.1"]

    with serving({}) as closed:
        url = closed.url(host="closed.example")
    told = failure(fetcher(resolve=resolve), url)
    assert told == "there is no connection to closed.example: Connection refused"
    assert len(lookups) == 3
    assert clock.slept > 1


def test_a_host_is_asked_again_when_it_said(web: Web, fetcher: Make, clock: SkippingClock) -> None:
    web.pages["/"] = [Page(status=429, headers={"Retry-After": "40"}), Page("welcome")]
    with fetcher().get(web.url()) as fetched:
        assert body(fetched) == b"welcome"
    assert 40 < clock.slept < 42


def test_a_host_that_asks_for_long_peace_gets_it(web: Web, fetcher: Make, clock: SkippingClock) -> None:
    web.pages |= {"/": Page(status=503, headers={"Retry-After": "3600"}), "/other": "a page"}
    fetching = fetcher()
    assert failure(fetching, web.url()) == "its server asks to be left alone for another 60 minutes"
    assert failure(fetching, web.url("/other")) == "its server asks to be left alone for another 60 minutes"
    assert web.requests == {"/robots.txt": 1, "/": 1}
    clock.slept += 3600
    with fetching.get(web.url("/other")) as fetched:
        assert body(fetched) == b"a page"


def test_a_time_to_come_back_is_read_in_either_form() -> None:
    in_a_minute = datetime.now(UTC) + timedelta(seconds=60)
    assert 58 < retry_after(format_datetime(in_a_minute, usegmt=True)) <= 60
    assert 58 < retry_after(in_a_minute.strftime("%a, %d %b %Y %H:%M:%S")) <= 60
    assert [retry_after(said) for said in ("", "-5", "1e9", "9" * 5000, "٣", "Mon, 99 Foo")] == [0] * 6


def test_each_wait_is_about_twice_the_one_before() -> None:
    assert all(0.5 <= backoff(0) <= 1.5 and 2 <= backoff(2) <= 6 for _ in range(100))
    assert len({backoff(0) for _ in range(10)}) > 1


def test_a_wish_to_stop_ends_a_pause_at_once(web: Web, fetcher: Make) -> None:
    class Interrupted(Clock):
        sleeps = 0

        def sleep(self, seconds: float) -> None:
            self.sleeps += 1
            super().sleep(seconds)

    web.pages["/"] = "a page"
    clock = Interrupted()
    fetching = fetcher(stopped=lambda: clock.sleeps > 0, clock=clock, host_pause_seconds=60)
    begun = time.monotonic()
    with (
        pytest.raises(SourceError, match="the run was stopped before it was fetched"),
        fetching.get(web.url()),
    ):
        pass
    assert time.monotonic() - begun < 2
    assert (clock.sleeps, web.paths) == (1, ["/robots.txt"])


def test_nothing_is_asked_once_the_run_is_to_end(web: Web, fetcher: Make) -> None:
    web.pages["/"] = "a page"
    assert failure(fetcher(stopped=lambda: True), web.url()) == "the run was stopped before it was fetched"
    assert web.asked == []
