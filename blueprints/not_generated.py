"""What is drawn and not generated: the nodes and edges of a design that a target has no fragment for, and why."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from advisor.architecture import Architecture, Edge, Node, Value
from advisor.text import Text
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
    read = yaml.safe_load(files("blueprints").joinpath(FILE).read_text(encoding="utf-8"))
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
    """Return why a node cannot be generated in the form or with the settings that it has, or None."""
    form = not_generated().services.get(str(node.settings.get("variant")))
    if form is not None:
        return form
    for service, wanted, because in not_generated().settings:
        if node.service == service and all(node.settings.get(key) == value for key, value in wanted.items()):
            return because
    return None


def without_fragment(
    graph: Architecture, part: str, service: Callable[[str], object], connection: Callable[[Triple], object]
) -> Iterator[Unsupported]:
    """Give the nodes, then the edges, that a target has no fragment for; `part` is what the target calls itself.

    `service` and `connection` look a fragment up. An edge of a node that was given is not given again.
    """
    listed, said = not_generated(), set()
    for node in graph.nodes:
        because = settled(node)
        if because is not None:
            said.add(node.id)
            yield Unsupported(node.id, because)
        elif node.kind != "outside" and service(node.service) is None:
            said.add(node.id)
            bare = Text(f"There is no {part} part for {node.title.en}.", f"{node.title.ja}の {part} 部品がありません。")
            yield Unsupported(node.id, listed.services.get(node.service, bare))
    for edge in graph.edges:
        if connection(graph.key(edge)) is None and not {edge.source, edge.target} & said:
            yield Unsupported(edge.id, listed.connections.get(graph.key(edge), _bare(graph, edge, part)))


def _bare(graph: Architecture, edge: Edge, part: str) -> Text:
    source, target = graph.node(edge.source), graph.node(edge.target)
    return Text(
        f"There is no {part} part for {source.title.en} to {edge.verb} {target.title.en}.",
        f"{source.title.ja}から{target.title.ja}への接続（{edge.verb}）の {part} 部品がありません。",
    )
