"""What a page states of its article, and what it is not believed about."""

import json

import pytest

from ingest.sources.formats.page_facts import Facts, page_facts
from ingest.sources.formats.page_tree import page_tree
from ingest.sources.items import Stated

HERE = "https://www.gull.example/news/harbour"


def facts(head: str = "", body: str = "<h1>Harbour reopens</h1>", url: str = HERE, html: str = "<html>") -> Facts:
    page = page_tree(f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>".encode(), "")
    assert page is not None
    return page_facts(page, url)


def ld(*things: object) -> str:
    scripts = (json.dumps(thing).replace("</", "<\\/") for thing in things)
    return "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)


def article(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **fields}


def dates(found: Facts) -> list[tuple[str, str, str]]:
    return [(date.kind, date.written, date.origin) for date in found.dates]


# Its address


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://www.gull.example/2024/harbour", "https://www.gull.example/2024/harbour"),
        ("https://gull.example/2024/harbour#top", "https://gull.example/2024/harbour"),
        ("/2024/harbour", "https://www.gull.example/2024/harbour"),
        ("//news.gull.example/harbour", "https://news.gull.example/harbour"),
        ("  /2024/harbour ", "https://www.gull.example/2024/harbour"),
        ("/app#!/harbour", "https://www.gull.example/app#!/harbour"),
        ("https://www.gull.example/", HERE),
        ("https://www.gull.example", HERE),
        ("https://www.gull.example/index.html", HERE),
        ("https://heron.example/harbour", HERE),
        ("https://gull.example.heron.example/harbour", HERE),
        ("https://gull.example:99999/harbour", HERE),
        ("https://who:secret@www.gull.example/harbour", HERE),
        ("javascript:alert(1)", HERE),
        ("https://www.gull.example/a b", HERE),
        ("http://[", HERE),
        ("https://www.gull.example/" + "a" * 3000, HERE),
        ("", HERE),
    ],
)
def test_a_canonical_link_is_believed_within_the_pages_own_site(link: str, url: str) -> None:
    assert facts(f'<link rel="canonical" href="{link}">').url == url


def test_sites_that_share_only_a_registry_are_two() -> None:
    head = '<link rel="canonical" href="https://heron.co.uk/a">'
    assert facts(head, url="https://gull.co.uk/b").url == "https://gull.co.uk/b"


def test_the_front_page_may_name_itself() -> None:
    head = '<link rel="canonical" href="https://www.gull.example/">'
    assert facts(head, url="http://gull.example/index.html").url == "https://www.gull.example/"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www-gull-example.cdn.ampproject.org/c/s/www.gull.example/a", "https://www.gull.example/a"),
        ("https://www.google.com/amp/s/www.gull.example/amp/a", "https://gull.example/stories/a"),
    ],
)
def test_a_page_from_an_amp_cache_may_name_the_page_it_is_a_copy_of(url: str, canonical: str) -> None:
    found = facts(f'<link rel="canonical" href="{canonical}">', url=url)
    assert found.url == canonical
    assert found.aliases == (url,)


def test_a_page_from_an_amp_cache_may_name_no_other_site() -> None:
    url = "https://www-gull-example.cdn.ampproject.org/c/s/www.gull.example/a"
    assert facts('<link rel="canonical" href="https://heron.example/a">', url=url).url == url


def test_relative_links_follow_the_base_of_the_page() -> None:
    head = '<base href="/archive/"><link rel="canonical" href="harbour">'
    assert facts(head).url == "https://www.gull.example/archive/harbour"


def test_without_a_canonical_link_og_url_counts() -> None:
    head = '<link rel="canonical" href="/"><meta property="og:url" content="https://gull.example/a">'
    assert facts(head).url == "https://gull.example/a"


@pytest.mark.parametrize("url", ["file:///saved/a.html", "file:///pages.zip!/a.html", ""])
def test_a_page_from_a_file_may_name_any_address_but_a_front_page(url: str) -> None:
    assert facts('<link rel="canonical" href="https://heron.example/a">', url=url).url == "https://heron.example/a"
    assert facts('<link rel="canonical" href="https://heron.example/">', url=url).url == ""
    assert facts('<link rel="canonical" href="a">', url=url).url == ""
    assert facts('<base href="https://heron.example/"><link rel="canonical" href="a">', url=url).url.endswith("/a")


