import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from ingest import IngestReport, delete
from rag import Corpus, Settings, open_corpus
from rag.errors import StoreError
from rag.evaluation import Outcome, QuestionSet, compare_runs, question_views, render_report, run_set, write_report
from rag.evaluation.sets import read_set
from rag.evaluation.view import GONE
from tests.conftest import ARTICLES
from tests.fakes import HashEmbedder

HOSTILE = '</details><script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="x\' {{ 7*7 }}'


class Tags(HTMLParser):
    """What a browser would see: elements with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_shows_every_question_with_evidence_hits_and_answer(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    page = render_report(run, news)
    assert f"ranking {run.info.ranking}, reader {run.info.reader}." in page
    assert len(re.findall(r'<details class="question"', page)) == 5
    assert "open its battery plant in Vessen on 14 June" in page
    assert "Doubts over the Kite plant" in page
    assert 'id="q-rusalka"' in page
    assert "{{" not in page
    assert not re.search(r"\bnan\b", page, re.IGNORECASE)


def test_the_page_reaches_for_nothing_outside_itself(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    seen = Tags(render_report(run, news, compare_runs(run, run))).seen
    assert not {"link", "img", "iframe", "object", "embed"} & {tag for tag, _ in seen}
    assert not [attributes for _, attributes in seen if "src" in attributes]
    policies = [a["content"] for tag, a in seen if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    assert policies
    assert (policies[0] or "").startswith("default-src 'none'")


def test_hostile_words_of_articles_and_sets_stay_text(
    tmp_path: Path, settings: Settings, embedder: HashEmbedder, ingest_records: Callable[..., IngestReport]
) -> None:
    text = f"Kite Motors will open its battery plant on 14 June, says {HOSTILE} today.\n\nIt has cost 480 crowns."
    ingest_records(
        ARTICLES[0] | {"text": text, "title": HOSTILE, "source": HOSTILE},
        ARTICLES[1] | {"id": HOSTILE, "url": "javascript:alert(1)"},
    )
    question = {
        "id": HOSTILE, "question": f"When will Kite Motors open its plant? {HOSTILE}", "answers": [HOSTILE],
        "evidence": [{"url": "javascript:alert(1)", "quote": HOSTILE}], "type": HOSTILE,
    }  # fmt: skip
    asked = read_set(HOSTILE, json.dumps(question).encode() + b"\nnonsense " + HOSTILE.encode())
    with open_corpus(settings=settings, embedder=embedder) as news:
        run = run_set(news, asked)
        seen = Tags(render_report(run, news, compare_runs(run, run))).seen
    assert [tag for tag, _ in seen].count("script") == 1
    assert "img" not in {tag for tag, _ in seen}
    assert not [name for _, attributes in seen for name in attributes if name.startswith("on")]
    assert all((a.get("href") or "#").startswith(("#", "https://")) for tag, a in seen if tag == "a")


def test_questions_are_linked_to_whatever_their_ids_are(news: Corpus) -> None:
    ids = ["50% of x/y?#a&b", "a b%20c", 'quote"é']
    records = [{"id": each, "question": "When will the plant open?", "answers": ["14 June"]} for each in ids]
    asked = read_set("odd", "\n".join(map(json.dumps, records)).encode())
    after = run_set(news, asked)
    before = replace(
        after, results=tuple(replace(each, values={"answer in the answer": 0.5}) for each in after.results)
    )
    seen = Tags(render_report(after, news, compare_runs(before, after))).seen
    links = [(a["href"] or "")[1:] for tag, a in seen if tag == "a" and (a["href"] or "").startswith("#q-")]
    assert [unquote(each) for each in links] == [f"q-{each}" for each in ids]
    assert [a["id"] for tag, a in seen if a.get("class") == "question"] == [f"q-{each}" for each in ids]
    assert all(quote(unquote(each)) == each for each in links)


def test_the_report_notes_lines_that_repeat_others(news: Corpus) -> None:
    line = json.dumps({"id": "q", "question": "When will the plant open?"}).encode()
    page = render_report(run_set(news, read_set("twice", line + b"\n" + line)), news)
    assert "Lines that say the same as an earlier one are asked once: 2." in page


def test_a_deleted_article_is_no_longer_shown(
    settings: Settings, asked: QuestionSet, embedder: HashEmbedder, ingest_records: Callable[..., IngestReport]
) -> None:
    ingest_records(*ARTICLES)
    with open_corpus(settings=settings, embedder=embedder) as news:
        run = run_set(news, asked)
        delete("https://ledger.example/kite-launch", corpus=settings.corpus)
        opening = next(iter(question_views(run, news)))
        assert opening.hits[0].excerpt == GONE
        assert "We are ready" not in render_report(run, news)


def test_each_question_ended_in_some_way(news: Corpus, asked: QuestionSet) -> None:
    run = run_set(news, asked)
    outcomes = {view.question.id: view.outcome for view in question_views(run, news)}
    assert outcomes["rusalka"] is Outcome.DECLINED_RIGHTLY
    unknown = replace(asked, questions=tuple(replace(each, answerable=None, answers=()) for each in asked.questions))
    told = {view.outcome for view in question_views(run_set(news, unknown), news)}
    assert told <= {Outcome.DECLINED, Outcome.UNTOLD}


def test_a_report_that_cannot_be_written_says_so(news: Corpus, asked: QuestionSet, tmp_path: Path) -> None:
    run = run_set(news, asked)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        write_report(tmp_path / "file", run, news)
    assert write_report(tmp_path / "new" / "folder", run, news).read_text().startswith("<!DOCTYPE html>")
