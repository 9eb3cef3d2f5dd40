"""Who a news text says its information comes from: the outlets and agencies that it names as its sources."""

from rag.language.attribution.find import Attribution, attributions
from rag.language.attribution.names import canonical
from rag.language.attribution.origin import is_relay, origin_of

__all__ = ["Attribution", "attributions", "canonical", "is_relay", "origin_of"]
