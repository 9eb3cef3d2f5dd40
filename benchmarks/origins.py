"""Origins of answers: how many there are, how often they differ from the cited outlet, how rightly, and how fast.

python -m benchmarks.origins CORPUS {multihop,realtimeqa,sample} [--of 200]     counts and time
python -m benchmarks.origins CORPUS SET --sheet {origins,repeats} [--of 200] > SHEET
python -m benchmarks.attribution --judged SHEET                                  shares with their Wilson intervals

The questions are drawn by a seed. A sheet has a line for each citation or report whose origin is another outlet than
its article's own (`origins`), or for each report that is no copy (`repeats`): a "+", a tab, and the words. A person
changes + to - where the words do not come from that outlet, or where the other sentence does not say what is cited.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from benchmarks import questions
from rag import Corpus, open_corpus
from rag.model import Answer
from rag.origins import told_in

SETS = {"multihop": questions.multihop, "realtimeqa": questions.realtimeqa, "sample": questions.sample}
SEED = 20240401
_BEFORE = 350


def ask(corpus: Corpus, name: str, size: int) -> list[Answer]:
    asked = SETS[name]()
    random.Random(SEED).shuffle(asked)
    return [corpus.ask(question.text) for question in asked[:size]]


def counts(answers: list[Answer]) -> None:
    answered = [answer for answer in answers if not answer.abstained]
    told = [each for answer in answered for each in told_in(answer.citations)]
    cited = [citation for answer in answered for citation in answer.citations]
    print(f"{len(answers)} questions, {len(answered)} answered, with {len(cited)} citations")
    print(f"citations and reports {len(told)}, from another outlet {sum(each.origin is not None for each in told)}")
    print(f"citations alone: {sum(each.origin is not None for each in cited)}")
    print(f"answers in which one is: {sum(any(each.origin for each in answer.citations) for answer in answered)}")
    pairs = Counter((answer.origins, answer.reports) for answer in answered)
    print("origins, reports: " + ", ".join(f"{pair} {count}" for pair, count in sorted(pairs.items())))
    steps = quantiles([answer.timings["trace"] for answer in answered], n=20)
    print(f"ms of the step: p50 {steps[9]:.1f}, p95 {steps[18]:.1f}")


def origins_sheet(corpus: Corpus, answers: list[Answer]) -> Iterator[str]:
    for answer in answers:
        for each in told_in(answer.citations):
            if each.origin and each.end:
                text = corpus.article(each.article.id, each.version).text
                words = f"{text[max(0, each.start - _BEFORE) : each.start]}⟦{text[each.start : each.end]}⟧"
                yield f"+\t[{each.article.source} ← {each.origin}] {words}"


def repeats_sheet(corpus: Corpus, answers: list[Answer]) -> Iterator[str]:
    for answer in answers:
        for citation in answer.citations:
            for report in citation.reports:
                if not report.is_copy:
                    text = corpus.article(report.article.id, report.version).text[report.start : report.end]
                    yield f"+\t{answer.question} ⟦{citation.quote}⟧ = ⟦{text}⟧ ({report.article.source})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("--of", type=int, default=200)
    parser.add_argument("--sheet", choices=("origins", "repeats"))
    given = parser.parse_args()
    with open_corpus(given.corpus) as corpus:
        answers = ask(corpus, given.set, given.of)
        if given.sheet is None:
            counts(answers)
            return
        sheet = origins_sheet if given.sheet == "origins" else repeats_sheet
        for line in sheet(corpus, answers):
            print(line.replace("\n", "⏎"))


if __name__ == "__main__":
    main()
