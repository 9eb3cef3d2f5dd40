"""XML that others wrote: taken where it can be, refused in one sentence where it is made to harm."""

import io
import time
from contextlib import suppress
from typing import BinaryIO, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.sources.document import Document
from ingest.sources.formats.xml_tree import (
    DAMAGED,
    MOST_IN_PART,
    Root,
    address,
    is_damaged,
    language_of,
    local_name,
    namespace,
    parts,
    root_of,
    text_in,
)
from rag.errors import SourceError

LIST = frozenset(("list", "inner"))


def document(content: bytes | str, charset: str = "") -> Document:
    content = content.encode() if isinstance(content, str) else content
    return Document("a.xml", "a.xml", "file:///a.xml", io.BytesIO(content), charset=charset)


def texts(content: bytes | str, charset: str = "") -> list[str]:
    return [text_in(part) for part in parts(document(content, charset), LIST)]


def reason(content: bytes | str) -> str:
    with pytest.raises(SourceError) as caught:
        texts(content)
    return str(caught.value)


# Parts


def test_parts_stand_in_containers_and_are_whole() -> None:
    found = parts(document("<list><a>1<list>2</list></a><inner><b/><c>3</c></inner><d/></list>"), LIST)
    assert [(local_name(part), text_in(part)) for part in found] == [("a", "12"), ("b", ""), ("c", "3"), ("d", "")]


def test_a_root_that_is_no_container_is_the_one_part() -> None:
    assert [(local_name(part), namespace(part)) for part in parts(document('<a xmlns="urn:x"><list/></a>'), LIST)] == [
        ("a", "urn:x")
    ]


def test_a_part_is_given_before_the_next_is_read() -> None:
    class Endless(io.RawIOBase):
        def seek(self, place: int, whence: int = 0) -> int:
            return 0

        def read(self, size: int = -1) -> bytes:
            return b"<list>" + b"<a>1</a>" * 9000

        read1 = read

    found = parts(Document("a", "a", "a", cast(BinaryIO, Endless())), LIST)
    assert [text_in(next(found)) for _ in range(3)] == ["1", "1", "1"]


def test_what_came_before_a_mistake_is_taken() -> None:
    taken: list[str] = []
    found = parts(document("<list><a>1</a><a>x<br></a><a>3</a></list>"), LIST)
    with pytest.raises(SourceError, match="no well-formed XML: Opening and ending tag mismatch: br"):
        taken.extend(text_in(part) for part in found)
    assert taken == ["1"]


# Mended


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a&nbsp;&eacute;&ldquo;", "a é“"),
        ("a &lt;b&gt; &amp;amp; &#233; &#xe9;", "a <b> &amp; é é"),
        ("Q&A &unknown; AT& T&", "Q&A &unknown; AT& T&"),
        ("1 < 2 <3", "1 < 2 <3"),
        ("it&#146;s &#0; &#xD800; &#1; &#999999999;", "it’s \ufffd \ufffd &#999999999;"),
        ("<![CDATA[<p>Q&A &nbsp;</p>]]>", "<p>Q&A &nbsp;</p>"),
        ("a<!-- & <b> -->b<?php & ?>c", "abc"),
        ("a\x0bb\x01c\ufdd0", "a b c"),
        ("a[b[1]]>2", "a[b[1]]>2"),
        ("<x:y>undeclared</x:y>", "undeclared"),
    ],
)
def test_mistakes_that_cost_no_text_are_mended(written: str, read: str) -> None:
    assert texts(f"<list><a>{written}</a></list>") == [read]


@pytest.mark.parametrize("at", range(65_520, 65_550))
def test_mending_does_not_depend_on_where_the_pieces_are_cut(at: int) -> None:
    start = "<list><a>"
    filler = "x" * (at - len(start))
    mended = "é&z;]]>&w"
    assert texts(f"{start}{filler}&eacute;<!-- y --><![CDATA[&z;]]>]]>&w</a></list>") == [filler + mended]


@pytest.mark.parametrize(
    "before",
    [
        '<?xml version="1.0" encoding="utf-16"?>',
        '\n\n <?xml version="1.1"?>\n<!-- <!DOCTYPE x [ -->',
        '<!DOCTYPE list PUBLIC "-//X//Y>" "http://127.0.0.1:9/never.dtd">',
        "<!DOCTYPE list SYSTEM 'file:///etc/passwd'><?xml-stylesheet href='x'?>",
        "\ufeff",
    ],
)
def test_what_stands_before_the_root_is_never_followed(before: str) -> None:
    assert texts(f"{before}<list><a>1</a></list>") == ["1"]


# Encodings


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><list><a>“é”</a></list>'.encode("cp1252"), ""),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><list><a>“é”</a></list>'.encode(), ""),
        ("<list><a>“é”</a></list>".encode("cp1252"), "windows-1252"),
        ('<?xml version="1.0" encoding="utf-8"?><list><a>“é”</a></list>'.encode("utf-16"), ""),
        ("<list><a>“é”</a></list>".encode("utf-16-be"), "utf-8"),
        ('<?xml version="1.0" encoding="punycode"?><list><a>“é”</a></list>'.encode(), "no such"),
    ],
)
def test_the_encoding_is_the_one_that_fits(content: bytes, charset: str) -> None:
    assert texts(content, charset) == ["“é”"]


