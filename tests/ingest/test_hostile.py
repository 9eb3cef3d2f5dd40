"""Hostile input: each a clear reject or a clean article, and none takes the machine's memory or its time.

What may take memory is read in a process of its own, whose peak is measured.
"""

import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import IngestReport, ingest
from rag import Corpus, Settings, open_corpus
from tests.apart import run
from tests.fakes import HashEmbedder

MEGABYTE = 1024 * 1024
MOST_MEMORY = 700 * MEGABYTE
"""Of a process that reads hostile input; some 200 MB of it are what it imports."""


def read_apart(*paths: Path, seconds: float = 60, memory: int = MOST_MEMORY) -> tuple[int, list[str]]:
    """Articles taken, and reasons of rejects, by a process of its own, within bounds of memory and time."""
    told = json.loads(run("read", *paths, seconds=seconds))
    assert told["peak"] < memory, f"{told['peak'] / MEGABYTE:.0f} MB"
    return told["taken"], [reason for _, reason in told["rejected"]]


Take = Callable[[str, bytes], IngestReport]


@pytest.fixture
def take(tmp_path: Path, settings: Settings) -> Take:
    """Ingest a file of this name and content."""

    def take_it(name: str, content: bytes) -> IngestReport:
        path = tmp_path / name
        path.write_bytes(content)
        return ingest(path, settings=settings, embedder=HashEmbedder())

    return take_it


