import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import SetError
from rag.evaluation.sets import Evidence, Question, load_set, read_set
from rag.model import Filters
from tests.rag.evaluation.conftest import RECORDS, write_set


def only(record: dict[str, Any]) -> Question:
    [question] = read_set("set", json.dumps({"id": "q", "question": "Who won?"} | record).encode()).questions
    return question


def test_a_set_of_our_own_format_is_read_with_its_filters(tmp_path: Path) -> None:
    asked = load_set(write_set(tmp_path, *RECORDS))
    ring_road = asked.questions[-1]
    assert ring_road.filters == Filters(as_of=datetime(2024, 3, 10, 23, 59, 59, 999999, tzinfo=UTC))
    assert ring_road.evidence == (Evidence("https://courier.example/kite-doubts", "finished by the end of the year"),)
    assert [question.answerable for question in asked.questions] == [True, True, True, False, True]


@pytest.mark.parametrize(
    ("record", "answerable"),
    [
        ({}, None),
        ({"answers": ["Ada"]}, True),
        ({"answers": []}, False),
        ({"answers": ["Ada"], "answerable": False}, False),
        ({"evidence": [{"url": "https://a.example"}]}, True),
        ({"answer": "Insufficient information.", "type": "comparison_query"}, False),
        ({"answer": "Ada", "type": "null_query"}, False),
        ({"answers": ["Ada"], "urls_with_answer": []}, None),
        ({"answers": ["Ada"], "urls_with_answer": ["https://a.example"]}, True),
    ],
)
def test_whether_a_question_can_be_answered_follows_from_what_is_said_of_it(
    record: dict[str, Any], answerable: bool | None
) -> None:
    assert only(record).answerable is answerable


def test_the_fields_of_published_sets_are_taken() -> None:
    multihop = only({"answer": "Yes", "type": "comparison_query", "evidence": [{"url": "u", "quote": "q"}]})
    assert (multihop.answers, multihop.type, multihop.evidence) == (("Yes",), "comparison_query", (Evidence("u", "q"),))
    quiz = only({"answers": ["Europe"], "asked_on": "2022-06-16", "choices": ["Asia"], "urls_with_answer": ["u"]})
    assert quiz.evidence == (Evidence("u"),)
    assert quiz.filters == Filters()
    assert quiz.as_asked().filters.as_of == datetime(2022, 6, 16, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_question_with_an_as_of_date_keeps_it_when_asked_as_asked() -> None:
    question = only({"as_of": "2022-01-01", "asked_on": "2022-06-16"})
    assert question.as_asked() is question
    assert only({}).as_asked().filters == Filters()


def test_bad_lines_are_rejected_with_their_number_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_set(
        tmp_path,
        RECORDS[0],
        "{not json",
        "",
        "[1]",
        {"question": "Who?"},
        {"id": "x"},
        {"id": "v", "question": "Who?", "type": "all"},
        {"id": "y", "question": "Who?", "as_of": "soon"},
        {"id": "z", "question": "Who?", "evidence": ["https://a.example"]},
        {"id": "w", "question": "Who?", "answerable": "yes"},
        RECORDS[1],
    )
    asked = load_set(path)
    assert [question.id for question in asked.questions] == ["opening", "cost"]
    assert [each.line for each in asked.rejected] == [2, 4, 5, 6, 7, 8, 9, 10]
    assert "cannot be 'all'" in asked.rejected[4].reason


@pytest.mark.parametrize("blank", [" ", "\n\t", "\u00a0"])
def test_a_blank_quote_is_rejected_and_an_empty_one_is_unknown(tmp_path: Path, blank: str) -> None:
    evidence = [{"url": "u", "quote": "Ada won"}, {"url": "v", "quote": blank}]
    asked = load_set(write_set(tmp_path, RECORDS[0], {"id": "x", "question": "Who?", "evidence": evidence}))
    assert [(each.line, '"quote" of its evidence is blank' in each.reason) for each in asked.rejected] == [(2, True)]
    assert only({"evidence": [{"url": "u", "quote": ""}]}).evidence == (Evidence("u"),)


def test_a_repeated_line_is_asked_once_and_another_question_under_the_same_id_gets_its_own(tmp_path: Path) -> None:
    one, other = {"id": "q", "question": "Who won?"}, {"id": "q", "question": "Who lost?"}
    asked = load_set(write_set(tmp_path, one, other, one, one | {"answers": ["Ada"]}, other, RECORDS[0]))
    assert [(question.id, question.text) for question in asked.questions[:3]] == [
        ("q", "Who won?"),
        ("q#2", "Who lost?"),
        ("q#3", "Who won?"),
    ]
    assert len(asked.questions) == 4
    assert asked.rejected == ()
    assert asked.notes == (
        "Lines that say the same as an earlier one are asked once: 3, 5.",
        "Ids that stand on another question too were numbered: q#2 (line 2), q#3 (line 4).",
    )


def test_a_number_that_is_taken_is_given_to_no_other_question() -> None:
    lines = [{"id": "q#2", "question": "A?"}, {"id": "q", "question": "B?"}, {"id": "q", "question": "C?"}]
    asked = read_set("set", "\n".join(map(json.dumps, lines)).encode())
    assert [question.id for question in asked.questions] == ["q#2", "q", "q#3"]


def test_a_set_without_any_question_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(SetError, match=r"holds no question\. Line 1: .*not JSON"):
        load_set(write_set(tmp_path, "nonsense"))
    with pytest.raises(SetError, match="holds no question"):
        load_set(write_set(tmp_path))


def test_a_packed_set_is_the_same_set(tmp_path: Path) -> None:
    plain = write_set(tmp_path, *RECORDS)
    packed = tmp_path / "questions.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert load_set(packed).sha256 == load_set(plain).sha256
    packed.write_bytes(packed.read_bytes()[:-9])
    with pytest.raises(SetError, match="cannot be read"):
        load_set(packed)


JSON: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 1, 1.5, "", "a", "2024-01-01", [], ["a"], [1], {}, {"url": "u"}, [{"url": "u"}], [{}]]
)
FIELDS = st.sampled_from("id question answers answer evidence type answerable as_of from source asked_on".split())


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(FIELDS, JSON, max_size=6))
def test_whatever_stands_on_a_line_it_is_a_question_or_a_rejected_line(record: dict[str, Any]) -> None:
    asked = read_set("set", json.dumps(RECORDS[0]).encode() + b"\n" + json.dumps(record).encode())
    assert len(asked.questions) + len(asked.rejected) == 2
