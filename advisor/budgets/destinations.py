"""Calls of external destinations, which a bus makes no faster than the rate limit that was set for them."""

from advisor.architecture import Edge
from advisor.budgets.flow import Flow
from advisor.budgets.measurement import Load
from advisor.sizing.destination_rates import kept_rate, stated_rate
from advisor.text import Text


def calls_outside(flow: Flow, edge: Edge) -> Load | None:
    """Return the calls per second of a destination: at the peak, or at its rate limit if that is lower."""
    rates = flow.rates(edge)
    if rates is None:
        return None
    known = flow.facts.get(flow.source(edge).subject)
    stated = None if known is None else stated_rate(known.values)
    # A limit that follows from the peak and the quota is no reason to call less often.
    kept = 0.0 if stated is None else kept_rate(stated)
    if 0 < kept < rates[1]:
        return Load(kept, "per_s", Text("calls at the rate limit of the destination", "宛先のレート制限での呼び出し"))
    return Load(rates[1], "per_s", Text("messages at the peak", "ピーク時のメッセージ"))
