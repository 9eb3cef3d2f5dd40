"""The web app in a real browser: what a person sees, clicks and reaches with the keyboard alone."""

import json
import os
import re
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

from tests.ui.fake_corpus import HARBOUR, HOSTILE, reopening

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
FOCUSED = "() => (document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent"
SENTENCE = reopening("").citations[0].quote

AT_LEAST_100_PX = re.compile(r"\d{3,}(\.\d+)?px")

TIMEOUT = 30_000  # milliseconds: other tests run beside these
expect.set_options(timeout=TIMEOUT)

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
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    flags = [f"--server.{name}={value}" for name, value in options.items()]
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
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the corpus that is made up, for what is written beside it."""
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="module")
def address(kept: Path) -> Iterator[str]:
    with serving(BYLINE_TEST_KEPT=str(kept)) as address:
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
    page.set_default_timeout(TIMEOUT)
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
    page.get_by_role("link", name="Version 2", exact=True).click()
    page.get_by_text("The company had first said 4 percent.").wait_for()
    assert "version=2" in page.url


@pytest.mark.parametrize(("role", "name"), [("link", "Version 2"), ("button", "Delete …")])
def test_cited_words_do_not_take_the_focus_back_from_a_reader_who_has_gone_on(page, address, role, name) -> None:
    page.goto(f"{address}/?article=ferry&version=1&start=0&end=10")
    other = page.get_by_role(role, name=name, exact=True)
    other.wait_for()
    lit(page)
    other.focus()
    page.wait_for_timeout(600)  # milliseconds: the words are brought into view twice, 300 apart
    expect(other).to_be_focused()


def test_the_keyboard_alone_is_enough(page, address) -> None:
    page.goto(address)
    page.get_by_role("button", name="When does the harbour reopen?").wait_for()
    press_until(page, "Tab", "When does the harbour reopen?")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="When does the harbour reopen?").wait_for()
    press_until(page, "Tab", "Harbour to reopen in April")
    page.keyboard.press("Enter")
    assert lit(page).all_text_contents() == [SENTENCE]

    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Harbour to reopen in April")).to_be_focused()
    press_until(page, "Tab", "Also in 2 reports")
    page.keyboard.press("Enter")
    press_until(page, "Tab", "Wreck raised")
    page.keyboard.press("Enter")
    assert lit(page).all_text_contents() == [SENTENCE]
    assert "article=radio" in page.url


def test_words_that_are_selected_with_the_keyboard_become_evidence_to_the_character(page, address, kept) -> None:
    page.goto(address)
    ask(page, "When is the harbour open again?")
    press_until(page, "Tab", "Wrong")
    page.keyboard.press("Enter")
    page.get_by_text("Kept as a question").wait_for()
    assert page.evaluate(FOCUSED) == "Wrong"
    page.get_by_role("link", name="Harbour to reopen in April").click()
    lit(page)
    text = page.get_by_role("textbox", name="Text of the article")
    text.focus()
    for key in ("Control+Home", "Shift+End", "Shift+ArrowDown", "Shift+ArrowDown", "X"):
        page.keyboard.press(key)
    expect(text).to_have_text(HARBOUR.text.replace("\n", ""))  # X changed nothing
    press_until(page, "Tab", "Use as evidence")
    page.keyboard.press("Enter")
    page.get_by_text("Used: “PORT ANSEL 🚢").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove").wait_for()
    lines = [json.loads(line) for line in (kept / "feedback.jsonl").read_text(encoding="utf-8").splitlines()]
    (evidence,) = next(line for line in lines if line["question"] == "When is the harbour open again?")["evidence"]
    assert evidence["quote"] == HARBOUR.text[evidence["start"] : evidence["end"]]
    assert len(evidence["quote"].split("\n\n")) > 1


def test_words_that_were_selected_this_moment_become_evidence(page, address) -> None:
    page.goto(address)
    ask(page, "When is the harbour open, then?")
    page.get_by_role("button", name="Wrong").click()
    page.get_by_text("Kept as a question").wait_for()
    page.get_by_role("link", name="Harbour to reopen in April").click()
    button = page.get_by_role("button", name="Use as evidence")
    button.wait_for()
    words = lit(page).element_handle()
    button.evaluate("(button, words) => { getSelection().selectAllChildren(words); button.click() }", words)
    page.get_by_text("Used: “The harbour 🌊").wait_for()


def test_what_a_question_implies_can_be_taken_out_with_the_keyboard(page, address) -> None:
    page.goto(address)
    ask(page, "Which outlets?")
    press_until(page, "Tab", "outlet: Meridian Wire")
    page.keyboard.press("Enter")
    expect(page.get_by_text("without outlet: Meridian Wire")).to_be_visible()
    assert page.evaluate("() => window.run") is None


def test_a_set_is_run_looked_at_and_leads_to_the_cited_words(page, address, tmp_path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps({"id": "h", "question": "When does the harbour reopen?", "answers": ["9 April"]}))
    page.goto(f"{address}/quality")
    page.get_by_label("Question set").click()
    page.get_by_role("option", name="A file or folder").click()
    page.get_by_label("File or folder").wait_for()
    come_to_rest(page)
    page.get_by_label("File or folder").fill(str(path))
    page.keyboard.press("Enter")
    come_to_rest(page)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_text("Done. 1 of 1 question of mine.jsonl")).to_be_visible()
    expect(page.locator(".plots svg").first).to_have_css("width", AT_LEAST_100_PX)  # it has none before it is laid out
    page.locator("summary", has_text="When does the harbour reopen?").click()
    page.get_by_role("link", name="Harbour to reopen in April").first.click()
    assert lit(page).all_text_contents() == [SENTENCE]
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    come_to_rest(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download report").click()
    assert "9 April" in download.value.path().read_text(encoding="utf-8")


def come_to_rest(page: Page) -> None:
    """Wait until the app has done what it was told, which it begins a moment later."""
    page.wait_for_timeout(200)  # milliseconds
    page.locator("[data-test-script-state=notRunning]").wait_for()


def press_until(page: Page, key: str, words: str) -> None:
    """Press a key until what has the focus says these words, which may have yet to be drawn."""
    page.get_by_text(words).first.wait_for()
    for _ in range(25):
        page.keyboard.press(key)
        if words in page.evaluate(FOCUSED):
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
    expect(page.get_by_text(HOSTILE).nth(2)).to_be_attached()  # the chosen option, the filters in words, the article
    assert page.evaluate("() => window.run") is None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/articles",
        "/library",
        "/quality",
        "/?article=hostile&version=1&start=0&end=20",
        "/?article=ferry&version=1&against=2",
    ],
)
def test_nothing_is_wider_than_a_phone_and_nothing_comes_from_elsewhere(page, address, path) -> None:
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(address + path)
    page.locator(".byline").first.wait_for()
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 400
    assert hosts == {address.removeprefix("http://")}


def test_from_an_empty_page_to_an_article_its_versions_and_its_end(page, tmp_path) -> None:
    uploads = [article_file(tmp_path, number, said) for number, said in ((1, "on 9 April"), (2, "on 16 April"))]
    with serving(BYLINE_TEST_CORPUS=str(tmp_path / "corpus")) as address:
        page.goto(address)
        expect(page.get_by_text("byline ingest")).to_be_visible()
        page.get_by_role("link", name="Add articles in the library").click()
        for upload, outcome in zip(uploads, ("1 added, 0 changed", "0 added, 1 changed"), strict=True):
            add(page, upload)
            expect(page.get_by_role("status").filter(has_text=outcome)).to_be_visible()
        assert not (tmp_path / "corpus" / "uploads").exists()

        page.get_by_role("link", name="Articles", exact=True).click()
        page.get_by_role("link", name="The harbour reopens").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("link", name="Compare with version 1").click()
        expect(dialog.locator("del")).to_have_text("9")
        expect(dialog.locator("ins")).to_have_text("16")
        dialog.get_by_role("link", name="Back to version 2").click()

        dialog.get_by_role("button", name="Delete").wait_for()
        press_until(page, "Tab", "Delete")
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(dialog.get_by_text("This article was deleted.")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_text("There is nothing to ask yet")).to_be_visible()


def article_file(folder: Path, number: int, said: str) -> Path:
    """A file of two lines: the article in a version, and what is none."""
    path = folder / f"{number}.jsonl"
    text = f"The harbour reopens {said}, said the harbour master."
    record = {"id": "harbour", "title": "The harbour reopens", "text": text, "version": number}
    path.write_text(f"{json.dumps(record)}\nno article\n", encoding="utf-8")
    return path


def add(page: Page, upload: Path) -> None:
    page.locator("input[type=file]").set_input_files(upload)
    page.get_by_text(upload.name, exact=True).wait_for()
    page.get_by_role("button", name="Add", exact=True).click()


def test_all_that_can_be_done_in_a_dialog_can_be_reached_with_tab_and_nothing_behind_it(page, address) -> None:
    page.goto(f"{address}/?article=ferry&version=2")
    page.get_by_role("button", name="Delete").wait_for()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    first = ["https://news.example/ferry", "Version 1", "Compare with version 1", "Withdraw …", "Delete …"]
    assert [words for words in reached if words][:5] == first
    assert set(reached) == {*first, ""}  # the cross that closes it has no words
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) != reached[-1]


def test_what_is_said_of_a_run_changes_inside_one_and_the_same_element(page, address) -> None:
    page.goto(f"{address}/library")
    said = page.locator("p[role=status]")
    said.wait_for(state="attached")
    said.evaluate("(element) => { element.mine = true }")
    page.get_by_label("Files and folders of this machine").fill("a.jsonl")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(said.filter(has_text="Done. 2 added")).to_be_visible()
    assert said.evaluate("(element) => element.mine")
