"""Full and read-only disks: a clear error, nothing lost, and the same command finishes when there is room again."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import ingest
from ingest.care import back_up, check_up
from rag import Settings, open_corpus
from rag.errors import StoreError
from tests.conftest import ARTICLES, Record
from tests.fakes import HashEmbedder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def articles(tmp_path: Path) -> Callable[..., Path]:
    def write(*records: Record) -> Path:
        path = tmp_path / "articles.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        return path

    return write


def put(path: Path, corpus: Path) -> int:
    report = ingest(path, settings=Settings(corpus=corpus), embedder=HashEmbedder())
    return report.added + report.unchanged


def ask(corpus: Path) -> str:
    with open_corpus(settings=Settings(corpus=corpus), embedder=HashEmbedder()) as news:
        return news.search("comet")[0].passage.text


def fill(disk: Path, left: int) -> Path:
    """Fill a disk up to so many bytes."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(max(0, shutil.disk_usage(disk).free - left)))
    return filler


def test_an_ingest_onto_a_full_disk_says_so_and_is_finished_when_there_is_room(
    disk: Path, articles: Callable[..., Path]
) -> None:
    corpus = disk / "corpus"
    put(articles(*ARTICLES), corpus)
    filler = fill(disk, 200_000)
    more = articles(*ARTICLES, *(ARTICLES[4] | {"url": f"https://a.example/{i}", "text": LONG} for i in range(30)))
    with pytest.raises(StoreError, match=r"(?i)disk|space|full"):
        put(more, corpus)
    filler.unlink()
    assert "Ilona Petty" in ask(corpus)
    assert put(more, corpus) == len(ARTICLES) + 30
    assert check_up(settings=Settings(corpus=corpus)).left.faults == ()


LONG = " ".join(f"The baker number {i} of Northfield has closed the shop, and told nobody why." for i in range(60))


def test_a_repair_and_a_backup_on_a_full_disk_leave_all_as_it_was(disk: Path, articles: Callable[..., Path]) -> None:
    corpus = disk / "corpus"
    put(articles(*ARTICLES), corpus)
    (corpus / "chroma" / "chroma.sqlite3").write_bytes(b"damaged")
    filler = fill(disk, 60_000)
    with pytest.raises(StoreError):
        check_up(settings=Settings(corpus=corpus), repair=True)
    with pytest.raises(StoreError, match=r"(?i)disk|space|full"):
        back_up(disk / "news.zip", settings=Settings(corpus=corpus))
    assert sorted(path.name for path in disk.iterdir()) == ["corpus", "filler"]
    filler.unlink()
    assert check_up(settings=Settings(corpus=corpus), repair=True).left.faults == ()
    assert "Ilona Petty" in ask(corpus)


def test_a_corpus_on_a_read_only_disk_is_read_and_a_writer_is_told(disk: Path, articles: Callable[..., Path]) -> None:
    corpus, path = disk / "corpus", articles(*ARTICLES)
    put(path, corpus)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert "Ilona Petty" in ask(corpus)
    with pytest.raises(StoreError, match=r"(?i)read-only|writ"):
        put(path, corpus)
    with pytest.raises(StoreError, match=r"(?i)read-only|writ"):
        check_up(settings=Settings(corpus=corpus))
