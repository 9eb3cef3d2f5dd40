"""Which library tells a page's article best from what stands around it.

python -m benchmarks.html_text [--only NAME ...] [--each]

The pages, with what is their text, are in benchmarks/pages; its README tells what came of it.
"""

import argparse
import importlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

PAGES = Path(__file__).parent / "pages"
SETS = {"seen": PAGES, "held out": PAGES / "held_out"}
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_]+")
_BULLET = re.compile(r"^(?:[-•*–]|\d{1,2}\.|#+)\s+")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a page's main text is: its paragraphs, and words beside them (of tables); what may be in it; what never."""

    name: str
    page: bytes
    paragraphs: tuple[str, ...]
    words: tuple[str, ...]
    may: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(slots=True)
class Score:
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    paragraphs: list[float] = field(default_factory=list)
    never: int = 0
    seconds: float = 0.0


def read_gold(folder: Path) -> Iterator[Gold]:
    for path in sorted(folder.glob("*.html")):
        parts: dict[str, str] = {}
        text, *sections = re.split(r"^== (\w+)\n", path.with_suffix(".txt").read_text("utf-8"), flags=re.MULTILINE)
        parts.update(zip(sections[::2], sections[1::2], strict=True))
        lines = {name: tuple(part.strip().splitlines()) for name, part in parts.items()}
        paragraphs = tuple(part.strip() for part in text.split("\n\n") if part.strip())
        extra = (lines.get(name, ()) for name in ("words", "may", "never"))
        yield Gold(path.stem, path.read_bytes(), paragraphs, *extra)


def measure(gold: Gold, text: str, score: Score) -> None:
    """Word by word, as often as each occurs. What may be in the text counts neither for it nor against it."""
    wanted = _counted(*gold.paragraphs, *gold.words)
    found = _counted(text)
    found -= _counted(*gold.may) & (found - wanted)
    common = (wanted & found).total()
    precision = common / found.total() if found else 0.0
    recall = common / wanted.total()
    score.precision.append(precision)
    score.recall.append(recall)
    score.f1.append(2 * precision * recall / (precision + recall) if common else 0.0)
    blocks = {" ".join(_BULLET.sub("", line.strip()).split()) for line in text.splitlines()}
    whole = sum(_BULLET.sub("", paragraph) in blocks for paragraph in gold.paragraphs)
    score.paragraphs.append(whole / len(gold.paragraphs))
    running = " ".join(text.split())
    score.never += sum(string in running for string in gold.never)


def _counted(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text))


def _byline(page: bytes) -> str:
    import io

    from ingest.sources.document import Document
    from ingest.sources.html_page import read_html
    from ingest.sources.items import RawItem

    (found,) = read_html(Document("page", "page", "file:///page.html", io.BytesIO(page)))
    return str(found.fields.get("text", "")) if isinstance(found, RawItem) else ""


def _trafilatura(**options: bool) -> Callable[[bytes], str]:
    def text(page: bytes) -> str:
        return importlib.import_module("trafilatura").extract(page, include_comments=False, **options) or ""

    return text


def _readability(page: bytes) -> str:
    body = importlib.import_module("readability").Document(page.decode("utf-8", "replace")).summary()
    root = importlib.import_module("lxml.html").document_fromstring(body)
    for block in root.iter("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "br", "tr", "figcaption"):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    return str(root.text_content())


def _justext(page: bytes) -> str:
    justext = importlib.import_module("justext")
    language = re.search(rb'<html[^>]*\blang="?(\w\w)', page)
    words = {b"de": "German", b"fr": "French", b"es": "Spanish", b"ru": "Russian", b"ar": "Arabic"}
    name = words.get(language.group(1) if language else b"", "English")
    stop_words = justext.get_stoplist(name) if name in justext.get_stoplists() else frozenset()
    paragraphs: list[Any] = justext.justext(page, stop_words)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def _newspaper(page: bytes) -> str:
    article = importlib.import_module("newspaper").Article("https://page.example/a")
    article.download(input_html=page.decode("utf-8", "replace"))
    article.parse()
    return str(article.text)


def _goose(page: bytes) -> str:
    with importlib.import_module("goose3").Goose({"enable_image_fetching": False}) as goose:
        return goose.extract(raw_html=page.decode("utf-8", "replace")).cleaned_text or ""


def _resiliparse(page: bytes) -> str:
    extract = importlib.import_module("resiliparse.extract.html2text")
    return str(extract.extract_plain_text(page.decode("utf-8", "replace"), main_content=True, comments=False))


EXTRACTORS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "byline": ("Byline itself", _byline),
    "trafilatura": ("trafilatura", _trafilatura()),
    "trafilatura, precision": ("trafilatura", _trafilatura(favor_precision=True)),
    "trafilatura, recall": ("trafilatura", _trafilatura(favor_recall=True)),
    "readability-lxml": ("readability-lxml", _readability),
    "jusText": ("jusText", _justext),
    "newspaper4k": ("newspaper4k[nlp,ja]", _newspaper),
    "goose3": ("goose3", _goose),
    "resiliparse": ("resiliparse", _resiliparse),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=EXTRACTORS, default=list(EXTRACTORS))
    parser.add_argument("--each", action="store_true", help="a line for each page too")
    given = parser.parse_args()
    for name, folder in SETS.items():
        pages = list(read_gold(folder))
        unwanted = sum(len(gold.never) for gold in pages)
        print(f"\n{name}: {len(pages)} pages\n")
        print(f"| | precision | recall | F1 | lowest F1 | paragraphs whole | unwanted, of {unwanted} | ms a page |")
        print("|---|---|---|---|---|---|---|---|")
        for extractor in given.only:
            print(_row(extractor, pages, each=given.each), flush=True)


def _row(name: str, pages: list[Gold], *, each: bool) -> str:
    package, extract = EXTRACTORS[name]
    score = Score()
    lines: list[str] = []
    try:
        extract(pages[0].page)  # untimed: it loads the library
    except ImportError as error:
        return f"| {name} | needs {package}: {error} | | | | | | |"
    for gold in pages:
        before = score.never
        started = time.perf_counter()
        text = extract(gold.page)
        score.seconds += time.perf_counter() - started
        measure(gold, text, score)
        lines.append(f"    {gold.name}: F1 {score.f1[-1]:.3f}, unwanted {score.never - before}")
    if each:
        print("\n".join(lines))
    means = " | ".join(f"{fmean(values):.3f}" for values in (score.precision, score.recall, score.f1))
    speed = 1000 * score.seconds / len(pages)
    return f"| {name} | {means} | {min(score.f1):.3f} | {fmean(score.paragraphs):.3f} | {score.never} | {speed:.0f} |"


if __name__ == "__main__":
    main()
