"""Web pages: which documents are, what encoding they are in, and the text of their article, whatever their state."""

import codecs
import contextlib
import io
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.html_text import SETS, Gold, Score, measure, read_gold
from ingest.sources import html_page
from ingest.sources.document import Document
from ingest.sources.formats import page_tree
from ingest.sources.formats.page_tree import CROWDED, TOO_DEEP, TOO_MANY
from ingest.sources.html_page import LIST, NO_TEXT, SOURCE, read_html
from ingest.sources.items import LONGEST_RECORD, TOO_LONG, RawItem, Reject, Stated
from rag.errors import SourceError

SENTENCE = "The harbour of Tolby was opened again on Tuesday, eleven weeks after the storm."
SECOND = "Two ferries and a trawler were waiting outside, their horns could be heard in town."
GOLD = [gold for folder in SETS.values() for gold in read_gold(folder)]


def read(page: str | bytes, url: str = "https://gull.example/harbour", charset: str = "") -> RawItem | Reject:
    data = page if isinstance(page, bytes) else page.encode()
    (found,) = read_html(Document("harbour.html", url, url, io.BytesIO(data), "text/html", charset))
    return found


def fields(page: str | bytes, **more: str) -> Mapping[str, object]:
    found = read(page, **more)
    assert isinstance(found, RawItem), found
    return found.fields


def text(page: str | bytes, **more: str) -> str:
    return str(fields(page, **more)["text"])


def reason(page: str | bytes, **more: str) -> str:
    found = read(page, **more)
    assert isinstance(found, Reject), found
    return found.reason


def story(*blocks: str, head: str = "<title>Harbour opens</title>") -> str:
    body = "\n".join(blocks) or f"<p>{SENTENCE}</p><p>{SECOND}</p>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>Harbour opens</h1>{body}</article></body></html>"
    )


# What is a web page


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><p>",
        b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 3.2//EN'>",
        b"\xef\xbb\xbf\r\n <html lang=en>",
        b"<!-- saved -->\n<!-- twice --><HTML>",
        b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">',
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
        b"<head><title>",
        b"<body>",
        b"<title>A</title>",
        b"<meta charset=utf-8>",
        "<html>".encode("utf-16"),
    ],
)
def test_a_web_page_is_recognised(head: bytes) -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(head)


@pytest.mark.parametrize(
    "head",
    [
        b"<rss version='2.0'>",
        b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<urlset>",
        b"<!-- html --><newsItem>",
        b"<!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf><head>",
        b"<?xml version='1.0'?><rss><channel><description>&lt;html&gt;<html>",
        b'{"html": "<html>"}',
        b"About <html> and <body>",
        b"<header>",
        b"<!-- never closed <html>",
        b"",
        b"\0\0",
    ],
)
def test_other_documents_are_not(head: bytes) -> None:
    assert SOURCE.recognises is not None
    assert not SOURCE.recognises(head)


# Encodings

PAPER = "Café “Zürich” – 5 € – naïve. " * 3


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", ""),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-8", "iso-8859-1", "windows-1252"),
        ("utf-16", "", ""),
        ("utf-16-le", "", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "ascii", ""),
        ("cp1252", "utf-8", ""),
        ("cp1252", "nonsense", ""),
        ("cp1252", "punycode", ""),
        ("cp1252", "", "ISO-8859-1"),
        ("cp1252", "utf-16", "windows-1252"),
    ],
)
def test_a_page_is_read_in_its_encoding(encoding: str, declared: str, charset: str) -> None:
    page = story(f"<p>{SENTENCE}</p><p>{PAPER}</p>", head=f'<meta charset="{declared}">' if declared else "")
    assert PAPER.strip() in text(page.encode(encoding), charset=charset)


@pytest.mark.parametrize(
    ("encoding", "declaration", "written"),
    [
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "Порт открыт снова."),
        ("koi8-r", "<META CHARSET=koi8-r>", "Порт открыт снова."),
        ("shift_jis", '<meta charset="Shift_JIS">', "港は火曜日に再び開かれた。"),
        ("euc_jp", '<meta charset="euc-jp">', "港は火曜日に再び開かれた。"),
        ("iso2022_jp", '<meta charset="iso-2022-jp">', "港は火曜日に再び開かれた。"),
        ("gb18030", '<meta charset="gb2312">', "港口于周二重新开放。"),
        ("cp1250", '<meta charset="windows-1250">', "Przystań znów otwarta, żeglarze wrócili."),
    ],
)
def test_a_declaration_tells_encodings_apart(encoding: str, declaration: str, written: str) -> None:
    assert written in text(story(f"<p>{written * 4}</p><p>{written * 3}</p>", head=declaration).encode(encoding))