def test_a_page_from_a_file_is_known_by_its_json_ld_where_nothing_else_names_it() -> None:
    head = ld(article(mainEntityOfPage={"@type": "WebPage", "@id": "https://heron.example/a#page"}))
    assert facts(head, url="file:///a.html").url == "https://heron.example/a"


def test_other_addresses_of_the_article_are_aliases() -> None:
    head = (
        '<link rel="canonical" href="/a"><link rel="amphtml" href="/amp/a">'
        '<meta property="og:url" content="https://gull.example/a?from=og">'
    )
    found = facts(head, url="https://gull.example/a?utm_source=mail")
    assert found.url == "https://gull.example/a"
    assert found.aliases == (
        "https://gull.example/a?utm_source=mail",
        "https://gull.example/a?from=og",
        "https://gull.example/amp/a",
    )


def test_another_sites_address_is_no_alias() -> None:
    head = (
        '<link rel="amphtml" href="https://heron.example/amp"><meta property="og:url" content="https://heron.example/">'
    )
    assert facts(head).aliases == ()


# Its dates


def test_every_date_that_is_stated_is_given_with_where_it_stands_best_first() -> None:
    head = ld(article(datePublished="2024-03-01", dateModified="2024-03-02")) + (
        '<meta property="article:published_time" content="2024-03-03"><meta name="date" content="2024-03-04">'
        '<meta property="article:modified_time" content="2024-03-05">'
    )
    body = '<article><h1>Harbour reopens</h1><time datetime="2024-03-06T10:00Z">Wednesday</time><p>Text.</p></article>'
    assert dates(facts(head, body)) == [
        ("published", "2024-03-01", "JSON-LD datePublished"),
        ("published", "2024-03-03", "meta article:published_time"),
        ("published", "2024-03-04", "meta date"),
        ("published", "2024-03-06T10:00Z", "time element"),
        ("updated", "2024-03-02", "JSON-LD dateModified"),
        ("updated", "2024-03-05", "meta article:modified_time"),
    ]


def test_no_date_is_taken_from_the_address_the_text_or_the_server() -> None:
    head = '<meta http-equiv="last-modified" content="2024-01-01"><meta name="generated" content="2024-01-01">'
    body = "<h1>Harbour reopens</h1><p>By Ada Brook, 14 March 2024</p><p>On 2024-03-14 the harbour reopened.</p>"
    assert facts(head, body, "https://gull.example/2024/03/14/harbour").dates == ()


@pytest.mark.parametrize(
    ("time", "stated"),
    [
        ('<time datetime="2024-03-06">6 March</time>', "published"),
        ("<time>6 March 2024</time>", "published"),
        ("<p>Ada Brook, <time datetime='2024-03-06'>6 March</time></p>", "published"),
        ('Updated <time datetime="2024-03-06">6 March</time>', "updated"),
        ('<span>Aktualisiert: <time datetime="2024-03-06">6. März</time></span>', "updated"),
        ('<time class="entry-date updated" datetime="2024-03-06">6 March</time>', "updated"),
        ('<time class="entry-date published updated" datetime="2024-03-06">6 March</time>', "published"),
        ('<time pubdate datetime="2024-03-06">6 March</time>', "published"),
        ('<time datetime="18:05">18.05</time>', ""),
        (
            '<p>The council met on <time datetime="2024-03-06">6 March</time> ' + "and talked at length. " * 8 + "</p>",
            "",
        ),
        ("<p>" + "A paragraph. " * 40 + '</p><time datetime="2024-03-06">6 March</time>', ""),
        ('<article><h3>Another</h3><time class="published" datetime="2024-03-06">6 March</time></article>', ""),
    ],
)
def test_a_time_element_counts_if_it_says_what_it_tells_or_stands_behind_the_heading(time: str, stated: str) -> None:
    found = facts(body=f"<h1>Harbour reopens</h1>{time}<p>Text.</p>")
    assert [date.kind for date in found.dates] == ([stated] if stated else [])


def test_a_time_element_in_the_article_counts_wherever_it_stands_if_it_says_what_it_tells() -> None:
    body = (
        "<article><h1>Harbour reopens</h1><p>" + "A paragraph. " * 40 + "</p>"
        '<footer><time class="updated" datetime="2024-03-06">6 March</time></footer></article>'
    )
    assert dates(facts(body=body)) == [("updated", "2024-03-06", "time element")]


