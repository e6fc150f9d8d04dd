"""Nodes and edges of a design that are drawn but that no target can generate, and the reasons."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from advisor.architecture import Architecture, Edge, Node, Value
from advisor.text import Text, spaced
from blueprints.errors import Unsupported

Triple = tuple[str, str, str]
FILE = "not_generated.yaml"


@dataclass(frozen=True, slots=True)
class NotGenerated:
    """The reasons of `not_generated.yaml`: by service, by settings of a service, and by connection (from, verb, to)."""

    services: Mapping[str, Text]
    settings: tuple[tuple[str, Mapping[str, Value], Text], ...]
    connections: Mapping[Triple, Text]
    rows: int


@cache
def not_generated() -> NotGenerated:
    """Return the reasons that are shipped with the product."""
    read = yaml.safe_load(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    services = {id: Text(**row["because"]) for id, row in (read["services"] or {}).items()}
    connections = {
        (source, verb, target): Text(**row["because"])
        for row in read["connections"] or ()
        for source in row["from"]
        for verb in row["verbs"]
        for target in row["to"]
    }
    settings = tuple((row["service"], row["with"], Text(**row["because"])) for row in read["settings"] or ())
    return NotGenerated(services, settings, connections, len(services) + len(settings) + len(read["connections"] or ()))


def settled(node: Node) -> Text | None:
    """Return why a node cannot be generated with its settings, or None."""
    form = not_generated().services.get(str(node.settings.get("variant")))
    if form is not None:
        return form
    for service, wanted, because in not_generated().settings:
        if node.service == service and all(node.settings.get(key) == value for key, value in wanted.items()):
            return because
    return None


def excused(graph: Architecture) -> Iterator[Unsupported]:
    """Yield the nodes, then the edges, that no target can generate.

    An edge of a node that was given is not given again.
    """
    listed, refused = not_generated(), set()
    for node in graph.nodes:
        because = settled(node) or listed.services.get(node.service)
        if because is not None:
            refused.add(node.id)
            yield Unsupported(node.id, because)
    for edge in graph.edges:
        because = listed.connections.get(graph.key(edge)) or (
            _bare(graph, edge) if edge.settings.get("unknown") else None
        )
        if because is not None and not {edge.source, edge.target} & refused:
            yield Unsupported(edge.id, because)


def without_fragment(
    graph: Architecture, service: Callable[[str], object], connection: Callable[[Triple], object]
) -> Iterator[Unsupported]:
    """Yield the nodes, then the edges, that a target has no fragment for, such as a service that a pack adds.

    `service` and `connection` look a fragment up. An edge of a node that was given is not given again.
    """
    refused = set()
    for node in graph.nodes:
        if node.kind != "outside" and service(node.service) is None:
            refused.add(node.id)
            title = node.title
            bare = Text(
                f"The project generator does not support {title.en} yet.",
                spaced(Text("", f"{title.ja}のプロジェクト生成には未対応です。")).ja,
            )
            yield Unsupported(node.id, bare)
    for edge in graph.edges:
        if connection(graph.key(edge)) is None and not {edge.source, edge.target} & refused:
            yield Unsupported(edge.id, _bare(graph, edge))


def _bare(graph: Architecture, edge: Edge) -> Text:
    source, target = graph.node(edge.source).title, graph.node(edge.target).title
    return Text(
        f"The project generator does not support the connection from {source.en} to {target.en} yet (verb: {edge.verb}).",
        spaced(
            Text("", f"{source.ja}から{target.ja}への接続（種類: {edge.verb}）の生成には、まだ対応していません。")
        ).ja,
    )
