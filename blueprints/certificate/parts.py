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
    """Return the service of a node, with what runs its containers or the form that its icon shows."""
    form = _engine(node) or node.icon
    return node.service if form in ("", node.service) else f"{node.service} ({form})"


def _engine(node: Node) -> str:
    return str(node.settings.get("engine", ""))


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
    service, engine = (design.book.services.get(id) for id in (node.service, _engine(node)))
    form = engine.name if engine else node.title
    return bracketed(service.name, form) if service and form != service.name else form
