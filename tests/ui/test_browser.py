"""The web app in a real browser: what a person sees, clicks and reaches with the keyboard alone."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.ui.fake_corpus import HOSTILE, reopening

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SENTENCE = reopening("").citations[0].quote

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium on the PATH"),
]


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    """The address of the app, run in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("browser_app.py"))]
    flags = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen([*command, *flags], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urlopen(address).close()
            return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"Nothing answers at {address}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(15_000)
    yield page
    page.close()


def ask(page: Page, question: str) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    page.get_by_role("heading", name=question, exact=True).wait_for()


def lit(page: Page) -> Locator:
    """The lit words of the article that is open, once they have the focus."""
    page.wait_for_function(
        "() => document.activeElement?.shadowRoot?.activeElement?.tagName === 'MARK'",
    )
    return page.get_by_role("dialog").locator("mark")


def test_a_click_on_a_citation_opens_the_article_with_exactly_its_words_lit_in_view(page, address) -> None:
    page.goto(address)
    ask(page, "When does the harbour reopen?")
    page.get_by_role("link", name="Harbour to reopen in April").click()
    words = lit(page)
    assert words.all_text_contents() == [SENTENCE]
    expect(words).to_be_in_viewport()
    assert "article=harbour" in page.url

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(f"{address}/")
    expect(page.get_by_role("link", name="Harbour to reopen in April")).to_be_focused()


def test_back_and_forward_close_and_open_an_article_and_the_history_stays(page, address) -> None:
    page.goto(address)
    ask(page, "When does the harbour reopen?")
    page.get_by_role("link", name="Source 1: Meridian Wire").click()
    lit(page)
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.go_forward()
    assert lit(page).all_text_contents() == [SENTENCE]
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="When does the harbour reopen?")).to_be_visible()


def test_the_address_of_a_citation_can_be_sent_to_someone_else(page, address) -> None:
    page.goto(f"{address}/?article=ferry&version=1&start=0&end=10")
    assert lit(page).all_text_contents() == ["Fares rise"]
    page.get_by_role("link", name="Version 2").click()
    page.get_by_text("The company had first said 4 percent.").wait_for()
    assert "version=2" in page.url


def test_the_keyboard_alone_is_enough(page, address) -> None:
    page.goto(address)
    page.get_by_role("button", name="When does the harbour reopen?").wait_for()
    press_until(page, "Tab", "When does the harbour reopen?")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="When does the harbour reopen?").wait_for()
    press_until(page, "Tab", "Harbour to reopen in April")
    page.keyboard.press("Enter")
    assert lit(page).all_text_contents() == [SENTENCE]


def press_until(page: Page, key: str, words: str) -> None:
    """Press a key until what has the focus says these words."""
    for _ in range(25):
        page.keyboard.press(key)
        focused = page.evaluate(
            "() => (document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent"
        )
        if words in focused:
            return
    pytest.fail(f"{key} never leads to {words!r}")


def test_markup_in_an_article_is_shown_to_the_letter_and_never_run(page, address) -> None:
    page.goto(address)
    ask(page, f"hostile {HOSTILE}")
    page.get_by_role("link", name="Source 1").first.click()
    assert lit(page).all_text_contents() == [HOSTILE]
    expect(page.get_by_role("dialog").get_by_role("heading", name=HOSTILE, exact=True)).to_be_visible()
    page.goto(f"{address}/articles")
    expect(page.get_by_role("link").filter(has_text=HOSTILE)).to_be_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Outlets").click()
    page.get_by_role("option").filter(has_text=HOSTILE).click()
    expect(page.get_by_text("1 article", exact=True)).to_be_visible()
    assert page.get_by_text(HOSTILE).count() >= 3  # the chosen option, the filters in words, the article
    assert page.evaluate("() => window.run") is None


@pytest.mark.parametrize("path", ["/", "/articles", "/?article=hostile&version=1&start=0&end=20"])
def test_nothing_is_wider_than_a_phone_and_nothing_comes_from_elsewhere(page, address, path) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(address + path)
    page.locator(".byline").first.wait_for()
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 400
    assert hosts == {address.removeprefix("http://")}


def test_without_a_corpus_the_page_says_what_to_do(page) -> None:
    with serving(BYLINE_TEST_EMPTY="1") as address:
        page.goto(address)
        expect(page.get_by_text("byline ingest")).to_be_visible()
