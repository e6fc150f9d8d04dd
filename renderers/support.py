"""Supporting connections: image pulls, metrics, logs, endpoints, keys. Several to one node are drawn as marks.

They say nothing about the flow of requests, and in a large architecture they are half of all crossings. Many dead-letter
queues are marks too: they say the same at each sender, and are up to a fifth of the nodes.
"""

from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Flow
from advisor.text import EMPTY, Lang, Text

FLOWS: tuple[Flow, ...] = ("image", "observe")
#: Connections that support others whatever flows over them: a picture alone has them (`renderers.drawn`).
VERBS = ("reach-privately", "encrypt", "go-out")
#: Those that are marks even where they are the only one of their kind: their node has a place where room is left.
ALWAYS = ("reach-privately", "encrypt")
#: From how many lines of a kind to one node on a mark stands for each: a single line shows more than a mark.
FEWEST = 2
#: From how many dead-letter queues on a mark at its sender stands for each.
MANY_DEAD_LETTERS = 3
#: What holds for every connection of a verb, for a key to marks whose own sentences name different sources or lists.
_GENERAL = {
    "dead-letter": Text(
        "A dead-letter queue records what could not be delivered or processed",
        "配信または処理できなかったものを、デッドレターキューに記録する",
    ),
    "reach-privately": Text(
        "Calls from the VPC to AWS services go through VPC endpoints",
        "VPC から AWS サービスへの呼び出しは、VPC エンドポイントを経由する",
    ),
    "encrypt": Text("A key encrypts the data", "データをキーで暗号化する"),
    "go-out": Text(
        "Traffic to the internet goes through the NAT gateway", "インターネットへの通信は NAT ゲートウェイを経由する"
    ),
}


@dataclass(frozen=True, slots=True)
class Support:
    """Connections of one kind to one node that are drawn as marks at their sources."""

    flow: Flow
    target: str
    edges: tuple[Edge, ...]


def supports(architecture: Architecture, other: Architecture | None = None) -> tuple[Support, ...]:
    """Return the connections that are drawn as marks, in the architecture's order.

    One with a budget is drawn as a line: what it may carry is said there. Beside another architecture, those are marks that
    are marks in either: what is the same on both sides looks the same.
    """
    found = _supporting(architecture)
    there = _supporting(other) if other else {}
    return tuple(
        Support(*key, tuple(edges))
        for key, edges in found.items()
        if architecture.is_brief
        or max(len(edges), len(there.get(key, ()))) >= FEWEST
        or any(edge.verb in ALWAYS for edge in edges)
    )


def _supporting(architecture: Architecture) -> dict[tuple[Flow, str], list[Edge]]:
    """Return the connections that may be marks, by their kind and the node that they lead to."""
    found: dict[tuple[Flow, str], list[Edge]] = {}
    for edge in architecture.edges:
        source, target = architecture.find(edge.source), architecture.find(edge.target)
        plain = edge.step is None and not edge.budgets and edge.source != edge.target
        supporting = edge.flow in FLOWS or edge.verb in VERBS
        if supporting and plain and source and target and not (source.states or target.states):
            found.setdefault((edge.flow, edge.target), []).append(edge)
    return found


def marked(architecture: Architecture, other: Architecture | None = None) -> dict[str, tuple[Edge, ...]]:
    """Return the connections that are drawn as marks, by their source; `other` is drawn beside the architecture."""
    by_source: dict[str, list[Edge]] = {}
    for support in supports(architecture, other):
        for edge in support.edges:
            by_source.setdefault(edge.source, []).append(edge)
    return {source: tuple(edges) for source, edges in by_source.items()}


def dead_letters(architecture: Architecture) -> dict[str, tuple[Edge, ...]]:
    """Return the lines to dead-letter queues that are drawn as marks, by their source; the queues are not drawn then.

    A queue stays where anything else leads to it or from it, where its sender can have no mark, and in a view, which says
    more about it.
    """
    into: dict[str, list[Edge]] = {node.id: [] for node in architecture.nodes if node.service == "dead-letter-queue"}
    for edge in () if architecture.view != EMPTY else architecture.edges:
        source = architecture.find(edge.source)
        is_mark = edge.flow == "failure" and edge.step is None and all(budget.ok for budget in edge.budgets)
        into.pop(edge.source, None)
        if source is None or source.states or not is_mark:
            into.pop(edge.target, None)
        elif edge.target in into:
            into[edge.target].append(edge)
    found = [edges for edges in into.values() if edges]
    is_many = architecture.is_brief or len(found) >= MANY_DEAD_LETTERS
    by_source: dict[str, list[Edge]] = {}
    for edge in (edge for edges in found for edge in edges if is_many):
        by_source.setdefault(edge.source, []).append(edge)
    return {source: tuple(edges) for source, edges in by_source.items()}


def general_words(edge: Edge) -> Text:
    """Return a sentence that holds for every connection of the verb of one; none where only its kind is known."""
    return _GENERAL.get(edge.verb, EMPTY)


def mark_words(edge: Edge, architecture: Architecture, lang: Lang) -> str:
    """Return the text at a node that replaces a line in formats without marks."""
    return f"{edge.label.in_(lang)} → {architecture.node(edge.target).heading.in_(lang)}"
