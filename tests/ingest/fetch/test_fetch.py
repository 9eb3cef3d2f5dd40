"""What a fetch gives, and what is said when it gives nothing."""

import socket
from datetime import UTC, datetime

import pytest

from ingest.fetch import Fetched, Fetcher, Validators
from rag.errors import SourceError
from tests.ingest.fetch.conftest import Make
from tests.web import Page, Web


def body(fetched: Fetched) -> bytes:
    assert fetched.body is not None
    return fetched.body.read()


def failure(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(SourceError) as raised, fetcher.get(url):
        pass
    return str(raised.value)


def test_a_page_comes_with_what_its_server_says_of_it(web: Web, fetcher: Make) -> None:
    web.pages["/kite"] = Page("Kite Motors: Öffnung", "Text/HTML; Charset=UTF-8", etag='"k1"', last_modified="then")
    before = datetime.now(UTC)
    with fetcher().get(web.url("/kite#top")) as fetched:
        assert body(fetched).decode(fetched.charset) == "Kite Motors: Öffnung"
    assert (fetched.url, fetched.media_type, fetched.charset) == (web.url("/kite"), "text/html", "UTF-8")
    assert fetched.validators == Validators('"k1"', "then")
    assert before <= fetched.fetched_at <= datetime.now(UTC)
    assert fetched.body is not None
    assert fetched.body.closed


def test_a_body_can_be_sought_in_while_another_is_fetched(web: Web, fetcher: Make) -> None:
    web.pages |= {"/feed": "a feed", "/page": "a page"}
    fetching = fetcher()
    with fetching.get(web.url("/feed")) as feed, fetching.get(web.url("/page")) as page:
        assert (body(feed), body(page)) == (b"a feed", b"a page")
        assert feed.body is not None
        assert feed.body.seek(2) == 2
        assert body(feed) == b"feed"


def test_closing_the_fetcher_closes_what_is_still_read(web: Web, fetcher: Make) -> None:
    web.pages["/"] = "a page"
    fetching = fetcher()
    with fetching.get(web.url()) as fetched:
        fetching.close()
        assert fetched.body is not None
        assert fetched.body.closed


@pytest.mark.parametrize(
    ("said", "media_type", "charset"),
    [
        ("", "", ""),
        ("nonsense", "", ""),
        ("application/rss+xml", "application/rss+xml", ""),
        ("text/html; charset='windows-1252'", "text/html", "windows-1252"),
        ('text/xml; version=1;charset="ISO-8859-1"', "text/xml", "ISO-8859-1"),
        ("text/html, text/html; charset=utf-8", "text/html", "utf-8"),
    ],
)
def test_content_types_are_read_however_they_are_written(
    web: Web, fetcher: Make, said: str, media_type: str, charset: str
) -> None:
    web.pages["/"] = Page("x", said)
    with fetcher().get(web.url()) as fetched:
        assert (fetched.media_type, fetched.charset) == (media_type, charset)


@pytest.mark.parametrize("validators", [Validators(etag='"k1"'), Validators(last_modified="then")])
def test_what_has_not_changed_is_not_sent_again(web: Web, fetcher: Make, validators: Validators) -> None:
    web.pages["/"] = Page("long ago", etag=validators.etag, last_modified=validators.last_modified)
    fetching = fetcher()
    with fetching.get(web.url()) as first:
        assert body(first) == b"long ago"
    with fetching.get(web.url(), first.validators) as second:
        assert second.body is None
        assert second.validators == validators
    assert web.bytes_sent["/"] == len("long ago")
    web.pages["/"] = Page("today", etag='"k2"')
    with fetching.get(web.url(), second.validators) as third:
        assert body(third) == b"today"
        assert third.validators == Validators('"k2"')


def test_validators_of_absurd_length_are_not_kept(web: Web, fetcher: Make) -> None:
    web.pages["/"] = Page("x", etag="e" * 5000)
    with fetcher().get(web.url()) as fetched:
        assert fetched.validators == Validators()


def test_unchanged_is_no_answer_to_a_request_without_validators(web: Web, fetcher: Make) -> None:
    web.pages["/"] = Page(status=304)
    assert failure(fetcher(), web.url()) == "its server's answer is no document (304)"


def test_redirects_are_followed_to_the_end(web: Web, fetcher: Make) -> None:
    web.pages |= {"/old": Page(redirect="/moved", status=301), "/moved": Page(redirect="new?a=b#c", status=308)}
    web.pages["/new?a=b"] = Page("here", etag='"n"')
    with fetcher().get(web.url("/old")) as fetched:
        assert (fetched.url, body(fetched)) == (web.url("/new?a=b"), b"here")
    with fetcher().get(web.url("/old"), fetched.validators) as fetched:
        assert fetched.body is None


def test_five_redirects_are_followed_and_no_more(web: Web, fetcher: Make) -> None:
    web.pages |= {f"/{hop}": Page(redirect=f"/{hop + 1}") for hop in range(6)} | {"/6": Page("the end")}
    with fetcher().get(web.url("/1")) as fetched:
        assert body(fetched) == b"the end"
    assert failure(fetcher(), web.url("/0")) == "it redirects more than 5 times"


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("/", "it redirects in a circle"),
        ("file:///etc/passwd", "only addresses that begin with http:// or https:// can be fetched"),
        ("//reader:secret@news.example/", "its address holds a user name or a password"),
        ("http://[broken", "there is no host"),
        ("http://news.example:99999/", "it is no valid address"),
        ("https:///", "it is no valid address"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_told(web: Web, fetcher: Make, target: str, sentence: str) -> None:
    def resolve(host: str) -> list[str]:
        if host != "127.0.0.1":
            raise OSError
        return [host]

    web.pages["/"] = Page(redirect=target)
    told = failure(fetcher(resolve=resolve), web.url())
    assert sentence in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (202, "its server's answer is no document (202)"),
        (300, "its server's answer is no document (300)"),
        (401, "it asks for a login (401)"),
        (403, "its server refuses it to us (403)"),
        (404, "there is no such page (404)"),
        (410, "it is gone for good (410)"),
        (418, "its server's answer is no document (418)"),
        (451, "it is withheld for legal reasons (451)"),
    ],
)
def test_a_refusal_is_one_sentence_without_what_the_server_wrote_and_is_not_asked_for_again(
    web: Web, fetcher: Make, status: int, sentence: str
) -> None:
    web.pages["/"] = Page("words " * 1000, status=status)
    assert failure(fetcher(), web.url()) == sentence
    assert web.requests["/"] == 1


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://news.example/", "only addresses that begin with http:// or https:// can be fetched"),
        ("news.example/a", "only addresses that begin with http:// or https:// can be fetched"),
        ("http://", "it is no valid address"),
        ("http://news.example:99999/", "it is no valid address"),
        ("http://news.example:port/", "it is no valid address"),
        ("http://a\n.example/", "it is no valid address"),
        ("http://" + "a." * 200 + "example/", "it is no valid address"),
        ("http://reader:secret@news.example/", "its address holds a user name or a password"),
        ("https://news.example@127.0.0.1/", "its address holds a user name or a password"),
    ],
)
def test_an_address_that_cannot_be_asked_for_is_told_without_repeating_it(
    fetcher: Make, url: str, sentence: str
) -> None:
    told = failure(fetcher(), url)
    assert sentence in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("error", "sentence", "lookups"),
    [
        (socket.gaierror(socket.EAI_NONAME, "not known"), "there is no host news.example", 1),
        (UnicodeError("label too long"), "there is no host news.example", 1),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "the name news.example cannot be looked up now", 3),
    ],
)
def test_a_name_that_cannot_be_looked_up_is_told(fetcher: Make, error: Exception, sentence: str, lookups: int) -> None:
    looked_up: list[str] = []

    def resolve(host: str) -> list[str]:
        looked_up.append(host)
        raise error

    assert failure(fetcher(resolve=resolve), "http://news.example/") == sentence
    assert len(looked_up) == lookups


