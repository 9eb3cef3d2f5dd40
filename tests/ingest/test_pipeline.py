"""What an ingest does to a corpus and says of it, with the real stores and no model."""

import json
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest

import ingest.pipeline
from ingest import IngestReport, Progress, delete
from ingest import ingest as ingest_into
from ingest.embed import header
from ingest.parse import Parsed, parse
from ingest.write import CorpusWriter
from rag import Corpus, Filters, Settings, open_corpus
from rag.adapters.chroma import ChromaIndex
from rag.adapters.connection import DATABASE
from rag.errors import StoreError
from rag.records import NewVersion, Vectors
from tests.conftest import ARTICLES, Record
from tests.digest import content_digest, current_ids, lexical_ids, rows, searchable_ids, vector_ids
from tests.fakes import HashEmbedder

IngestRecords = Callable[..., IngestReport]
LEDGER = ARTICLES[0]
CHANGED = LEDGER | {"updated_at": "2024-03-05T09:00:00+01:00", "text": "The plant will open in September."}
WITHDRAWN = {"url": LEDGER["url"], "status": "withdrawn"}


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return (report.added, report.changed, report.unchanged, report.withdrawn, len(report.rejected))


def data_version(connection: sqlite3.Connection) -> int:
    """Changes whenever another connection has written anything."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def found(news: Corpus, query: str, filters: Filters = Filters()) -> list[tuple[str, int]]:
    ranking = news.search(query, filters=filters)
    return [(hit.passage.text, hit.passage.version) for hit in ranking if hit.passage.article.url == LEDGER["url"]]


def test_new_articles_are_added(ingest_records: IngestRecords, embedder: HashEmbedder, settings: Settings) -> None:
    report = ingest_records(*ARTICLES)
    assert counts(report) == (5, 0, 0, 0, 0)
    assert report.passages == report.embedded == len(embedder.embedded) == 5
    assert report.epoch == 1
    assert report.seconds > 0
    assert vector_ids(settings.corpus) == searchable_ids(settings.corpus) == current_ids(settings.corpus)
    assert lexical_ids(settings.corpus, "current") == current_ids(settings.corpus)


def test_the_same_input_again_embeds_and_writes_nothing(
    ingest_records: IngestRecords, embedder: HashEmbedder, settings: Settings
) -> None:
    records = (*ARTICLES, {"url": "https://a.example/gone", "status": "withdrawn"})
    first = ingest_records(*records)
    embedded, files = len(embedder.embedded), _files(settings.corpus)
    with closing(sqlite3.connect(settings.corpus / DATABASE)) as watching:
        before = data_version(watching)
        second = ingest_records(*records)
        assert data_version(watching) == before
    assert counts(second) == (0, 0, 6, 0, 0)
    assert second.epoch == first.epoch
    assert len(embedder.embedded) == embedded
    assert _files(settings.corpus) == files


def test_an_address_that_is_learned_of_an_unchanged_article_leads_to_it(
    ingest_records: IngestRecords, news: Corpus
) -> None:
    assert counts(ingest_records(LEDGER | {"id": "7"})) == (0, 0, 1, 0, 0)
    assert news.article("7").article.url == LEDGER["url"]
    ingest_records({"id": "7", "status": "withdrawn"})
    assert found(news, "Kite Motors plant") == []


def test_no_database_log_or_index_of_a_corpus_holds_a_word_of_a_deleted_article(
    ingest_records: IngestRecords, settings: Settings
) -> None:
    words = ("xylophagous", "quokkaville", "Zanzibarian")
    url = "https://quokkaville.example/1"
    secret = {"url": url, "title": "Zanzibarian", "text": "A xylophagous beetle was seen in Quokkaville."}
    ingest_records(secret, *ARTICLES)
    ingest_records(secret | {"text": "Two xylophagous beetles were seen in Quokkaville.", "note": "correction"})
    assert _holding(settings.corpus, words)
    assert delete(url, settings=settings) == 1
    assert _holding(settings.corpus, words) == []
    assert len(vector_ids(settings.corpus)) == len(ARTICLES)
    assert searchable_ids(settings.corpus) == current_ids(settings.corpus) == lexical_ids(settings.corpus, "current")


def test_what_a_stopped_delete_left_in_the_files_is_gone_after_the_next_ingest(
    ingest_records: IngestRecords, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = {"url": "https://a.example/1", "title": "A beetle", "text": "A xylophagous beetle was seen."}
    ingest_records(secret, *ARTICLES)

    def stopped(index: ChromaIndex, ids: Sequence[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ChromaIndex, "erase", stopped)
    with pytest.raises(KeyboardInterrupt):
        delete(secret["url"], settings=settings)
    monkeypatch.undo()
    assert _holding(settings.corpus, ["xylophagous"])
    assert counts(ingest_records(*ARTICLES)) == (0, 0, 5, 0, 0)
    assert _holding(settings.corpus, ["xylophagous"]) == []


def _holding(folder: Path, words: Sequence[str]) -> list[Path]:
    """The files in which one of the words stands.

    But for Chroma's files of numbers (.bin): beside its vectors it writes there whatever lies in unused memory.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".bin"]
    return [path for path in files if any(word.lower().encode() in path.read_bytes().lower() for word in words)]


