"""Programs with an effect on another system that has to happen once for each message of a channel."""

from collections.abc import Mapping
from typing import Any

from advisor.architecture import Edge, Node
from advisor.sizing.node_updates import NodeUpdates
from advisor.sizing.scaling import STARTER
from advisor.sizing.sized import Sized

#: The setting of a program whose effect on another system happens once for each message.
EFFECT_ONCE = "effect_once"
#: The setting of a program that takes only messages with an id of their sender, by which a repetition is recognized.
IDS_REQUIRED = "ids_required"
#: The connections over which a message gets from its channel to a program.
_LEADING = ("consume", "deliver", "start", "run")
_CHANNELS = ("messaging", "buffer")


def set_effect_once(updates: NodeUpdates, node: Node) -> None:
    """Mark the program of a component that calls another system for messages of which no duplicates are tolerated.

    A component calls another system itself if it has a secret for it, an address that it knows, or waits for its rate
    limit. The items of a map have no id that is theirs in one message only, so a map is not marked.
    """
    if node.role != "compute" or node.kind != "service" or node.id.endswith(STARTER):
        return
    values = updates.facts_of(node).values
    requested = any(edge.target == node.id and edge.verb == "invoke" for edge in updates.edges)
    if requested or values.get("parallel_items") or not calls_outside(values):
        return
    path = _path(updates, node)
    channels = [updates.facts_of(updates.nodes[id]).values for id in path if updates.nodes[id].role in _CHANNELS]
    told_once = [channel for channel in channels if channel.get("duplicates_ok") is False]
    if not told_once:
        return
    _set(updates, node.id, EFFECT_ONCE)
    # A record of a stream has a position, which stays the same when it is read again.
    for id in path if any(channel.get("carries") != "records" for channel in told_once) else ():
        if id == node.id or id.endswith(STARTER):
            _set(updates, id, IDS_REQUIRED)


def calls_outside(values: Mapping[str, Any]) -> bool:
    """Return whether a component states what only a call of another system needs.

    To wait for the state of another system (`waits_for: other-system`) is deliberately none: it is asked whether it is ready,
    and to ask again has no effect.
    """
    limited = "rate-limit" in tuple(values.get("waits_for") or ())
    return bool(values.get("uses_secrets") or values.get("fixed_outgoing_ip") or limited)


def depends_outside(values: Mapping[str, Any]) -> bool:
    """Return whether messages of a component fail while another system is out: it calls this system, or waits for its state."""
    return calls_outside(values) or "other-system" in tuple(values.get("waits_for") or ())


def leads(edge: Edge) -> bool:
    """Return whether messages get to a program over a connection: a starter calls the durable function that does the work."""
    return edge.verb in _LEADING or (edge.verb == "call" and edge.source.endswith(STARTER))


def _path(updates: NodeUpdates, node: Node) -> list[str]:
    """Return the nodes over which messages get to a program, from the program on."""
    path = [node.id]
    for target in path:
        for edge in updates.edges:
            if edge.target == target and leads(edge) and edge.source not in path:
                path.append(edge.source)
    return path


def _set(updates: NodeUpdates, id: str, key: str) -> None:
    sized = Sized()
    sized.settings[key] = True
    updates.change(updates.nodes[id], sized)
