"""Several processes on one corpus: readers see what a writer did, writers take turns, and dying does no harm."""

import json
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from ingest import delete, ingest
from rag import Corpus, Filters, Settings, open_corpus
from rag.adapters.chroma import ChromaIndex
from rag.errors import CorpusBusy
from rag.retrieve import MEANING
from tests.apart import run, running
from tests.conftest import Record
from tests.digest import content_digest, current_ids, lexical_ids, rows, searchable_ids, vector_ids
from tests.fakes import HashEmbedder
from tests.workers import edition_of, numbered

ZEPPELIN: Record = {"url": "https://a.example/zeppelin", "title": "Zeppelin", "text": "A zeppelin landed in Vessen."}


def zeppelins(name: str, n: int) -> list[Record]:
    """No two of one text: equal vectors are a hard case for the index, but not the one that is tested here."""
    return [
        ZEPPELIN | {"url": f"https://{name}.example/{i}", "text": f"A zeppelin landed in {_name(f'{name}{i}')}."}
        for i in range(n)
    ]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, records: Sequence[Record]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        return path

    return write


# Readers


def test_an_open_reader_answers_from_what_another_process_has_just_ingested(
    news: Corpus, file: Callable[..., Path]
) -> None:
    assert news.search("zeppelin")[0].passage.article.url != ZEPPELIN["url"]
    run("ingest", news.folder, file("more.jsonl", [ZEPPELIN]))
    assert news.search("zeppelin")[0].passage.text == ZEPPELIN["text"]
    assert _by_meaning(news, "A zeppelin landed in Vessen") == ZEPPELIN["url"]
    assert news.status().articles == 6


def test_two_open_readers_in_one_process_both_do(news: Corpus, settings: Settings, file: Callable[..., Path]) -> None:
    with open_corpus(settings=settings, embedder=HashEmbedder()) as second:
        for reader in (news, second):
            reader.search("zeppelin")
        run("ingest", news.folder, file("more.jsonl", [ZEPPELIN]))
        for reader in (news, second):
            assert _by_meaning(reader, "A zeppelin landed in Vessen") == ZEPPELIN["url"]


def _by_meaning(news: Corpus, query: str) -> str:
    """The url of the article whose passage the vectors alone rank first."""
    searcher = news.answerer.searcher
    rankings = searcher.retriever.rankings(searcher.embedder().embed_queries([query])[0], (), Filters(), 3)
    return rankings[MEANING][0].passage.article.url


def test_a_reader_in_another_process_sees_new_changed_and_withdrawn_articles(
    news: Corpus, ingest_records: Callable[..., object]
) -> None:
    with running("search", news.folder) as reader:
        assert "zeppelin" not in reader.ask("zeppelin")
        ingest_records(ZEPPELIN)
        assert json.loads(reader.ask("zeppelin"))[0] == [ZEPPELIN["url"], 1, ZEPPELIN["text"]]
        ingest_records(ZEPPELIN | {"text": "No zeppelin landed after all."})
        assert json.loads(reader.ask("zeppelin landed"))[0] == [ZEPPELIN["url"], 2, "No zeppelin landed after all."]
        ingest_records(ZEPPELIN | {"status": "withdrawn"})
        assert "zeppelin" not in reader.ask("zeppelin landed")


def test_a_process_that_reads_and_then_writes_loses_nothing_that_another_one_wrote_meanwhile(
    news: Corpus, file: Callable[..., Path], ingest_records: Callable[..., object]
) -> None:
    news.search("zeppelin")
    run("ingest", news.folder, file("more.jsonl", zeppelins("a", 20)))
    ingest_records(ZEPPELIN)
    assert news.status().articles == 26
    news.close()
    assert searchable_ids(news.folder) == vector_ids(news.folder) == current_ids(news.folder)
    with running("search", news.folder) as reader:
        assert len(json.loads(reader.ask("zeppelin"))) == 10


EDITIONS = 15


