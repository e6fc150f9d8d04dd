"""Warm throughput of a new table whose stated peak exceeds the initial throughput of DynamoDB."""

import math

from advisor.architecture import Node
from advisor.sizing.node_updates import NodeUpdates
from advisor.sizing.sized import Sized, count, rate

#: Units that a new on-demand table takes at once.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html (read 2026-11-27)
FIRST = {"warm_writes": 4000, "warm_reads": 12_000}
_VERBS = {"warm_writes": ("write", "read-write"), "warm_reads": ("read", "read-write")}
_UNITS = {"warm_writes": "ddb-write-unit", "warm_reads": "ddb-read-unit"}
_QUOTA = "ddb-throughput-default"
_SOURCE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html"


def set_warm_throughput(updates: NodeUpdates, node: Node) -> None:
    """Set the warm throughput of a table whose stated peak is above that of a new one."""
    if node.service != "dynamodb":
        return
    facts = updates.facts_of(node)
    item = 1.0 if "item_bytes" in facts.assumed else float(facts.values["item_bytes"])
    for key, first in FIRST.items():
        peak = sum(_peaks(updates, node, _VERBS[key]).values())
        units = max(1, math.ceil(item / updates.dated.whole(_UNITS[key], "B", 1024)))
        if peak * units <= first:
            continue
        most, sized = updates.dated.whole(_QUOTA, "per_s", 40_000), Sized()
        sized.put(
            key, min(most, math.ceil(peak * units)), unit="count",
            en=(
            "The peak rate of {peak} at {units} capacity units per item. A new on-demand table "
            "supports {first} from the start. The default quota of a table is {most} capacity units per second. Warm throughput is "
            "charged only when it is set."),
            ja=(
            "ピーク時の{peak}、1 件あたり {units} キャパシティーユニットから算出した値です。新しいオ"
            "ンデマンドテーブルがすぐに処理できるのは毎秒 {first} ユニットです。テーブルのデフォルトのクォータは毎秒 {most} ユニットです。"
            "ウォームスループットの料金は、設定時にだけかかります。"), source=_SOURCE, peak=rate(peak), units=count(units), first=count(first),
            most=count(most),
        )  # fmt: skip
        updates.change(updates.nodes[node.id], sized)


def _peaks(updates: NodeUpdates, node: Node, verbs: tuple[str, ...]) -> dict[str, float]:
    """Return the stated peak of each component that uses a table; nothing of one whose rate is not stated.

    A consumer that states no rate of its own uses the table for each message of its channel.
    """
    peaks: dict[str, float] = {}
    for edge in updates.edges:
        source = updates.nodes[edge.source]
        if edge.target != node.id or edge.verb not in verbs or source.subject not in updates.facts:
            continue
        peak = updates.stated_peak(source)
        if peak is not None:
            peaks[source.subject] = peak
    return peaks
