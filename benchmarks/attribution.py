"""What articles say that they have from whom: how much of it is found, how rightly, and how fast.

python -m benchmarks.attribution [--data DIR]                            counts and time
python -m benchmarks.attribution --sheet {found,sentences,carried} [--of 220] [--half odd] [--seed N] > SHEET
python -m benchmarks.attribution --judged SHEET                          shares with their Wilson intervals

A sheet has a line for each case, drawn by a seed from the articles whose address has an odd (or even) hash: the mark of
what the rules say (+ or -), a tab, and the words. For `found`, a person changes + to - where no outlet is a source; for
`sentences`, puts what ought to be found before the mark (++ found, +- missed, -+ found wrongly, -- rightly nothing);
for `carried`, changes + to - where a sentence does not come from whom the sentence before named.
"""

import argparse
import gzip
import json
import math
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.questions import DATA
from rag.language.attribution import Attribution, attributions, canonical, is_relay
from rag.language.attribution.origin import origin_of, own_origin
from rag.language.attribution.outlets import ARTICLED, OUTLETS, SHY
from rag.language.sentences import sentence_spans
from rag.model import Article

SETS = {"RealTimeQA": "realtimeqa/articles-2022-2023.jsonl.gz", "MultiHop-RAG": "multihop-rag/corpus.jsonl.gz"}
SEED = 20240401
_FROM_ONE = 2  # cases of an article in a sheet, at most