def test_a_reader_during_writes_sees_whole_versions_only(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "edition.json"
    path.write_text(json.dumps(edition_of(1)), encoding="utf-8")
    ingest(path, settings=settings, embedder=HashEmbedder())
    seen = set()
    with (
        open_corpus(settings=settings, embedder=HashEmbedder()) as news,
        running("editions", settings.corpus, path, EDITIONS) as writer,
    ):
        while writer.is_running():
            passages = [hit.passage for hit in news.search("harbour report tides cranes cod", k=20)]
            assert len({passage.version for passage in passages}) == 1, "a mixture, or nothing"
            version = passages[0].version
            stored = news.article(str(edition_of(1)["url"]), version).text
            assert stored == edition_of(version)["text"]
            assert all(stored[p.start : p.end] == p.text for p in passages)
            assert _covers(stored, [(p.start, p.end) for p in passages])
            seen.add(version)
        assert writer.printed() == "done\n"
        assert news.search("harbour", k=20)[0].passage.version == EDITIONS
    assert len(seen) > 3


def _covers(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the passages are all there are: laid end to end they are the whole text."""
    end = 0
    for start, stop in sorted(spans):
        if start > end:
            return False
        end = max(end, stop)
    return end == len(text)


def test_an_index_that_another_process_wrote_to_is_read_anew_before_it_is_written(tmp_path: Path) -> None:
    with closing(ChromaIndex(tmp_path)) as reading, closing(ChromaIndex(tmp_path)) as writing:
        reading.add(*numbered(0, 1200))
        reading.search(numbered(0, 1)[1][0], 1)
        run("fill", tmp_path, 1200, 2400)
        writing.refresh()
        writing.add(*numbered(2400, 3600))
    assert _unreachable(tmp_path, 3600) == 0


def test_readers_that_open_the_index_while_a_writer_adds_to_it_neither_fail_nor_harm_it(tmp_path: Path) -> None:
    run("fill", tmp_path, 0, 900)
    with running("reopen", tmp_path) as one, running("reopen", tmp_path) as other:
        run("fill", tmp_path, 900, 3300)
        for reader in (one, other):
            reader.write_line("stop")
            assert reader.printed(seconds=20) == "[]\n"
    assert _unreachable(tmp_path, 3300) == 0


def _unreachable(folder: Path, n: int) -> int:
    """How many of the numbered passages are not the nearest to their own vectors."""
    passages, vectors = numbered(0, n)
    with closing(ChromaIndex(folder)) as index:
        # All at once, without the port: one by one they take ten times as long.
        found = index._collection.query(query_embeddings=vectors, n_results=1, include=[])
    return sum(ids != [passage.id] for passage, ids in zip(passages, found["ids"], strict=True))


# Writers


def test_a_second_writer_is_told_who_holds_the_lock(news: Corpus, ingest_records: Callable[..., object]) -> None:
    with running("hold", news.folder) as holder:
        assert holder.read_line() == "held\n"
        with pytest.raises(CorpusBusy, match=rf"byline ingest, process {holder.pid} on .+, since 20"):
            ingest_records(ZEPPELIN)
        assert news.search("plant")
        holder.write_line("let go")
        assert holder.wait(20) == 0
    ingest_records(ZEPPELIN)
    assert news.status().articles == 6


def test_the_lock_of_a_writer_that_was_killed_is_free(news: Corpus, ingest_records: Callable[..., object]) -> None:
    with running("hold", news.folder) as holder:
        assert holder.read_line() == "held\n"
        holder.kill()
        ingest_records(ZEPPELIN)
    assert news.status().articles == 6


def test_two_writers_at_once_take_turns_and_both_succeed(tmp_path: Path, file: Callable[..., Path]) -> None:
    corpus = tmp_path / "corpus"
    inputs = [file(f"{name}.jsonl", zeppelins(name, 10)) for name in "ab"]
    with running("ingest", corpus, inputs[0]) as one, running("ingest", corpus, inputs[1]) as other:
        said = [process.printed() for process in (one, other)]
    assert sorted(json.loads(line)["epoch"] for line in said) == [1, 2]
    assert len(current_ids(corpus)) == 20
    assert searchable_ids(corpus) == current_ids(corpus) == lexical_ids(corpus, "current")


# Deaths


def report(site: str, number: int, about: str, **fields: object) -> Record:
    """An article of several passages, no two of which have the same words."""
    sentences = [
        f"Report {number} from {site} says {_name(f'{site}{about}{number}.{i}')} of {about}." for i in range(50)
    ]
    url = f"https://{site}.example/{number}"
    return {"url": url, "title": f"Report {number}", "text": " ".join(sentences), "published_at": "2024-01-01"} | fields


def _name(seed: str) -> str:
    """A word of letters that no other seed has."""
    return sha256(seed.encode()).hexdigest()[:12].translate(str.maketrans("0123456789", "ghijklmnop"))


FIRST = [report("a", i, "cod") for i in range(12)]
SECOND = [
    *(report("a", i, "tides", updated_at="2024-02-01") for i in range(5)),
    *(report("b", i, "cranes") for i in range(4)),
    {"url": "https://a.example/9", "status": "withdrawn"},
]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of a corpus that was made of FIRST and then SECOND without being disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    for records in (FIRST, SECOND):
        path = folder / "records.jsonl"
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        run("ingest", folder, path)
    assert vector_ids(folder) == searchable_ids(folder) == lexical_ids(folder, "current") == current_ids(folder)
    return content_digest(folder)


def test_a_writer_killed_again_and_again_at_any_moment_makes_the_same_corpus_in_the_end(
    undisturbed: str, tmp_path: Path, file: Callable[..., Path]
) -> None:
    corpus = tmp_path / "corpus"
    said = run("killed", corpus, file("first.jsonl", FIRST), 1, 3)
    said += run("killed", corpus, file("second.jsonl", SECOND), 2, 3)
    assert content_digest(corpus) == undisturbed, said


def test_a_writer_that_dies_at_any_step_makes_the_same_corpus_the_next_time(
    undisturbed: str, tmp_path: Path, file: Callable[..., Path]
) -> None:
    run("dying", tmp_path / "corpora", file("first.jsonl", FIRST), file("second.jsonl", SECOND))
    corpora = sorted((tmp_path / "corpora").iterdir())
    assert len(corpora) >= 9
    assert {corpus.name: content_digest(corpus) == undisturbed for corpus in corpora} == {
        corpus.name: True for corpus in corpora
    }


def test_what_a_run_had_embedded_when_it_was_killed_is_not_embedded_again(
    tmp_path: Path, file: Callable[..., Path]
) -> None:
    corpus, log, path = tmp_path / "corpus", tmp_path / "log", file("many.jsonl", zeppelins("a", 250))
    with running("killed while embedding", corpus, path, log) as dying:
        assert dying.wait(60) == -signal.SIGKILL
    before = log.read_text(encoding="utf-8").splitlines()
    assert 90 <= len(before) < 250
    assert not rows(corpus, "SELECT * FROM articles")
    run("log", corpus, path, log)
    after = log.read_text(encoding="utf-8").splitlines()
    assert len(after) == len(set(after)) == 250
    assert len(current_ids(corpus)) == 250
    assert rows(corpus, "SELECT * FROM kept_vectors") == []


def test_a_delete_forgets_what_a_killed_run_had_embedded(
    news: Corpus, tmp_path: Path, file: Callable[..., Path]
) -> None:
    path = file("many.jsonl", zeppelins("a", 250))
    with running("killed while embedding", news.folder, path, tmp_path / "log") as dying:
        dying.wait(60)
    assert rows(news.folder, "SELECT * FROM kept_vectors")
    delete(news.articles()[0].id, corpus=news.folder)
    assert rows(news.folder, "SELECT * FROM kept_vectors") == []
