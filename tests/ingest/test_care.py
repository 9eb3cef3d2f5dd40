"""A corpus is backed up and restored, and its space given back, as the commands do it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.care import back_up, check_up, restore
from ingest.write import CorpusWriter
from rag import Corpus, Filters, Settings, open_corpus
from rag.build import open_writing
from rag.errors import StoreError, UsageError
from rag.language.terms import query_terms
from rag.retrieve import WORDS
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


def no_database(content: bytes) -> bytes:
    return b"no database any more " * 1000


def only_a_head(content: bytes) -> bytes:
    return b"SQLite format 3\0" + b"\xff" * 9000


def damaged_inside(content: bytes) -> bytes:
    """But for its first three pages: in them stand the schema and the facts."""
    return content[:12_288] + bytes(reversed(content[12_288:]))


@pytest.mark.parametrize("damage", [no_database, only_a_head, damaged_inside])
def test_a_backup_replaces_a_damaged_database_which_is_kept(
    news: Corpus, settings: Settings, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    file, database = tmp_path / "news.zip", settings.corpus / "byline.sqlite3"
    back_up(file, settings=settings)
    news.close()
    contents = [damage(database.read_bytes()), damage(database.read_bytes()) + bytes(4096)]
    for content in contents:
        database.write_bytes(content)
        restore(file, settings=settings, force=True)
    kept = ["byline.sqlite3.damaged", "byline.sqlite3.damaged.2"]
    assert [(settings.corpus / name).read_bytes() for name in kept] == contents
    assert sorted(path.name for path in settings.corpus.glob("*.damaged*")) == kept
    with open_corpus(settings=settings, embedder=HashEmbedder()) as restored:
        assert "Ilona Petty" in restored.search("comet")[0].passage.text


def test_a_corpus_is_restored_into_the_folder_that_one_is_in(
    news: Corpus, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, folder = tmp_path / "news.zip", tmp_path / "here"
    back_up(file, settings=settings)
    (folder / "below").mkdir(parents=True)
    monkeypatch.chdir(folder / "below")
    restore(file, Path(), settings=settings)
    restore(file, Path(".."), settings=settings, force=True)
    assert (folder / "byline.sqlite3").is_file()
    assert (folder / "below" / "byline.sqlite3").is_file()


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


def test_a_repair_of_a_damaged_database_says_what_it_cannot_mend_and_changes_nothing(
    news: Corpus, settings: Settings
) -> None:
    with closing(sqlite3.connect(settings.corpus / "byline.sqlite3")) as database:
        database.execute("UPDATE passages SET vector = zeroblob(12) WHERE id = (SELECT MIN(id) FROM passages)")
        database.execute("INSERT INTO unsettled SELECT id FROM passages")
        database.commit()
    checkup = check_up(settings=settings, repair=True)
    assert any("no proper vector" in fault.what for fault in checkup.left.faults if not fault.mendable)
    assert checkup.left == checkup.found
    with open_writing(settings=settings, embeds=False) as opened:
        writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
        with pytest.raises(StoreError, match=r"wrong size.*byline doctor"), writer.lock("test"):
            pass


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
        retriever, vector = reader.answerer.searcher.retriever, embedder.embed_queries(["Vessen"])[0]

        def by_words_and_in_the_vectors() -> tuple[int, int]:
            by_words = retriever.rankings(vector, query_terms("Vessen"), Filters(), 10)[WORDS]
            return len(by_words), len(retriever._vectors.search(vector, 10))

        words, vectors = by_words_and_in_the_vectors()
        assert words < 3
        assert vectors == 1
        assert len(reader.search("Vessen")) == len(ARTICLES)  # by meaning all are found, from the database
        assert check_up(settings=settings, repair=True).left.faults == ()
        assert by_words_and_in_the_vectors() == (3, len(ARTICLES))


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
