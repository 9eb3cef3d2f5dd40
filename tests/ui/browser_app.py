"""The web app over the corpus that is made up for its tests; none at all when BYLINE_TEST_EMPTY is set."""

import os

from app import main
from rag.errors import CorpusNotFound
from tests.ui.fake_corpus import FakeCorpus


def open_news() -> FakeCorpus:
    if "BYLINE_TEST_EMPTY" in os.environ:
        raise CorpusNotFound("corpus")
    return FakeCorpus()


main(open_news)
