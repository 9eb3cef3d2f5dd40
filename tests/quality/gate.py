"""The gate: the sample set over the sample corpus, against a kept baseline.

    python -m tests.quality.gate [--raise | --lower]

Fails when a measure falls by more than chance: Holm's correction over all measures that were tested, 5 %, paired by
question; and when a citation is not exact. `--raise` keeps what was measured as the new baseline, unless it is worse;
`--lower` keeps it whatever it is.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingest import ingest
from rag import Corpus, Settings, open_corpus
from rag.evaluation import MEASURES, Difference, Question, Run, load_set, run_set
from rag.evaluation.compare import differences
from rag.evaluation.measures import TIME
from rag.evaluation.results import Given, Result
from tests.conftest import SAMPLES

BASELINE = Path(__file__).parent / "baseline.json"
EXACT = "citations exact"
SIGNIFICANT = 0.05
APART = "reworded"
"""Questions that share hardly a word with what answers them are tested apart: what helps these can harm the others, and
both together would hide it."""

_TESTED = tuple(measure for measure in MEASURES if measure.group != TIME)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the measures since the baseline was kept, over the questions that are still the same.

    `fallen` and `risen` did so by more than chance. `changed` says what the baseline was made of and is not so now.
    """

    paired: int
    differences: tuple[Difference, ...]
    fallen: tuple[Difference, ...]
    risen: tuple[Difference, ...]
    changed: tuple[str, ...]


def baseline_of(run: Run, articles: Path) -> dict[str, Any]:
    """What is kept of a run: its measures question by question, and what it was made of."""
    return {
        "made_of": _made_of(run, articles),
        "results": {
            question.id: {
                "question": _fingerprint(question),
                "confidence": result.answer.confidence,
                "values": result.values,
            }
            for question, result in run.by_id().values()
        },
    }


def judge(run: Run, baseline: Mapping[str, Any], articles: Path) -> Verdict:
    """What became of the measures of a baseline in a run."""
    kept = baseline["results"]
    types = {question.id: question.type for question in run.questions.questions}
    pairs = [
        (_result(question.id, kept[question.id]), result)
        for question, result in run.by_id().values()
        if question.id in kept and kept[question.id]["question"] == _fingerprint(question)
    ]
    apart = [pair for pair in pairs if types[pair[1].id] == APART]
    others = [pair for pair in pairs if types[pair[1].id] != APART]
    found = differences([(APART, apart), ("others", others)], _TESTED)
    certain = [each for each in found if each.adjusted < SIGNIFICANT or each.measure == EXACT]
    made_of = _made_of(run, articles)
    return Verdict(
        len(pairs),
        found,
        tuple(each for each in certain if each.better is False),
        tuple(each for each in certain if each.better),
        tuple(name for name, value in baseline["made_of"].items() if made_of[name] != value),
    )


def sample_run(corpus: Corpus) -> Run:
    """The sample set over a corpus."""
    return run_set(corpus, load_set(SAMPLES / "questions.jsonl"))


def write_baseline(path: Path, baseline: Mapping[str, Any]) -> None:
    """Keep a baseline, a line a question, so that a difference can be read."""
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(kept)}" for name, kept in baseline["results"].items())
    path.write_text(
        f'{{"made_of": {json.dumps(baseline["made_of"])},\n"results": {{\n{lines}\n}}}}\n', encoding="utf-8"
    )


def _made_of(run: Run, articles: Path) -> dict[str, str]:
    return {
        "articles": sha256(articles.read_bytes()).hexdigest(),
        "questions": run.info.set_sha256,
        "model": run.info.embedder.sha256 if run.info.embedder else "",
    }


def _fingerprint(question: Question) -> str:
    return sha256(repr(question).encode()).hexdigest()[:12]


def _result(name: str, kept: Mapping[str, Any]) -> Result:
    return Result(name, (), Given(confidence=kept["confidence"]), kept["values"])


def told(each: Difference) -> str:
    """A difference, for people."""
    return (
        f"  {each.measure} ({each.group}): {each.before:.3f} to {each.after:.3f} [{each.low:+.3f}, {each.high:+.3f}] "
        f"of {each.n} questions, p = {each.p:.4f}, corrected {each.adjusted:.4f}"
    )


def _measured(articles: Path) -> Run:
    with TemporaryDirectory() as folder:
        settings = Settings(corpus=Path(folder) / "corpus")
        ingest(articles, settings=settings)
        with open_corpus(settings=settings) as corpus:
            return sample_run(corpus)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument("--raise", dest="higher", action="store_true", help="keep what was measured, unless worse")
    keeping.add_argument("--lower", action="store_true", help="keep what was measured, whatever it is")
    given = parser.parse_args()
    articles = SAMPLES / "articles.jsonl"
    run = _measured(articles)
    if not BASELINE.exists():
        if not given.lower:
            print("There is no baseline yet; --lower keeps this as the first.", file=sys.stderr)
            return 1
        write_baseline(BASELINE, baseline_of(run, articles))
        return 0
    verdict = judge(run, json.loads(BASELINE.read_text(encoding="utf-8")), articles)
    _report(verdict)
    if given.lower or (given.higher and not verdict.fallen):
        write_baseline(BASELINE, baseline_of(run, articles))
        print(f"Kept as the new baseline: {BASELINE.name}.")
        return 0
    return 1 if verdict.fallen else 0


def _report(verdict: Verdict) -> None:
    print(f"{verdict.paired} questions, {len(verdict.differences)} measures tested against the baseline.")
    if verdict.changed:
        print(f"Since the baseline was kept these have changed: {', '.join(verdict.changed)}.")
    for title, found in (("Fallen by more than chance:", verdict.fallen), ("Risen:", verdict.risen)):
        if found:
            print(title, *map(told, found), sep="\n")
    if verdict.fallen:
        print("If that is meant, `make gate LOWER=1` keeps the lower figures as the baseline.")
    elif verdict.risen or verdict.changed:
        print("`make gate RAISE=1` keeps these figures as the new baseline.")
    else:
        print("Nothing fell by more than chance.")


if __name__ == "__main__":
    sys.exit(main())