def _files(folder: Path) -> dict[str, bytes]:
    """The files of the derived indexes."""
    return {
        str(path): path.read_bytes()
        for name in ("chroma", "lexical")
        for path in (folder / name).rglob("*")
        if path.is_file()
    }


def test_nothing_new_loads_no_model(ingest_records: IngestRecords, settings: Settings, tmp_path: Path) -> None:
    ingest_records(*ARTICLES)
    told: list[Progress] = []
    ingest_into(tmp_path / "records.jsonl", settings=settings, progress=told.append)
    assert "loading the model" not in {progress.stage for progress in told}


def test_a_changed_article_becomes_a_new_version_and_the_old_one_stays_readable(
    ingest_records: IngestRecords, news: Corpus, embedder: HashEmbedder
) -> None:
    del embedder.embedded[:]
    report = ingest_records(CHANGED, *ARTICLES[1:])
    assert counts(report) == (0, 1, 4, 0, 0)
    assert len(embedder.embedded) == 1
    assert [version.text for version in news.versions(str(LEDGER["url"]))] == [LEDGER["text"], CHANGED["text"]]
    assert found(news, "Kite Motors plant 14 June Lena Marsh") == [(CHANGED["text"], 2)]


@pytest.mark.parametrize(
    "field", [{"title": "Another"}, {"source": "Other"}, {"authors": ["Bo Lind"]}, {"category": "x"},
              {"language": "en"}, {"published_at": "2024-03-03"}],
    ids=lambda field: next(iter(field)),
)  # fmt: skip
def test_whatever_is_stated_of_an_article_makes_a_new_version_when_it_changes(
    ingest_records: IngestRecords, field: Record
) -> None:
    ingest_records(LEDGER)
    assert counts(ingest_records(LEDGER | field)) == (0, 1, 0, 0, 0)


def test_two_versions_of_an_article_in_one_input_are_two_steps(
    ingest_records: IngestRecords, settings: Settings
) -> None:
    assert counts(ingest_records(LEDGER, ARTICLES[1], CHANGED)) == (2, 1, 0, 0, 0)
    with open_corpus(settings=settings, embedder=HashEmbedder()) as news:
        assert [version.text for version in news.versions(str(LEDGER["url"]))] == [LEDGER["text"], CHANGED["text"]]
        assert found(news, "plant") == [(CHANGED["text"], 2)]
    assert counts(ingest_records(LEDGER, ARTICLES[1], CHANGED)) == (0, 0, 3, 0, 0)


def test_an_article_that_stands_twice_in_one_input_is_added_once(ingest_records: IngestRecords) -> None:
    assert counts(ingest_records(LEDGER, LEDGER)) == (1, 0, 1, 0, 0)


def test_a_withdrawn_article_is_found_no_more_and_stays_readable(ingest_records: IngestRecords, news: Corpus) -> None:
    report = ingest_records(WITHDRAWN)
    assert counts(report) == (0, 0, 0, 1, 0)
    assert found(news, "Kite Motors plant") == []
    assert news.article(str(LEDGER["url"])).text == LEDGER["text"]
    assert news.status().withdrawn == 1


