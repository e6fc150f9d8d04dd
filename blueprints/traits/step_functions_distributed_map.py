"""Distributed maps over the objects of a bucket, which Step Functions lists, and that continue when items fail.

A few failed items do not end a run: the result of each item is written to a bucket, the others are processed, and the
execution fails at its end, so that its alarm goes off. If the share of failed items exceeds a threshold, the execution
fails at once, because the fault is then likely to be in the program.
https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html (checked 2026-11-27)
"""

from dataclasses import replace
from typing import Any

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.workflow_states import COMBINE, COMPENSATE, combines, runs_of
from advisor.text import Text
from blueprints.naming import pascal
from blueprints.traits import Retained, eventbridge_bus, eventbridge_pipes, s3, step_functions_standard

Json = dict[str, Any]

#: The service whose maps are distributed.
DISTRIBUTED = "step-functions-distributed-map"
#: The item of an object: its id is the object's key, by which the work opens it.
SELECTOR: Json = {
    "id.$": "$$.Map.Item.Value.Key",
    "index.$": "$$.Map.Item.Index",
    "event.$": "$$.Execution.Name",
    "object.$": "$$.Map.Item.Value",
}
#: How many of a hundred items may fail after their retries before a run ends.
TOLERATED_PERCENT = 5
#: What comes of the items, for as long as the history of an execution.
RESULTS_DAYS = 90
RESULTS_FOLDER = "runs"
#: The placeholder of the bucket that results are written to.
RESULTS_TOKEN = "ResultsBucket"
#: Attribute of a workflow: the ARN of that bucket.
RESULTS_ARN = "results-bucket-arn"
#: How the program that combines the results of items reads them: the statement and its action.
READS_RESULTS, READING = "ReadItemResults", ("s3:GetObject",)
#: Each line of a file of results is one item, so that a program reads as many as there are, one after the other.
LINES: Json = {"Transformation": "NONE", "OutputType": "JSONL"}
#: The state that takes the object of an event, and where it leaves the only item of the map.
UPLOADED, ONLY = "UploadedObject", "$.uploaded.objects"
PREFIX_GIVEN, SOME, EVERY = "PrefixGiven", "SomeObjects", "AllObjects"
COUNT, ALL_DONE, ITEMS_FAILED = "CountFailures", "AllDone", "ItemsFailed"


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


def combining(architecture: Architecture, node: Node) -> Edge | None:
    """Return the connection to the program that combines the results of a distributed map, or None if none does."""
    if node.service != DISTRIBUTED or not combines(node.states):
        return None
    named = next(runs_of(state) for state in node.states if state.settings.get("action") == COMBINE)
    return next((run for run in architecture.leaving(node.id, "run") if not named or run.target in named), None)


def combines_listed(architecture: Architecture, program: Node) -> bool:
    """Return whether a program combines results that are listed in a bucket."""
    machines = (architecture.node(run.source) for run in architecture.entering(program.id, "run"))
    found = (combining(architecture, machine) for machine in machines)
    return any(run is not None and run.target == program.id for run in found)


def takes_prefix(architecture: Architecture, node: Node) -> bool:
    """Whether a run may be told under which prefix it finds its objects: what a message or an event carries is no input of it."""
    wrapping = (eventbridge_bus.TRAITS.service, eventbridge_pipes.TRAITS.service)
    return not any(architecture.node(edge.source).service in wrapping for edge in architecture.entering(node.id))


def started_by_object(architecture: Architecture, node: Node) -> bool:
    """Return whether nothing but the arrival of an object in the bucket of its map starts a workflow: a run is about this object."""
    bucket = bucket_of(architecture, node)
    starting = architecture.entering(node.id, "start")
    told = {event.source for start in starting for event in architecture.entering(start.source)}
    buses = {architecture.node(start.source).service for start in starting}
    return bool(starting) and buses == {eventbridge_bus.TRAITS.service} and told == {bucket}


def over_uploaded(steps: dict[str, Json], first: str) -> tuple[dict[str, Json], str]:
    """Return the states with maps over the object whose arrival started the run, the state before them, and which is first.

    The event has no other objects of the bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
    (read 2026-12-01).
    """
    found = {f"{name}.$": f"$.detail.object.{name.lower()}" for name in ("Key", "Size", "Etag")}
    taken = {
        "Type": "Pass",
        "Comment": "The object whose arrival started the run",
        "Parameters": {"objects": [found]},
        "ResultPath": "$.uploaded",
        "Next": first,
    }
    mapped = {
        id: {**state, "ItemsPath": ONLY, "ItemSelector": SELECTOR} if state["Type"] == "Map" else state
        for id, state in steps.items()
    }
    return {UPLOADED: taken, **mapped}, UPLOADED