def test_the_date_of_the_page_counts_where_json_ld_describes_no_article() -> None:
    head = ld({"@graph": [{"@type": "WebPage", "datePublished": "2024-03-01", "dateModified": "2024-03-02"}]})
    assert dates(facts(head)) == [
        ("published", "2024-03-01", "JSON-LD WebPage datePublished"),
        ("updated", "2024-03-02", "JSON-LD WebPage dateModified"),
    ]


def test_what_is_stated_twice_in_the_same_place_is_given_once() -> None:
    found = facts(ld(article(headline="A", datePublished="2024"), article(headline="A", datePublished="2024")))
    assert found.dates == (Stated("published", "2024", "JSON-LD datePublished"),)


# JSON-LD, in all its forms


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "NewsArticle", "headline": "Found"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Found"}\n//]]>',
        '/*<![CDATA[*/ {"@type": "NewsArticle", "headline": "Found"}; /*]]>*/',
        '[{"@type": "Organization", "name": "X"}, {"@type": "NewsArticle", "headline": "Found"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": "Article", "headline": "Found"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "Found"}}',
        '{"@type": ["Thing", "ReportageNewsArticle"], "headline": "Found"}',
        '{"@type": "http://schema.org/LiveBlogPosting", "headline": "Found"}',
        '{"@type": "NewsArticle", "headline": ["Found", "Lost"]}',
        '{"@type": "NewsArticle", "headline": {"@value": "Found"}}',
        '{"@type": "NewsArticle", "headline": " <em>Found</em>\\n"}',
        '{"@type": "NewsArticle", "headline": "Found", "raw": "a\nnew line"}',
    ],
)
def test_json_ld_is_read_in_whatever_form_it_comes(script: str) -> None:
    assert facts(f'<script type="application/ld+json; charset=utf-8">{script}</script>').title == "Found"


