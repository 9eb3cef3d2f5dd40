"""Feeds of all kinds: what an entry says, and what it leaves to be found out."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.document import Document
from ingest.sources.feed import SOURCE
from ingest.sources.items import Link, RawItem, Reject, Stated
from ingest.sources.source import Found
from rag.errors import SourceError

NAMESPACES = """
    xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns:at="http://purl.org/atompub/tombstones/1.0"
"""


def read(content: str | bytes, url: str = "https://gull.example/feeds/all.xml") -> list[Found]:
    data = content.encode() if isinstance(content, str) else content
    return list(SOURCE.read(Document("all.xml", "all.xml", url, io.BytesIO(data))))


def rss(items: str, channel: str = "<title>The Daily Gull</title>") -> str:
    return f'<rss version="2.0" {NAMESPACES}><channel>{channel}{items}</channel></rss>'


def atom(entries: str, feed: str = "<title>The Daily Gull</title>", attributes: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES} {attributes}>{feed}{entries}</feed>'


def link(content: str, url: str = "https://gull.example/feeds/all.xml") -> Link:
    (found,) = read(content, url)
    assert isinstance(found, Link)
    return found


def item(content: str) -> RawItem:
    (found,) = read(content)
    assert isinstance(found, RawItem)
    return found


LINK = "<link>https://gull.example/ferry</link>"

# Whole feeds


def test_an_rss_item_is_a_link_with_all_that_is_said_of_it() -> None:
    found = link(
        rss(
            f"""<item><title>Ferry &lt;i&gt;Tern&lt;/i&gt; late</title>{LINK}
            <guid isPermaLink="false">gull-17</guid><dc:creator>Ana Brack and Tom Sill</dc:creator>
            <category>Harbour</category><category>Local</category><pubDate>Thu, 14 Mar 2024 18:05:00 +0100</pubDate>
            <atom:updated>2024-03-15T08:00:00Z</atom:updated><description>The ferry is late.</description>
            <content:encoded><![CDATA[<p>The ferry is late.</p><p>It was fog.</p>]]></content:encoded>
            <enclosure url="https://gull.example/ferry.mp3" length="1" type="audio/mpeg"/>
            <media:content url="x"><media:title>A gull</media:title></media:content></item>""",
            "<title>The Daily Gull</title><link>https://gull.example/</link><language>en-gb</language>",
        )
    )
    assert found.file == "all.xml"
    assert found.url == "https://gull.example/ferry"
    assert found.record == "entry 1"
    assert found.fields == {
        "title": "Ferry Tern late",
        "text": "The ferry is late.\n\nIt was fog.",
        "source": "The Daily Gull",
        "authors": "Ana Brack and Tom Sill",
        "category": "Harbour",
        "language": "en-gb",
    }
    assert found.dates == (
        Stated("published", "Thu, 14 Mar 2024 18:05:00 +0100", "feed pubDate"),
        Stated("updated", "2024-03-15T08:00:00Z", "feed updated"),
    )


def test_an_atom_entry_is_a_link_with_all_that_is_said_of_it() -> None:
    found = link(
        atom(
            """<entry xml:lang="cy"><title type="html">Ferry &lt;b&gt;late&lt;/b&gt;</title>
            <link rel="self" href="https://gull.example/api/17"/><link rel="edit" href="https://gull.example/edit/17"/>
            <link href="https://gull.example/ferry"/><id>tag:gull.example,2024:17</id>
            <author><name>Ana Brack</name><email>ana@gull.example</email></author><author><name>Tom Sill</name></author>
            <category term="harbour" label="Harbour"/><published>2024-03-14T17:05:00Z</published>
            <updated>2024-03-15T08:00:00Z</updated><summary>Late.</summary>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Fog &amp; rain.</p><p>Late.</p></div>
            </content></entry>""",
            '<title>The Daily Gull</title><link rel="self" href="https://gull.example/feed"/>',
            'xml:lang="en"',
        )
    )
    assert found.url == "https://gull.example/ferry"
    assert found.fields == {
        "title": "Ferry late",
        "text": "Fog & rain.\n\nLate.",
        "source": "The Daily Gull",
        "authors": ["Ana Brack", "Tom Sill"],
        "category": "Harbour",
        "language": "cy",
    }
    assert found.dates == (
        Stated("published", "2024-03-14T17:05:00Z", "feed published"),
        Stated("updated", "2024-03-15T08:00:00Z", "feed updated"),
    )


@pytest.mark.parametrize("namespace", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"])
def test_an_rdf_feed_has_its_items_beside_the_channel(namespace: str) -> None:
    content = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="{namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://gull.example/">
        <title>The Daily Gull</title><dc:language>en</dc:language><items><rdf:Seq/></items></channel>
        <item rdf:about="https://gull.example/ferry"><title>Late</title><dc:date>2024-03-14</dc:date>
        <dc:subject>Harbour</dc:subject><dc:creator>Ana Brack</dc:creator></item></rdf:RDF>"""
    found = link(content)
    assert SOURCE.recognises
    assert SOURCE.recognises(content.encode())
    assert found.url == "https://gull.example/ferry"
    assert found.dates == (Stated("published", "2024-03-14", "feed dc:date"),)
    assert found.fields == {
        "title": "Late",
        "source": "The Daily Gull",
        "authors": "Ana Brack",
        "category": "Harbour",
        "language": "en",
    }


