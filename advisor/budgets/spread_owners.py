"""Tables whose index by owner leaves items out that nobody owns: one key of the index could not take their writes."""

from collections.abc import Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import WRITING
from advisor.book import DatedBook
from advisor.budgets.flow import Flow
from advisor.budgets.loads import shared_units
from advisor.verdict.known import Known

#: The setting of such a table. It is false where one key takes the writes of shared items, as another release may state more.
SPARSE = "sparse_owners"


def with_sparse_owners(architecture: Architecture, facts: Mapping[str, Known], dated: DatedBook) -> Architecture:
    """Return the architecture with the setting of the tables that have shared items: whether one key is not enough for these."""
    flow = Flow(architecture, facts, dated)
    limit = dated.whole("ddb-partition-writes", "per_s", 1000)
    units = {node.id: _shared_units(flow, node) for node in architecture.of_service("dynamodb")}
    nodes = tuple(
        replace(node, settings={**node.settings, SPARSE: units[node.id] > limit}) if units.get(node.id) else node
        for node in architecture.nodes
    )
    return replace(architecture, nodes=nodes) if any(units.values()) else architecture


def _shared_units(flow: Flow, table: Node) -> float:
    """Return the write units per second of shared items; 0 if something else than a program uses the table, which the setting would not change."""
    entering = flow.architecture.entering(table.id)
    if any(flow.source(edge).role != "compute" for edge in entering):
        return 0.0
    loads = (shared_units(flow, edge) for edge in entering if edge.verb in WRITING)
    return sum(load.value for load in loads if load is not None)