def test_xhtml_may_declare_its_encoding_in_the_xml_declaration() -> None:
    page = (
        f'<?xml version="1.0" encoding="iso-8859-2"?>{story(f"<p>{SENTENCE}</p><p>Przystań w Łodzi otwarta znów.</p>")}'
    )
    assert "Przystań w Łodzi" in text(page.encode("iso8859-2"))


def test_a_stray_byte_does_not_change_the_encoding() -> None:
    page = story(f"<p>{SENTENCE}</p><p>{PAPER}</p>", head='<meta charset="utf-8">' + " " * 2000).encode()
    assert PAPER.strip() in text(page.replace(b"eleven", b"el\xffven"))


# The article's text


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.name)
def test_the_text_of_the_pages_of_the_benchmark(gold: Gold) -> None:
    found = text(gold.page, url="file:///page.html")
    score = Score()
    measure(gold, found, score)
    assert score.recall[0] >= 0.8
    assert score.precision[0] >= 0.7


@pytest.mark.parametrize("folder", SETS)
def test_the_quality_that_the_benchmark_told(folder: str) -> None:
    score = Score()
    for gold in GOLD:
        if (SETS[folder] / f"{gold.name}.txt").exists():
            measure(gold, text(gold.page, url="file:///page.html"), score)
    assert sum(score.f1) / len(score.f1) >= 0.95
    assert sum(score.paragraphs) / len(score.paragraphs) >= 0.95
    assert score.never <= 12


def test_paragraphs_headings_and_items_stand_apart() -> None:
    page = story(
        f"<p>{SENTENCE}</p><h2>What comes next</h2><p>{SECOND}</p>",
        "<ul><li>The north mole is closed until the end of May.</li>"
        "<li>The fish market <b>opens</b> at five.</li></ul>",
        "<p>A line<br>and another line of it, which is the last of the story.</p>",
    )
    assert text(page) == (
        f"{SENTENCE}\n\nWhat comes next\n\n{SECOND}\n\n"
        "The north mole is closed until the end of May.\nThe fish market opens at five.\n\n"
        "A line\nand another line of it, which is the last of the story."
    )


def test_a_table_has_a_line_for_each_row() -> None:
    page = story(
        f"<p>{SENTENCE}</p><table><tr><th>Ship</th><th>Tons</th></tr><tr><td>Gull</td><td>410</td></tr>"
        f"<tr><td>Heron</td><td></td></tr></table><p>{SECOND}</p>"
    )
    assert "Ship | Tons\nGull | 410\nHeron" in text(page)


def test_headings_and_lists_are_kept_where_elements_have_unknown_names() -> None:
    page = (
        "<html><body><div class=zz1><h1>Harbour opens</h1><div class=zz2>"
        f"<ul><li>All three piers of the harbour are in use</li><li>The lock is to follow in the autumn</li></ul>"
        f"<p>{SENTENCE}</p><h3>What comes next</h3><p>{SECOND}</p></div></div>"
        "<div class=zz3><h3>Latest</h3><ul><li><a href=/a>Baker feeds a whole street in the storm</a></li></ul></div>"
    )
    assert text(page) == (
        "All three piers of the harbour are in use\nThe lock is to follow in the autumn\n\n"
        f"{SENTENCE}\n\nWhat comes next\n\n{SECOND}"
    )


@pytest.mark.parametrize(
    "note",
    [
        "<p><em>Correction: an earlier version gave the wrong name of the lock.</em></p>",
        "<p>Correction, 7 June: the lock is in Aldwin, not in Tolby, as was said.</p>",
        "<div class='correction'><h4>Correction</h4><p>The lock is in Aldwin, not in Tolby.</p></div>",
        "<aside><p>Editor’s note: the author is a member of the harbour board.</p></aside>",
        "<footer><p>This article was amended on 7 June 2024 to give the right name of the lock.</p></footer>",
        "<div class='related footer'><p>An earlier version of this story gave a wrong name.</p></div>",
        "<p>Anm. d. Red.: In einer früheren Fassung stand ein falscher Name der Schleuse.</p>",
        "<p>Rectificatif : l’écluse se trouve à Aldwin et non pas à Tolby.</p>",
    ],
)
@pytest.mark.parametrize("behind", [True, False])
def test_a_note_of_a_correction_is_never_lost(note: str, behind: bool) -> None:
    page = story(f"<p>{SENTENCE}</p><p>{SECOND}</p>")
    page = (
        page.replace("</article>", note + "</article>")
        if not behind
        else page.replace("</article>", "</article>" + note)
    )
    written = text(page)
    said = note.rpartition("<p>")[2].partition("</p>")[0].removeprefix("<em>").removesuffix("</em>")
    assert written.count(said) == 1
    assert SENTENCE in written