def test_a_name_without_addresses_is_told(fetcher: Make) -> None:
    told = failure(fetcher(resolve=lambda host: []), "http://nowhere.example/")
    assert told == "there is no connection to nowhere.example"


def test_the_user_agent_says_who_asks_and_whom_to_write_to(web: Web, fetcher: Make) -> None:
    web.pages["/"] = "x"
    for contact in ("", "desk@courier.example", "Ünal\r\nX-Evil: 1 (desk)"):
        with fetcher(contact=contact).get(web.url()):
            pass
    agents = [asked.headers["User-Agent"].partition(" ")[2] for asked in web.asked if asked.path == "/"]
    assert agents == [
        "(news research tool)",
        "(news research tool; desk@courier.example)",
        "(news research tool; nalX-Evil: 1 desk)",
    ]
    assert web.asked[0].headers["User-Agent"].startswith("Byline/")


def test_the_environment_names_no_proxy(web: Web, fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    web.pages["/"] = "straight"
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with fetcher().get(web.url(host="news.example")) as fetched:
        assert body(fetched) == b"straight"


def test_no_cookie_is_sent_back(web: Web, fetcher: Make) -> None:
    web.pages["/"] = Page("x", headers={"Set-Cookie": "reader=7"})
    fetching = fetcher()
    for _ in range(2):
        with fetching.get(web.url()):
            pass
    assert all("Cookie" not in asked.headers for asked in web.asked)
