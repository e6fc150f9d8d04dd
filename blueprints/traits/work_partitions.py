"""Work over many items without an item source: schedules and events have none, so the work is divided into numbered partitions."""

from dataclasses import replace
from typing import Any

from advisor.architecture import Architecture, Node, State
from blueprints import settings
from blueprints.traits import traits_of
from blueprints.traits.batch import array_size
from blueprints.traits.step_functions_distributed_map import bucket_of

#: Cuts such work into numbered parts; a list of numbers has at most 1,000 entries in one state.
PARTS = "Parts"
MOST_PARTS = 1000

Json = dict[str, Any]


def parts(architecture: Architecture, node: Node, worker: Node) -> int:
    """Return into how many numbered parts a map's work is cut, because what starts it brings no items, or 0 if it is not.

    The jobs of an array are numbered by AWS Batch itself, and the objects of a bucket are listed.
    """
    started = any(
        traits_of(architecture.node(edge.source).service).brings_no_items
        for edge in architecture.entering(node.id, "start")
    )
    mapped = any(state.kind == "map" for state in node.states)
    if not (started and mapped) or array_size(node, worker) or bucket_of(architecture, node):
        return 0
    return min(MOST_PARTS, max(1, settings.number(node, "parallel_items")))


def parted(state: State, number: int) -> State:
    """Return a state with the number of partitions of its work, if it is a map."""
    return replace(state, settings={**state.settings, "parts": number}) if number and state.kind == "map" else state


def numbers(number: int) -> Json:
    """Return the state that makes the numbers of the parts."""
    words = "Nobody hands items over: the work is cut into numbered parts"
    listed = {"items.$": f"States.ArrayRange(0, {number - 1}, 1)", "given.$": "$"}
    return {"Type": "Pass", "Comment": words, "Parameters": listed}


def part(state: State) -> Json:
    """Return the input of one partition: its number, the number of partitions, and the name and input of the execution.

    The program makes the id of a partition of the id of that input, so that a duplicate start repeats the same partitions.
    """
    number = state.settings.get("parts")
    if not number:
        return {}
    run = {"run.$": "$$.Execution.Name", "given.$": "$.given"}
    return {"ItemSelector": {"index.$": "$$.Map.Item.Value", "size": number, **run}}
