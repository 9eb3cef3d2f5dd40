"""Who a news text says its information comes from: the outlets and agencies that it names as its sources."""

from rag.language.attribution.find import Attribution, attributions
from rag.language.attribution.names import canonical, known_name, without_section
from rag.language.attribution.origin import attributed_to, is_relay, origin_of, own_origin, relayed

__all__ = [
    "Attribution",
    "attributed_to",
    "attributions",
    "canonical",
    "is_relay",
    "known_name",
    "origin_of",
    "own_origin",
    "relayed",
    "without_section",
]
