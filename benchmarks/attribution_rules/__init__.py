"""Who a news text says its information comes from: the outlets and agencies that it names as its sources."""

from benchmarks.attribution_rules.find import Attribution, attributions
from benchmarks.attribution_rules.names import canonical
from benchmarks.attribution_rules.origin import is_relay, origin_of

__all__ = ["Attribution", "attributions", "canonical", "is_relay", "origin_of"]