def test_what_was_withdrawn_does_not_come_back_with_the_same_text_but_with_a_new_one(
    ingest_records: IngestRecords, news: Corpus
) -> None:
    ingest_records(WITHDRAWN)
    assert counts(ingest_records(LEDGER)) == (0, 0, 1, 0, 0)
    assert found(news, "Kite Motors plant") == []
    assert counts(ingest_records(CHANGED)) == (0, 1, 0, 0, 0)
    assert found(news, "Kite Motors plant") == [(CHANGED["text"], 2)]


@pytest.mark.parametrize(
    "records",
    [(WITHDRAWN, LEDGER), (LEDGER, WITHDRAWN), (LEDGER, WITHDRAWN, CHANGED), (LEDGER, CHANGED, WITHDRAWN),
     (LEDGER, WITHDRAWN, CHANGED, WITHDRAWN)],
    ids=["then the article", "the article before", "then back", "changed before", "then back and gone again"],
)  # fmt: skip
def test_an_input_that_withdraws_changes_nothing_the_second_time(
    ingest_records: IngestRecords, settings: Settings, records: Sequence[Record]
) -> None:
    first = ingest_records(*records)
    digest = content_digest(settings.corpus)
    with closing(sqlite3.connect(settings.corpus / DATABASE)) as watching:
        before = data_version(watching)
        second = ingest_records(*records)
        assert data_version(watching) == before
    assert second.epoch == first.epoch
    assert counts(second) == (0, 0, len(records), 0, 0)
    assert content_digest(settings.corpus) == digest


def test_a_bad_item_is_a_line_of_the_report_and_not_the_end(ingest_records: IngestRecords) -> None:
    report = ingest_records(LEDGER, {"title": "Nothing else"}, {"url": "https://a.example/2"}, ARTICLES[1])
    assert counts(report) == (2, 0, 0, 0, 2)
    assert [reject.reason for reject in report.rejected] == ["it has neither url nor id", "it has no text"]
    assert all("line" in reject.item for reject in report.rejected)


def test_a_date_that_is_none_is_noted_and_left_unknown(ingest_records: IngestRecords, settings: Settings) -> None:
    report = ingest_records(LEDGER | {"published_at": "some day"})
    assert report.added == 1
    [note] = report.notes
    assert note.endswith("line 1: published 'some day' (field published_at) is no date that can be read; left unknown")


def test_a_deleted_article_leaves_nothing_anywhere(ingest_records: IngestRecords, settings: Settings) -> None:
    ingest_records(LEDGER, *ARTICLES[1:])
    ingest_records(CHANGED)
    gone = {
        str(i)
        for (i,) in rows(
            settings.corpus,
            "SELECT p.id FROM passages p JOIN versions v ON v.key = p.version_key "
            f"WHERE v.article_id = '{LEDGER['url']}'",
        )
    }
    assert len(gone) == 2
    assert delete(str(LEDGER["url"]), settings=settings) == 1
    for table, column in (
        ("articles", "id"),
        ("versions", "article_id"),
        ("passages", "id"),
        ("unsettled", "passage_id"),
    ):
        left = {value for (value,) in rows(settings.corpus, f"SELECT {column} FROM {table}")}
        assert not left & (gone | {LEDGER["url"]}), table
    assert not gone & vector_ids(settings.corpus)
    assert not gone & (lexical_ids(settings.corpus, "current") | lexical_ids(settings.corpus, "superseded"))
    assert all("Kite Motors will" not in str(row) for row in rows(settings.corpus, "SELECT * FROM texts"))


def test_a_deleted_article_can_be_ingested_again(ingest_records: IngestRecords, settings: Settings) -> None:
    ingest_records(*ARTICLES)
    digest = content_digest(settings.corpus)
    delete(str(LEDGER["url"]), settings=settings)
    assert counts(ingest_records(*ARTICLES)) == (1, 0, 4, 0, 0)
    assert content_digest(settings.corpus) == digest


