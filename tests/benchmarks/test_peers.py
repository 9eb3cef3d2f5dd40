from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peers import worker
from benchmarks.peers.compare import PEERS, can_be_measured, drawn
from benchmarks.peers.score import table, values
from rag.evaluation.sets import Evidence, Question

QUOTES = ("Mira Holt opened the bridge.", "It cost 4 million.")
FACTS = Question("facts", "Was it?", ("Yes",), tuple(Evidence(f"u{n}", q) for n, q in enumerate(QUOTES)), "", True)
QUIZ = Question("quiz", "Who opened the bridge?", ("Mira Holt",), (Evidence("u0"),), "", True)


def test_a_quote_is_found_whatever_blanks_a_splitter_left_in_it() -> None:
    texts = ["nothing", "On Monday Mira Holt opened\n the  bridge. It rained."]

    assert {name: taken[0] for name, taken in values([FACTS], {"facts": texts}).items()} == {
        "Hits@4": 1,
        "Hits@10": 1,
        "MRR@10": 0.5,
        "fact recall@10": 0.5,
        "all facts@10": 0,
    }


def test_all_facts_may_stand_in_different_passages_but_not_below_the_tenth() -> None:
    first, second = QUOTES
    above = values([FACTS], {"facts": [first, *["nothing"] * 8, second]})
    below = values([FACTS], {"facts": [first, *["nothing"] * 9, second]})

    assert above["all facts@10"] == [1]
    assert below["all facts@10"] == [0]


def test_an_accepted_answer_counts_from_the_rank_that_it_first_stands_at() -> None:
    texts = ["mirahol", "Bridge", "The bridge was opened by MIRA HOLT!", "Mira Holt"]

    assert {name: taken[0] for name, taken in values([QUIZ], {"quiz": texts}).items()} == {
        "answer in first 1": 0,
        "answer in first 5": 1,
        "answer in first 10": 1,
    }


@given(st.lists(st.sampled_from([*QUOTES, "nothing", ""]), max_size=14))
def test_more_room_never_finds_less(texts: list[str]) -> None:
    taken = {name: value[0] for name, value in values([FACTS], {"facts": texts}).items()}

    assert 0 <= taken["all facts@10"] <= taken["fact recall@10"] <= taken["Hits@10"] <= 1
    assert taken["Hits@4"] <= taken["Hits@10"]
    assert taken["MRR@10"] <= taken["Hits@10"]


def test_a_question_without_a_line_is_an_error_and_no_miss() -> None:
    with pytest.raises(ValueError, match="1 questions have no line among the answers, the first is quiz"):
        values([FACTS, QUIZ], {"facts": []})


def turn(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """A peer that finds every article whole, in the order of the file."""

    def ingest(articles: Path, index: Path) -> int:
        texts = [article["text"] for article in worker.read_lines(articles)]
        (index / "texts").write_text("\n".join(texts))
        return len(texts)

    def search(index: Path) -> worker.Search:
        return lambda question: (index / "texts").read_text().split("\n")

    monkeypatch.setattr("sys.argv", ["peer", *arguments])
    worker.main("peer", ingest, {"peer": search}, ["numpy"])


def test_a_peers_two_turns_leave_what_the_table_is_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.write_lines(tmp_path / "articles.jsonl", [{"text": f"Passage {n}."} for n in range(12)])
    worker.write_lines(tmp_path / "questions.jsonl", [{"id": "quiz", "question": QUIZ.text}])

    (tmp_path / "peer" / "index" / "left by a turn that was cut off").mkdir(parents=True)

    turn(monkeypatch, "ingest", str(tmp_path))
    turn(monkeypatch, "ask", str(tmp_path), "peer")

    assert [path.name for path in (tmp_path / "peer" / "index").iterdir()] == ["texts"]
    (answer,) = worker.read_lines(tmp_path / "peer" / "answers.jsonl")
    assert answer["id"] == "quiz"
    assert answer["texts"] == [f"Passage {n}." for n in range(10)]
    assert answer["seconds"] > 0
    folders = {"peer": tmp_path / "peer", "never run": tmp_path / "never run"}
    rows = dict(line.strip("| ").split(" | ") for line in table("few", [QUIZ], folders, folders).splitlines()[2:])
    assert rows["answer in first 10"] == "0.000 [0.000, 0.000]"
    assert rows["passages"] == "12"
    assert rows["versions"].startswith("numpy ")


def test_a_file_that_was_being_written_is_not_there(tmp_path: Path) -> None:
    def broken() -> Iterator[dict[str, str]]:
        yield {"id": "1"}
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        worker.write_lines(tmp_path / "answers.jsonl", broken())

    assert not (tmp_path / "answers.jsonl").exists()


def test_a_drawn_subset_holds_what_answers_its_questions_and_as_much_besides() -> None:
    articles = [{"url": f"u{n}"} for n in range(40)]
    questions = [
        Question(str(n), "?", ("a",), (Evidence(f"u{n}"), Evidence(f"u{n + 1}")), "", True) for n in range(0, 30, 2)
    ]

    kept, asked = drawn(articles, questions, 20)

    urls = {article["url"] for article in kept}
    assert len(kept) == 20
    assert asked
    assert urls.issuperset(each.url for question in asked for each in question.evidence)
    assert drawn(articles, questions, 20) == (kept, asked)


def test_a_question_that_nothing_can_be_looked_for_is_not_asked() -> None:
    unanswerable = Question("null", "?", (), (), "null_query", False)
    stance = Question("stance", "?", ("No",), (Evidence("u0"),), "", True)

    assert [can_be_measured(each) for each in (FACTS, QUIZ, unanswerable, stance)] == [True, True, False, False]


def test_every_peer_has_its_module_and_every_package_its_exact_version() -> None:
    folder = Path(worker.__file__).parent
    lines = (folder / "requirements.txt").read_text().splitlines()

    assert all(find_spec(f"benchmarks.peers.{peer.module}") for peer in PEERS)
    assert all("==" in line for line in lines if not line.startswith("#"))


def test_lines_keep_characters_as_they_are(tmp_path: Path) -> None:
    row = {"text": "Škoda “now”\u2028next"}
    worker.write_lines(tmp_path / "lines", [row])

    assert list(worker.read_lines(tmp_path / "lines")) == [row]
