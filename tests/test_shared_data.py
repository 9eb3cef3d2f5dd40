"""Real articles, read as they are. Third-party text: it lies beside the project, never in it."""

from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.sources import RawItem, read_items

DATA = Path(__file__).parent.parent.parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the benchmark articles, not ours to ship, are not here")


@pytest.mark.parametrize(
    ("path", "articles"),
    [("seeds", 2), ("multihop-rag/corpus.jsonl.gz", 609), ("realtimeqa/articles-2022-2023.jsonl.gz", 11_543)],
)
def test_every_article_is_read_and_understood(path: str, articles: int) -> None:
    items = list(read_items([DATA / path]))
    assert len(items) == articles
    assert all(isinstance(item, RawItem) for item in items)
    ids = {parse(item).article.id for item in items if isinstance(item, RawItem)}
    assert len(ids) == articles
