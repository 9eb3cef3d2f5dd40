"""From addresses to a corpus: pages, feeds and sitemaps of a small web on this machine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from ingest import IngestReport, delete, ingest
from rag import Settings, open_corpus
from rag.model import StatedDate, Version
from tests.fakes import HashEmbedder
from tests.web import Page, Web, serving

IngestUrls = Callable[..., IngestReport]

HTML = """<!doctype html><html lang="en"><head><title>{title} | The Daily Ledger</title>
<meta property="og:site_name" content="The Daily Ledger">
<link rel="canonical" href="{canonical}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{title}",
"author": {{"@type": "Person", "name": "Ada Brook"}}, "datePublished": "{published}"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article><h1>{title}</h1>
<p>{text} The council voted for the plan on Tuesday evening after a long debate in the town hall.</p>
<p>Work is to begin in the spring, said the mayor, who thanked everyone who had taken part in it over the years.</p>
<p>The budget for the first year was set at four million crowns, half of which the region is to pay.</p>
</article></main><aside><h2>Most read</h2><p>{furniture}</p></aside></body></html>"""

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily Ledger</title>
<link>{home}</link><description>News</description>{entries}</channel></rss>"""

ENTRY = """<item><title>{title}</title><link>{link}</link><description>{text}</description>
<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate></item>"""

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{link}</loc><news:news><news:publication>
<news:name>The Daily Ledger</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-03-04T08:30:00Z</news:publication_date><news:title>Canal</news:title>
</news:news></url></urlset>"""


def page(title: str, canonical: str, text: str = "The canal will be widened.", furniture: str = "A list.") -> Page:
    filled = HTML.format(
        title=title, canonical=canonical, text=text, furniture=furniture, published="2024-03-04T09:00:00+01:00"
    )
    return Page(filled, etag=f'"{hash(filled)}"')


def feed(web: Web, *entries: tuple[str, str]) -> Page:
    written = "".join(ENTRY.format(title=title, link=web.url(path), text="A summary.") for title, path in entries)
    body = RSS.format(home=web.url("/"), entries=written)
    return Page(body, type="application/rss+xml", etag=f'"{hash(body)}"')


@pytest.fixture
def web() -> Iterator[Web]:
    with serving({}) as web:
        web.pages["/canal"] = page("Canal", web.url("/canal"))
        web.pages["/bridge"] = page("Bridge", web.url("/bridge"), "The bridge will be closed.")
        web.pages["/feed"] = feed(web, ("Canal", "/canal?utm_source=rss"), ("Bridge", "/bridge"))
        web.pages["/canal?utm_source=rss"] = web.pages["/canal"]
        yield web


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, allow_private_addresses=True, host_pause_seconds=0.001, fetch_seconds=5.0)


@pytest.fixture
def ingest_urls(settings: Settings) -> IngestUrls:
    def ingest_them(*urls: str) -> IngestReport:
        return ingest(*urls, settings=settings, embedder=HashEmbedder())

    return ingest_them


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return (report.added, report.changed, report.unchanged, len(report.rejected))


def versions(settings: Settings, reference: str) -> tuple[Version, ...]:
    with open_corpus(settings=settings, embedder=HashEmbedder()) as news:
        return news.versions(reference)


def test_a_page_becomes_an_article_with_what_it_says_of_itself(
    web: Web, ingest_urls: IngestUrls, settings: Settings
) -> None:
    assert counts(ingest_urls(web.url("/canal?utm_source=rss"))) == (1, 0, 0, 0)
    [version] = versions(settings, web.url("/canal"))
    article = version.article
    assert (article.title, article.source, article.authors) == ("Canal", "The Daily Ledger", ("Ada Brook",))
    assert article.published_at == datetime.fromisoformat("2024-03-04T09:00:00+01:00")
    assert "The canal will be widened." in version.text
    assert "Most read" not in version.text
    assert {date.kind for date in version.dates} == {"published", "fetched"}


def test_a_page_that_has_not_changed_costs_no_body(web: Web, ingest_urls: IngestUrls) -> None:
    ingest_urls(web.url("/canal"))
    sent = web.bytes_sent["/canal"]
    assert sent > 0
    assert counts(ingest_urls(web.url("/canal"))) == (0, 0, 1, 0)
    assert web.requests["/canal"] == 2
    assert web.bytes_sent["/canal"] == sent


def test_changed_furniture_makes_no_version_and_changed_text_does(
    web: Web, ingest_urls: IngestUrls, settings: Settings
) -> None:
    ingest_urls(web.url("/canal"))
    web.pages["/canal"] = page("Canal", web.url("/canal"), furniture="Another list, much longer than the first one.")
    assert counts(ingest_urls(web.url("/canal"))) == (0, 0, 1, 0)
    web.pages["/canal"] = page("Canal", web.url("/canal"), "The canal will be filled in.")
    assert counts(ingest_urls(web.url("/canal"))) == (0, 1, 0, 0)
    assert [version.number for version in versions(settings, web.url("/canal"))] == [1, 2]


def test_the_entries_of_a_feed_are_fetched_whole_and_both_their_times_are_kept(
    web: Web, ingest_urls: IngestUrls, settings: Settings
) -> None:
    assert counts(ingest_urls(web.url("/feed"))) == (2, 0, 0, 0)
    [version] = versions(settings, web.url("/canal"))
    assert "The council voted" in version.text
    published = [date for date in version.dates if date.kind == "published"]
    assert [(date.origin, date.moment) for date in published] == [
        ("JSON-LD datePublished", datetime.fromisoformat("2024-03-04T09:00:00+01:00")),
        ("feed pubDate", datetime.fromisoformat("2024-03-04T08:00:00+00:00")),
    ]


def test_only_what_is_new_in_a_feed_is_fetched(web: Web, ingest_urls: IngestUrls) -> None:
    ingest_urls(web.url("/feed"))
    assert counts(ingest_urls(web.url("/feed"))) == (0, 0, 1, 0)
    web.pages["/port"] = page("Port", web.url("/port"), "The port will grow.")
    web.pages["/feed"] = feed(web, ("Port", "/port"), ("Canal", "/canal?utm_source=rss"), ("Bridge", "/bridge"))
    assert counts(ingest_urls(web.url("/feed"))) == (1, 0, 2, 0)
    assert (web.requests["/canal?utm_source=rss"], web.requests["/bridge"], web.requests["/port"]) == (1, 1, 1)


def test_an_entry_whose_page_cannot_be_had_is_taken_as_the_feed_tells_it_and_tried_again(
    web: Web, ingest_urls: IngestUrls, settings: Settings
) -> None:
    bridge = web.pages.pop("/bridge")
    report = ingest_urls(web.url("/feed"))
    assert counts(report) == (2, 0, 0, 0)
    assert any("could not be fetched" in note for note in report.notes)
    assert versions(settings, web.url("/bridge"))[0].article.stub is not None
    web.pages["/bridge"] = bridge
    web.pages["/feed"] = feed(web, ("Bridge", "/bridge"))
    assert counts(ingest_urls(web.url("/feed"))) == (0, 1, 0, 0)
    [summary, whole] = versions(settings, web.url("/bridge"))
    assert (summary.text, whole.article.stub) == ("A summary.", None)


def test_a_sitemap_leads_to_its_pages(web: Web, ingest_urls: IngestUrls, settings: Settings) -> None:
    web.pages["/news.xml"] = Page(SITEMAP.format(link=web.url("/canal")), type="application/xml")
    assert counts(ingest_urls(web.url("/news.xml"))) == (1, 0, 0, 0)
    dates = versions(settings, web.url("/canal"))[0].dates
    written, origin = "2024-03-04T08:30:00Z", "sitemap news:publication_date"
    assert StatedDate("published", written, origin, datetime.fromisoformat(written)) in dates


def test_a_feed_in_a_file_leads_nowhere(
    web: Web, ingest_urls: IngestUrls, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("feeds") / "feed.rss"
    path.write_bytes(feed(web, ("Canal", "/canal")).content)
    report = ingest_urls(str(path))
    assert counts(report) == (1, 0, 0, 0)
    assert web.asked == []


def test_what_was_deleted_comes_back_when_it_is_fetched_again(
    web: Web, ingest_urls: IngestUrls, settings: Settings
) -> None:
    ingest_urls(web.url("/feed"))
    delete(web.url("/canal"), settings=settings)
    assert ingest_urls(web.url("/feed")).added == 1


def test_nothing_private_is_fetched_unless_the_settings_allow_it(web: Web, settings: Settings) -> None:
    report = ingest(
        web.url("/canal"), settings=replace(settings, allow_private_addresses=False), embedder=HashEmbedder()
    )
    assert counts(report) == (0, 0, 0, 1)
    assert "not public" in report.rejected[0].reason or "private" in report.rejected[0].reason
    assert web.asked == []


def test_a_page_that_robots_txt_forbids_is_a_reject(web: Web, ingest_urls: IngestUrls) -> None:
    web.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /canal", type="text/plain")
    [reject] = ingest_urls(web.url("/canal")).rejected
    assert "robots.txt" in reject.reason
    assert web.requests["/canal"] == 0


def test_articles_that_stand_in_json_lines_on_the_web_are_read_too(web: Web, ingest_urls: IngestUrls) -> None:
    lines = [f'{{"url": "https://a.example/{n}", "text": "Words."}}' for n in range(2)]
    web.pages["/all.jsonl"] = Page("\n".join(lines), type="text/plain")
    assert counts(ingest_urls(web.url("/all.jsonl"))) == (2, 0, 0, 0)


def test_without_an_address_nothing_of_the_web_is_touched(
    web: Web, ingest_records: Callable[..., IngestReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.api.Fetcher", lambda *arguments, **options: pytest.fail("something would be fetched"))
    assert ingest_records({"url": web.url("/canal"), "text": "The canal will be widened."}).added == 1
