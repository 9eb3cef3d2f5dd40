from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import IngestReport
from rag import Corpus, Settings, open_corpus
from rag.errors import CorpusBusy, RunNotFound, StoreError
from rag.evaluation import MEASURES, Progress, QuestionSet, Run, list_runs, load_run, load_set, run_set, runs
from rag.evaluation.run import FINDING
from rag.evaluation.runs import FIGURES, FOLDER, RESULTS, appending
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder
from tests.rag.evaluation.conftest import RECORDS, write_set


def by_name(run: Run) -> dict[str, float | None]:
    return {figure.measure: figure.value for figure in run.figures if figure.group == "all"}


def without_times(run: Run) -> list[object]:
    timed = {measure.name for measure in MEASURES if measure.group == "time"}
    figures = [figure for figure in run.figures if figure.measure not in timed]
    return [*(replace(result, milliseconds={}) for result in run.results), *figures]


def test_every_question_is_asked_and_measured(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    assert [result.id for result in run.results] == [question.id for question in asked.questions]
    figures = by_name(run)
    assert figures["citations exact"] == 1.0
    assert figures["declined, unanswerable"] == 1.0
    assert figures["Hits@4"] == pytest.approx(2 / 3, abs=1e-6)  # the ring road's article is later than the as-of day
    opening = run.by_id()["opening"][1]
    assert (opening.values["RR@10"], opening.values["all facts@10"]) == (1.0, 1.0)
    assert opening.hits[0].evidence == (0,)
    assert opening.hits[0].answers


def test_the_filters_of_a_question_are_used_and_evidence_that_they_hide_counts_as_not_found(
    news: Corpus, asked: QuestionSet
) -> None:
    run = run_set(news, asked)
    ring_road = run.by_id()["ring-road"][1]
    assert {hit.article for hit in ring_road.hits} <= {"https://ledger.example/kite-launch"}
    assert ring_road.missing == (0,)
    assert ring_road.values["R@10"] == 0.0
    assert list(run.notes()) == ["Evidence that stands in no passage which could be found: 1, of questions: 1."]


def test_evidence_without_a_quote_is_found_by_its_article(news: Corpus, asked: QuestionSet) -> None:
    final = run_set(news, asked).by_id()["final"][1]
    assert final.values["R@10"] == 1.0
    assert "Hits@10" not in final.values


def test_a_run_is_kept_and_loaded_as_it_was(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    assert load_run(news.folder, run.info.id) == run
    assert load_run(Path("elsewhere"), str(news.folder / FOLDER / run.info.id)) == run
    assert list_runs(news.folder) == [run.info]


def test_the_same_run_again_gives_the_same_results_but_for_times(news: Corpus, asked: QuestionSet) -> None:
    first, second = run_set(news, asked), run_set(news, asked)
    assert first.info.id != second.info.id
    assert without_times(first) == without_times(second)


def test_no_word_of_an_article_is_kept_in_a_run_but_what_the_set_quotes(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    kept = (news.folder / FOLDER / run.info.id / RESULTS).read_text()
    assert "Mara Quist" not in kept
    assert "the company said" not in kept


def test_a_run_that_was_stopped_goes_on_where_it_was(news: Corpus, asked: QuestionSet) -> None:
    seen: list[Progress] = []
    stopped = run_set(news, asked, progress=seen.append, stopped=lambda: len(seen) > 2)
    assert not stopped.finished
    assert [result.id for result in stopped.results] == ["opening", "cost"]
    with pytest.raises(RunNotFound, match="none yet"):
        load_run(news.folder, stopped.info.id)
    seen.clear()
    whole = run_set(news, asked, progress=seen.append)
    assert whole.info.id == stopped.info.id
    assert seen[0] == Progress(2, 5, 2)
    assert without_times(whole) == without_times(run_set(news, asked))


def test_a_line_that_was_cut_off_by_a_kill_is_asked_again(news: Corpus, asked: QuestionSet) -> None:
    seen: list[Progress] = []
    stopped = run_set(news, asked, progress=seen.append, stopped=lambda: len(seen) > 3)
    path = news.folder / FOLDER / stopped.info.id / RESULTS
    path.write_bytes(path.read_bytes()[:-20])
    whole = run_set(news, asked)
    assert whole.info.id == stopped.info.id
    assert without_times(whole) == without_times(run_set(news, asked))
    assert len(path.read_text().splitlines()) == 5


def test_a_run_over_a_corpus_that_has_changed_since_is_a_new_one(
    asked: QuestionSet, settings: Settings, embedder: HashEmbedder, ingest_records: Callable[..., IngestReport]
) -> None:
    ingest_records(*ARTICLES[:2])
    with open_corpus(settings=settings, embedder=embedder) as news:
        stopped = run_set(news, asked, stopped=lambda: True)
        ingest_records(ARTICLES[2])
        run = run_set(news, asked)
    assert run.info.id != stopped.info.id
    assert run.info.epoch > stopped.info.epoch


def test_a_run_that_was_ranked_or_read_in_another_way_is_not_gone_on_with(
    news: Corpus, asked: QuestionSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = run_set(news, asked, stopped=lambda: True)
    answerer = news.answerer
    assert (stopped.info.ranking, stopped.info.reader) == (answerer.searcher.name, answerer.reader.name)
    reader = copy(answerer.reader)
    reader._fitted = replace(reader._fitted, threshold=0.99)
    searcher = copy(answerer.searcher)
    searcher._ranker = replace(searcher._ranker, one=searcher._ranker.one * 2)
    for name, other in (("reader", reader), ("searcher", searcher)):
        with monkeypatch.context() as patch:
            patch.setattr(answerer, name, other)
            assert run_set(news, asked, stopped=lambda: True).info.id != stopped.info.id
    assert run_set(news, asked, stopped=lambda: True).info.id == stopped.info.id


def test_a_run_whose_end_cannot_be_written_is_unfinished_and_gone_on_with(
    news: Corpus, asked: QuestionSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = runs._write

    def failing(path: Path, value: object) -> None:
        written.append(path.name)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        write(path, value)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(runs, "_write", failing)
        with pytest.raises(StoreError, match="No space left"):
            run_set(news, asked)
    assert written == ["run.json", "figures.json", "run.json"]
    [info] = list_runs(news.folder)
    assert info.finished is None
    assert runs.read_run(news.folder / FOLDER / info.id).figures == ()
    with pytest.raises(RunNotFound, match="none yet"):
        load_run(news.folder, info.id)
    whole = run_set(news, asked)
    assert whole.info.id == info.id
    assert load_run(news.folder, info.id) == whole


def test_a_finished_run_without_its_figures_is_damaged(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    (news.folder / FOLDER / run.info.id / FIGURES).unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        load_run(news.folder, run.info.id)


def test_a_search_is_timed_as_a_part_of_the_first_answer(news: Corpus, asked: QuestionSet) -> None:
    class Remembering(type(news)):  # type: ignore[misc]
        def search(self, query, **options):
            searched.append(query)
            return super().search(query, **options)

    searched: list[str] = []
    news.__class__ = Remembering
    assert set(FINDING) <= set(news.ask("When will the plant open?").timings)
    for result in run_set(news, asked).results:
        assert 0 < result.milliseconds["search"] <= result.milliseconds["ask"]
    assert searched[0] not in [question.text for question in asked.questions]


def test_evidence_in_a_copy_that_is_not_shown_counts_as_found(
    settings: Settings, embedder: HashEmbedder, ingest_records: Callable[..., IngestReport], tmp_path: Path
) -> None:
    long = ARTICLES[0]["text"] + " " + " ".join(f"Hall {number} is ready for machines." for number in range(20))
    copy = "https://gazette.example/kite-copy"
    ingest_records(
        ARTICLES[0] | {"text": long}, ARTICLES[0] | {"url": copy, "source": "Northfield Gazette", "text": long}
    )
    quote = "The plant has cost 480 million crowns"
    evidence = [{"url": url, "quote": quote} for url in (ARTICLES[0]["url"], copy)]
    asked = load_set(write_set(tmp_path, RECORDS[1] | {"evidence": evidence}))
    with open_corpus(settings=settings, embedder=embedder) as news:
        [result] = run_set(news, asked).results
    assert len(result.hits) == len({hit.start for hit in result.hits})
    assert (result.values["R@10"], result.values["fact recall@10"], result.values["repeats@10"]) == (1.0, 1.0, 0.0)


def test_two_processes_do_not_do_the_same_run_at_once(news: Corpus, asked: QuestionSet) -> None:
    stopped = run_set(news, asked, stopped=lambda: True)
    with appending(news.folder / FOLDER / stopped.info.id), pytest.raises(CorpusBusy, match="Another process"):
        run_set(news, asked)


def test_a_damaged_run_says_so_and_hides_no_other(
    news: Corpus, asked: QuestionSet, caplog: pytest.LogCaptureFixture
) -> None:
    other = run_set(news, asked)
    run = run_set(news, asked)
    folder = news.folder / FOLDER / run.info.id
    (folder / "run.json").write_text("{}")
    with pytest.raises(StoreError, match="is damaged"):
        load_run(news.folder, run.info.id)
    assert list_runs(news.folder) == [other.info]
    assert "is damaged" in caplog.text


def test_a_corpus_that_cannot_be_written_to_says_so(news: Corpus, asked: QuestionSet) -> None:
    news.folder.mkdir()
    (news.folder / FOLDER).write_text("in the way")
    with pytest.raises(StoreError, match="cannot be read or written"):
        run_set(news, asked)
