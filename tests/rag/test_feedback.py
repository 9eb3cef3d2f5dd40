import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from rag import feedback
from rag.errors import CorpusBusy, StoreError, UsageError
from rag.feedback import FILE, Mark, Verdict, evidence_in, keep, mark_of, take_back
from rag.model import Abstention, Answer, Article, Citation, Claim, Filters, Reason, Span, Version

TEXT = "PORT ANSEL 🚢 –\n\nThe harbour reopens on 9 April.\n\nTea was served."
ARTICLE = Article("harbour", "https://news.example/harbour", "Harbour to reopen")
VERSION = Version(ARTICLE, 2, TEXT, datetime(2024, 3, 12, tzinfo=UTC))
SENTENCE = "The harbour reopens on 9 April."
START = TEXT.index(SENTENCE)
ANSWER = Answer(
    " When does it reopen? ",
    claims=(Claim(SENTENCE, (1,), 0.9, Span(23, 30, "when")),),
    citations=(Citation(1, ARTICLE, 2, START, START + len(SENTENCE), SENTENCE),),
)
DECLINED = Answer("When?", abstention=Abstention(Reason.NO_ANSWER, "Nothing answers."))
TEA = evidence_in(VERSION, TEXT.index("Tea"), len(TEXT))


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / FILE).read_text(encoding="utf-8").splitlines()]


def marked(verdict: Verdict = Verdict.RIGHT, answer: Answer = ANSWER, filters: Filters = Filters()) -> Mark:
    return mark_of(verdict, answer, filters, 7)


def test_a_right_answer_becomes_a_question_with_its_marked_words_and_its_citations(tmp_path: Path) -> None:
    keep(tmp_path, marked())
    (line,) = lines(tmp_path)
    assert line.pop("id").startswith("feedback-")
    assert line == {
        "question": "When does it reopen?",
        "answers": ["9 April"],
        "evidence": [
            {"url": ARTICLE.url, "quote": SENTENCE, "version": 2, "start": START, "end": START + len(SENTENCE)}
        ],
        "type": "feedback",
        "answerable": True,
        "epoch": 7,
        "verdict": "right",
    }


def test_what_the_reader_gives_stands_before_what_the_answer_said() -> None:
    mark = mark_of(Verdict.RIGHT, ANSWER, Filters(), 7, right_answer=" on 9 April ", evidence=(TEA,))
    assert (mark.answers, mark.evidence) == (("on 9 April",), (TEA,))


@pytest.mark.parametrize(
    ("verdict", "answer", "answerable"),
    [
        (Verdict.RIGHT, ANSWER, True),
        (Verdict.WRONG, ANSWER, None),
        (Verdict.DECLINE, ANSWER, False),
        (Verdict.RIGHT, DECLINED, False),
        (Verdict.WRONG, DECLINED, True),
    ],
)
def test_whether_it_can_be_answered_follows_from_the_verdict(
    verdict: Verdict, answer: Answer, answerable: bool | None
) -> None:
    assert marked(verdict, answer).answerable is answerable
    assert marked(verdict, answer).record().get("answerable") is answerable


def test_a_wrong_answer_with_the_right_one_can_be_answered() -> None:
    assert mark_of(Verdict.WRONG, ANSWER, Filters(), 7, right_answer="10 April").answerable
    assert mark_of(Verdict.WRONG, ANSWER, Filters(), 7, evidence=(TEA,)).answerable


def test_of_a_wrong_answer_nothing_is_taken_for_right() -> None:
    record = marked(Verdict.WRONG).record()
    assert "answers" not in record
    assert record["evidence"] == []


def test_what_should_have_been_declined_has_no_answer_and_no_evidence() -> None:
    mark = mark_of(Verdict.DECLINE, ANSWER, Filters(), 7, right_answer="9 April", evidence=(TEA,))
    assert (mark.record()["answers"], mark.record()["evidence"]) == ([], [])


def test_filters_stand_in_the_line_by_the_names_of_a_question_set() -> None:
    filters = Filters(
        sources=("Meridian Wire",), published_from=date(2024, 3, 1), as_of=datetime(2024, 4, 1, tzinfo=UTC)
    )
    record = marked(filters=filters).record()
    assert (record["source"], record["from"], record["as_of"]) == (
        ["Meridian Wire"],
        "2024-03-01",
        "2024-04-01T00:00:00+00:00",
    )
    assert "to" not in record


def test_marked_again_the_new_line_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    keep(tmp_path, marked())
    keep(tmp_path, marked(answer=DECLINED))
    keep(tmp_path, marked(Verdict.WRONG))
    assert [line["verdict"] for line in lines(tmp_path)] == ["right", "wrong"]


def test_the_same_question_under_other_filters_is_another_question(tmp_path: Path) -> None:
    keep(tmp_path, marked())
    keep(tmp_path, marked(filters=Filters(sources=("Meridian Wire",))))
    assert len(lines(tmp_path)) == 2


def test_a_mark_can_be_taken_back(tmp_path: Path) -> None:
    keep(tmp_path, marked())
    keep(tmp_path, marked(answer=DECLINED))
    take_back(tmp_path, marked().id)
    assert [line["question"] for line in lines(tmp_path)] == ["When?"]


def test_lines_written_by_hand_stay_as_they_are(tmp_path: Path) -> None:
    by_hand = b'{"id": 5,  "question": "Why?"}\n[1]\nno json \xff'
    (tmp_path / FILE).write_bytes(by_hand)
    keep(tmp_path, marked())
    keep(tmp_path, marked(Verdict.WRONG))
    assert (tmp_path / FILE).read_bytes().startswith(by_hand + b'\n{"id": "feedback-')
    assert (tmp_path / FILE).read_bytes().count(b"\n") == 4


def test_sessions_that_mark_at_once_lose_nothing(tmp_path: Path) -> None:
    questions = [f"Question {n}?" for n in range(12)]
    threads = [
        threading.Thread(target=keep, args=[tmp_path, marked(answer=replace(ANSWER, question=question))])
        for question in questions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line["question"] for line in lines(tmp_path)) == sorted(questions)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="This system has no /dev/full")
def test_a_full_disk_leaves_the_old_lines_whole(tmp_path: Path) -> None:
    keep(tmp_path, marked())
    before = (tmp_path / FILE).read_bytes()
    (tmp_path / "feedback.draft").symlink_to("/dev/full")
    with pytest.raises(StoreError, match=r"cannot be kept in .*feedback\.jsonl: No space left on device"):
        keep(tmp_path, marked(Verdict.WRONG))
    assert (tmp_path / FILE).read_bytes() == before
    assert not (tmp_path / "feedback.draft").is_symlink()


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Feedback cannot be kept"):
        keep(tmp_path / "file", marked())


def test_one_that_waits_for_others_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "_LOCK_SECONDS", 0.01)
    with FileLock(tmp_path / "feedback.lock"), pytest.raises(CorpusBusy, match="Others are writing feedback"):
        keep(tmp_path, marked())


@given(st.text(alphabet="ab \n🌊é"), st.integers(-2, 12), st.integers(-2, 12))
def test_evidence_is_exactly_what_stands_between_its_bounds(text: str, start: int, end: int) -> None:
    version = replace(VERSION, text=text)
    try:
        evidence = evidence_in(version, start, end)
    except UsageError:
        assert not (0 <= start < end <= len(text) and text[start:end].strip())
    else:
        assert text[evidence.start : evidence.end] == evidence.quote == text[start:end].strip()


def test_an_article_without_an_address_is_known_by_its_id() -> None:
    assert evidence_in(replace(VERSION, article=replace(ARTICLE, url="")), 0, 4).url == "harbour"
