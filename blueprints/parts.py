"""Scheduled work over many items: a schedule brings no items, so the work is cut into numbered parts."""

from dataclasses import replace
from typing import Any

from advisor.architecture import Architecture, Node, State
from blueprints import settings
from blueprints.jobs import array_size

#: Cuts scheduled work into numbered parts; a list of numbers has at most 1,000 entries in one state.
PARTS = "Parts"
MOST_PARTS = 1000

Json = dict[str, Any]


def parts(architecture: Architecture, node: Node, worker: Node) -> int:
    """Return into how many numbered parts a map's work is cut, because a schedule brings no items; 0 when it is not.

    The jobs of an array are numbered by AWS Batch itself.
    """
    timed = any(
        architecture.node(edge.source).service == "eventbridge-scheduler"
        for edge in architecture.entering(node.id, "start")
    )
    mapped = any(state.kind == "map" for state in node.states)
    if not (timed and mapped) or array_size(node, worker):
        return 0
    return min(MOST_PARTS, max(1, settings.number(node, "parallel_items")))


def parted(state: State, number: int) -> State:
    """Return a state that knows into how many parts its work is cut, where it is a map."""
    return replace(state, settings={**state.settings, "parts": number}) if number and state.kind == "map" else state


def numbers(number: int) -> Json:
    """Return the state that makes the numbers of the parts."""
    words = "A schedule brings no items: the work is cut into numbered parts"
    listed = {"items.$": f"States.ArrayRange(0, {number - 1}, 1)"}
    return {"Type": "Pass", "Comment": words, "Parameters": listed}


def part(state: State) -> Json:
    """Return what one part of scheduled work is told: its number, and how many there are."""
    number = state.settings.get("parts")
    if not number:
        return {}
    id = "States.Format('{}-{}', $$.Execution.Name, $$.Map.Item.Value)"
    return {"ItemSelector": {"id.$": id, "index.$": "$$.Map.Item.Value", "size": number}}
