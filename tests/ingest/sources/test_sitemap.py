"""Sitemaps of articles and of sitemaps."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.document import Document
from ingest.sources.items import Link, Reject, Stated
from ingest.sources.sitemap import SOURCE
from ingest.sources.source import Found
from rag.errors import SourceError

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
EXTENSIONS = """xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" """


def read(content: str | bytes) -> list[Found]:
    data = content.encode() if isinstance(content, str) else content
    return list(SOURCE.read(Document("map.xml", "map.xml", "https://gull.example/map.xml", io.BytesIO(data))))


def urlset(urls: str, namespace: str = NAMESPACE) -> str:
    return f"<?xml version='1.0'?><urlset {namespace} {EXTENSIONS}>{urls}</urlset>"


NEWS = """<news:news><news:publication><news:name>The Daily Gull</news:name><news:language>en</news:language>
    </news:publication><news:publication_date>2024-03-14T18:05:00+01:00</news:publication_date>
    <news:title>Ferry &amp; fog</news:title></news:news>"""


def test_a_url_is_a_link_with_what_is_said_to_search_engines() -> None:
    content = f"""<url><image:image><image:loc>https://gull.example/a.jpg</image:loc></image:image>
        <loc> https://gull.example/ferry?a=1&amp;b=2 </loc><lastmod>2024-03-15</lastmod>{NEWS}</url>"""
    (found,) = read(urlset(content))
    assert isinstance(found, Link)
    assert (found.file, found.record) == ("map.xml", "url 1")
    assert found.url == "https://gull.example/ferry?a=1&b=2"
    assert found.fields == {"title": "Ferry & fog", "source": "The Daily Gull", "language": "en"}
    assert found.dates == (
        Stated("published", "2024-03-14T18:05:00+01:00", "sitemap news:publication_date"),
        Stated("updated", "2024-03-15", "sitemap lastmod"),
    )


def stamp(url: str) -> str:
    (found,) = read(urlset(f"<url><loc>https://gull.example/a</loc>{url}</url>"))
    assert isinstance(found, Link)
    return found.stamp


def test_the_stamp_changes_with_lastmod_and_without_it_tells_nothing() -> None:
    assert stamp("<lastmod>2024-03-15</lastmod>") == stamp("<lastmod> 2024-03-15 </lastmod><priority>1</priority>")
    assert stamp("<lastmod>2024-03-15</lastmod>") != stamp("<lastmod>2024-03-16</lastmod>")
    assert stamp(NEWS) == stamp("") == ""


@pytest.mark.parametrize("namespace", [NAMESPACE, "", 'xmlns="http://www.google.com/schemas/sitemap/0.84"'])
def test_a_sitemap_index_links_to_sitemaps(namespace: str) -> None:
    content = f"""<sitemapindex {namespace}><sitemap><loc>https://gull.example/1.xml</loc><lastmod>2024</lastmod></sitemap>
        <sitemap><loc>https://gull.example/2.xml.gz</loc></sitemap></sitemapindex>"""
    first, second = read(content)
    assert isinstance(first, Link)
    assert isinstance(second, Link)
    assert (first.url, second.url) == ("https://gull.example/1.xml", "https://gull.example/2.xml.gz")
    assert (first.record, second.record) == ("sitemap 1", "sitemap 2")
    assert first.stamp
    assert not second.stamp


@pytest.mark.parametrize("loc", ["", "<loc/>", "<loc>/ferry</loc>", "<loc>file:///etc/passwd</loc>"])
def test_a_url_that_leads_nowhere_is_a_reject(loc: str) -> None:
    assert read(urlset(f"<url>{loc}</url>")) == [Reject("map.xml", "its loc is no address of the web", "url 1")]


def test_one_spoilt_url_is_one_reject() -> None:
    url = "<url><loc>https://gull.example/é</loc></url>"
    found = read(urlset(url * 3).encode().replace("é".encode(), b"\xff", 1))
    assert [type(each) for each in found] == [Reject, Link, Link]


def test_a_large_sitemap_is_read_in_seconds() -> None:
    url = f"<url><loc>https://gull.example/ferry</loc><lastmod>2024-03-15</lastmod>{NEWS}</url>"
    began = time.monotonic()
    assert len(read(urlset(url * 10_000))) == 10_000
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("head", "is_sitemap"),
    [
        (urlset(""), True),
        (f"<sitemapindex {NAMESPACE}>", True),
        ("<s:urlset xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'>", True),
        ("<rss>", False),
        ("urlset", False),
    ],
)
def test_a_sitemap_is_recognised_by_its_root(head: str, is_sitemap: bool) -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(head.encode()) is is_sitemap


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_only_a_source_error_is_raised(data: bytes) -> None:
    for content in (data, urlset("<url><loc>TT</loc><lastmod>TT</lastmod></url>").encode().replace(b"TT", data)):
        try:
            read(content)
        except SourceError:
            continue
