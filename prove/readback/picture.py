"""Differences between a stack and its diagram: resources that only one of template and diagram contains.

`resources.yaml` of `renderers.drawn` defines how each type of resource is shown. Lines on failure leave from what the
template gives a dead-letter queue, the list of endpoints is that of the template, and a state of a state machine leads
where its definition leads, also after an error.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.architecture import Architecture, State
from blueprints.naming import pascal
from prove.readback.compare import Difference
from prove.readback.stack import Resource, Stack
from prove.readback.values import references
from renderers.drawn.table import Resource as Shown
from renderers.drawn.table import endpoint_names, parts, shown

_MAPPING, _MACHINE = "AWS::Lambda::EventSourceMapping", "AWS::StepFunctions::StateMachine"
_ENDPOINT, _SUBNET = "AWS::EC2::VPCEndpoint", "AWS::EC2::Subnet"
_SERVICE = "com.amazonaws."


def picture_differences(stack: Stack, graph: Architecture, drawn: Architecture) -> Iterator[Difference]:
    """Yield the differences between a stack in its normal form and the picture that is drawn of its graph."""
    words = {id: shown(_owned(resource), graph) for id, resource in stack.resources.items()}
    for id, word in words.items():
        resource = stack.resources[id]
        if not word:
            yield _difference(resource, first="a row for it in resources.yaml of renderers.drawn")
        elif word == "frame" and resource.type == _SUBNET and not _is_used(id, stack, words):
            continue  # subnets that a load balancer alone needs hold nothing
        elif missing := _missing(resource, word, graph, drawn):
            yield _difference(resource, first=missing)
    yield from _invented(set(words.values()), graph, drawn)
    yield from _failures(stack, drawn)
    yield from _endpoints(stack, drawn)
    for machine in stack.of_type(_MACHINE):
        node = drawn.find(machine.owner.node)
        for state in node.states if node else ():
            yield from _paths(machine, state, machine.properties["Definition"]["States"])


def _difference(resource: Resource, *, first: str | None = None, second: str | None = None) -> Difference:
    return Difference(resource.id, "picture", f"{resource.type} {resource.id}", first=first, second=second)


def _owned(resource: Resource) -> Shown:
    owner = resource.owner
    return Shown(resource.id, resource.type, owner.node, owner.group, owner.edges, resource.properties)


def _is_used(subnet: str, stack: Stack, words: Mapping[str, str]) -> bool:
    """Return whether a node of the graph is in a subnet."""
    standing = (one for id, one in stack.resources.items() if one.owner.node and not words[id].startswith("part "))
    return any(subnet in (id for id, _ in references(dict(one.properties))) for one in standing)


def _missing(resource: Resource, word: str, graph: Architecture, drawn: Architecture) -> str | None:
    """Return the elements of a resource that the diagram lacks."""
    owner, groups = resource.owner, {group.id for group in drawn.groups}
    if word == "node":
        return None if not owner.node or drawn.find(owner.node) else f"the node {owner.node}"
    if word == "frame":
        border = owner.group or (node.group if (node := drawn.find(owner.node)) else None)
        return None if border in groups else f"the border {border}"
    if word == "line":
        return None if not owner.edges or any(_has_line(id, graph, drawn) for id in owner.edges) else "its line"
    part = word.removeprefix("part ")
    if part == word:
        return None
    standing = {node.id for node in drawn.nodes if node.role == part or node.service == part}
    if len(parts()[part]["lines"]) > 1 and owner.edges:
        passing = any(edge.id in owner.edges and edge.target in standing for edge in drawn.edges)
        return None if passing else f"the part {part} in its line"
    joined = {edge.target for edge in drawn.edges} | {edge.source for edge in drawn.edges}
    return None if standing & joined else f"the part {part}, with a line or a mark"


def _has_line(id: str, graph: Architecture, drawn: Architecture) -> bool:
    """Return whether a connection is drawn: by itself, or from another node to where it leads."""
    edge = next((known for known in graph.edges if known.id == id), None)
    ends = {(line.verb, line.target) for line in drawn.edges}
    return any(line.id == id for line in drawn.edges) or (edge is not None and (edge.verb, edge.target) in ends)


def _invented(words: set[str], graph: Architecture, drawn: Architecture) -> Iterator[Difference]:
    """Yield the parts that are drawn although the template has no resource of them."""
    for node in drawn.nodes:
        if graph.find(node.id) is None and node.kind == "part" and f"part {node.role}" not in words:
            yield Difference(node.id, "picture", node.role, second=f"the part {node.role}")


def _failures(stack: Stack, drawn: Architecture) -> Iterator[Difference]:
    """Yield the event source mappings whose failures are drawn to leave from elsewhere than from their function."""
    for mapping in stack.of_type(_MAPPING):
        queues = _owners(stack, mapping.properties.get("DestinationConfig", {}))
        for function in _owners(stack, mapping.properties.get("FunctionName", "")):
            for queue in queues:
                if not any(edge.source == function for edge in drawn.entering(queue, "dead-letter")):
                    yield _difference(mapping, first=f"a line on failure from {function} to {queue}")
        readers = {edge.source for queue in queues for edge in drawn.entering(queue, "dead-letter")}
        for stream in _owners(stack, mapping.properties.get("EventSourceArn", "")):
            if stream in readers:
                yield _difference(mapping, second=f"a line on failure from {stream}")


def _owners(stack: Stack, value: object) -> set[str]:
    referred = (stack.resources.get(id) for id, _ in references(value))
    return {one.owner.node for one in referred if one is not None and one.owner.node}


def _endpoints(stack: Stack, drawn: Architecture) -> Iterator[Difference]:
    """Yield the endpoints that the picture does not list."""
    listed = {name for node in drawn.nodes if node.service == "vpc-endpoints" for name in node.note.en.split(", ")}
    for endpoint in stack.of_type(_ENDPOINT):
        spelled = json.dumps(endpoint.properties.get("ServiceName"), default=str)
        found = [name for key, name in endpoint_names().items() if spelled.rstrip('"}] ').endswith(f".{key}")]
        if _SERVICE in spelled and not (found and found[0] in listed):
            yield _difference(endpoint, first=f"{spelled} in the list of endpoints")


def _paths(machine: Resource, state: State, definition: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the lines of a drawn state that lead elsewhere than the paths of its definition, which may have states between.

    A caught error is drawn: as its own line, or by the one after the state, where both lead to the same.
    """
    if state.kind == "start":
        return
    id = pascal(state.id)
    made = definition.get(id)
    if made is None:
        yield _difference(machine, second=f"the state {id}")
        return
    caught = _reached([one["Next"] for one in made.get("Catch", ()) if "States.ALL" in one["ErrorEquals"]], definition)
    on_error = [pascal(state.on_error)] if state.on_error else []
    following = [pascal(next) for next in state.next]
    yield from (
        _difference(machine, second=f"a line on error from {id} to {end}") for end in on_error if end not in caught
    )
    if caught and caught.isdisjoint(on_error or following):
        yield _difference(machine, first=f"a line on error from {id}")
    chosen = [one["Next"] for one in made.get("Choices", ())]
    led = _reached([*chosen, *(made[name] for name in ("Next", "Default") if name in made)], definition)
    yield from (_difference(machine, second=f"a line from {id} to {end}") for end in following if end not in led)


def _reached(first: Iterable[str], definition: Mapping[str, Any]) -> set[str]:
    """Return the states that an execution may enter from some on."""
    found, open = set[str](), list(first)
    while open:
        id = open.pop()
        if id not in found:
            found.add(id)
            state = definition[id]
            choices = [*state.get("Choices", ()), *state.get("Catch", ())]
            open += [one["Next"] for one in choices] + [state[name] for name in ("Next", "Default") if name in state]
    return found
