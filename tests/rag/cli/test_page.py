from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from rag.cli.answer_page import show_answer, show_ranking
from rag.cli.difference_page import show_difference
from rag.cli.library_page import show_articles
from rag.cli.page import Page
from rag.cli.version_page import History, show_version, show_versions
from rag.model import Article, Ranking, StatedDate
from rag.records import Withdrawal

HOSTILE = "[bold red]Oil[/] \x1b[2J\x1b]0;owned\x07 \x9b31m :smile: [link=file:///]x[/link] \r\u202e"


def terminal(width: int, **options: Any) -> Page:
    """A page on a terminal of that many columns; what it shows is in `page.console.file`."""
    return Page(Console(file=StringIO(), force_terminal=True, width=width, highlight=False, **options))


def shown(page: Page) -> str:
    assert isinstance(page.console.file, StringIO)
    return page.console.file.getvalue()


@pytest.fixture
def answer(corpus):
    return corpus.ask("What is the forecast?")


def plain(width: int = 60) -> Page:
    return terminal(width, color_system=None)


def test_an_answer_fits_sixty_columns(answer):
    page = plain(60)
    show_answer(page, answer)
    lines = shown(page).splitlines()
    assert max(map(len, lines)) <= 60
    assert " ".join(shown(page).split()).startswith("The bank raised its forecast to $90 a barrel this year. [1]")


def test_the_words_that_answer_are_set_off(answer):
    page = terminal(100, color_system="standard", no_color=False)
    show_answer(page, answer)
    assert "\x1b[1;32m$90 a barrel\x1b[0m" in shown(page)


def test_without_colour_no_colour_is_sent(answer):
    page = terminal(100, color_system="standard", no_color=True)
    show_answer(page, answer)
    assert "\x1b[32m" not in shown(page)
    assert "\x1b[1;32m" not in shown(page)


def test_a_paragraph_is_indented_below_its_lead_and_not_filled_up_with_spaces():
    page = plain(24)
    page.paragraph("one two three four five six", lead="[1] ")
    assert shown(page) == "[1] one two three four\n    five six\n"


def test_an_address_is_left_whole_so_that_it_can_be_copied(answer):
    page, url = plain(40), "https://north.example/" + "a-long-way-" * 5
    citation = answer.citations[0]
    show_answer(page, replace(answer, citations=(replace(citation, article=replace(citation.article, url=url)),)))
    assert url in shown(page)


def test_without_a_terminal_a_paragraph_is_a_line_however_long(answer):
    page = Page(Console(file=StringIO(), width=40))
    page.paragraph("word " * 100 + "end")
    assert shown(page) == "word " * 100 + "end\n"


def hostile(article: Article) -> Article:
    return replace(
        article,
        title=HOSTILE,
        source=HOSTILE,
        url=HOSTILE,
        id=HOSTILE,
        authors=(HOSTILE,),
        category=HOSTILE,
        stub=HOSTILE,
    )


def showings(corpus: Any) -> Iterator[Callable[[Page], None]]:
    """Every page there is, each with an article whose every word is hostile."""
    answer, declined = corpus.ask("What is the forecast?"), corpus.ask("Who won?")
    article = hostile(answer.citations[0].article)
    hit = declined.nearest[0]
    hit = replace(hit, passage=replace(hit.passage, article=article, text=HOSTILE))
    claim = replace(answer.claims[0], text=HOSTILE)
    citation = replace(answer.citations[0], article=article, quote=HOSTILE, also_in=(HOSTILE,))
    stated = (StatedDate("updated", HOSTILE, HOSTILE, None, HOSTILE),)
    old = corpus.article("https://north.example/oil", 1)
    version = replace(old, article=article, text=HOSTILE, note=HOSTILE, dates=stated)
    history = History([version, version], 1, Withdrawal(HOSTILE), version.fetched_at)
    yield lambda page: show_answer(page, replace(answer, claims=(claim,), citations=(citation,), conflicts=(HOSTILE,)))
    yield lambda page: show_answer(page, replace(declined, nearest=(hit,)))
    yield lambda page: show_ranking(page, Ranking("?", (hit,)))
    yield lambda page: show_articles(page, [article])
    yield lambda page: show_version(page, version, history)
    yield lambda page: show_versions(page, version, history)
    yield lambda page: show_difference(page, replace(old, text="", article=replace(article, title="")), version)


@pytest.mark.parametrize("make", [plain, lambda: Page(Console(file=StringIO()))], ids=["terminal", "pipe"])
def test_nothing_in_an_article_is_markup_or_steers_the_terminal(corpus, make):
    for show in showings(corpus):
        page = make()
        show(page)
        text = shown(page)
        assert not set(text) & set("\x1b\x07\x9b\r\u202e")
        assert "[bold red]Oil[/]" in text
        assert ":smile:" in text


def test_articles_on_a_terminal_are_a_table_with_ids(corpus):
    page = plain(60)
    show_articles(page, [Article("id-of-snow", "u", "Snow closes the pass", "A very long name of an outlet indeed")])
    text = shown(page)
    assert max(map(len, text.splitlines())) <= 60
    for part in ("Date", "Outlet", "Title", "undated", "Snow closes the pass", "id-of-snow", "…"):
        assert part in text