def test_a_readers_correction_is_no_note() -> None:
    comment = "<div id='comments'><p>Correction: it was the Heron, I was there and saw it myself.</p></div>"
    assert "Heron" not in text(story(f"<p>{SENTENCE}</p><p>{SECOND}</p>") + comment)


@pytest.mark.parametrize(
    "body",
    [
        f"<div class='paywall subscriber-only'><p>{SENTENCE}</p><p>{SECOND}</p></div>",
        f"<div class='css-1ad8f hAdXq'><p>{SENTENCE}</p></div><div class='css-1ad8f hAdXq'><p>{SECOND}</p></div>",
        f"<section class='tone-comment sharing-enabled'><p>{SENTENCE}</p><p>{SECOND}</p></section>",
        f"<div class='overflow-hidden'><p>{SENTENCE}</p><p>{SECOND}</p></div>",
        f"<div id='related-1' class='cookies'><div itemprop='articleBody'><p>{SENTENCE}</p><p>{SECOND}</p></div></div>",
        f"<div class='body'><h3>Related</h3><ul><li><a href=/a>A</a></li></ul><p>{SENTENCE}</p><p>{SECOND}</p></div>",
    ],
)
@pytest.mark.parametrize("title", ["<h1>Harbour opens</h1>", "<b>Harbour opens</b>"])
def test_the_names_of_elements_around_the_article_do_not_hide_it(title: str, body: str) -> None:
    page = f"<html><head><title>Harbour opens</title></head><body class='ad social cookies'>{title}{body}</body></html>"
    assert text(page).endswith(f"{SENTENCE}\n\n{SECOND}")


@pytest.mark.parametrize(
    "sentence",
    [
        "The word <b>Advertisement</b> stood above the article about the harbour, and below it too.",
        "More than <a href=/a>two hundred people watched from the quay as the ferries came in</a>.",
        "Read more, the <a href=/a>harbour master said to those</a> who asked him for a sign.",
    ],
)
def test_a_sentence_that_holds_a_label_is_a_sentence(sentence: str) -> None:
    plain = sentence.replace("<b>", "").replace("</b>", "").replace("<a href=/a>", "").replace("</a>", "")
    assert plain in text(story(f"<p>{SENTENCE}</p><p>{sentence}</p><p>{SECOND}</p>"))


def test_the_title_is_not_said_twice() -> None:
    assert text(story()) == f"{SENTENCE}\n\n{SECOND}"


def test_a_form_a_menu_or_a_footer_around_the_article_does_not_hide_it() -> None:
    for around in ("form", "nav", "aside", "footer", "header"):
        page = story().replace("<article>", f"<{around}><ul><li><a href=/>Start</a></li></ul>")
        assert SENTENCE in text(page.replace("</article>", ""))


def test_the_text_that_metadata_give_is_taken_where_the_page_shows_less_of_it() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Up", "articleBody": "%s"}</script>'
    )
    empty = "<html><head>%s</head><body><div id=root>Loading</div></body></html>"
    for body in (f"{SENTENCE}\\n\\n{SECOND}", f"<p>{SENTENCE}<p>{SECOND}", f"&lt;p&gt;{SENTENCE}&lt;p&gt;{SECOND}"):
        assert text(empty % (script % body)) == f"{SENTENCE}\n\n{SECOND}"
    assert SECOND in text(story(head=script % SENTENCE))


def test_scripts_in_the_text_of_metadata_are_left_out() -> None:
    body = f"<p>{SENTENCE}<scr" + "ipt>steal()<\\/scr" + f"ipt><p>{SECOND}"
    page = (
        f'<html><script type="application/ld+json">{{"@type": "Article", "articleBody": "{body}"}}</script><body><p>x'
    )
    assert text(page) == f"{SENTENCE}\n\n{SECOND}"


