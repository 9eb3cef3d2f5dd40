"""A corpus is backed up and restored, and its space given back, as the commands do it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.care import back_up, check_up, restore
from rag import Corpus, Settings, open_corpus
from rag.build import open_writing
from rag.errors import StoreError, UsageError
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder


def test_a_restored_corpus_answers_without_embedding(
    news: Corpus, settings: Settings, embedder: HashEmbedder, tmp_path: Path
) -> None:
    file, folder = tmp_path / "news.zip", tmp_path / "restored"
    back_up(file, settings=settings)
    embedded = len(embedder.embedded)
    assert restore(file, folder, settings=settings).articles == len(ARTICLES)
    assert len(embedder.embedded) == embedded
    assert check_up(folder, settings=settings).left.faults == ()
    with open_corpus(folder, settings=settings, embedder=embedder) as restored:
        assert restored.search("comet")[0].passage.text == news.search("comet")[0].passage.text


def test_a_reader_that_is_open_goes_on_with_the_corpus_that_was_restored_over_its_own(
    news: Corpus, settings: Settings, ingest_records: Callable[..., object], tmp_path: Path
) -> None:
    file = tmp_path / "news.zip"
    back_up(file, settings=settings)
    ingest_records(ARTICLES[3] | {"text": "The comet was lost."})
    assert "lost" in news.search("comet")[0].passage.text
    restore(file, settings=settings, force=True)
    assert "Ilona Petty" in news.search("comet")[0].passage.text


@pytest.mark.parametrize("content", [b"no database any more " * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_backup_replaces_what_is_no_longer_a_database(
    news: Corpus, settings: Settings, tmp_path: Path, content: bytes
) -> None:
    file, database = tmp_path / "news.zip", settings.corpus / "byline.sqlite3"
    back_up(file, settings=settings)
    news.close()
    database.write_bytes(content)
    restore(file, settings=settings, force=True)
    assert (settings.corpus / "byline.sqlite3.damaged").read_bytes() == content
    with open_corpus(settings=settings, embedder=HashEmbedder()) as restored:
        assert "Ilona Petty" in restored.search("comet")[0].passage.text


def test_nothing_is_replaced_without_consent(news: Corpus, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "news.zip"
    file.write_bytes(b"other")
    with pytest.raises(UsageError, match="--force"):
        back_up(file, settings=settings)
    with pytest.raises(UsageError, match="--force"):
        restore(file, settings=settings)
    with pytest.raises(UsageError, match="no backup"):
        restore(tmp_path / "none.zip", settings=settings)
    assert file.read_bytes() == b"other"


def test_a_damaged_backup_leaves_the_corpus_as_it_was(news: Corpus, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "news.zip"
    back_up(file, settings=settings)
    file.write_bytes(file.read_bytes()[:-500])
    with pytest.raises(StoreError, match="damaged"):
        restore(file, settings=settings, force=True)
    assert news.search("comet")
    assert not (tmp_path / "other").exists()


def test_a_reader_that_is_open_sees_what_a_repair_has_mended(
    ingest_records: Callable[..., object], settings: Settings, embedder: HashEmbedder
) -> None:
    ingest_records(*ARTICLES)
    with open_writing(settings=settings, embeds=False) as opened:
        ids = opened.store.passage_ids()
        opened.vectors.remove(ids[:4])
        opened.lexical.remove(ids[:4])
        opened.lexical.commit()
    with open_corpus(settings=settings, embedder=embedder) as reader:
        assert len(reader.search("Vessen")) == 1
        assert check_up(settings=settings, repair=True).left.faults == ()
        assert len(reader.search("Vessen")) == len(ARTICLES)


def test_compacting_gives_space_back_and_loses_nothing(
    news: Corpus, settings: Settings, ingest_records: Callable[..., object]
) -> None:
    found = [hit.passage.id for hit in news.search("Vessen plant")]
    checkup = check_up(settings=settings, compact=True)
    assert checkup.compacted
    before, after = checkup.compacted
    assert after <= before
    assert [hit.passage.id for hit in news.search("Vessen plant")] == found
    assert check_up(settings=settings).left.faults == ()
