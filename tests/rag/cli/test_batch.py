import json
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cli.batch import responses
from rag.errors import UsageError
from rag.model import Filters

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=3), values, max_size=3),
    max_leaves=3,
)


def lines(*records: object) -> str:
    return "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)


@pytest.fixture
def batch(run):
    """Runs a batch from stdin, and reads back what it wrote."""

    def runs(text, *options, command="ask"):
        result = run(command, "--batch", "-", *options, stdin=text)
        return result.exit_code, [json.loads(each) for each in result.stdout.splitlines()]

    return runs


def test_each_line_gets_one_line_in_order_with_its_id(batch, corpus):
    code, written = batch(lines({"id": "a", "question": "One?"}, {"id": 2, "question": "Who won?"}, {"question": "3?"}))
    assert code == 0
    assert [document["id"] for document in written] == ["a", 2, None]
    assert [document["abstained"] for document in written] == [False, True, False]
    assert [question for question, _, _ in corpus.asked] == ["One?", "Who won?", "3?"]


def test_the_corpus_is_opened_once(batch, backend):
    batch(lines({"question": "One?"}, {"question": "Two?"}))
    assert len(backend.opened) == 1


def test_a_line_may_say_its_options(batch, corpus):
    batch(
        lines(
            {
                "question": "One?",
                "as_of": "2024-04-01T12:00Z",
                "from": "2024-03-01",
                "to": "2024-03-31",
                "source": ["North Wire", "BBC"],
                "author": "Ada Lund",
                "category": "business",
                "k": 3,
            }
        )
    )
    [(_, filters, k)] = corpus.asked
    assert (filters.sources, filters.authors, filters.categories) == (
        ("North Wire", "BBC"),
        ("Ada Lund",),
        ("business",),
    )
    assert (filters.published_from, filters.published_to) == (date(2024, 3, 1), date(2024, 3, 31))
    assert (filters.as_of.isoformat(), k) == ("2024-04-01T12:00:00+00:00", 3)


def test_options_of_the_command_hold_where_a_line_says_nothing(batch, corpus):
    batch(
        lines({"question": "One?"}, {"question": "Two?", "source": "BBC", "k": None}),
        "--source",
        "North Wire",
        "-k",
        "5",
    )
    assert [(filters.sources, k) for _, filters, k in corpus.asked] == [(("North Wire",), 5), (("BBC",), 5)]


def test_names_that_are_no_option_are_left_alone(batch):
    code, [written] = batch(lines({"id": "q1", "question": "One?", "answers": ["x"], "type": "when"}))
    assert code == 0
    assert "error" not in written


def test_search_takes_query_or_question(batch):
    _, written = batch(lines({"id": 1, "query": "oil"}, {"id": 2, "question": "gold"}), command="search")
    assert [(document["id"], document["query"]) for document in written] == [(1, "oil"), (2, "gold")]


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        '["a list"]',
        '"a string"',
        {"id": "x"},
        {"id": "x", "question": ""},
        {"id": "x", "question": 7},
        {"id": "x", "question": "?", "k": 0},
        {"id": "x", "question": "?", "k": True},
        {"id": "x", "question": "?", "k": 1.5},
        {"id": "x", "question": "?", "as_of": "soon"},
        {"id": "x", "question": "?", "as_of": 2024},
        {"id": "x", "question": "?", "from": "2024-02-02", "to": "2024-02-01"},
        {"id": "x", "question": "?", "source": {"name": "BBC"}},
        {"id": "x", "question": "?", "source": ["BBC", None]},
        {"id": "x", "question": "half a pair: \ud800"},
        {"id": {"deep": 1}, "question": "?"},
        "[" * 100_000,
        {"id": ["x"], "question": "?"},
        '{"id": NaN, "question": "?"}',
        '{"id": 1e999, "question": "?"}',
    ],
)
def test_a_bad_line_becomes_an_error_and_the_run_goes_on(batch, bad):
    code, written = batch(lines(bad, {"id": "good", "question": "One?"}))
    assert code == 0
    assert set(written[0]) == {"id", "error"}
    assert written[0]["id"] == ("x" if isinstance(bad, dict) and bad["id"] == "x" else None)
    assert written[0]["error"]
    assert written[1]["id"] == "good"


@pytest.mark.parametrize("identity", ["x", "", 7, 0, -1.5, True, False, None])
def test_a_bad_line_keeps_its_id_of_whatever_kind(batch, identity):
    _, [bad, good] = batch(lines({"id": identity}, {"id": identity, "question": "One?"}))
    assert bad == {"id": identity, "error": "The question is empty."}
    assert good["id"] is identity or good["id"] == identity
    assert "error" not in good


def test_bytes_that_are_not_utf_8_are_a_bad_line(batch):
    _, written = batch(b'{"question": "\xff"}\n{"id": 1, "question": "One?"}\n')
    assert ["error" in document for document in written] == [True, False]


def test_a_question_that_fails_is_a_line_too(batch, corpus):
    corpus.answers["Bad?"] = UsageError("This corpus is of another kind.")
    _, written = batch(lines({"id": 1, "question": "Bad?"}, {"id": 2, "question": "One?"}))
    assert written[0] == {"id": 1, "error": "This corpus is of another kind."}


def test_blank_lines_and_a_byte_order_mark_are_skipped(batch):
    code, written = batch("\ufeff" + lines({"id": 1, "question": "One?"}, "", "  ", {"id": 2, "question": "Two?"}))
    assert (code, [document["id"] for document in written]) == (0, [1, 2])


def test_it_ends_with_1_only_when_all_lines_failed(batch):
    assert batch(lines("x", "y"))[0] == 1
    assert batch(lines("x", {"question": "One?"}))[0] == 0
    assert batch("")[0] == 0


def test_each_answer_is_given_before_the_next_question_is_read():
    def asked() -> Iterator[bytes]:
        yield b'{"question": "One?"}'
        raise AssertionError("the second question was read too early")

    answers = responses(asked(), Filters(), 10, lambda request: {"question": request.question})
    assert next(answers) == {"id": None, "question": "One?"}


def test_a_batch_and_a_question_together_are_bad_use(run):
    assert run("ask", "What?", "--batch", "-", stdin="").exit_code == 2


def test_a_batch_file_that_is_missing_is_bad_use(run):
    result = run("ask", "--batch", "nowhere.jsonl")
    assert result.exit_code == 2
    assert "nowhere.jsonl" in result.stderr


@given(st.lists(st.binary(max_size=60)))
def test_any_bytes_give_a_line_for_each_line_that_is_not_blank(rows):
    documents = list(responses(rows, Filters(), 10, lambda request: {}))
    assert len(documents) == sum(bool(row.strip()) for row in rows)


@given(st.dictionaries(st.sampled_from(["id", "question", "k", "as_of", "from", "source"]), ANY_JSON))
def test_any_record_is_answered_or_refused(record):
    row = json.dumps(record).encode()
    [document] = responses([row], Filters(), 10, lambda request: {"question": request.question})
    assert ("error" in document) != ("question" in document)