def over_objects(steps: dict[str, Json], *, asked: bool) -> dict[str, Json]:
    """Return the states with a map that lists the bucket `${ItemsBucket}` instead of taking items from its input.

    Where the input may ask for a `prefix`, only the objects are listed whose keys begin with it.
    """
    listed = {"Bucket": "${ItemsBucket}", **({"Prefix.$": "$.objects.prefix"} if asked else {})}
    reader = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": listed}
    return {
        id: {"ItemReader": reader, "ItemSelector": SELECTOR, **_without(state, "ItemsPath")}
        if state["Type"] == "Map"
        else state
        for id, state in steps.items()
    }


def below_prefix(steps: dict[str, Json], first: str) -> tuple[dict[str, Json], str]:
    """Return the states with those before them that say under which prefix objects are listed, and which state is first."""
    text = [{"Variable": "$.prefix", test: True} for test in ("IsPresent", "IsString")]
    given = {"And": text, "Next": SOME}
    asked = {"Type": "Choice", "Comment": "The input may name a prefix", "Choices": [given], "Default": EVERY}
    said = {
        name: {"Type": "Pass", "Parameters": prefix, "ResultPath": "$.objects", "Next": first}
        for name, prefix in ((SOME, {"prefix.$": "$.prefix"}), (EVERY, {"prefix": ""}))
    }
    return {PREFIX_GIVEN: asked, **said, **steps}, PREFIX_GIVEN


def past_failures(steps: dict[str, Json], *, combined: bool) -> dict[str, Json]:
    """Return the states with distributed maps that write down what came of each item.

    A map goes on past a few items that fail, and these are counted after it; if a failure undoes the work, the first
    item that fails after all retries ends the map. An item that cannot be undone does not prevent the others from being
    undone. If a program combines the results, it reads them line by line, and its result names the items that failed: any
    number of them, so that each run has a result. They are counted after it, so that the execution still fails.
    """
    undo = pascal(COMPENSATE)
    lines = {"WriterConfig": LINES} if combined else {}
    tolerated = 100 if combined else TOLERATED_PERCENT
    writer = {"Resource": "arn:aws:states:::s3:putObject", "Parameters": _results(), **lines}
    made: dict[str, Json] = {}
    last = ""
    for id, state in steps.items():
        if state["Type"] != "Map":
            made[id] = state
        elif id == undo:
            made[id] = {**state, "ToleratedFailurePercentage": 100, "ResultWriter": writer}
        elif undo in steps:
            made[id] = {**state, "ResultWriter": writer}
        else:
            made[id] = {**state, "ToleratedFailurePercentage": tolerated, "ResultWriter": writer, "ResultPath": "$.map"}
            last = pascal(COMBINE) if combined else id
    if last:
        following = made[last]["Next"]
        made[last] = {**made[last], "Next": COUNT}
        made |= _counted(following)
    return made


def _results() -> Json:
    return {"Bucket": f"${{{RESULTS_TOKEN}}}", "Prefix": RESULTS_FOLDER}


def _counted(following: str) -> dict[str, Json]:
    """Return the states that ask how many items failed, and end the execution as failed if any did."""
    count = {
        "Type": "Task",
        "Comment": "Count the items that failed",
        "Resource": "arn:aws:states:::aws-sdk:sfn:describeMapRun",
        "Parameters": {"MapRunArn.$": "$.map.MapRunArn"},
        "ResultSelector": {"succeeded.$": "$.ItemCounts.Succeeded", "total.$": "$.ItemCounts.Total"},
        "ResultPath": "$.count",
        "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 5, "BackoffRate": 2.0}],
        "Next": ALL_DONE,
    }
    # Also items that were aborted or have timed out are missing.
    some = {"Variable": "$.count.succeeded", "NumericLessThanPath": "$.count.total", "Next": ITEMS_FAILED}
    cause = f"Some items failed after their retries; {RESULTS_FOLDER}/ in the bucket of results lists them"
    return {
        COUNT: count,
        ALL_DONE: {"Type": "Choice", "Choices": [some], "Default": following},
        ITEMS_FAILED: {"Type": "Fail", "Error": "ItemsFailed", "Cause": cause},
    }


def _without(state: Json, name: str) -> Json:
    return {key: value for key, value in state.items() if key != name}


TRAITS = replace(
    step_functions_standard.TRAITS,
    service=DISTRIBUTED,
    noun="",
    retained=Retained(
        Text("Bucket with the results of Map Runs", "Map Run の結果のバケット"),
        "ResultsName",
        s3.DELETE_BUCKET,
    ),
    client=None,
    variables=(),
    interface_endpoints=(),
)
