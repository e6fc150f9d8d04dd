"""The services and connections of an architecture, which other projects share."""

from advisor.architecture import Architecture, Node
from advisor.design import Design
from advisor.text import Lang, Text, bracketed

_CONNECTION = Text("{source} → {target} ({label})", "{source} → {target}（{label}）")


def parts_of(graph: Architecture) -> tuple[str, ...]:
    """Return the services and connections, each once: `lambda`, `ecs (fargate)`, and `lambda write dynamodb`."""
    names = {node.id: _name(node) for node in graph.nodes}
    services = {names[node.id] for node in graph.nodes if node.kind != "outside"}
    connections = {f"{names[edge.source]} {edge.verb} {names[edge.target]}" for edge in graph.edges}
    return (*sorted(services), *sorted(connections))


def _name(node: Node) -> str:
    """Return the service of a node, with its host if the icon shows it."""
    return node.service if node.icon in ("", node.service) else f"{node.service} ({node.icon})"


def part_titles(design: Design, lang: Lang) -> dict[str, str]:
    """Return the titles of the services and connections of a design, by their names in `parts_of`."""
    graph, words = design.architecture, _CONNECTION.in_(lang)
    names = {node.id: _name(node) for node in graph.nodes}
    titles = {node.id: _title(design, node).in_(lang) for node in graph.nodes}
    return {names[id]: titles[id] for id in names} | {
        f"{names[edge.source]} {edge.verb} {names[edge.target]}": words.format(
            source=titles[edge.source], target=titles[edge.target], label=edge.label.in_(lang)
        )
        for edge in graph.edges
    }


def _title(design: Design, node: Node) -> Text:
    """Return the name of the service of a node; that of a container with what runs it."""
    service = design.book.services.get(node.service)
    return bracketed(service.name, node.title) if service and node.title != service.name else node.title