def test_a_headline_with_its_description_is_no_more_than_that() -> None:
    head = f'<title>Harbour opens</title><meta name="description" content="{SENTENCE}">'
    found = fields(f"<html><head>{head}</head><body><nav>Start Sport</nav><video></video></body></html>")
    assert (found["title"], found["text"], found["kind"]) == ("Harbour opens", SENTENCE, "headline only")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><nav><a href=/>Start</a> <a href=/a>Sport</a></nav></body></html>",
        "<html><head><title>Not found</title></head><body><h1>Not found</h1></body></html>",
        "<html><frameset><frame src=a.html></frameset></html>",
        "<html><body><script>text = 'A sentence in a script is no text, however long it is.';</script></body></html>",
        "<p>",
        "text",
    ],
)
def test_a_page_without_a_text_is_rejected(page: str) -> None:
    assert reason(page) == NO_TEXT


@pytest.mark.parametrize("page", ["", "  \n", "<!-- nothing -->", "\0\0"])
def test_an_empty_page_is_rejected(page: str) -> None:
    assert reason(page) == "it is empty"


def test_a_list_of_pages_is_rejected() -> None:
    head = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'
    assert reason(story(head=head)) == LIST


# The item


def test_an_item_has_what_the_page_states() -> None:
    head = """<html><head><link rel="canonical" href="/2024/harbour"><meta name="author" content="Ada Brook">
    <meta property="og:site_name" content="The Gull"><meta property="article:published_time" content="2024-03-04">"""
    fetched = datetime(2024, 3, 5, tzinfo=UTC)
    url = "https://gull.example/harbour?utm_source=mail"
    page = io.BytesIO(story(head=head).encode())
    (found,) = read_html(Document("harbour", url, url, page, "text/html", "utf-8", fetched))
    assert found == RawItem(
        "harbour",
        {
            "url": "https://gull.example/2024/harbour",
            "title": "Harbour opens",
            "source": "The Gull",
            "authors": "Ada Brook",
            "text": f"{SENTENCE}\n\n{SECOND}",
        },
        dates=(
            Stated("published", "2024-03-04", "meta article:published_time"),
            Stated("fetched", "2024-03-05T00:00:00+00:00", "the fetch"),
        ),
        aliases=(url,),
    )


def test_a_page_from_a_file_that_does_not_say_who_it_is_is_known_by_its_place() -> None:
    (found,) = read_html(Document("a.html", "/news/a.html", "file:///news/a.html", io.BytesIO(story().encode())))
    assert isinstance(found, RawItem)
    assert (found.fields["id"], found.fields["url"]) == ("/news/a.html", "file:///news/a.html")


# Hostile pages


def test_a_page_that_is_too_long_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "LONGEST_RECORD", 1000)
    assert reason(story() + " " * 1000) == TOO_LONG
    assert LONGEST_RECORD == 20_000_000


@pytest.mark.parametrize("tag", ["<div>", "<b><i>", "<blockquote><p>", "<table><tr><td>", "<ul><li>", "<font>"])
def test_elements_nested_too_deeply_are_refused(tag: str) -> None:
    with pytest.raises(SourceError, match=TOO_DEEP):
        read(story(tag * 100_000 + SENTENCE))


def test_elements_nested_deeply_are_read() -> None:
    assert SENTENCE in text(story("<div>" * 1900 + f"<p>{SENTENCE}</p><p>{SECOND}</p>"))


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "MOST_ELEMENTS", 1000)
    monkeypatch.setattr(page_tree, "MOST_PARTS", 2000)
    assert SENTENCE in text(story(f"<p>{SENTENCE}</p><p>{SECOND}</p><svg>" + "<path/>" * 1500 + "</svg>"))
    for many in ("<b>x</b>" * 1500, "<svg>" + "<path/>" * 2500):
        with pytest.raises(SourceError, match=TOO_MANY):
            read(story(many))


@pytest.mark.parametrize("page", ["<p " + " ".join(f"a{i}" for i in range(50_000)) + ">", "<p a='" * 100_000])
def test_an_element_of_too_many_attributes_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match=CROWDED):
        read(story(page))


def test_code_is_no_element_of_many_attributes() -> None:
    code = "<script>if (a <b && " + "c = d; " * 5000 + ") {}</script><!-- <p " + "x " * 5000 + "-->"
    assert SENTENCE in text(story(f"{code}<p>{SENTENCE}</p><p title='{'y ' * 5000}'>{SECOND}</p>"))