# Independent of the rules: any known name, or what ends like a paper's, with a word of reporting near it.
_NAMED = "|".join(
    sorted(
        (
            re.escape(name.strip() if not name.strip().startswith("the ") else f"The {name.strip()[4:]}")
            for table in (OUTLETS, SHY, ARTICLED)
            for listed in table.split(";")
            for name in listed.split("|")
        ),
        key=len,
        reverse=True,
    )
)
_NAME = re.compile(
    rf"\b(?:{_NAMED}|USA TODAY|FOX News|(?:[A-Z][\w.-]+ ){{1,3}}(?:Times|Post|Tribune|Herald|Gazette|Journal|News|Star|"
    r"Chronicle|Globe|Telegraph|Dispatch|Magazine|Radio|TV|Press|Republic|Sun|Examiner|Courier|Register|Observer))\b"
)
_REPORTING = re.compile(
    r"\b(?:said|says|told|tells|reports?|reported|wrote|writes|according|interview(?:ed)?|citing|cited|quoted|published|"
    r"revealed|confirmed|noted|obtained|learned|found|claimed|spoke|per)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Text:
    article: Article
    text: str

    @property
    def is_odd(self) -> bool:
        return sha256(self.article.url.encode()).digest()[0] % 2 == 1


def read(data: Path, name: str) -> list[Text]:
    with gzip.open(data / SETS[name], "rt", encoding="utf-8") as lines:
        return [_text(json.loads(line)) for line in lines]


def _text(row: dict[str, str]) -> Text:
    article = Article(id=row["url"], url=row["url"], title=row.get("title") or "", source=row.get("source"))
    return Text(article, row.get("text") or row.get("body") or "")


def counts(name: str, texts: list[Text], outlets: frozenset[str]) -> None:
    started = time.perf_counter()
    found = [attributions(text.text, outlets) for text in texts]
    seconds = time.perf_counter() - started
    own = other = whole = relays = 0
    named: Counter[str] = Counter()
    for text, several in zip(texts, found, strict=True):
        key = own_origin(text.article)
        whole += sum(item.scope == "article" for item in several)
        own += sum(canonical(item.outlet) == key for item in several)
        others = [canonical(item.outlet) for item in several if canonical(item.outlet) != key]
        named.update(others)
        other += len(others)
        relays += is_relay(text.article, text.text, several)
    most = ", ".join(f"{outlet} {count}" for outlet, count in named.most_common(12))
    print(f"{name}: {len(texts)} articles, {sum(len(text.text) for text in texts) / 1e6:.1f} MB in {seconds:.1f} s")
    print(f"  found {own + other}, of them of the whole article {whole}; of the article's own outlet {own}")
    print(f"  with one at least {sum(map(bool, found))}, relays as a whole {relays}; {len(named)} outlets: {most}")


def sheet(kind: str, texts: list[Text], outlets: frozenset[str], size: int, seed: int) -> None:
    draw = random.Random(seed)
    draw.shuffle(texts)
    makers = {"found": _found, "sentences": _sentences, "carried": _carried}
    cases: list[str] = []
    for text in texts:
        of_one = list(makers[kind](text, attributions(text.text, outlets)))
        cases += draw.sample(of_one, min(_FROM_ONE, len(of_one)))
        if len(cases) >= 20 * size:
            break
    for case in draw.sample(cases, min(size, len(cases))):
        print(case.replace("\n", "⏎"))


def _found(text: Text, found: Iterable[Attribution]) -> Iterator[str]:
    own = own_origin(text.article)
    for item in found:
        if canonical(item.outlet) != own:
            yield f"+\t[{item.outlet}] {_marked(text.text, item.start, item.end, 110, 70)}"


def _sentences(text: Text, found: Iterable[Attribution]) -> Iterator[str]:
    own = own_origin(text.article)
    for start, end in sentence_spans(text.text):
        for name in _NAME.finditer(text.text, start, end):
            near = text.text[max(start, name.start() - 40) : name.start()] + text.text[name.end() : name.end() + 30]
            if canonical(name.group()) != own and _REPORTING.search(near):
                here = [item.outlet for item in found if item.start < end and item.end > start]
                yield f"{'+' if here else '-'}\t{here} {_marked(text.text, *name.span(), 150, 90)}"
                break


def _carried(text: Text, found: tuple[Attribution, ...]) -> Iterator[str]:
    own = own_origin(text.article)
    for start, end in sentence_spans(text.text):
        if not any(item.start < end and item.end > start for item in found):
            origin = origin_of(text.article, text.text, start, end, found)
            if origin != own and not is_relay(text.article, text.text, found):
                yield f"+\t[{origin}] {_marked(text.text, start, end, 250, 30)}"


def _marked(text: str, start: int, end: int, before: int, after: int) -> str:
    return f"{text[max(0, start - before) : start]}⟦{text[start:end]}⟧{text[end : end + after]}"


def judged(path: Path) -> None:
    marks = Counter(line.partition("\t")[0] for line in path.read_text("utf-8").splitlines() if line.strip())
    if set(marks) <= {"+", "-"}:
        print(f"right: {_share(marks['+'], marks.total())}")
        return
    print(f"found of what ought to be: {_share(marks['++'], marks['++'] + marks['+-'])}")
    print(f"right of what is found: {_share(marks['++'], marks['++'] + marks['-+'])}")


def _share(right: int, total: int) -> str:
    """A share with its Wilson interval at 95 %."""
    z, share = 1.96, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{right} of {total} = {share:.3f} ({middle - half:.3f} to {middle + half:.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sheet", choices=("found", "sentences", "carried"))
    parser.add_argument("--of", type=int, default=220)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--judged", type=Path)
    given = parser.parse_args()
    if given.judged:
        judged(given.judged)
        return
    if not given.data.is_dir():
        sys.exit(f"{given.data} is not here; --data says where the articles lie")
    sets = {name: read(given.data, name) for name in SETS}
    outlets = frozenset(text.article.source for texts in sets.values() for text in texts if text.article.source)
    if given.sheet:
        drawn = [text for texts in sets.values() for text in texts if text.is_odd == (given.half == "odd")]
        sheet(given.sheet, drawn, outlets, given.of, given.seed)
        return
    for name, texts in sets.items():
        counts(name, texts, outlets)


if __name__ == "__main__":
    main()
