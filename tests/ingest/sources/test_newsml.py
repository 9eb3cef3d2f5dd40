"""NewsML-G2: what agencies say of an item, and of which version of it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.document import Document
from ingest.sources.items import RawItem, Reject, Stated
from ingest.sources.newsml import SOURCE
from ingest.sources.source import Found
from rag.errors import SourceError

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'


def read(content: str | bytes) -> list[Found]:
    data = content.encode() if isinstance(content, str) else content
    return list(SOURCE.read(Document("a.xml", "a.xml", "file:///a.xml", io.BytesIO(data))))


def news_item(
    meta: str = "", about: str = "", content: str = "", guid: str = "urn:newsml:tern.example:17", version: str = "2"
) -> str:
    return f"""<newsItem {NAR} guid="{guid}" version="{version}" standard="NewsML-G2" xml:lang="en">
        <rightsInfo><copyrightHolder><name>Tern Wire Ltd</name></copyrightHolder></rightsInfo>
        <itemMeta><itemClass qcode="ninat:text"/>{meta}</itemMeta><contentMeta>{about}</contentMeta>
        <contentSet>{content}</contentSet></newsItem>"""


def item(content: str) -> RawItem:
    (found,) = read(content)
    assert isinstance(found, RawItem)
    return found


def fields(meta: str = "", about: str = "", content: str = "", **attributes: str) -> dict[str, object]:
    return dict(item(news_item(meta, about, content, **attributes)).fields)


XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
    <title>Not this</title></head><body><p>The ferry is late.</p><p>It was <em>fog</em>.</p></body></html>
    </inlineXML>"""
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
    <body.head><hedline><hl1>Not this</hl1></hedline><byline>Nor this</byline></body.head>
    <body.content><block><p>The ferry is late.</p><media><media-caption>Fog</media-caption></media>
    <p>It was fog.</p></block></body.content><body.end><tagline>Nor this</tagline></body.end></body></nitf>
    </inlineXML>"""


def test_a_news_item_comes_with_all_that_is_said_of_it() -> None:
    found = item(
        news_item(
            """<provider qcode="nprov:TERN"><name>Tern Wire</name></provider>
            <versionCreated>2024-03-15T08:00:00Z</versionCreated><firstCreated>2024-03-14T17:05:00Z</firstCreated>
            <embargoed>2024-03-16T00:00:00Z</embargoed><pubStatus qcode="stat:usable"/><title>FERRY-LATE</title>
            <edNote>Corrects the pier in\n paragraph 2.</edNote><signal qcode="sig:correction"/>
            <link rel="irel:seeAlso" href="https://tern.example/other"/>""",
            """<contentCreated>2024-03-14T16:00:00Z</contentCreated><creator><name>Ana Brack</name></creator>
            <language tag="en-GB"/><genre qcode="genre:Current"><name>Current</name></genre>
            <subject type="cpnat:person" qcode="p:1"><name>Tom Sill</name></subject>
            <subject type="cpnat:abstract" qcode="medtop:20000000"><name>Harbours</name></subject>
            <headline role="hld:subHeadline">Fog</headline><headline>Ferry late</headline>
            <by>By Ana Brack and Tom Sill</by>""",
            XHTML,
        )
    )
    assert (found.file, found.record) == ("a.xml", "")
    assert found.fields == {
        "id": "urn:newsml:tern.example:17",
        "version": "2",
        "status": "usable",
        "note": "correction: Corrects the pier in paragraph 2.",
        "title": "Ferry late",
        "text": "The ferry is late.\n\nIt was fog.",
        "source": "Tern Wire",
        "authors": "By Ana Brack and Tom Sill",
        "category": "Harbours",
        "language": "en-GB",
    }
    assert found.dates == (
        Stated("published", "2024-03-14T17:05:00Z", "NewsML-G2 firstCreated"),
        Stated("published", "2024-03-14T16:00:00Z", "NewsML-G2 contentCreated"),
        Stated("updated", "2024-03-15T08:00:00Z", "NewsML-G2 versionCreated"),
        Stated("embargoed", "2024-03-16T00:00:00Z", "NewsML-G2 embargoed"),
    )


# Texts


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (NITF, "The ferry is late.\n\nIt was fog."),
        ("<inlineData contenttype='text/plain'>Late.\n\nFog &lt; rain.</inlineData>", "Late.\n\nFog < rain."),
        ("<inlineData contenttype='text/html'>&lt;p&gt;Late.&lt;p&gt;Fog.</inlineData>", "Late.\n\nFog."),
        ("<inlineData encoding='base64'>TGF0ZQ==</inlineData>", None),
        ("<inlineXML><sports-content>1:0</sports-content></inlineXML><inlineData>Late.</inlineData>", "Late."),
        ("<remoteContent href='https://tern.example/17.mp4'/>", None),
        ("", None),
    ],
)
def test_the_text_is_the_first_content_that_is_one(content: str, text: str | None) -> None:
    assert fields(content=content).get("text") == text


# Status


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ("", "usable"),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>", "canceled"),
        ("<pubStatus qcode='stat:withheld'/>", "withheld"),
        ("<embargoed/>", "withheld"),
        ("<pubStatus qcode='stat:usable'/><embargoed> </embargoed>", "withheld"),
        ("<pubStatus qcode='stat:canceled'/><embargoed/>", "canceled"),
        ("<embargoed>2024-03-16T00:00:00Z</embargoed>", "usable"),
    ],
)
def test_an_embargo_without_a_date_holds_until_further_notice(meta: str, status: str) -> None:
    assert fields(meta)["status"] == status


def test_a_cancelled_item_needs_no_text() -> None:
    assert fields("<pubStatus qcode='stat:canceled'/><edNote>Kill this.</edNote>") == {
        "id": "urn:newsml:tern.example:17",
        "version": "2",
        "status": "canceled",
        "note": "Kill this.",
        "source": "Tern Wire Ltd",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("version", "meta", "note"),
    [
        ("2", "<signal qcode='sig:update'/>", "update"),
        ("1", "<signal qcode='sig:update'/>", None),
        ("2", "<signal qcode='sig:update'/><signal qcode='sig:correction'/>", "update, correction"),
        ("1", "<signal qcode='sig:update'/><edNote>ATTN desks</edNote>", "ATTN desks"),
    ],
)
def test_signals_and_notes_to_editors_are_the_note(version: str, meta: str, note: str | None) -> None:
    assert fields(meta, version=version).get("note") == note


# Dates


@pytest.mark.parametrize(
    ("version", "kinds"),
    [("1", ["published", "updated"]), ("", ["published", "updated"]), ("2", ["updated"])],
)
def test_only_a_first_version_tells_when_the_item_was_published(version: str, kinds: list[str]) -> None:
    found = item(news_item("<versionCreated>2024-03-15T08:00:00Z</versionCreated>", version=version))
    assert [date.kind for date in found.dates] == kinds


# Names


@pytest.mark.parametrize(
    ("meta", "source"),
    [
        ("<provider qcode='nprov:TERN'/>", "TERN"),
        ("<provider literal='tern.example'/>", "tern.example"),
        ("<provider/>", "Tern Wire Ltd"),
        ("", "Tern Wire Ltd"),
    ],
)
def test_the_source_is_the_provider_or_the_holder_of_the_rights(meta: str, source: str) -> None:
    assert fields(meta)["source"] == source


@pytest.mark.parametrize(
    ("about", "authors"),
    [
        ("<creator literal='Ana Brack'/><creator><name>Tom Sill</name></creator>", ["Ana Brack", "Tom Sill"]),
        ("<creator type='cpnat:organisation'><name>Tern Wire</name></creator>", None),
        ("<by>Ana Brack</by><creator><name>Tom Sill</name></creator>", "Ana Brack"),
    ],
)
def test_the_authors_are_the_byline_or_the_persons_that_made_it(about: str, authors: object) -> None:
    assert fields(about=about).get("authors") == authors


def test_without_a_topic_the_genre_is_the_category() -> None:
    subject = "<subject type='cpnat:person'><name>Tom Sill</name></subject><subject qcode='medtop:1'/>"
    assert fields(about=f"{subject}<genre><name>Feature</name></genre>")["category"] == "Feature"


@pytest.mark.parametrize(
    ("guid", "meta", "about", "url"),
    [
        ("https://tern.example/17", "", "", "https://tern.example/17"),
        ("urn:x:17", "<altRep href='https://tern.example/web/17'/>", "", "https://tern.example/web/17"),
        ("urn:x:17", "", "<altId type='x:slug'>17</altId><altId>https://tern.example/17</altId>",
         "https://tern.example/17"),
        ("urn:x:17", "<link rel='irel:previousVersion' href='https://tern.example/16'/>", "", None),
    ],
)  # fmt: skip
def test_the_url_is_the_items_own(guid: str, meta: str, about: str, url: str | None) -> None:
    found = fields(meta, about, guid=guid)
    assert found["id"] == guid
    assert found.get("url") == url


def test_without_a_headline_there_is_the_title() -> None:
    assert fields("<title>FERRY-LATE</title>", "<headline> </headline>")["title"] == "FERRY-LATE"


# Messages


def test_a_message_holds_several_items() -> None:
    a_picture = news_item(guid="urn:x:18").replace("ninat:text", "ninat:picture")
    content = f"""<newsMessage {NAR}><header><sent>2024-03-15T08:00:00Z</sent></header><itemSet>
        <packageItem guid="p"/>{news_item(content=XHTML)}{a_picture}</itemSet></newsMessage>"""
    package, text, picture = read(content)
    assert package == Reject("a.xml", "it is a package, which only points to items", "item 1")
    assert isinstance(text, RawItem)
    assert (text.record, text.fields["text"]) == ("item 2", "The ferry is late.\n\nIt was fog.")
    assert picture == Reject("a.xml", "it is no text but of the kind 'picture'", "item 3")


@pytest.mark.parametrize("name", ["packageItem", "conceptItem", "knowledgeItem", "planningItem"])
def test_an_item_that_is_no_news_is_a_reject(name: str) -> None:
    (found,) = read(f"<{name} {NAR} guid='x'><contentMeta/></{name}>")
    assert isinstance(found, Reject)
    assert found.record == ""


def test_a_spoilt_item_is_a_reject() -> None:
    content = f"<newsMessage {NAR}>{news_item(about='<by>é à ü</by>')}{news_item(about='<by>ZZ</by>')}</newsMessage>"
    found = read(content.encode().replace(b"ZZ", b"\xff"))
    assert [type(each) for each in found] == [RawItem, Reject]


@pytest.mark.parametrize(
    ("head", "is_newsml"),
    [
        (news_item(), True),
        ("<n:newsMessage xmlns:n='http://iptc.org/std/nar/2006-10-01/'>", True),
        (f"<packageItem {NAR}>", True),
        ("<newsItem>", False),
        ("<NewsML>", False),
        ("<rss>", False),
    ],
)
def test_newsml_is_recognised_by_its_root(head: str, is_newsml: bool) -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(head.encode()) is is_newsml


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_only_a_source_error_is_raised(data: bytes) -> None:
    for content in (data, news_item("<pubStatus qcode='TT'/>", "<by>TT</by>", "<inlineData>TT</inlineData>").encode()):
        try:
            read(content.replace(b"TT", data))
        except SourceError:
            continue
