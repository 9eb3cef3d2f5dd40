"""The question sets that lie near a corpus: the sample's, what readers said of answers, those in a folder."""

import json
from pathlib import Path

from rag.corpus import Corpus
from rag.errors import ArticleNotFound
from rag.feedback import FILE

SUFFIXES = (".jsonl", ".jsonl.gz")


def known_sets(news: Corpus) -> dict[str, Path]:
    """The sets that can be run over this corpus without naming a file, by the names that people are shown."""
    found = {}
    if sample := _sample(news):
        found["Sample questions"] = sample
    feedback = news.folder / FILE
    if feedback.is_file() and feedback.stat().st_size:
        found["What readers said of answers"] = feedback
    return found


def sets_in(folder: Path) -> list[Path]:
    """The files of a folder that may be question sets, by name."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIXES) and path.is_file())


def _sample(news: Corpus) -> Path | None:
    """The questions that come with Byline, if this corpus holds the articles that they are about.

    The sample lies inside an installed package, or beside it in a checkout.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "samples", package.parent / "samples"):
        articles, questions = folder / "articles.jsonl", folder / "questions.jsonl"
        if articles.is_file() and questions.is_file():
            with articles.open(encoding="utf-8") as file:
                first = json.loads(file.readline())
            return questions if _holds(news, first["url"]) else None
    return None


def _holds(news: Corpus, reference: str) -> bool:
    try:
        news.article(reference)
    except ArticleNotFound:
        return False
    return True
