"""Distributed maps over the objects of a bucket: Step Functions lists them itself, since no input holds so many."""

from dataclasses import replace
from typing import Any

from advisor.architecture import Architecture, Node
from blueprints.traits import s3, step_functions_standard

Json = dict[str, Any]

#: The service whose maps are distributed.
DISTRIBUTED = "step-functions-distributed-map"
#: The item of an object; its id is the same at a retry.
SELECTOR: Json = {
    "id.$": "States.Format('{}-{}', $$.Execution.Name, $$.Map.Item.Index)",
    "index.$": "$$.Map.Item.Index",
    "item.$": "$$.Map.Item.Value",
}


def bucket_of(architecture: Architecture, node: Node) -> str | None:
    """Return the bucket whose objects a distributed map goes over, which is the one that its work reads."""
    if node.service != DISTRIBUTED:
        return None
    reads = [
        edge.target
        for run in architecture.leaving(node.id, "run")
        for edge in architecture.leaving(run.target)
        if edge.verb in ("read", "read-write") and architecture.node(edge.target).service == s3.TRAITS.service
    ]
    return reads[0] if reads else None


def over_objects(steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with a map that lists the bucket `${ItemsBucket}` instead of taking items from its input."""
    reader = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "${ItemsBucket}"}}
    return {
        id: {"ItemReader": reader, "ItemSelector": SELECTOR, **_without(state, "ItemsPath")}
        if state["Type"] == "Map"
        else state
        for id, state in steps.items()
    }


def _without(state: Json, name: str) -> Json:
    return {key: value for key, value in state.items() if key != name}


TRAITS = replace(
    step_functions_standard.TRAITS,
    service=DISTRIBUTED,
    noun="",
    client=None,
    variables=(),
    interface_endpoints=(),
)
