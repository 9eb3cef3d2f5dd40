"""Paragraphs out of markup of any state."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.sources.formats.markup_text import element_text, html_text, plain_line, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>The ferry\n is  late.</p>\n<p>Again.</p>", "The ferry is late.\n\nAgain."),
        ("One<br>two<br/><BR >three", "One\ntwo\n\nthree"),
        ("<p>unclosed<p>paragraphs", "unclosed\n\nparagraphs"),
        ("<h2>Tides</h2>High at <b>no</b>on.<ul><li>Low<li>Later</ul>", "Tides\n\nHigh at noon.\n\nLow\nLater"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3"),
        ("a<script>if (1 < 2) '<p>'</script>b<STYLE>p{}</Style >c<!-- <p> -->d", "abcd"),
        ("<figure><img src=x><figcaption>A gull</figcaption></figure>Text", "Text"),
        ("<pre>BERTH 1\n  BERTH 2</pre>", "BERTH 1\nBERTH 2"),
        ("<p>R&amp;D &lt;up&gt; &nbsp;&hellip;</p>", "R&D <up> \xa0…"),
        ("<a title='1 > 2' href=x>link</a> 3 < 4 <3", "link 3 < 4 <3"),
        ("<p>kept</p><svg><p>never closed", "kept\n\nnever closed"),
        ("<p>kept</p><script>never closed", "kept"),
        ("<p>kept <a href='never closed", "kept"),
        ("<ns:p>a</ns:p></p><?x y?><!x>", "a"),
    ],
)
def test_html_becomes_paragraphs(markup: str, text: str) -> None:
    assert html_text(markup) == text


def test_a_text_without_tags_stands_as_it_is() -> None:
    assert plain_text(" One &amp; two,\nbut 1 < 2.\n\nThree. ") == "One & two,\nbut 1 < 2.\n\nThree."


def test_an_element_becomes_paragraphs_too() -> None:
    xml = "<x:div xmlns:x='urn:x'>a<x:p>b <x:em>c</x:em> d</x:p><x:script>e</x:script>f<media><p>g</p></media>h</x:div>"
    assert element_text(etree.fromstring(xml)) == "a\n\nb c d\n\nfh"


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Ferry <b>late</b><br/> again", "Ferry late again"),
        ("What <script> does", "What <script> does"),
        ("1 < 2 > 0\n", "1 < 2 > 0"),
    ],
)
def test_titles_lose_the_tags_that_titles_have(title: str, line: str) -> None:
    assert plain_line(title) == line


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + "x",
        "<p " + " ".join(f"a{n}=1" for n in range(300_000)),
        "<svg></svg " * 200_000,
        "<svg><object>" * 100_000,
        "<!--" * 300_000,
        "<a ='" * 300_000,
        "<pre>" + "\n " * 500_000 + "<p>x",
        "<p>" + " " * 2_000_000,
        "<" * 2_000_000,
    ],
    ids=lambda markup: markup[:12],
)
def test_time_is_linear_in_the_markup(markup: str) -> None:
    began = time.monotonic()
    plain_text(markup)
    html_text(markup)
    plain_line(markup)
    assert time.monotonic() - began < 5


@given(st.text(alphabet="<>/!-='\"abp brscit&;\n\ud800\0", max_size=200))
def test_any_text_has_paragraphs(markup: str) -> None:
    text = html_text(markup)
    assert text == text.strip()
    assert "\n\n\n" not in text
