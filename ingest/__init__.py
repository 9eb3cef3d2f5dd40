"""From files of articles to a corpus."""

from ingest.api import delete, ingest
from ingest.pipeline import IngestReport, Progress

__all__ = ["IngestReport", "Progress", "delete", "ingest"]