def test_a_feed_of_rss_0_91_names_a_dtd_that_is_never_fetched() -> None:
    content = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>Gull</title><item><title>Late&nbsp;</title>'
        f"{LINK}</item></channel></rss>"
    )
    assert link(content).fields == {"title": "Late", "source": "Gull"}


def test_an_atom_0_3_feed_has_other_names_for_its_dates() -> None:
    found = link(
        """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Gull</title><entry><title>Late</title>
        <link rel="alternate" type="text/html" href="https://gull.example/ferry"/><issued>2004-03-14</issued>
        <modified>2004-03-15</modified><content type="text/html" mode="escaped">&lt;p&gt;Fog.</content></entry>
        </feed>"""
    )
    assert [(date.kind, date.written) for date in found.dates] == [
        ("published", "2004-03-14"),
        ("updated", "2004-03-15"),
    ]
    assert found.fields["text"] == "Fog."


def test_an_entry_may_be_the_whole_document() -> None:
    content = """<a:entry xmlns:a="http://www.w3.org/2005/Atom"><a:title>Late</a:title>
        <a:link href="https://gull.example/ferry"/></a:entry>"""
    assert link(content).fields == {"title": "Late"}


def test_a_feed_without_entries_gives_nothing() -> None:
    assert read(rss("")) == []
    assert read(atom("")) == []


def test_entries_are_counted_and_a_spoilt_one_is_a_reject() -> None:
    content = rss(f"<item>{LINK}<title>café à Noël</title></item><item><title>ZZ</title></item><item>{LINK}</item>")
    found = read(content.encode().replace(b"ZZ", b"\xff"))
    assert [type(each) for each in found] == [Link, Reject, Link]
    assert [each.record for each in found if not isinstance(each, Document)] == ["entry 1", "entry 2", "entry 3"]


def test_entries_before_a_break_are_taken() -> None:
    content = rss(f"<item>{LINK}</item><item>{LINK}").removesuffix("</channel></rss>")
    found = SOURCE.read(Document("a", "a", "a", io.BytesIO(content.encode())))
    assert isinstance(next(found), Link)
    with pytest.raises(SourceError, match="breaks off"):
        next(found)


# Addresses


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/2024/ferry?a=1&b=2</link>", "https://gull.example/2024/ferry?a=1&b=2"),
        ("<link>ferry</link>", "https://gull.example/feeds/ferry"),
        ('<link xml:base="https://other.example/x/">ferry</link>', "https://other.example/x/ferry"),
        ("<link>https://ads.example/r/1</link><feedburner:origLink>https://gull.example/f</feedburner:origLink>",
         "https://gull.example/f"),
        ("<guid>https://gull.example/g</guid>", "https://gull.example/g"),
        ("<guid>https://gull.example/g</guid><link>https://gull.example/f</link>", "https://gull.example/f"),
        ("<link/><atom:link href='https://gull.example/f'/>", "https://gull.example/f"),
        ("<link>mailto:a@gull.example</link><guid>https://gull.example/g</guid>", "https://gull.example/g"),
        ("<atom:link type='application/json' href='/f.json'/><atom:link type='text/html' href='/f'/>",
         "https://gull.example/f"),
    ],
)  # fmt: skip
def test_an_entry_leads_to_its_article(item: str, url: str) -> None:
    assert link(rss(f"<item>{item}</item>")).url == url


def test_in_a_feed_on_disk_links_are_relative_to_where_it_was() -> None:
    channel = '<atom:link rel="hub" href="https://hub.example/"/><link>https://gull.example/news/</link>'
    assert (
        link(rss("<item><link>ferry</link></item>", channel), "file:///all.xml").url
        == "https://gull.example/news/ferry"
    )


@pytest.mark.parametrize(
    ("content", "id"),
    [
        (rss("<item><guid isPermaLink='false'>https://gull.example/?p=17</guid></item>"), "https://gull.example/?p=17"),
        (rss("<item><guid>gull-17</guid></item>"), "gull-17"),
        (atom("<entry><id>tag:gull.example,2024:17</id></entry>"), "tag:gull.example,2024:17"),
    ],
)
def test_an_entry_without_a_link_is_an_item_known_by_its_guid(content: str, id: str) -> None:
    assert item(content).fields["id"] == id


