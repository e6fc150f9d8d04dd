"""Updates of nodes while the settings of connected nodes are matched."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.architecture import Edge, Node
from advisor.book import DatedBook
from advisor.sizing.sized import Sized
from advisor.verdict.known import Known

QUEUES = ("sqs", "sqs-fifo")
#: The queue that keeps the order of the messages of a group.
FIFO = "sqs-fifo"


def number(node: Node, key: str, otherwise: float = 0) -> float:
    """Return a setting of a node as a number."""
    return float(str(node.settings.get(key, otherwise)))


def variant(node: Node) -> str:
    """Return the service that was decided for a node: of one kind that has several forms, the form."""
    return str(node.settings.get("variant") or node.service)


def is_durable(node: Node) -> bool:
    """Return whether a node is a durable function: suspended between its steps, started asynchronously."""
    return variant(node) == "lambda-durable"


class NodeUpdates:
    """The nodes while their settings are made to fit each other."""

    def __init__(self, nodes: Iterable[Node], edges: tuple[Edge, ...], facts: Mapping[str, Known], dated: DatedBook):
        self.nodes = {node.id: node for node in nodes}
        self.edges, self.facts, self.dated = edges, facts, dated

    def facts_of(self, node: Node) -> Known:
        """Return the facts of the subject of a node."""
        return self.facts[node.subject]

    def stated_peak(self, node: Node) -> float | None:
        """Return the stated peak rate of a component, else that of the channel from which it takes its work, per second."""
        facts = self.facts_of(node)
        for known in (facts, self.facts.get(str(facts.values.get("listens_to")))):
            if known is not None and known.rated:
                return float(known.values["rate_peak_rps"])
        return None

    def leaving(self, node: Node, verb: str) -> list[Node]:
        """Return the targets of a node's edges with a verb."""
        return [self.nodes[e.target] for e in self.edges if e.source == node.id and e.verb == verb]

    def change(self, node: Node, sized: Sized) -> None:
        """Add settings to a node as it is now, with their grounds: those that other steps have added stay."""
        now = self.nodes[node.id]
        self.nodes[node.id] = replace(
            now, settings={**now.settings, **sized.settings}, grounds={**now.grounds, **sized.grounds}
        )
