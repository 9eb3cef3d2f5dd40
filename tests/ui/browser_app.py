"""The web app over the corpus that is made up for its tests, or over the one in the folder BYLINE_TEST_CORPUS.

What is kept beside the former goes into the folder BYLINE_TEST_KEPT.
"""

import os
from pathlib import Path

from app import main
from rag.settings import Settings
from rag.ui.desk import Desk
from tests.ui.fake_corpus import FakeCorpus
from tests.ui.fake_desk import FakeDesk, HashedDesk


def make_desk() -> Desk:
    if folder := os.environ.get("BYLINE_TEST_CORPUS"):
        return HashedDesk(Settings(corpus=Path(folder)))
    kept = Path(os.environ["BYLINE_TEST_KEPT"])
    return FakeDesk(FakeCorpus(folder=kept), kept)


main(make_desk)