# What an entry says


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("<description>Fog &amp;amp; rain.&lt;br&gt;Late.</description>", "Fog & rain.\nLate."),
        ("<description><![CDATA[Plain\n\ntext & more]]></description>", "Plain\n\ntext & more"),
        ("<description>It is <b>bold</b>.</description>", "It is bold."),
        ("<atom:summary type='html'>&lt;p&gt;Fog.</atom:summary>", "Fog."),
        ("<atom:summary>&lt;p&gt; is a tag</atom:summary>", "<p> is a tag"),
        ("<description> </description><atom:summary>Fog.</atom:summary>", "Fog."),
        ("<atom:content src='https://gull.example/f'/><description>Fog.</description>", "Fog."),
        ("<atom:content mode='base64'>Rm9n</atom:content><description>Fog.</description>", "Fog."),
    ],
)
def test_a_text_that_may_be_a_summary_is_called_one(said: str, text: str) -> None:
    fields = link(rss(f"<item>{LINK}{said}</item>")).fields
    assert (fields["text"], fields["kind"]) == (text, "summary only")


def test_what_is_said_of_the_whole_text_is_no_summary() -> None:
    fields = link(
        rss(f"<item>{LINK}<description>Fog.</description><content:encoded>Fog. Rain.</content:encoded></item>")
    )
    assert fields.fields["text"] == "Fog. Rain."
    assert "kind" not in fields.fields


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("<author>ana@gull.example (Ana Brack)</author>", "Ana Brack"),
        ("<author>ana@gull.example</author>", None),
        ("<author>Ana Brack</author>", "Ana Brack"),
        ("<author>desk@gull.example (Desk)</author><dc:creator>Ana Brack</dc:creator>", "Ana Brack"),
        ("<dc:creator>Ana Brack</dc:creator><dc:creator>Tom Sill</dc:creator>", ["Ana Brack", "Tom Sill"]),
    ],
)
def test_authors_are_people_and_no_mail_addresses(said: str, authors: object) -> None:
    assert link(rss(f"<item>{LINK}{said}</item>")).fields.get("authors") == authors


def test_an_atom_entry_has_the_authors_of_its_feed_if_it_names_none() -> None:
    entry = '<entry><link href="https://gull.example/f"/></entry>'
    assert link(atom(entry, "<author><name>Ana Brack</name></author>")).fields["authors"] == "Ana Brack"


@pytest.mark.parametrize(
    "content",
    [
        rss(f'<item>{LINK}<source url="https://tern.example/rss">The Tern</source></item>'),
        atom('<entry><link href="https://gull.example/f"/><source><title>The Tern</title></source></entry>'),
    ],
)
def test_an_entry_from_elsewhere_names_its_source(content: str) -> None:
    assert link(content).fields["source"] == "The Tern"


def test_a_date_stays_as_it_was_written() -> None:
    assert link(rss(f"<item>{LINK}<pubDate> soon </pubDate></item>")).dates == (
        Stated("published", "soon", "feed pubDate"),
    )


def test_the_stamp_changes_with_what_is_said() -> None:
    stamps = {
        link(rss(f"<item>{LINK}{said}</item>")).stamp
        for said in ("", "<title>Late</title>", "<pubDate>2024</pubDate>", "<description>Fog.</description>")
    }
    assert len(stamps) == 4
    again = rss(f"<item>{LINK}<guid>1</guid><description> Fog.</description><enclosure url='x'/></item>")
    assert link(again).stamp in stamps


# Deletions


@pytest.mark.parametrize(
    ("reference", "identity"),
    [
        ("tag:gull.example,2024:17", {"id": "tag:gull.example,2024:17"}),
        ("https://gull.example/ferry", {"url": "https://gull.example/ferry"}),
    ],
)
def test_a_deleted_entry_is_a_withdrawn_article(reference: str, identity: dict[str, str]) -> None:
    found = item(atom(f'<at:deleted-entry ref="{reference}" when="2024-03-16T00:00:00Z"/>'))
    assert found.fields == {**identity, "status": "withdrawn"}
    assert found.dates == (Stated("updated", "2024-03-16T00:00:00Z", "feed deleted-entry"),)


# Recognised


@pytest.mark.parametrize(
    ("head", "is_feed"),
    [
        ("<rss>", True),
        (" <!-- x --><?xml version='1.0'?><rss version='2.0'>", True),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', True),
        ('<a:feed xmlns:a="http://www.w3.org/2005/Atom">', True),
        ("<feed>", False),
        ('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">', True),
        ('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', False),
        ("<html><rss>", False),
        ("<urlset>", False),
        ("", False),
    ],
)
def test_a_feed_is_recognised_by_its_root(head: str, is_feed: bool) -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(head.encode()) is is_feed
    assert SOURCE.recognises(head.encode("utf-16")) is is_feed


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_only_a_source_error_is_raised(data: bytes) -> None:
    for content in (
        data,
        rss("<item>").encode() + data,
        rss(f"<item>{LINK}<title>TT</title></item>").encode().replace(b"TT", data),
    ):
        try:
            read(content)
        except SourceError:
            continue
