"""How many requests of one address a firewall lets through."""

import math

from advisor.architecture import Edge, Node
from advisor.sizing.node_updates import NodeUpdates, number
from advisor.sizing.sized import Sized, count, rate, seconds

#: The time in which requests are counted, and the lowest limit that this design sets.
#: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html (read 2026-12-01)
WINDOW_S, LEAST = 300, 2000


def limit_addresses(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Set the limit of a firewall: the people of a company share one address, so the stated peak may come from it."""
    if edge.verb != "filter":
        return
    peak = float(updates.facts_of(source).values.get("rate_peak_rps") or 0)
    limit = max(LEAST, math.ceil(peak * WINDOW_S))
    if limit <= number(target, "requests_per_address"):
        return
    sized = Sized()
    sized.put(
        "requests_per_address", limit, unit="count",
        en=(
            "All callers at the peak rate of {peak} may share one address, such as the people of a company behind one NAT. The "
            "limit counts requests within {window}. This design sets at least {least}."),
        ja=(
            "ピーク時（{peak}）のすべての呼び出し元が、企業の NAT のように 1 つのアドレスを共有する場合があります。{window}以内のリクエスト数の上限で、"
            "本設計では最小でも {least} 件とします。"),
        source="waf-rate-rule", peak=rate(peak), window=seconds(WINDOW_S), least=count(LEAST),
    )  # fmt: skip
    updates.change(target, sized)
