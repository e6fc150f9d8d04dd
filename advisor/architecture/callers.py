"""Who calls an entry: people, or other components alone."""

from dataclasses import replace

from advisor.architecture.balancing import components_of, sharing
from advisor.architecture.graph import Architecture, Edge


def unstated_callers(graph: Architecture) -> frozenset[str]:
    """Return the requests of users that no answer states: to private entries, each of whose components another one calls.

    The network of the workload is the only one that may call such an entry, so the other component may be all of its callers.
    """
    return frozenset(edge.id for edge in graph.edges if edge.verb == "request" and _is_unstated(graph, edge))


def stated_callers_only(graph: Architecture) -> Architecture:
    """Return the graph without the requests of users that no answer states, as pictures show it."""
    unstated = unstated_callers(graph)
    return replace(graph, edges=tuple(edge for edge in graph.edges if edge.id not in unstated)) if unstated else graph


def _is_unstated(graph: Architecture, edge: Edge) -> bool:
    entry = graph.node(edge.target)
    if graph.node(edge.source).service != "client" or entry.settings.get("private") is not True:
        return False
    components = sharing(entry) or (entry.subject,)
    return _called(graph).issuperset(components) and not any(_is_for_people(graph, edge, one) for one in components)


def _called(graph: Architecture) -> set[str]:
    """Return the components that others call, by their entry or past it."""
    calls = [(edge, graph.node(edge.source), graph.node(edge.target)) for edge in graph.edges if edge.verb == "call"]
    others = ((edge, target) for edge, source, target in calls if source.subject != target.subject)
    return {one for edge, target in others for one in components_of(edge) or (target.subject,)}


def _is_for_people(graph: Architecture, request: Edge, component: str) -> bool:
    """Return whether people use a component: they sign in, load its site, or upload files by it."""
    if graph.find(f"{component}.delivery") or graph.find(f"{component}.hosting"):
        return True
    checks = graph.leaving(request.target, "authorize")
    signed = any(
        component in (components_of(one) or (component,)) and graph.entering(one.target, "sign-in") for one in checks
    )
    return signed or any(graph.node(one.source).subject == component for one in graph.edges if one.verb == "presign")