def test_bytes_that_do_not_fit_spoil_their_part_alone() -> None:
    found = parts(document("<list><a>café à Noël</a><a>".encode() + b"\xff</a><a>ok</a></list>"), LIST)
    assert [is_damaged(part) for part in found] == [False, True, False]
    assert "encoding" in DAMAGED


# Refused

BOMB = "<!DOCTYPE list [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{BOMB}]><list><a>&i;</a></list>", "it declares XML entities"),
        (
            "<!DOCTYPE list [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><list><a>&a;</a></list>",
            "it declares XML entities",
        ),
        ("<!DOCTYPE list [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/'> %a;]><list/>", "it declares XML entities"),
        ("<!DOCTYPE list SYSTEM '<!-- ' [<!ENTITY a 'b'>]><list/>", "it declares XML entities"),
        ("<!DOCTYPE list 'never ends", "its document type does not end"),
        ("<!DOCTYPE list " + "<" * 5000, "its document type does not end"),
        ("<list>" * 100_000, "its XML is nested too deeply"),
        ("<list><a>" + "<b>" * 100_000, "its XML is nested too deeply"),
        ("<list><a>" + "x" * 11_000_000, "longer than 10 million characters"),
        ("<list><a b='" + "x" * 11_000_000, "XML"),
        ("<list><a>" + "<b/>" * (MOST_IN_PART + 1), "more elements than news ever has"),
        ("<list><a " + " ".join(f"b{n}=''" for n in range(MOST_IN_PART)) + "/>", "more elements than news ever has"),
        ("<list>\0</list>", "it has NUL characters"),
        ("<list><a>1</a><a>2", "its XML breaks off"),
        ("<list><x:a/><a>2", "its XML breaks off"),
        ("<list><x:a/><a></list>", "no well-formed XML: Opening and ending tag mismatch"),
        ("<list><a><![CDATA[ never ends", "its XML breaks off"),
        ("<list><!-- never ends </list>", "its XML breaks off"),
        ("<list/>\nmore", "no well-formed XML: Extra content"),
        ("hello", "it is no XML"),
        ("", "it is no XML"),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_made_to_harm_is_refused_at_once(content: str, expected: str) -> None:
    began = time.monotonic()
    assert expected in reason(content)
    assert time.monotonic() - began < 5


def test_a_document_that_is_too_large_is_refused_without_being_held() -> None:
    class Large(io.RawIOBase):
        given = 0

        def seek(self, place: int, whence: int = 0) -> int:
            self.given = 0
            return 0

        def read(self, size: int = -1) -> bytes:
            self.given += 1
            return b"<list>" if self.given == 1 else b"<!-- " + b"x" * 60_000 + b" -->"

        read1 = read

    with pytest.raises(SourceError, match="longer than 50 million characters"):
        list(parts(Document("a", "a", "a", cast(BinaryIO, Large())), LIST))


@given(
    st.binary(max_size=300)
    | st.text(alphabet="<>&!-[]?/\"'alist DOCTYPE;#\0\ufdd0\ud7ff", max_size=200).map(str.encode)
)
@example(b"<!DOCTYPE list [<")
@example(b"<list>&#x110000;</list>")
@example("<list>\ufffe\uffff</list>".encode())
def test_whatever_the_bytes_are_only_a_source_error_is_raised(content: bytes) -> None:
    for wrapped in (content, b"<list><a>" + content + b"</a></list>"):
        with suppress(SourceError):
            texts(wrapped)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_a_root_may_be_asked_for(head: bytes) -> None:
    assert isinstance(root_of(head), Root)


# What stands in elements


def test_languages_and_bases_come_from_around() -> None:
    content = """<list xml:lang="en" xml:base="https://news.example/a/"><a xml:base="b/"/><a xml:lang="fr"/></list>"""
    found = [(language_of(part), address(part, " c?d#e ", "")) for part in parts(document(content), LIST)]
    assert found == [("en", "https://news.example/a/b/c?d#e"), ("fr", "https://news.example/a/c?d#e")]


@pytest.mark.parametrize(
    ("written", "base", "read"),
    [
        ("/b", "https://news.example/a", "https://news.example/b"),
        ("https://other.example/b", "https://news.example/a", "https://other.example/b"),
        ("", "https://news.example/a", ""),
        ("b", "", ""),
        ("javascript:alert(1)", "https://news.example/a", ""),
        ("file:///etc/passwd", "", ""),
        ("http://[", "", ""),
    ],
)
def test_only_an_address_of_the_web_is_one(written: str, base: str, read: str) -> None:
    (part,) = parts(document("<a/>"), LIST)
    assert address(part, written, base) == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_root_is_seen_behind_whatever_precedes_it(encoding: str) -> None:
    head = """\n<?xml version="1.0"?><!-- <a> --><!DOCTYPE x [<!ENTITY a "<b>">]>
        <x:list y:xmlns="no" xmlns:x='urn:x' other="1"><a xmlns:x='urn:y'>"""
    root = root_of(head.encode(encoding))
    assert (root.name, root.namespace) == ("list", "urn:x")


@pytest.mark.parametrize("head", [b"", b"text", b"<!-- never ends <a>", b"{}", b"<", b"\xff\xfe", b"\0"])
def test_where_there_is_no_root_none_is_seen(head: bytes) -> None:
    assert root_of(head) == Root()
