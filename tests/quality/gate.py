"""The gate: the sample set over the sample corpus, against a kept baseline.

    python -m tests.quality.gate [--raise | --lower]

Fails when a measure falls by more than chance: Holm's correction over all measures that were tested, 5 %, paired by
question; when a citation of any question is not exact; and when too few questions of the baseline are still the same
for it to tell anything. `--raise` keeps what was measured as the new baseline, unless a mean is lower, be it by chance
alone: many small steps down would else go unnoticed. `--lower` keeps it whatever it is.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
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

FEWEST = 0.5
"""The share of the baseline's questions that must be the same now: of fewer the gate can tell nothing."""

_TESTED = tuple(measure for measure in MEASURES if measure.group != TIME)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the measures since the baseline was kept, over the questions that are still the same.

    `paired` of the `kept` questions of the baseline are. `fallen` and `risen` did so by more than chance. `inexact` are
    the ids of all questions, new ones too, of which a citation is not exact. `changed` says what the baseline was made
    of and is not so now.
    """

    paired: int
    kept: int
    differences: tuple[Difference, ...]
    fallen: tuple[Difference, ...]
    risen: tuple[Difference, ...]
    inexact: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def too_few(self) -> bool:
        """Whether so few questions are the same that nothing can be told."""
        return not self.paired or self.paired < FEWEST * self.kept

    @property
    def passes(self) -> bool:
        """Whether nothing speaks against what was measured."""
        return not (self.too_few or self.fallen or self.inexact)

    @property
    def lower(self) -> tuple[Difference, ...]:
        """What is worse in the mean, by chance or not."""
        return tuple(each for each in self.differences if each.better is False)


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
        len(kept),
        found,
        tuple(each for each in certain if each.better is False),
        tuple(each for each in certain if each.better),
        tuple(result.id for result in run.results if result.values.get(EXACT, 1.0) < 1.0),
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
    """What a question is known by: what is asked, under which filters, and what counts as right.

    Each part is named here, so that a field which gets another name in the code leaves the question the same.
    """
    filters = question.filters
    days = {"as_of": filters.as_of, "from": filters.published_from, "to": filters.published_to}
    defining = {
        "question": question.text,
        "answers": question.answers,
        "evidence": [[evidence.url, evidence.quote] for evidence in question.evidence],
        "answerable": question.answerable,
        "source": filters.sources,
        "author": filters.authors,
        "category": filters.categories,
        "language": filters.languages,
        **{name: day and day.isoformat() for name, day in days.items()},
    }
    return sha256(json.dumps(defining, sort_keys=True).encode()).hexdigest()[:12]


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


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument("--raise", dest="higher", action="store_true", help="keep what was measured, unless worse")
    keeping.add_argument("--lower", action="store_true", help="keep what was measured, whatever it is")
    given = parser.parse_args(arguments)
    articles = SAMPLES / "articles.jsonl"
    run = _measured(articles)
    if BASELINE.exists():
        verdict = judge(run, json.loads(BASELINE.read_text(encoding="utf-8")), articles)
        _report(verdict)
        passes, better = verdict.passes, not verdict.lower
    else:
        print("There is no baseline yet; --lower keeps this as the first.", file=sys.stderr)
        passes, better = False, False
    if given.lower or (given.higher and passes and better):
        write_baseline(BASELINE, baseline_of(run, articles))
        print(f"Kept as the new baseline: {BASELINE.name}.")
        return 0
    return 1 if given.higher or not passes else 0


def _report(verdict: Verdict) -> None:
    print(
        f"{verdict.paired} of the {verdict.kept} questions of the baseline are the same, "
        f"{len(verdict.differences)} measures tested."
    )
    if verdict.changed:
        print(f"Since the baseline was kept these have changed: {', '.join(verdict.changed)}.")
    for title, found in (("Fallen by more than chance:", verdict.fallen), ("Risen:", verdict.risen)):
        if found:
            print(title, *map(told, found), sep="\n")
    if verdict.inexact:
        print(f"Citations that are not exact, which is a defect, are in: {', '.join(verdict.inexact)}.")
    if verdict.too_few:
        print("Too few questions are the same: nothing can be told. If that is meant, `make gate LOWER=1` starts anew.")
    elif verdict.fallen:
        print("If that is meant, `make gate LOWER=1` keeps the lower figures as the baseline.")
    elif verdict.lower:
        print(
            "Lower, though not by more than chance; `make gate RAISE=1` refuses that:",
            *map(told, verdict.lower),
            sep="\n",
        )
    elif verdict.risen or verdict.changed:
        print("`make gate RAISE=1` keeps these figures as the new baseline.")
    else:
        print("Nothing fell by more than chance.")


if __name__ == "__main__":
    sys.exit(main())
