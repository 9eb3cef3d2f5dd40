"""Documents from the web: fetched only when asked, politely, within bounds, and from public addresses."""

from ingest.fetch.client import Fetcher
from ingest.fetch.fetched import Fetched, Validators

__all__ = ["Fetched", "Fetcher", "Validators"]
