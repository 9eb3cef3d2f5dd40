"""From files, archives and addresses of articles to a corpus."""

from ingest.api import delete, ingest, reinstate, watch, withdraw
from ingest.report import IngestReport, Planned, Progress

__all__ = ["IngestReport", "Planned", "Progress", "delete", "ingest", "reinstate", "watch", "withdraw"]
