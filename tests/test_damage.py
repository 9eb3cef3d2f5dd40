"""Damaged files of the derived indexes: readers say so, doctor finds it, and the next writer makes them anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.care import check_up
from ingest.examine import examine
from ingest.write import CorpusWriter
from rag import Settings, open_corpus
from rag.build import open_writing
from rag.errors import StoreError
from tests.fakes import HashEmbedder
from tests.making import new_version

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus so large that Chroma has written its vectors into files of their own."""
    folder = tmp_path_factory.mktemp("whole") / "corpus"
    embedder = HashEmbedder(dimension=8)
    with open_writing(folder, Settings(), embedder=embedder) as opened:
        opened.embedder()
        writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
        with writer.lock("test"):
            writer.write([new_version(f"a{i}", 1, [f"Kite {i} flies.", f"Plant {i} opens."]) for i in range(600)])
    assert list(folder.glob("chroma/*/data_level0.bin"))
    return folder


@pytest.fixture
def corpus(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "corpus")


def flip(path: Path, at: float = 0.5) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 16
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one(pattern: str, do: Damage) -> Damage:
    """Damage to the first file that this pattern names."""
    return lambda corpus: do(min(corpus.glob(pattern)))


DAMAGES: dict[str, Damage] = {
    "a flipped vector": one("chroma/*/data_level0.bin", flip),
    "a cut header of the vectors": one("chroma/*/header.bin", cut),
    "rows of Chroma that are none": one("chroma/chroma.sqlite3", lambda path: path.write_bytes(b"none " * 9000)),
    "rows of Chroma cut in half": one("chroma/chroma.sqlite3", cut),
    "empty rows of Chroma": one("chroma/chroma.sqlite3", lambda path: path.write_bytes(b"")),
    "a flipped store of words": one("lexical/*.store", flip),
    "a flipped seal": one("lexical/seal.json", flip),
}


def search(corpus: Path) -> None:
    with open_corpus(corpus, settings=Settings(), embedder=HashEmbedder(dimension=8)) as news:
        news.search("kite flies")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_told_by_readers_found_by_doctor_and_mended(corpus: Path, damage: Damage) -> None:
    damage(corpus)
    with pytest.raises(StoreError, match="byline doctor --repair"):
        search(corpus)
    checkup = check_up(corpus, settings=Settings(), repair=True)
    assert [fault.mendable for fault in checkup.found.faults] == [True]
    assert checkup.left.faults == ()
    search(corpus)


def test_the_next_writer_makes_damaged_indexes_anew(corpus: Path) -> None:
    for name in ("a flipped vector", "a flipped store of words"):
        DAMAGES[name](corpus)
    with (
        open_writing(corpus, Settings(), embedder=HashEmbedder(dimension=8)) as opened,
        CorpusWriter(opened.store, opened.vectors, opened.lexical).lock("test"),
    ):
        assert examine(opened.store, opened.vectors, opened.lexical).faults == ()


def test_vectors_that_are_mostly_waste_are_made_anew_by_the_next_writer(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.write._TOLERATED_WASTE", 500)
    with open_writing(corpus, Settings(), embedder=HashEmbedder(dimension=8)) as opened:
        writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
        with writer.lock("test"):
            writer.write([new_version(f"a{i}", 2, [f"New {i}."]) for i in range(600)])
        assert opened.vectors.waste() > 600
        with writer.lock("test"):
            assert opened.vectors.waste() == 0
            assert examine(opened.store, opened.vectors, opened.lexical).faults == ()