@pytest.mark.parametrize(
    "filling",
    ["<p>Same.</p>" * 2000, "<<<>&&&;</p></div>" * 5000, "&amp;&lt;&#120;&no;" * 5000, " \n" * 100_000, " | " * 50_000,
     "<time datetime=2024-01-01>x</time>" * 2000, "<meta name=date content=2024>" * 2000, "<h1>x</h1>" * 2000,
     "<script>x</script>" * 5000, "<!--" * 50_000, "<![CDATA[" * 20_000, "<select>" * 1000, "x" * 500_000],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_a_page_full_of_anything_takes_no_long_time(filling: str) -> None:
    read(story(filling, f"<p>{SENTENCE}</p>"))


def test_control_characters_are_left_out_however_they_are_written() -> None:
    page = story(f"<p>A\0 b\x01c&#2;d&#x1F;e\ufffef. {SENTENCE}</p><p>{SECOND}</p>")
    assert text(page).startswith("A bcdef. The harbour")


def test_handlers_styles_and_what_is_hidden_are_no_text() -> None:
    page = story(
        f"<p onclick='steal()' style='x:y'>{SENTENCE}</p><style>p {{ color: red }}</style>",
        "<p hidden>Nobody sees this text.</p><noscript>Turn scripts on.</noscript>",
        f"<template><p>A template.</p></template><p>{SECOND}</p>",
    )
    assert text(page) == f"{SENTENCE}\n\n{SECOND}"


WHOLE = [
    f"<p>{SENTENCE}</p>", f"<p>{SECOND}", "<div>", "</div>", "</p>", "<table><tr><td>", "</table>", "<li>", "<ul>",
    "<br>", "<h1>", "<h2>Head", "</h2>", "<a href='x'>", "</a>", "<article>", "</article>", "<nav>", "<form>", "&",
    "&#0;", "&#1;", "&#xD800;", "\0", "\u202e", "\ufeff", "é", "<time datetime='2024-03-04'>",
    "<meta name='date' content='x'>", "<link rel='canonical' href='//['>", "<base href='http://['>", "<body>",
    "<html>", "<head>", "<frameset>", "\ud83d", "<div itemscope itemtype='https://schema.org/Article'>",
    "<b itemprop='author' itemscope>", "<i itemprop='headline'>", "<div class='comments related ad'>",
    "<p>Correction: the lock is in Aldwin, not in Tolby.</p>", "<p>Correction</p>",
    '<script type="application/ld+json">{"@type": "Article", "headline": ["x", {"name": 1}]}</script>',
]  # fmt: skip
CODE = [
    "<script>CODE()</script>", "<SCRIPT src=x>CODE()</SCRIPT >", "<style>CODE()</style>",
    "<h1><script>CODE()</script>x</h1>", "<noscript><script>CODE()</script></noscript>",
    "<svg><script>CODE()</script></svg>", "<p onclick='CODE()'>x",
    '<script type="application/ld+json">{"@type": "Article", "headline": "<script>CODE()<\\/script>x"}</script>',
    '<script type="application/ld+json">{"@type": "Article", "articleBody": "<script>CODE()"}</script>',
    '<script type="application/ld+json">CODE()</script>', "<script>CODE()//<!--</script>",
    "<template>CODE()</template>",
]  # fmt: skip
BROKEN = [
    "<!--", "-->", "<![CDATA[", "]]>", "<", ">", "<p title='", '"', "<title>", "</title>", "<textarea>", "<svg>",
    "<script>", "</script>", "<style>", "<noscript>", "<plaintext>", "<amp-ad>", "<?php", "<select>", "<iframe>",
]  # fmt: skip


@given(st.lists(st.sampled_from([*WHOLE, *CODE]), max_size=30).map("".join))
def test_code_is_never_text(page: str) -> None:
    with contextlib.suppress(SourceError):
        assert "CODE" not in str(read(page.encode("utf-8", "surrogatepass")))


@given(st.lists(st.sampled_from([*WHOLE, *CODE, *BROKEN]), max_size=30).map("".join))
def test_no_page_breaks_the_reading(page: str) -> None:
    with contextlib.suppress(SourceError):
        read(page.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "shift_jis", "idna", "hex", "\0"]))
def test_no_bytes_break_the_reading(data: bytes, charset: str) -> None:
    for page in (data, b"<html><meta charset=" + data[:20] + b">" + data, codecs.BOM_UTF16_LE + data):
        with contextlib.suppress(SourceError):
            read(page, charset=charset)


def test_every_page_of_the_benchmark_is_recognised() -> None:
    assert SOURCE.recognises is not None
    assert all(SOURCE.recognises(gold.page[:4096]) for gold in GOLD)
    assert len(GOLD) >= 24
