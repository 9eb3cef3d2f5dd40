"""Real articles, read as they are. Third-party text: it lies beside the project, never in it."""

from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.sources import RawItem, read_items

DATA = Path(__file__).parent.parent.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the benchmark articles, not ours to ship, are not here")


@pytest.mark.parametrize(
    ("path", "articles", "step"),
    [
        ("seeds", 2, 1),
        ("multihop-rag/corpus.jsonl.gz", 609, 1),
        ("realtimeqa/articles-2022-2023.jsonl.gz", 11_543, 8),  # all of them take a minute
    ],
)
def test_every_article_is_read_and_each_of_some_is_understood(path: str, articles: int, step: int) -> None:
    items = list(read_items([DATA / path]))
    assert len(items) == articles
    assert all(isinstance(item, RawItem) for item in items)
    some = items[::step]
    ids = {parse(item).article.id for item in some if isinstance(item, RawItem)}
    assert len(ids) == len(some)
