import json
import re
from dataclasses import replace

from rag.cli.evaluate import QuestionPace
from rag.evaluation import Progress, load_set, run_set
from rag.feedback import FILE, Verdict, evidence_in, keep, mark_of
from rag.model import Filters
from tests.rag.evaluation.conftest import LAUNCH, RECORDS, write_set


def test_the_figures_of_a_set_are_shown_with_their_n(run, backend, news, tmp_path):
    backend.corpus = news
    done = run("eval", str(write_set(tmp_path, *RECORDS, "nonsense")), "--quiet")
    assert done.exit_code == 0, done.stderr
    assert "5 questions of questions.jsonl over 5 articles" in done.stdout
    assert re.search(r"^ranking linear \w{12}, reader extractive \w{12}$", done.stdout, re.MULTILINE)
    assert "  citations exact         1.000  [1.000, 1.000]  n = " in done.stdout
    assert "line 6: This line is not JSON" in done.stdout
    assert not re.search(r"\bnan\b", done.stdout, re.IGNORECASE)


def test_json_has_the_run_and_every_figure(run, backend, news, tmp_path):
    backend.corpus = news
    done = run("eval", str(write_set(tmp_path, *RECORDS)), "--json", "-k", "3")
    document = json.loads(done.stdout)
    assert (document["run"]["k"], document["finished"], document["asked"]) == (3, True, 5)
    assert {figure["group"] for figure in document["figures"]} == {"all", "when", "who", "how-much"}
    assert all(figure["value"] is not None or figure["why"] for figure in document["figures"])


def test_a_file_that_is_no_set_is_bad_use(run, tmp_path):
    done = run("eval", str(write_set(tmp_path, "nonsense")))
    assert done.exit_code == 2
    assert "holds no question" in done.stderr


def test_progress_says_the_rate_and_the_time_left():
    seconds = iter([0.0, 4.0])
    pace = QuestionPace(lambda: next(seconds))
    assert pace(Progress(10, 100, 10)) == "10 of 100 questions"
    assert pace(Progress(18, 100, 10)) == "18 of 100 questions at 2.0/s, about 41 s left"


def test_a_report_is_written_and_an_earlier_run_compared_with(run, backend, news, tmp_path):
    backend.corpus = news
    asked = write_set(tmp_path, *RECORDS)
    earlier = run_set(news, load_set(asked)).info.id
    done = run("eval", str(asked), "--report", str(tmp_path / "report"), "--compare", earlier, "--quiet")
    assert done.exit_code == 0, done.stderr
    assert f"Compared with {earlier}, over 5 questions" in done.stdout
    assert "differences were tested" in done.stdout
    assert earlier in (tmp_path / "report" / "report.html").read_text()


def test_an_unknown_run_to_compare_with_is_bad_use(run, backend, news, tmp_path):
    backend.corpus = news
    done = run("eval", str(write_set(tmp_path, *RECORDS)), "--compare", "nothing")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no finished run 'nothing'" in done.stderr


def test_what_readers_said_is_run_at_once(run, backend, news):
    backend.corpus = news
    question = "When will Kite Motors open its battery plant in Vessen?"
    start = (version := news.article(LAUNCH)).text.index("on 14 June")
    evidence = evidence_in(version, start, start + len("on 14 June"))
    answer = news.ask(question)
    keep(news.folder, mark_of(Verdict.RIGHT, answer, Filters(), 1, right_answer="14 June", evidence=(evidence,)))
    keep(news.folder, mark_of(Verdict.DECLINE, replace(answer, question="Who pays?"), Filters(), 1))
    keep(news.folder, mark_of(Verdict.WRONG, replace(answer, question="Who works there?"), Filters(), 1))
    done = run("eval", str(news.folder / FILE), "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["asked"], document["rejected"]) == (3, [])
    taken = {figure["measure"]: figure["n"] for figure in document["figures"] if figure["group"] == "all"}
    assert (taken["fact recall@10"], taken["declined, unanswerable"], taken["answer in first 10"]) == (1, 1, 1)
    assert (news.folder / FILE).read_text().count("\n") == 3
