"""Alarms of the index by which callers list their items: its throttled requests are not among those of the table.

A write that the index throttles fails, and the dimension `TableName` alone counts only the events of the table
(https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html, read 2026-12-01).
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture
from advisor.text import Text
from blueprints.plan.callers.owners import found_by_owner
from blueprints.plan.monitoring.alarms import Alarm, alarm_of, measured, shown_in_alarms
from blueprints.traits import dynamodb
from blueprints.values.reference import Ref

#: The attribute of a table that is the name of its index by owner.
NAME = "owner-index"


def index_alarms(architecture: Architecture, names: Mapping[str, str]) -> Iterator[Alarm]:
    """Yield the alarms of the throttled requests of each index by owner."""
    for node in dynamodb.TRAITS.nodes(architecture):
        metrics, measurement = dynamodb.TRAITS.metrics, measured(node)
        if metrics is None or measurement is None or not found_by_owner(architecture, node.id):
            continue
        namespace, dimensions = measurement
        indexed = (*dimensions, ("GlobalSecondaryIndexName", Ref(node.id, NAME)))
        title = shown_in_alarms(architecture, node)
        shown = Text(f"{title.en} (owner index)", f"{title.ja}（所有者インデックス）")
        for rule in metrics.alarms:
            yield alarm_of(node, f"{names[node.id]}OwnerIndex", namespace, indexed, rule, shown)