@pytest.mark.parametrize(
    "broken",
    ['{"@type": "NewsArticle",', "", "null", "[[[[[[[[[[[[1]]]]]]]]]]]]", "[" * 100_000, '{"@type": 1}', "9" * 5000],
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>{ld(article(headline="Found"))}'
    assert facts(head).title == "Found"


@pytest.mark.parametrize("wrong", [7, None, True, [], {}, [[]], {"name": {"name": {}}}, [None, {"@id": 3}], "  "])
def test_values_of_the_wrong_kind_are_no_values(wrong: object) -> None:
    names = (
        "headline author publisher datePublished inLanguage articleSection correction url mainEntityOfPage articleBody"
    )
    found = facts(ld(article(**dict.fromkeys(names.split(), wrong))))
    assert found.fields == {"title": "Harbour reopens"}
    assert (found.url, found.dates, found.body) == (HERE, (), "")


def test_of_several_articles_the_one_of_this_page_counts() -> None:
    head = '<link rel="canonical" href="/a">' + ld(
        article(headline="Another", url="https://gull.example/b", datePublished="2024-01-01"),
        article(headline="This", url="https://www.gull.example/a", datePublished="2024-02-02"),
        article(headline="This", datePublished="2024-02-03"),
    )
    found = facts(head, url="https://gull.example/a?x=1")
    assert found.title == "This"
    assert [date.written for date in found.dates] == ["2024-02-02", "2024-02-03"]


def test_of_several_articles_without_addresses_the_first_counts() -> None:
    assert facts(ld(article(headline="First"), article(headline="Second"))).title == "First"


def test_articles_that_a_page_only_lists_do_not_count() -> None:
    listed = {"@type": "ItemList", "itemListElement": [{"item": article(headline="Listed", datePublished="2024")}]}
    found = facts(ld(listed))
    assert (found.title, found.dates) == ("Harbour reopens", ())


def test_references_within_a_graph_are_followed() -> None:
    graph = [
        article(headline="A", author={"@id": "#ada"}, publisher={"@id": "#gull"}),
        {"@type": "Person", "@id": "#ada", "name": "Ada Brook"},
        {"@type": "Organization", "@id": "#gull", "name": "The Gull"},
    ]
    found = facts(ld({"@graph": graph}))
    assert (found.fields["authors"], found.fields["source"]) == (["Ada Brook"], "The Gull")


# Title, authors, outlet and the rest


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld(article(headline="Stated")) + '<meta property="og:title" content="Other">', "<h1>Shown</h1>", "Stated"),
        ('<meta property="og:title" content="Stated"><title>Other</title>', "<h1>Shown</h1>", "Stated"),
        ("<title>Shown | The Gull</title>", "<h1><a href='/'>The Gull</a></h1><h1>Shown</h1>", "Shown"),
        ("<title>Other</title>", "<h1>Shown <small>again</small></h1>", "Shown again"),
        ("<title>Harbour reopens | The Gull</title>", "", "Harbour reopens"),
        ("<title>Harbour reopens – what we know - The Gull</title>", "", "Harbour reopens – what we know"),
        ("<title>Up | A very long motto of an outlet</title>", "", "Up | A very long motto of an outlet"),
        ('<title>Gull: Up - Gull</title><meta property="og:site_name" content="Gull">', "", "Gull: Up"),
        ('<title>Gull | Harbour</title><meta property="og:site_name" content="Gull">', "", "Harbour"),
        ('<meta property="og:title" content="Up - down - Gull">', "", "Up - down - Gull"),
        ('<meta property="og:title" content="Up | Gull"><meta property="og:site_name" content="Gull">', "", "Up"),
        ("<title>Tom &amp; Jerry&#8217;s caf&eacute;</title>", "", "Tom & Jerry’s café"),
        (ld(article(headline="Tom &amp;amp; Jerry&#8217;s")), "", "Tom & Jerry’s"),
        (ld(article(headline="Harbour reopens after …")), "<h1>Harbour reopens after the storm</h1>",
         "Harbour reopens after the storm"),
        (ld(article(headline="<script>alert(1)</script>Up")), "", "Up"),
        ("", "<h1><script>alert(1)</script>Up</h1>", "Up"),
        ("", '<div role="heading" aria-level="1">Up</div>', "Up"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_without_the_outlets_name(head: str, body: str, title: str) -> None:
    assert facts(head, body).title == title


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (ld(article(author={"@type": "Person", "name": "Ada Brook"})), ["Ada Brook"]),
        (ld(article(author=[{"name": "Ada Brook"}, {"name": "Tom Reed"}])), ["Ada Brook", "Tom Reed"]),
        (ld(article(author=["Ada Brook", "Tom Reed"])), ["Ada Brook", "Tom Reed"]),
        (ld(article(author={"name": ["Ada Brook"]})), ["Ada Brook"]),
        (ld(article(author="Ada Brook and Tom Reed")), "Ada Brook and Tom Reed"),
        (ld(article(author={"name": "Smith, Jones & Sons"})), ["Smith, Jones & Sons"]),
        (ld(article(author=[{"name": "https://gull.example/ada"}, {"name": "Ada Brook"}])), ["Ada Brook"]),
        (
            '<meta property="article:author" content="https://www.facebook.com/ada"><meta name="author" content="Ada">',
            "Ada",
        ),
        ('<meta name="author" content="ada@gull.example"><meta name="byl" content="By Ada Brook">', "By Ada Brook"),
        ('<meta name="author" content="Ada Brook"><meta name="author" content="Tom Reed">', ["Ada Brook", "Tom Reed"]),
        ('<meta property="article:author" content="https://www.facebook.com/ada">', None),
    ],
)
def test_authors_are_names(head: str, authors: object) -> None:
    assert facts(head).fields.get("authors") == authors


def test_a_link_to_the_author_names_them() -> None:
    found = facts(body='<h1>Up</h1><p>By <a rel="author" href="/ada">Ada Brook</a></p>')
    assert found.fields["authors"] == "Ada Brook"


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (ld(article(publisher={"name": "The Gull"})) + '<meta property="og:site_name" content="gull">', "The Gull"),
        (ld(article(publisher="The Gull")), "The Gull"),
        ('<meta property="og:site_name" content=" The  Gull ">', "The Gull"),
        (ld({"@type": "WebSite", "name": "The Gull"}), "The Gull"),
        ('<meta property="article:publisher" content="https://www.facebook.com/gull">', None),
    ],
)
def test_the_outlet_is_the_publisher_that_is_named(head: str, source: object) -> None:
    assert facts(head).fields.get("source") == source


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ('<html lang="en-GB">', "", "en-GB"),
        ('<html lang="en">', ld(article(inLanguage="de")), "de"),
        ("<html>", ld(article(inLanguage={"@type": "Language", "name": "English"})), None),
        ("<html>", '<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<html lang="{{lang}}">', '<meta http-equiv="content-language" content="fr">', "fr"),
    ],
)
def test_the_language_is_a_tag(html: str, head: str, language: object) -> None:
    assert facts(head, html=html).fields.get("language") == language


