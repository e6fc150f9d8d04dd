"""One Application Load Balancer for the ECS services of one exposure: listener rules distinguish them by path.

Sizes and budgets are worked out before, for each service behind a load balancer of its own: what they say holds behind
a shared one too, since it waits as long as the most patient of its services. What has one load balancer alone keeps it:

* Network load balancers know no path, and gRPC calls have the paths of their packages.
* An idle connection of a WebSocket is kept by a setting of the whole load balancer.
* A web ACL filters, and is charged for, every request to a load balancer: services that ask for none do not share one.
* A program for one tenant at a time shares nothing with others.
* Pods have the Ingress of their cluster, ECS Express Mode a load balancer that ECS makes and shares itself, and a
  function gets the name of its load balancer before that exists.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.architecture import Architecture, Edge, Ground, Node, Value
from advisor.architecture.balancing import COMPONENTS, PATH, TOKENS, components_of, verifies_tokens
from advisor.architecture.numbering import numbered
from advisor.sizing.node_updates import number
from advisor.text import Text
from advisor.verdict.known import Known

#: Rules of a load balancer that an account may have by default, and so its services.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (read 2026-11-27)
MOST_RULES = 100
_VERBS = {"request", "invoke", "authorize", "filter", "call"}
_EXPOSURES = {
    "public": Text("public", "公開"),
    "partner": Text("partners", "パートナー向け"),
    "private": Text("internal", "内部"),
}
_FORWARDS = Text(
    "The load balancer forwards requests under {path} to a healthy target of {service}",
    "ロードバランサーが {path} 以下へのリクエストを「{service}」の正常なターゲットに転送する",
)


@dataclass(frozen=True, slots=True)
class _Shared:
    """A shared load balancer, and the ids of the load balancers that it replaces."""

    node: Node
    entries: tuple[str, ...]


def share_balancers(architecture: Architecture, facts: Mapping[str, Known]) -> Architecture:
    """Return the architecture in which services of one exposure have one load balancer together."""
    alike: dict[tuple[str, str], list[Node]] = {}
    for node in architecture.nodes:
        if _can_share(architecture, node, facts):
            client = architecture.entering(node.id, "request")[0].source
            filtered = "filtered-" if architecture.leaving(node.id, "filter") else ""
            alike.setdefault((client.rpartition(".")[2], filtered), []).append(node)
    shared = [
        _shared(entries, exposure, f"{filtered}entry{'' if number == 1 else f'-{number}'}")
        for (exposure, filtered), all_alike in alike.items()
        for number, entries in enumerate(_within_quota(all_alike), 1)
        if _services(entries) > 1
    ]
    return _with(architecture, shared) if shared else architecture


def _services(entries: Iterable[Node]) -> int:
    return sum(node.count for node in entries)


def _within_quota(entries: list[Node]) -> Iterator[list[Node]]:
    """Divide entries among load balancers, so that none has more rules than an account allows by default."""
    taken: list[Node] = []
    for node in entries:
        if taken and _services((*taken, node)) > MOST_RULES:
            yield taken
            taken = []
        taken.append(node)
    if taken:
        yield taken


def _can_share(architecture: Architecture, node: Node, facts: Mapping[str, Known]) -> bool:
    """Return whether an entry is an HTTP load balancer of one ECS service that can share it."""
    if node.service != "alb" or node.settings.get("protocol") != "http":
        return False
    behind = [architecture.node(edge.target) for edge in architecture.leaving(node.id, "invoke")]
    around = (*architecture.leaving(node.id), *architecture.entering(node.id))
    return (
        len(behind) == 1
        and behind[0].service == "ecs"
        and behind[0].settings.get("variant") != "ecs-express"
        and len(architecture.entering(node.id, "request")) == 1
        and {edge.verb for edge in around} <= _VERBS
        and facts[node.subject].values.get("isolation") != "per-tenant"
        # The page of a site knows the address of one API alone.
        and architecture.find(f"{node.subject}.hosting") is None
    )


def _shared(entries: list[Node], exposure: str, name: str) -> _Shared:
    """Return the load balancer of several entries: as patient as the most patient of them."""
    first, words, services = entries[0], _EXPOSURES[exposure], _services(entries)
    settings: dict[str, Value] = {key: first.settings[key] for key in ("private", "protocol")}
    settings |= {TOKENS: True} if any(map(verifies_tokens, entries)) else {}
    grounds: dict[str, Ground] = {}
    for key in ("timeout_s", "idle_timeout_s"):
        patient = max(entries, key=lambda node, key=key: number(node, key))  # type: ignore[misc]
        settings[key] = patient.settings[key]
        grounds |= {key: patient.grounds[key]} if key in patient.grounds else {}
    node = replace(
        first,
        id=f"workload.{exposure}-{name}",
        note=Text(f"{words.en}, {services} services", f"{words.ja}、{services} サービス"),
        settings={**settings, COMPONENTS: tuple(node.subject for node in entries)},
        grounds=grounds,
        # Alike services of one component may be more than the rules of one load balancer.
        count=-(-services // MOST_RULES),
    )
    return _Shared(node, tuple(node.id for node in entries))


def _with(architecture: Architecture, shared: list[_Shared]) -> Architecture:
    stands_for = {entry: one.node for one in shared for entry in one.entries}
    nodes: dict[str, Node] = {}
    for node in architecture.nodes:
        one = stands_for.get(node.id, node)
        nodes.setdefault(one.id, one)
    edges: dict[str, Edge] = {}
    for edge in architecture.edges:
        _add(edges, _moved(architecture, edge, stands_for))
    return Architecture(
        tuple(nodes.values()), numbered(tuple(nodes.values()), tuple(edges.values())), architecture.groups
    )


def _add(edges: dict[str, Edge], edge: Edge) -> None:
    """Add an edge, or merge its labels into an existing edge between the same nodes."""
    known = edges.get(edge.id)
    if known is None:
        edges[edge.id] = edge
        return
    components = (*components_of(known), *components_of(edge))
    told = {COMPONENTS: tuple(dict.fromkeys(components))} if components else {}
    budgets = tuple(dict.fromkeys((*known.budgets, *edge.budgets)))
    edges[edge.id] = replace(known, settings={**known.settings, **told}, budgets=budgets)


def _moved(architecture: Architecture, edge: Edge, stands_for: Mapping[str, Node]) -> Edge:
    """Return an edge between the nodes that replace its ends; properties of one service keep its name."""
    source, target = (stands_for[end].id if end in stands_for else end for end in (edge.source, edge.target))
    if (source, target) == (edge.source, edge.target):
        return edge
    entry = edge.source if edge.source in stands_for else edge.target
    component = architecture.node(entry).subject
    id = f"{source}>{edge.verb}>{target}"
    prefix = f"{entry}."
    budgets = tuple(
        replace(budget, edge=id, source=stands_for[entry].id + budget.source.removeprefix(entry))
        if budget.source.startswith(prefix)
        else replace(budget, edge=id)
        for budget in edge.budgets
    )
    moved = replace(edge, id=id, source=source, target=target, budgets=budgets)
    if edge.verb == "invoke":
        waits = {key: architecture.node(entry).settings[key] for key in ("timeout_s", "response_s")}
        path = f"/{component}"
        return replace(
            moved,
            label=Text.same(f"{path}/*"),
            sentence=_forwards(path, architecture.node(edge.target)),
            settings={**edge.settings, PATH: path, **waits},
        )
    if edge.verb in ("authorize", "call"):
        return replace(moved, settings={**edge.settings, COMPONENTS: (component,)})
    return moved


def _forwards(path: str, service: Node) -> Text:
    name = service.note
    return Text(_FORWARDS.en.format(path=path, service=name.en), _FORWARDS.ja.format(path=path, service=name.ja))
