import json
from pathlib import Path

import pytest

from ingest import delete, ingest, reinstate, withdraw
from rag import Settings, open_corpus
from rag.build import open_writing
from rag.errors import ArticleNotFound, CorpusBusy, CorpusNotFound, UsageError
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    return path


def urls(corpus: Path) -> list[str]:
    with open_corpus(corpus, embedder=HashEmbedder()) as news:
        return [article.url for article in news.articles()]


def test_files_folders_and_globs_go_into_the_folder_that_is_named(file: Path, tmp_path: Path) -> None:
    inputs: list[str | Path] = [file, str(file), tmp_path, str(tmp_path / "*.jsonl")]
    for number, given in enumerate(inputs):
        into = tmp_path.parent / f"{tmp_path.name}-{number}"
        assert ingest(given, into=into, embedder=HashEmbedder()).added == 5
        assert len(urls(into)) == 5


def test_the_folder_that_is_named_counts_more_than_that_of_the_settings(file: Path, tmp_path: Path) -> None:
    ingest(file, into=tmp_path / "named", settings=Settings(corpus=tmp_path / "set"), embedder=HashEmbedder())
    assert (tmp_path / "named").exists()
    assert not (tmp_path / "set").exists()


def test_an_input_that_names_nothing_is_bad_use(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl"):
        ingest(tmp_path / "nowhere.jsonl", settings=settings, embedder=HashEmbedder())


def test_a_rehearsal_says_what_would_be_and_writes_nothing(file: Path, settings: Settings) -> None:
    loud = HashEmbedder()
    before = ingest(file, settings=settings, embedder=loud, dry_run=True)
    assert (before.dry_run, before.added, before.embedded, before.epoch) == (True, len(ARTICLES), 0, 0)
    assert not settings.corpus.exists()
    ingest(file, settings=settings, embedder=loud)
    changed = file.with_name("changed.jsonl")
    records = [
        ARTICLES[0] | {"text": "Another text."},
        ARTICLES[0] | {"text": "Another text."},
        {"url": ARTICLES[1]["url"], "status": "withdrawn"},
        {"url": "https://a.example/new", "title": "New", "text": "Words."},
        {"title": "No id"},
        ARTICLES[2],
    ]
    changed.write_text("\n".join(map(json.dumps, records)))
    report = ingest(changed, settings=settings, dry_run=True)
    assert [planned.action for planned in report.planned] == ["changed", "unchanged", "withdrawn", "added", "unchanged"]
    assert report.planned[0].item == f"{changed}, line 1"
    assert (report.changed, report.unchanged, report.withdrawn, report.added, len(report.rejected)) == (1, 2, 1, 1, 1)
    real = ingest(changed, settings=settings, embedder=loud)
    assert (real.changed, real.unchanged, real.withdrawn, real.added, len(real.rejected)) == (1, 2, 1, 1, 1)


def test_a_run_that_is_stopped_keeps_what_it_has_written_and_the_next_goes_on(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pipeline.BATCH_PASSAGES", 5)
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps({"url": f"https://a.example/{n}", "text": f"Words {n}."}) for n in range(20)))
    stages: list[str] = []

    def stopped() -> bool:
        return stages.count("writing") >= 2  # it is told before a batch is written and after it

    first = ingest(
        path,
        settings=settings,
        embedder=HashEmbedder(),
        progress=lambda progress: stages.append(progress.stage),
        stopped=stopped,
    )
    assert first.stopped
    assert 0 < first.passages == first.added < 20
    second = ingest(path, settings=settings, embedder=HashEmbedder())
    assert (second.stopped, second.unchanged, second.added) == (False, first.passages, 20 - first.passages)


def test_what_a_person_withdraws_stays_out_until_it_is_put_back(file: Path, settings: Settings) -> None:
    ingest(file, settings=settings, embedder=HashEmbedder())
    url = str(ARTICLES[0]["url"])
    assert (withdraw(url, settings=settings), withdraw(url, settings=settings)) == (1, 0)
    ingest(file, settings=settings, embedder=HashEmbedder())
    with open_corpus(settings=settings, embedder=HashEmbedder()) as news:
        assert url not in {hit.passage.article.id for hit in news.search("Kite battery plant")}
        assert (reinstate(url, settings=settings), reinstate(url, settings=settings)) == (1, 0)
        assert url in {hit.passage.article.id for hit in news.search("Kite battery plant")}
    with pytest.raises(ArticleNotFound):
        withdraw("nobody", settings=settings)


def test_articles_are_deleted_by_id_and_by_url(file: Path, settings: Settings) -> None:
    ingest(file, settings=settings, embedder=HashEmbedder())
    assert delete(str(ARTICLES[0]["url"]), str(ARTICLES[1]["url"]), settings=settings) == 2
    assert len(urls(settings.corpus)) == 3


def test_an_article_that_is_named_twice_is_deleted_once(file: Path, settings: Settings) -> None:
    ingest(file, settings=settings, embedder=HashEmbedder())
    assert delete(*[str(ARTICLES[0]["url"])] * 2, settings=settings) == 1


def test_nothing_is_deleted_when_one_of_the_articles_is_not_there(file: Path, settings: Settings) -> None:
    ingest(file, settings=settings, embedder=HashEmbedder())
    with pytest.raises(ArticleNotFound, match="nobody"):
        delete(str(ARTICLES[0]["url"]), "nobody", settings=settings)
    assert len(urls(settings.corpus)) == 5


def test_deleting_makes_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFound):
        delete("a", corpus=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_while_another_writes_neither_ingest_nor_delete_does(file: Path, settings: Settings) -> None:
    ingest(file, settings=settings, embedder=HashEmbedder())
    with open_writing(settings=settings) as other, other.store.lock("byline reindex"):
        with pytest.raises(CorpusBusy, match="byline reindex"):
            ingest(file, settings=settings, embedder=HashEmbedder())
        with pytest.raises(CorpusBusy, match="byline reindex"):
            delete(str(ARTICLES[0]["url"]), settings=settings)
    assert len(urls(settings.corpus)) == 5


def test_a_writer_that_has_let_go_of_the_lock_is_in_nobodys_way(file: Path, settings: Settings, tmp_path: Path) -> None:
    from ingest.pipeline import Ingest
    from ingest.write import CorpusWriter

    (tmp_path / "more.json").write_text(json.dumps(ARTICLES[0] | {"text": "It is off."}), encoding="utf-8")
    with open_writing(settings=settings, embedder=HashEmbedder()) as first:
        Ingest(CorpusWriter(first.store, first.vectors, first.lexical), first.embedder, settings).run([file])
        assert ingest(tmp_path / "more.json", settings=settings, embedder=HashEmbedder()).changed == 1


def test_after_a_run_that_failed_the_corpus_can_be_written_again(
    file: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as failing:
        failing.setattr("rag.adapters.chroma.ChromaIndex.add", fail)
        with pytest.raises(MemoryError):
            ingest(file, settings=settings, embedder=HashEmbedder())
    assert ingest(file, settings=settings, embedder=HashEmbedder()).added == 5
    assert len(urls(settings.corpus)) == 5