def test_the_sizes_of_batches_do_not_change_what_is_made(
    ingest_records: IngestRecords, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [*ARTICLES, CHANGED, WITHDRAWN]
    ingest_records(*records)
    monkeypatch.setattr(ingest.pipeline, "BATCH_PASSAGES", 1)
    other = replace(settings, corpus=tmp_path / "other")
    ingest_into(tmp_path / "records.jsonl", settings=other, embedder=HashEmbedder())
    assert content_digest(other.corpus) == content_digest(settings.corpus)


class Prompted(HashEmbedder):
    """Puts a prompt before each passage, as some models want, and counts what it then reads."""

    def __init__(self) -> None:
        super().__init__()
        self.info = replace(self.info, passage_prompt="Represent this passage of a news article for retrieval: ")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return super().embed_passages([self.info.passage_prompt + text for text in texts])


@pytest.mark.parametrize("embedder", [HashEmbedder(), Prompted()], ids=["plain", "with a prompt"])
def test_a_passage_with_all_that_is_put_before_it_fits_what_the_model_reads(
    settings: Settings, tmp_path: Path, embedder: HashEmbedder
) -> None:
    text = " ".join(f"Sentence number {i} speaks of cranes, cod and tides." for i in range(200))
    path = tmp_path / "long.json"
    path.write_text(json.dumps(LEDGER | {"text": text}), encoding="utf-8")
    settings = replace(settings, passage_prompt=embedder.info.passage_prompt)
    ingest_into(path, settings=settings, embedder=embedder)
    assert len(embedder.embedded) > 5
    assert max(embedder.count_tokens(embedder.embedded)) <= embedder.max_tokens


@pytest.mark.parametrize("words", [245, 400], ids=["leaves a few tokens", "leaves no token"])
def test_a_title_that_fills_what_the_model_reads_does_not_crumble_the_article(
    ingest_records: IngestRecords, words: int
) -> None:
    text = " ".join(f"Sentence number {i} speaks of cranes, cod and tides." for i in range(40))  # some 440 tokens
    report = ingest_records(LEDGER | {"title": "word " * words, "text": text})
    assert report.passages <= 10


def test_the_passages_of_an_article_are_its_text_with_their_offsets(
    ingest_records: IngestRecords, settings: Settings
) -> None:
    text = " ".join(f"Sentence number {i} speaks of “cranes” 🏗, cod and tides." for i in range(100))
    ingest_records(LEDGER | {"text": text})
    with open_corpus(settings=settings, embedder=HashEmbedder()) as news:
        passages = [hit.passage for hit in news.search("cranes cod tides sentence", k=100)]
        stored = news.article(str(LEDGER["url"])).text
    assert len(passages) > 3
    assert all(stored[passage.start : passage.end] == passage.text for passage in passages)
    covered = sorted((passage.start, passage.end) for passage in passages)
    assert covered[0][0] == 0
    assert covered[-1][1] == len(stored)
    assert all(later[0] <= before[1] for before, later in pairwise(covered))


def test_each_passage_is_embedded_under_the_header_of_its_article(
    ingest_records: IngestRecords, embedder: HashEmbedder, settings: Settings
) -> None:
    ingest_records(LEDGER)
    with open_corpus(settings=settings, embedder=HashEmbedder()) as news:
        version = news.article(str(LEDGER["url"]))
    assert embedder.embedded == [header(version.article) + version.text]


def test_a_run_that_changed_something_is_in_the_ledger_and_one_that_did_not_is_not(
    ingest_records: IngestRecords, settings: Settings
) -> None:
    ingest_records(*ARTICLES)
    ingest_records(*ARTICLES)
    ((report,),) = rows(settings.corpus, "SELECT report FROM runs")
    assert json.loads(str(report))["added"] == 5


def test_progress_is_told_and_ends_with_all_of_the_input(
    ingest_records: IngestRecords, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.pipeline, "BATCH_PASSAGES", 2)
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, [*ARTICLES, {"title": "bad"}, CHANGED])), encoding="utf-8")
    told: list[Progress] = []
    ingest_into(path, settings=settings, embedder=HashEmbedder(), progress=told.append)
    fractions = [progress.fraction for progress in told]
    assert fractions == sorted(fractions)
    assert 0.0 <= fractions[0] <= fractions[-1] <= 1.0
    assert fractions[-1] > 0.9
    assert {"loading the model", "reading", "embedding", "writing"} <= {progress.stage for progress in told}
    assert (told[-1].articles, told[-1].passages, told[-1].rejected) == (6, 6, 1)


class Watched(HashEmbedder):
    """Tells what is stored, and how much has been read, while it embeds."""

    def __init__(self, look: Callable[[], int]) -> None:
        super().__init__()
        self._look = look
        self.seen: list[int] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.seen.append(self._look())
        return super().embed_passages(texts)