def test_the_category_is_the_section() -> None:
    assert facts(ld(article(articleSection=["Sport", "Rowing"]))).fields["category"] == "Sport"
    assert facts('<meta property="article:section" content="Sport">').fields["category"] == "Sport"


@pytest.mark.parametrize("stated", [False, "False", "false", "http://schema.org/False", [False]])
def test_a_page_that_is_not_free_says_so(stated: object) -> None:
    assert facts(ld(article(isAccessibleForFree=stated))).fields["access"] == "paywall"


@pytest.mark.parametrize("stated", [True, "True", "https://schema.org/True", "", None, "falsehood"])
def test_a_page_that_does_not_say_that_it_costs_is_free(stated: object) -> None:
    assert "access" not in facts(ld(article(isAccessibleForFree=stated))).fields


def test_a_locked_page_is_not_free() -> None:
    assert facts('<meta property="article:content_tier" content="locked">').fields["access"] == "paywall"


def test_a_live_blog_says_so_and_its_posts_are_its_text() -> None:
    posts = [{"@type": "BlogPosting", "headline": "Two", "articleBody": "Later."}, {"articleBody": "First."}]
    found = facts(ld({"@type": "LiveBlogPosting", "headline": "Live", "liveBlogUpdate": posts}))
    assert found.fields["kind"] == "live blog"
    assert found.body == "Two\n\nLater.\n\nFirst."


@pytest.mark.parametrize(
    "stated",
    ["The bridge is in Aldwin.", {"@type": "CorrectionComment", "text": "The bridge is in Aldwin."},
     [{"text": "The bridge is"}, "in Aldwin."]],
)  # fmt: skip
def test_a_correction_is_a_note(stated: object) -> None:
    assert facts(ld(article(correction=stated))).fields["note"] == "The bridge is in Aldwin."


def test_a_list_of_pages_says_so_unless_it_holds_an_article() -> None:
    assert facts(ld({"@type": "CollectionPage"})).is_list
    assert not facts(ld({"@type": "CollectionPage"}, article(headline="A"))).is_list
    assert not facts(ld({"@type": "CollectionPage"}) + '<meta property="og:type" content="article">').is_list


# Microdata


def test_microdata_is_read_as_json_ld_is() -> None:
    body = """
    <div itemscope itemtype="https://schema.org/NewsArticle">
      <meta itemprop="mainEntityOfPage" content="https://gull.example/a">
      <h1 itemprop="headline">Harbour <b>reopens</b></h1>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person">
        <a itemprop="name" href="/ada">Ada Brook</a></span>
      <span itemprop="publisher" itemscope><meta itemprop="name" content="The Gull"></span>
      <time itemprop="datePublished" datetime="2024-03-06">6 March</time>
      <meta itemprop="dateModified" content="2024-03-07">
      <p itemprop="articleBody">Text.</p>
      <aside itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">Another</b>
      <i itemprop="datePublished">1999</i></aside>
    </div>"""
    found = facts(body=body, url="file:///a.html")
    assert found.url == "https://gull.example/a"
    assert found.fields == {"title": "Harbour reopens", "source": "The Gull", "authors": ["Ada Brook"]}
    assert dates(found)[0] == ("published", "2024-03-06", "microdata datePublished")
    assert ("updated", "2024-03-07", "microdata dateModified") in dates(found)
    assert "1999" not in str(found)


def test_json_ld_goes_before_microdata() -> None:
    body = '<div itemscope itemtype="http://schema.org/Article"><h1 itemprop="headline">Shown</h1></div>'
    assert facts(ld(article(headline="Stated")), body).title == "Stated"
