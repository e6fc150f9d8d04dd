"""The number of identical instances of each node; shared services of the workload have one."""

from dataclasses import replace

from advisor.architecture import Node
from advisor.graph_builder.draft import SHARED, GraphDraft
from advisor.vocabulary.many import COUNT


def counted(draft: GraphDraft) -> tuple[Node, ...]:
    """Return the nodes of a draft, those of a subject with its count."""
    return tuple(_counted(draft, node) for node in draft.nodes.values())


def _counted(draft: GraphDraft, node: Node) -> Node:
    if node.kind == "outside" or node.role in SHARED or node.subject not in draft.facts:
        return node
    count = int(draft.facts[node.subject].values.get(COUNT, 1))
    return node if count == 1 else replace(node, count=count)
