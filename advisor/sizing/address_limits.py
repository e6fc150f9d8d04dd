"""How many requests of one address a firewall lets through."""

import math

from advisor.architecture import Edge, Node
from advisor.sizing.node_updates import NodeUpdates
from advisor.sizing.sized import Sized, count, rate, seconds
from advisor.text import EMPTY, Text

#: The time in which requests are counted, and the lowest limit that this design sets.
#: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html (read 2026-12-01)
WINDOW_S, LEAST = 300, 2000
_TOGETHER = Text(", which is the sum of {entries} components,", "{entries} つのコンポーネントを合わせた")


def limit_addresses(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Set the limit of a firewall: the people of a company share one address, so the stated peaks may come from it.

    The rule counts the requests of an address to all that the firewall protects: AWS WAF tracks them by rule
    (https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html, read 2026-12-01).
    """
    if edge.verb != "filter" or "requests_per_address" in target.settings:
        return
    entries = [updates.nodes[one.source] for one in updates.edges if one.verb == "filter" and one.target == target.id]
    peaks = {entry.subject: float(updates.facts_of(entry).values.get("rate_peak_rps") or 0) for entry in entries}
    peak, sized = sum(peaks.values()), Sized()
    limit = max(LEAST, math.ceil(peak * WINDOW_S))
    together = _TOGETHER if len(peaks) > 1 else EMPTY
    sized.put(
        "requests_per_address", limit, unit="count",
        en=(
            "All callers at the peak rate of {peak}" + together.en + " may share one address, such as the employees of a company "
            "behind one NAT gateway. The limit counts requests within {window}. This design sets at least {least}."),
        ja=(
            together.ja + "ピーク時（{peak}）のすべての呼び出し元が、企業の NAT のように 1 つのアドレスを共有する場合があります。{window}以内の"
            "リクエスト数の上限で、本設計では最小でも {least} 件とします。"),
        source="waf-rate-rule", peak=rate(peak), entries=count(len(peaks)), window=seconds(WINDOW_S), least=count(LEAST),
    )  # fmt: skip
    updates.change(target, sized)
