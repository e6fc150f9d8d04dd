"""The services and connections of an architecture, which other projects share."""

from advisor.architecture import Architecture, Node


def parts_of(graph: Architecture) -> tuple[str, ...]:
    """Return the services and connections, each once: `lambda`, `ecs (fargate)`, and `lambda write dynamodb`."""
    names = {node.id: _name(node) for node in graph.nodes}
    services = {names[node.id] for node in graph.nodes if node.kind != "outside"}
    connections = {f"{names[edge.source]} {edge.verb} {names[edge.target]}" for edge in graph.edges}
    return (*sorted(services), *sorted(connections))


def _name(node: Node) -> str:
    """Return the service of a node, with its host if the icon shows it."""
    return node.service if node.icon in ("", node.service) else f"{node.service} ({node.icon})"
