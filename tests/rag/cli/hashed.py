"""The `byline` command with no model behind it, and with small batches: `python -m tests.rag.cli.hashed ARGUMENTS`."""

from functools import partial

import ingest
import ingest.pipeline as pipeline
from rag.cli.backend import Backend
from rag.cli.group import byline
from tests.fakes import HashEmbedder

if __name__ == "__main__":
    pipeline.BATCH_PASSAGES = 5
    ingest.ingest = partial(ingest.ingest, embedder=HashEmbedder())
    ingest.watch = partial(ingest.watch, embedder=HashEmbedder())
    byline.main(obj=Backend())