def test_while_a_batch_is_embedded_those_behind_it_are_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.pipeline, "BATCH_PASSAGES", 1)
    read, both_read = 0, threading.Event()

    def counted(*arguments: Any) -> Parsed:
        nonlocal read
        read += 1
        if read == 2:
            both_read.set()
        return parse(*arguments)

    monkeypatch.setattr(ingest.pipeline, "parse", counted)
    embedder = Watched(lambda: both_read.wait(20))
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    assert ingest_into(path, settings=settings, embedder=embedder).added == 5
    assert embedder.seen[0]


def test_while_a_batch_is_written_the_next_one_is_embedded(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest.pipeline, "BATCH_PASSAGES", 1)
    embedder, second_begun, waited = HashEmbedder(), threading.Event(), list[bool]()
    embed = embedder.embed_passages

    def noted(texts: Sequence[str]) -> Vectors:
        if embedder.embedded:
            second_begun.set()
        return embed(texts)

    def write(self: CorpusWriter, versions: Sequence[NewVersion], arithmetic: Mapping[str, int] | None) -> None:
        waited.append(second_begun.wait(20))
        original(self, versions, arithmetic)

    original = CorpusWriter.write
    monkeypatch.setattr(embedder, "embed_passages", noted)
    monkeypatch.setattr(CorpusWriter, "write", write)
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    assert ingest_into(path, settings=settings, embedder=embedder).added == 5
    assert waited[0]


@pytest.mark.parametrize("place", ["parse", "decide", "embed"])
def test_an_error_of_any_stage_ends_the_run_and_what_is_written_before_it_is_whole(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(ingest.pipeline, "BATCH_PASSAGES", 1)
    original, calls = getattr(ingest.pipeline, place), count()

    def failing(*arguments: Any) -> Any:
        if next(calls) == 3:
            raise MemoryError
        return original(*arguments)

    monkeypatch.setattr(ingest.pipeline, place, failing)
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with pytest.raises(MemoryError):
        ingest_into(path, settings=settings, embedder=HashEmbedder())
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("byline-ingest")] == []
    monkeypatch.undo()
    report = ingest_into(path, settings=settings, embedder=HashEmbedder())
    assert report.added + report.unchanged == 5
    assert searchable_ids(settings.corpus) == current_ids(settings.corpus)


def test_an_error_while_writing_ends_the_run_and_nothing_is_embedded_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(self: CorpusWriter, *arguments: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(CorpusWriter, "write", failing)
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with pytest.raises(StoreError):
        ingest_into(path, settings=settings, embedder=HashEmbedder())
    monkeypatch.undo()
    assert counts_of(ingest_into(path, settings=settings, embedder=HashEmbedder())) == (5, 5, 0)
    assert rows(settings.corpus, "SELECT * FROM kept_vectors") == []


def counts_of(report: IngestReport) -> tuple[int, int, int]:
    return report.added, report.passages, report.embedded


def test_a_run_that_is_to_end_does_so_in_the_midst_of_a_batch_and_what_it_embedded_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "many.jsonl"
    records = [{"url": f"https://a.example/{n}", "title": f"Report {n}", "text": f"Words {n}."} for n in range(300)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    first, second = HashEmbedder(), HashEmbedder()
    stopped = ingest_into(path, settings=settings, embedder=first, stopped=lambda: len(first.embedded) >= 32)
    assert (stopped.stopped, stopped.added) == (True, 0)
    assert 32 <= len(first.embedded) < 300
    assert ingest_into(path, settings=settings, embedder=second).added == 300
    assert len(first.embedded) + len(second.embedded) == 300


def test_items_by_which_one_stored_article_goes_under_different_addresses_are_two_steps(
    ingest_records: IngestRecords, news: Corpus
) -> None:
    ingest_records(LEDGER | {"id": "7"})  # the article goes by both from now on
    by_id = {key: value for key, value in LEDGER.items() if key != "url"} | {"id": "7", "text": "By its id."}
    assert counts(ingest_records(CHANGED, by_id)) == (0, 2, 0, 0, 0)
    assert [version.number for version in news.versions("7")] == [1, 2, 3]
