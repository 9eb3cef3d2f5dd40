"""Markdown files: their fields, their title, and their words without the markup."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.document import Document
from ingest.sources.items import RawItem, Reject
from ingest.sources.markdown_file import SOURCE


def read(markdown: str | bytes) -> list[RawItem | Reject]:
    data = markdown if isinstance(markdown, bytes) else markdown.encode()
    found = SOURCE.read(Document("a.md", "/a.md", "file:///a.md", io.BytesIO(data)))
    return [item for item in found if isinstance(item, RawItem | Reject)]


def fields(markdown: str | bytes) -> dict[str, object]:
    [item] = read(markdown)
    assert isinstance(item, RawItem), item
    return dict(item.fields)


def text(markdown: str) -> object:
    return fields(markdown)["text"]


def reason(markdown: str | bytes) -> str:
    [item] = read(markdown)
    assert isinstance(item, Reject), item
    return item.reason


ARTICLE = """---
title: "Ferry: back at last"
date: 2024-05-06 07:08:09 +0200
author: [Ada Brook, Tom Reed]
source: The Harbour Courier
categories: [transport, local]
lang: en
status: usable
lastmod: 2024-05-07
tags: [ferry]
draft:
version: 012
canonical: https://harbour.example/ferry
---

The ferry *sails* again.
"""


def test_front_matter_gives_the_fields_as_they_are_written() -> None:
    assert fields(ARTICLE) == {
        "id": "https://harbour.example/ferry",
        "url": "https://harbour.example/ferry",
        "title": "Ferry: back at last",
        "date": "2024-05-06 07:08:09 +0200",
        "author": ["Ada Brook", "Tom Reed"],
        "source": "The Harbour Courier",
        "category": ["transport", "local"],
        "language": "en",
        "status": "usable",
        "updated": "2024-05-07",
        "tags": ["ferry"],
        "version": "012",
        "text": "The ferry sails again.",
    }


def test_front_matter_may_be_toml() -> None:
    dates = "date = 2024-05-06T07:08:09+02:00\nlastmod = 2024-05-07"
    found = fields(f'+++\ntitle = "Ferry"\n{dates}\nn = 5\n[params]\na = 1\n+++\nText.')
    assert found["title"] == "Ferry"
    assert found["date"] == "2024-05-06T07:08:09+02:00"
    assert found["updated"] == "2024-05-07"
    assert found["text"] == "Text."


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_may_have_a_mark_before_it_and_any_newlines(newline: str) -> None:
    assert fields("\ufeff" + "---\ntitle: A\n...\nText.\n".replace("\n", newline))["title"] == "A"


def test_the_path_is_the_identity_of_an_article_that_states_none() -> None:
    found = fields("---\nurl: /2024/ferry/\nauthor: ~\n---\nText.")
    assert (found["id"], found["url"]) == ("/a.md", "file:///a.md")
    assert "author" not in found


def test_an_id_may_be_stated_without_an_address() -> None:
    found = fields("---\nid: 17\n---\nText.")
    assert (found["id"], found["url"]) == ("17", "file:///a.md")


def test_the_text_is_what_stands_below_whatever_is_stated() -> None:
    found = fields("---\nBody: other words\ncontent: more\n---\nText.")
    assert {name for name in found if name not in ("id", "url", "title")} == {"text"}
    assert found["text"] == "Text."


@pytest.mark.parametrize(
    ("markdown", "title", "rest"),
    [
        ("# *Ferry* back\n\nIt sails.", "Ferry back", "It sails."),
        ("Ferry back\n==========\nIt sails.", "Ferry back", "It sails."),
        ("## Ferry back\n\nIt sails.\n\n## More\n\nWords.", "Ferry back", "It sails.\n\nMore\n\nWords."),
        ("Breaking.\n\n# Ferry back\n\nIt sails.", "Ferry back", "Breaking.\n\nIt sails."),
        ("It sails.\n\n## Background\n\nWords.", None, "It sails.\n\nBackground\n\nWords."),
        ("---\ntitle: Ferry back\n---\n# Ferry back\n\nIt sails.", "Ferry back", "It sails."),
        ("---\ntitle: Ferry\n---\n# Ferry back\n\nIt sails.", "Ferry", "Ferry back\n\nIt sails."),
        ("# Only a title", "Only a title", ""),
    ],
)
def test_the_first_heading_is_the_title_if_none_is_stated(markdown: str, title: str | None, rest: str) -> None:
    found = fields(markdown)
    assert (found["title"], found["text"]) == (title, rest)


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("*One* __two__ ~~three~~ `fo*u*r` ***five***", "One two three fo*u*r five"),
        ("A [link *here*](https://a.example 'title'), [ref][1], <https://b.example>.\n\n[1]: /u",
         "A link here, ref, https://b.example."),
        ("Before ![a picture](p.png 'x') after", "Before  after"),
        ("Wrapped\nlines are\none.  \nBroken\\\nhere.", "Wrapped lines are one.\nBroken\nhere."),
        (r"5 \* 3 &lt; 2 &amp; AT&T caf&eacute; snake_case_name 2*3*4", "5 * 3 < 2 & AT&T café snake_case_name 234"),
        ("“Quotes” -- stay ... (c)", "“Quotes” -- stay ... (c)"),
        ("Intro:\n\n- one\n- two *and*\n  a half\n  1. deep\n\nOutro", "Intro:\n\none\ntwo and a half\ndeep\n\nOutro"),
        ("1. one\n\n   more\n2. two", "one\n\nmore\n\ntwo"),
        ("- a\n\n\n* b", "a\n\nb"),
        ("> Quoted\n> words.\n>\n> > Deeper", "Quoted words.\n\nDeeper"),
        ("```py\nx = [1]\n\n*y*\n```\n\n    indented *code*", "x = [1]\n\n*y*\n\nindented *code*"),
        ("A\n\n---\n\nB\n***", "A\n\nB"),
        ("| Port | Boats |\n|---|:-:|\n| *Ansel* | 3 |\n| | |\n| Vessen | 4 \\| 5 |\n\nEnd",
         "Port | Boats\nAnsel | 3\nVessen | 4 | 5\n\nEnd"),
        ("<div class='x'>\n<p>Some <b>bold</b>\nwords &amp; all</p><p>Next</p>\n</div>", "Some bold words & all\nNext"),
        ("<!-- hidden\n\nwords -->\n\nSeen", "Seen"),
        ("<script>\nvar x = '<p>no</p>';\n</script>\n\nSeen", "Seen"),
        ("<style>p { }</style>\nSeen <!-- not --> <br>here<br/>there", "Seen  \nhere\nthere"),
        ("<!DOCTYPE html>\n\nSeen <span lang=en>all</span>", "Seen all"),
        ("Not a <tag, 3 < 4 > 2", "Not a <tag, 3 < 4 > 2"),
        ("---\n\nWords between rules.\n\n---\n\nMore.", "Words between rules.\n\nMore."),
    ],
)  # fmt: skip
def test_the_markup_goes_and_the_words_stay(markdown: str, plain: str) -> None:
    assert text(markdown) == plain


def test_what_is_nested_deeply_keeps_its_words() -> None:
    assert text("".join(f"{'  ' * depth}- item {depth}\n" for depth in range(30))) == "\n".join(
        f"item {depth}" for depth in range(30)
    )


@pytest.mark.parametrize("blank", ["", " \n\n", "---\ntags: [a]\n---\n", "<!-- nothing -->"])
def test_a_blank_file_holds_no_article(blank: str) -> None:
    assert read(blank) == []


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("title: a: b", "its front matter is no YAML: mapping values are not allowed here in its line 1"),
        ("a: 1\nb: [", "its front matter is no YAML"),
        ("a: \x07", "its front matter is no YAML"),
        ("? [a]\n: b", "its front matter is no YAML"),
        ("a: &x 1\nb: 2", "anchors or aliases"),
        ("a: *x", "anchors or aliases"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "anchors or aliases"),
        ("a: " + "[" * 1_900, "nested too deeply"),
        ("a: " + "{b: " * 4000, "nested too deeply"),
        ("- " * 9000, "nested too deeply"),
        ("a: " + "b" * 20_000, "its front matter is longer than 20,000 characters"),
    ],
)
def test_yaml_that_is_broken_or_not_safe_is_one_reject(stated: str, why: str) -> None:
    assert why in reason(f"---\n{stated}\n---\nText.")


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("a = ", "its front matter is no TOML"),
        ("a = " + "9" * 5000, "holds a number that is too large"),
        ("a = " + "[" * 1500, "nested too deeply"),
    ],
)
def test_toml_that_is_broken_or_not_safe_is_one_reject(stated: str, why: str) -> None:
    assert why in reason(f"+++\n{stated}\n+++\nText.")


@pytest.mark.parametrize("value", ["9" * 10_000, "1e99999", "!!python/object/apply:os.getcwd []", "0x" + "f" * 9000])
def test_yaml_makes_nothing_but_texts(value: str) -> None:
    assert isinstance(fields(f"---\nn: {value}\ntitle: A\n---\nText.")["n"], str | list)


def test_a_file_that_is_too_long_is_one_reject() -> None:
    assert reason("word " * 200_001) == "longer than 1 million characters"


def test_a_file_with_broken_bytes_is_one_reject() -> None:
    assert reason("Café. ".encode() * 9 + b"\xe9.") == "it has bytes that are no utf-8"


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "<a", "<!--", "<p ", "[a](", "`a``", "> ", "- ", "| a ", "&amp", "[[]", "<div "]
)
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    read("<div>" + piece * 10_000)
    read(piece * 10_000)
    assert time.process_time() - started < 10  # 1 s where it was measured


def test_it_is_recognised_by_its_fields() -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(ARTICLE.encode())
    assert SOURCE.recognises(b'\xef\xbb\xbf+++\r\n# note\r\ntitle = "A"\r\n+++\r\n')
    assert not SOURCE.recognises(b"---\n\nWords.\n\n---\n")
    assert not SOURCE.recognises(b"Title\n\nWords: more.\n")


@given(st.text(max_size=200), st.text("#*_[]()<>!-=|`~>+ \n\t1.&;:\\a", max_size=200))
def test_no_text_raises_anything(stated: str, markdown: str) -> None:
    read(f"---\n{stated}\n---\n{markdown}")
    read(f"+++\n{stated}\n+++\n{markdown}")
    read(markdown)