@pytest.fixture
def opened(settings: Settings) -> Callable[[], Corpus]:
    return lambda: open_corpus(settings=settings, embedder=HashEmbedder())


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(*members: tuple[str, bytes, bytes]) -> bytes:
    """Members as (name, content, type), links leading to what their content says."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content, kind in members:
            member = tarfile.TarInfo(name)
            member.type = kind
            if kind == tarfile.REGTYPE:
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
            else:
                member.linkname = content.decode()
                archive.addfile(member)
    return packed.getvalue()


TEXT = b"A title\n\nThe text of a harmless article."
ARTICLE = {"url": "https://a.example/1", "title": "Harbour", "text": "The harbour opens on Monday."}


# Bombs


@pytest.mark.parametrize("name", ["bomb.jsonl.gz", "bomb.txt.gz", "bomb.csv.gz", "bomb.json.gz", "bomb.html.gz"])
def test_a_gzip_bomb_is_a_reject(tmp_path: Path, name: str) -> None:
    with gzip.open(tmp_path / name, "wb", compresslevel=1) as file:
        for _ in range(400):
            file.write(b" " * MEGABYTE)
    taken, reasons = read_apart(tmp_path / name)
    assert (taken, len(reasons)) == (0, 1)
    assert "times as large" in reasons[0] or "longer than" in reasons[0] or "no article" in reasons[0]


def test_a_zip_bomb_is_a_reject_and_so_is_one_in_a_zip(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": bytes(300 * MEGABYTE), "b.txt": TEXT})
    (tmp_path / "bomb.zip").write_bytes(bomb)
    (tmp_path / "outer.zip").write_bytes(zipped({"inner.zip": bomb, "c.txt": TEXT}))
    taken, reasons = read_apart(tmp_path / "bomb.zip", tmp_path / "outer.zip")
    assert taken >= 1
    assert reasons
    assert all("times as large" in reason or "longer than" in reason for reason in reasons)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "laughs.xml": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel>&l9;</channel></rss>',
    "outside.xml": '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    '<rss version="2.0"><channel><item><title>&e;</title><link>https://a.example/1</link></item></channel></rss>',
    "fetching.xml": '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % p SYSTEM '
    '"http://127.0.0.1:9/y">%p;]><rss version="2.0"><channel></channel></rss>',
    "deep.xml": '<?xml version="1.0"?><rss version="2.0">' + "<channel>" * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_an_xml_bomb_or_an_attack_by_entities_is_a_reject(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(BOMBS[name])
    taken, reasons = read_apart(tmp_path / name)
    assert (taken, len(reasons)) == (0, 1)
    assert "root:" not in reasons[0]


# Paths and links


@pytest.mark.parametrize("name", ["../../etc/cron.txt", "/etc/cron.txt", "a/../../b.txt", "..\\..\\b.txt", "C:\\b.txt"])
def test_a_path_that_climbs_out_of_an_archive_is_a_reject_and_the_rest_is_read(take: Take, name: str) -> None:
    for archive in (
        ("a.zip", zipped({name: TEXT, "good.txt": TEXT})),
        ("a.tar", tarred((name, TEXT, tarfile.REGTYPE), ("good.txt", TEXT, tarfile.REGTYPE))),
    ):
        report = take(*archive)
        assert report.added == 1
        [reject] = report.rejected
        assert "out of the archive" in reject.reason
        assert reject.record


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_a_link_in_an_archive_is_a_reject(take: Take, kind: bytes) -> None:
    report = take("a.tar", tarred(("passwd.txt", b"/etc/passwd", kind), ("good.txt", TEXT, tarfile.REGTYPE)))
    assert (report.added, len(report.rejected)) == (1, 1)
    assert "link" in report.rejected[0].reason


def test_a_symbolic_link_out_of_a_folder_is_a_reject(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "secret.txt").write_bytes(TEXT)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_bytes(TEXT)
    (folder / "bad.txt").symlink_to(tmp_path / "secret.txt")
    report = ingest(folder, settings=settings, embedder=HashEmbedder())
    assert (report.added, len(report.rejected)) == (1, 1)
    assert "leads out of the folder" in report.rejected[0].reason


# Size


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".txt", ".html", ".xml", ".md", ".newsml"])
def test_a_single_line_of_200_mb_is_a_reject(tmp_path: Path, suffix: str) -> None:
    begins = {".jsonl": b'{"id": "', ".json": b'[{"id": "', ".csv": b"id,text\n1,", ".html": b"<html><body><p>",
              ".xml": b"<rss version='2.0'><channel><title>", ".newsml": b"<newsItem><headline>"}  # fmt: skip
    path = tmp_path / f"long{suffix}"
    with path.open("wb") as file:
        file.write(begins.get(suffix, b""))
        for _ in range(200):
            file.write(b"x" * MEGABYTE)
    taken, reasons = read_apart(path)
    path.unlink()
    assert taken == 0
    assert reasons


def test_20_000_tiny_files_are_20_000_tiny_articles(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / f"{folder}").mkdir()
        for number in range(1000):
            descriptor = os.open(f"{tmp_path}/{folder}/{number}.txt", os.O_CREAT | os.O_WRONLY)
            os.write(descriptor, b"Words.")
            os.close(descriptor)
    assert read_apart(tmp_path, memory=300 * MEGABYTE) == (20_000, [])


# What is in it


def test_nul_bytes_are_taken_out(take: Take, opened: Callable[[], Corpus]) -> None:
    record = ARTICLE | {"text": "The har\0bour opens\0 on Monday.", "title": "Har\0bour"}
    assert take("a.jsonl", json.dumps(record).encode()).added == 1
    with opened() as news:
        version = news.article(ARTICLE["url"])
    assert (version.article.title, version.text) == ("Harbour", "The harbour opens on Monday.")
    assert take("b.txt", b"A title\0\n\nA \0text.").added + take("c.jsonl", b"\0" * 5000).added == 1


def test_broken_and_mixed_encodings_spoil_their_record_alone(take: Take, opened: Callable[[], Corpus]) -> None:
    good = json.dumps(ARTICLE, ensure_ascii=False).encode()
    latin = '{"url": "https://a.example/2", "text": "Café Zürich"}'.encode("latin-1")
    utf8 = '{"url": "https://a.example/3", "text": "Café Zürich, Łódź, Ærø, Ñandú"}'.encode()
    report = take("mixed.jsonl", b"\n".join([good, utf8, latin, utf8.replace(b"/3", b"/4")]))
    assert (report.added, len(report.rejected)) == (3, 1)
    assert (report.rejected[0].record, "bytes that are no utf-8" in report.rejected[0].reason) == ("line 3", True)
    with opened() as news:
        assert news.article("https://a.example/4").text.startswith("Café Zürich, Łódź")
    assert take("latin.csv", "url,text\nhttps://a.example/5,Café à Genève".encode("latin-1")).added == 1


def test_json_that_is_nested_10_000_deep_is_a_reject_and_the_rest_is_read(take: Take) -> None:
    deep = b'{"url": "https://a.example/2", "text": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    for name in ("a.jsonl", "a.json"):
        report = take(name, deep + b"\n" + json.dumps(ARTICLE | {"url": f"https://a.example/{name}"}).encode())
        assert (report.added, len(report.rejected)) == (1, 1)
        assert "deep" in report.rejected[0].reason


def test_csv_with_wrong_quoting_spoils_its_row_alone(take: Take) -> None:
    rows = [
        "url,title,text",
        "https://a.example/1,One,Words.",
        'https://a.example/2,"Two,Words.',
        "https://a.example/3,Three,More.",
    ]
    report = take("a.csv", "\n".join(rows).encode())
    assert (report.added, len(report.rejected)) == (2, 1)


HOSTILE_PAGE = """<!DOCTYPE html><html><head><title>Harbour</title>
<link rel="canonical" href="javascript:alert(1)"><script>document.write("stolen")</script></head>
<body onload="alert(1)"><article><h1>Harbour</h1>
<p onclick="alert(2)">The harbour opens on Monday, <script>alert(3)</script>said the harbour master of Port Ansel.</p>
<p>The \u202efees will rise\u202c by four percent, and the council has agreed to it<img src=x onerror=alert(4)>.</p>
<style>p {display: none}</style><iframe src="https://evil.example/"></iframe>
<p>Residents had asked for a lower fee at three meetings since the winter, but were not heard there.</p>
</article></body></html>"""


def test_a_page_with_scripts_handlers_and_reversed_text_is_a_clean_article(
    take: Take, opened: Callable[[], Corpus], tmp_path: Path
) -> None:
    assert take("page.html", HOSTILE_PAGE.encode()).added == 1
    with opened() as news:
        version = news.article((tmp_path / "page.html").as_uri())
    for trace in ("alert", "stolen", "onclick", "evil", "display", "\u202e", "\u202c", "<"):
        assert trace not in version.text
    assert "The harbour opens on Monday" in version.text
    assert "javascript" not in version.article.url


@pytest.mark.parametrize(
    "date", ["0000-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-99-99", "99999999999999"]
)
def test_an_impossible_date_is_flagged_and_left_unknown(take: Take, opened: Callable[[], Corpus], date: str) -> None:
    report = take("a.jsonl", json.dumps(ARTICLE | {"published_at": date}).encode())
    assert report.added == len(report.notes) == 1
    with opened() as news:
        version = news.article(ARTICLE["url"])
    assert version.article.published_at is None
    [stated] = version.dates
    assert (stated.written, stated.moment, bool(stated.doubt)) == (date, None, True)


@pytest.mark.parametrize("mark", ["[", "![", "*", "`", "<", "> ", "- "])
def test_markdown_that_never_closes_what_it_opens_takes_no_minutes(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.md").write_text(mark * 200_000)
    read_apart(tmp_path / "a.md", seconds=20)


def test_an_empty_file_and_an_empty_archive_are_rejects(take: Take) -> None:
    for name, content in (("a.jsonl", b""), ("a.zip", zipped({})), ("a.html", b""), ("a.xml", b""), ("a.pdf", b"")):
        report = take(name, content)
        assert (report.added, len(report.rejected)) == (0, 1), name
