import json

import pytest

from ingest.care import Checkup
from ingest.examine import Diagnosis
from rag.cli.doctor import sentence
from rag.records import Fault

WHOLE = Diagnosis(passages=1200, seconds=1.5)
LOST = Diagnosis(
    (Fault("vectors", "passages are missing", 4, ("a-1-0", "b-1-0", "c\n-1-0"), mendable=True),), 1200, 2.0
)
RUINED = Diagnosis((Fault("database", "passages have no proper vector", 1, ("a-1-0",)),))


def test_a_corpus_that_is_in_step_is_said_so(run, backend):
    backend.checkup = Checkup(WHOLE, WHOLE)
    result = run("doctor")
    assert result.exit_code == 0
    assert result.stdout == "Database, vectors and words are in step: 1,200 passages compared in 1.5 seconds.\n"
    assert run("doctor", "--quiet").stdout == ""


def test_what_is_wrong_is_said_with_what_mends_it(run, backend):
    backend.checkup = Checkup(LOST, LOST)
    result = run("doctor")
    assert result.exit_code == 1
    assert "Vectors: passages are missing (4: a-1-0, b-1-0, c -1-0, ...)." in result.stdout
    assert "`byline doctor --repair` mends this" in result.stdout


def test_what_was_mended_is_said_and_ends_well(run, backend):
    backend.checkup = Checkup(LOST, WHOLE)
    result = run("doctor", "--repair")
    assert result.exit_code == 0
    assert "passages are missing (4: a-1-0, b-1-0, c -1-0, ...). Mended." in result.stdout
    assert backend.asked_to == [(True, False)]


def test_what_cannot_be_mended_sends_to_the_backup(run, backend):
    backend.checkup = Checkup(RUINED, RUINED)
    result = run("doctor", "--repair")
    assert result.exit_code == 1
    assert "byline restore" in result.stdout


def test_compacting_says_what_it_brought(run, backend):
    backend.checkup = Checkup(WHOLE, WHOLE, (3_000_000, 1_000_000))
    assert "Compacted: 3.0 MB before, 1.0 MB now." in run("doctor", "--compact").stdout
    assert backend.asked_to == [(False, True)]


def test_the_document_says_what_was_found_and_what_is_left(run, backend):
    backend.checkup = Checkup(LOST, WHOLE, (9, 8))
    document = json.loads(run("doctor", "--repair", "--json").stdout)
    assert document["in_step"] is True
    assert document["found"][0]["count"] == 4
    assert document["left"] == []
    assert document["compacted"] == {"bytes_before": 9, "bytes_after": 8}


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("words", "the index is missing"), "Words: the index is missing."),
        (Fault("database", "rows belong to nothing", 1, ("x 1",)), "Database: rows belong to nothing (1: x 1)."),
    ],
)
def test_a_fault_is_a_sentence(fault, said):
    assert sentence(fault) == said
