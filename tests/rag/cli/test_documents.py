"""The JSON documents, key by key: programs read them, so that a change here is a change for all of those."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from ingest.report import Planned
from rag.cli.documents import ranking_document
from rag.model import Abstention, Ranking, Reason
from rag.plan import Sources, plan_for
from rag.records import Withdrawal

OIL = {
    "id": "https://north.example/oil",
    "url": "https://north.example/oil",
    "title": "Bank raises oil forecast",
    "source": "North Wire",
    "authors": ["Ada Lund"],
    "published_at": "2024-03-05T09:00:00+00:00",
    "updated_at": "2024-03-06T09:00:00+00:00",
    "category": "business",
}
SOUTH: dict[str, object] = {
    "id": "https://south.example/oil",
    "url": "https://south.example/oil",
    "title": "Oil: the bank sees more",
    "source": "South Wire",
    "authors": [],
    "published_at": "2024-03-04T09:00:00+00:00",
    "updated_at": None,
    "category": None,
}
SNOW: dict[str, object] = {
    "id": "notes/snow.txt",
    "url": "notes/snow.txt",
    "title": "Snow closes the pass",
    "source": None,
    "authors": [],
    "published_at": None,
    "updated_at": None,
    "category": None,
}
TEXT = "The bank raised its forecast to $90 a barrel this year. Traders shrugged.\nIt had said $85 before."
SENTENCE = "The bank raised its forecast to $90 a barrel this year."
HIT = {
    "rank": 1,
    "score": 0.75,
    "passage": "key-2-0",
    "article": OIL,
    "version": 2,
    "start": 0,
    "end": len(TEXT),
    "text": TEXT,
    "origin": "South Wire",
    "also_in": ["https://south.example/oil"],
}


@pytest.fixture
def document(run):
    return lambda *arguments: json.loads(run(*arguments, "--json").stdout)


def test_search(document):
    assert document("search", "oil") == {
        "query": "oil",
        "hits": [HIT],
        "origins": 1,
        "reports": 2,
        "plan": None,
        "timings": {"dense": 3.2},
    }


def test_an_answer(document):
    assert document("ask", "What is the forecast?") == {
        "question": "What is the forecast?",
        "text": f"{SENTENCE} [1]",
        "abstained": False,
        "reason": None,
        "reason_code": None,
        "claims": [
            {
                "text": SENTENCE,
                "citations": [1],
                "support": 0.9,
                "span": {"start": 32, "end": 44, "text": "$90 a barrel", "kind": "amount"},
                "time": {"from": "2024-01-01", "to": "2024-12-31"},
            }
        ],
        "citations": [
            {
                "number": 1,
                "article": OIL,
                "version": 2,
                "start": 0,
                "end": 55,
                "quote": SENTENCE,
                "also_in": ["https://south.example/oil"],
                "origin": "South Wire",
                "reports": [
                    {"article": SOUTH, "version": 1, "start": 0, "end": 0, "copy": True, "origin": None},
                    {"article": SNOW, "version": 1, "start": 0, "end": 21, "copy": False, "origin": "East Radio"},
                ],
            }
        ],
        "nearest": [],
        "confidence": 0.8,
        "origins": 2,
        "reports": 3,
        "conflicts": [],
        "as_of": None,
        "reader": "extractive",
        "plan": None,
        "timings": {"retrieve": 12.3, "read": 0.0},
    }


def test_a_declined_question(document):
    assert document("ask", "Who won?") == {
        "question": "Who won?",
        "text": None,
        "abstained": True,
        "reason": "The articles do not say who won.",
        "reason_code": "no-answer",
        "claims": [],
        "citations": [],
        "nearest": [HIT],
        "confidence": None,
        "origins": 0,
        "reports": 0,
        "conflicts": [],
        "as_of": None,
        "reader": "extractive",
        "plan": None,
        "timings": {},
    }


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_is_told_by_its_code(document, corpus, reason):
    declined = corpus.ask("Who won?")
    corpus.answers["odd"] = replace(declined, abstention=Abstention(reason, "A sentence."))
    assert document("ask", "odd")["reason_code"] == reason.value


def test_a_claim_without_a_span_or_a_time_has_null_for_both(document, corpus):
    answer = corpus.ask("What is the forecast?")
    corpus.answers["plain"] = replace(answer, claims=(replace(answer.claims[0], span=None, time=None),))
    claim = document("ask", "plain")["claims"][0]
    assert (claim["span"], claim["time"]) == (None, None)


def test_articles(document):
    assert document("articles") == {"articles": [OIL, SNOW], "total": 2, "offset": 0, "limit": 50}


def test_an_article(document):
    first = {
        "version": 1,
        "published_at": "2024-03-05T09:00:00+00:00",
        "updated_at": None,
        "fetched_at": "2024-03-05T10:00:00+00:00",
        "current": False,
        "revision": None,
        "embargoed_until": None,
        "note": None,
        "dates": [],
    }
    second = {
        "version": 2,
        "published_at": "2024-03-05T09:00:00+00:00",
        "updated_at": "2024-03-06T09:00:00+00:00",
        "fetched_at": "2024-03-06T10:00:00+00:00",
        "current": True,
        "revision": 5,
        "embargoed_until": None,
        "note": "correction: the forecast",
        "dates": [
            {
                "kind": "published",
                "written": "2024-03-05T10:00:00+01:00",
                "origin": "JSON-LD datePublished",
                "moment": "2024-03-05T10:00:00+01:00",
                "doubt": "",
            },
            {
                "kind": "updated",
                "written": "soon",
                "origin": "field updated",
                "moment": None,
                "doubt": "is no date that can be read",
            },
        ],
    }
    assert document("show", OIL["id"]) == {
        "article": OIL,
        "version": 2,
        "versions": [first, second],
        "text": TEXT,
        "stub": None,
        "furniture": [[56, 73]],
        "withdrawn": None,
        "copies": [],
        "same_story": [],
    }
    assert document("show", OIL["id"], "--version", "1")["text"] == "An older text."
    assert document("show", OIL["id"], "--versions") == document("show", OIL["id"])


def test_the_copies_of_an_article(document, corpus):
    corpus.copies[OIL["id"]] = (corpus.article(SNOW["id"]).article,)
    assert document("show", OIL["id"])["copies"] == [SNOW]


def test_other_reports_of_the_event_of_an_article(document, corpus):
    corpus.same_story[OIL["id"]] = (corpus.article(SNOW["id"]).article,)
    shown = document("show", OIL["id"])
    assert (shown["copies"], shown["same_story"]) == ([], [SNOW])


def test_an_article_that_is_withdrawn_or_a_stub_says_why(document, corpus):
    corpus.library["notes/snow.txt"] = tuple(
        replace(each, article=replace(each.article, stub="paywall")) for each in corpus.versions("notes/snow.txt")
    )
    corpus.withdrawals["notes/snow.txt"] = Withdrawal("withheld")
    shown = document("show", "notes/snow.txt")
    assert (shown["stub"], shown["withdrawn"], shown["article"]) == ("paywall", "withheld", SNOW)


def test_a_difference(document, corpus):
    old = replace(corpus.article(OIL["id"], 1), text="It rose.\n\nIt fell.")
    new = replace(
        old, number=2, article=replace(old.article, title="Bank cuts oil forecast"), text="It rose.\n\nIt sank."
    )
    corpus.library[OIL["id"]] = (old, new)
    assert document("show", OIL["id"], "--diff", "1", "2") == {
        "article": OIL | {"title": "Bank cuts oil forecast", "updated_at": None},
        "from": 1,
        "to": 2,
        "title": [
            {"kind": "same", "text": "Bank "},
            {"kind": "gone", "text": "raises"},
            {"kind": "new", "text": "cuts"},
            {"kind": "same", "text": " oil forecast"},
        ],
        "changes": [
            {"kind": "same", "text": "It rose.\n\n"},
            {"kind": "same", "text": "It "},
            {"kind": "gone", "text": "fell"},
            {"kind": "new", "text": "sank"},
            {"kind": "same", "text": "."},
        ],
    }


def test_status(document):
    assert document("status") == {
        "corpus": "data/news",
        "articles": 2,
        "versions": 3,
        "passages": 4,
        "withdrawn": 0,
        "embargoed": 0,
        "copy_groups": 2,
        "articles_of_stories": 3,
        "first_published": "2024-03-05T09:00:00+00:00",
        "last_published": "2024-03-05T09:00:00+00:00",
        "sources": [{"value": "North Wire", "articles": 1}],
        "categories": [],
        "embedder": {"name": "mini", "dimension": 384, "sha256": "53aa", "arithmetic": {"OpenVINO float32": 4}},
        "epoch": 7,
        "bytes": 12_345_678,
    }


def test_delete_withdraw_and_putting_back(document):
    assert document("withdraw", "notes/snow.txt", "--yes") == {"withdrawn": 1, "epoch": 7}
    assert document("withdraw", "notes/snow.txt", "--yes", "--undo") == {"reinstated": 1, "epoch": 7}
    assert document("delete", "notes/snow.txt", "--yes") == {"deleted": 1, "epoch": 7}


REPORT = {
    "added": 2,
    "changed": 1,
    "unchanged": 3,
    "withdrawn": 0,
    "grouped": 0,
    "rejected": [{"item": "articles.jsonl, line 4", "reason": "no text", "file": "articles.jsonl", "record": "line 4"}],
    "notes": ["The file is in Latin-1."],
    "passages": 9,
    "embedded": 8,
    "seconds": 1.25,
    "epoch": 7,
    "stopped": False,
    "dry_run": False,
}


def test_ingest(document):
    assert document("ingest", "articles.jsonl") == REPORT


def test_a_dry_run(document, backend):
    backend.report = replace(backend.report, planned=(Planned("articles.jsonl, line 1", "added", "oil", "Oil"),))
    items = [{"item": "articles.jsonl, line 1", "action": "added", "id": "oil", "title": "Oil"}]
    assert document("ingest", "articles.jsonl", "--dry-run") == REPORT | {"dry_run": True, "items": items}


def test_text_is_written_in_utf_8_as_it_is(run):
    assert "süß “" in run("search", "süß “oil”", "--json").stdout


def test_numbers_that_json_does_not_know_are_null_and_numpys_are_plain(document, corpus):
    answer = corpus.ask("What is the forecast?")
    corpus.answers["odd"] = replace(answer, confidence=math.nan, timings={"read": math.inf, "rank": np.float32(1.26)})
    odd = document("ask", "odd")
    assert (odd["confidence"], odd["timings"]) == (None, {"rank": 1.3})


def test_what_a_question_implies_and_its_parts():
    question = "What did the Ledger report say of the bridge?"
    ranking = Ranking(question, (), plan=plan_for(question, Sources(["Ledger"])))
    assert ranking_document(ranking)["plan"] == {
        "implied": [{"kind": "source", "value": "Ledger", "start": 13, "end": 19}],
        "parts": [{"query": "What did the report say of the bridge?", "start": 0, "end": len(question)}],
    }
