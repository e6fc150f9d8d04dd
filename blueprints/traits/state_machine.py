"""State machine definitions in Amazon States Language, from the states of a workflow's node.

A definition holds `${Token}` placeholders, as SAM's DefinitionSubstitutions and CDK's definition substitutions fill
them; `Definition.tokens` says which value each stands for.

What the work is given: a function gets `{"step": n, "action": "run" | "compensate", "execution": name, "input": …}`;
before compensations, a program that calls another system gets `"action": "settle"`, and fails if the outcome is unknown;
a function that checks another system gets `{"action": "check", "submitted": what the first step returned, "since": …}`;
a task gets the environment variables STEP, ACTION, EXECUTION_ID and INPUT (JSON). `input` is what started the
execution, or one entry of `$.items` in a map, `{"item_of_run": …, "run": id, "owner": …}`, where an input without items is the only one; schedules and events bring no items, so there the entries are numbered
parts of the work: `{"index": 0, "size": 40, "run": name, "given": …}`. A distributed map whose work reads a bucket goes
over its objects, each under its key: `{"id": "a/b.csv", "index": 0, "object": {"Key": "a/b.csv", …}}`. A failure that is not healed by retries is under `$.error`,
and its name is the error of the failed execution.

A state's data may hold 256 KiB, however many steps and items there are. So what the last function returned is under
`$.result` and replaces what the one before did, no step gets it as part of its own input (which it would hand on, twice as
long), and a map leaves nothing behind: what its items came to is where the work has put it. Only where a last state combines
them, the map leaves what they came to, or where it is listed, and that state gets no items that started the execution.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.workflow_states import before_approval, combines
from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.naming import pascal
from blueprints.traits import eventbridge_pipes, step_functions_express, step_functions_standard, traits_of
from blueprints.traits.state_machine_ends import with_ends
from blueprints.traits.state_machine_polling import beginning
from blueprints.traits.state_machine_states import APPROVALS_TOKEN, EXPRESS, state_of, with_items_brought
from blueprints.traits.state_machine_tasks import RESULT, Json, tokens_of
from blueprints.traits.step_functions_distributed_map import (
    DISTRIBUTED,
    RESULTS_TOKEN,
    below_prefix,
    bucket_of,
    over_objects,
    over_uploaded,
    past_failures,
    started_by_object,
    takes_prefix,
)
from blueprints.traits.work_partitions import PARTS, numbers, parted, parts
from blueprints.traits.workflow_effects import settling_effects
from blueprints.traits.workflow_outcomes import with_outcomes
from blueprints.values.reference import Ref

#: The input from a pipe is a list, here of one record: the states after this one get the record itself.
UNPACK = "Unpack"
_UNPACKED = {"Type": "Pass", "Comment": "Take the change out of the pipe's list", "InputPath": "$[0]"}
#: Whoever else starts the workflow, such as a schedule, hands over no list.
TELL = "FromPipe"
_TOLD = {"Type": "Choice", "Comment": "Only a pipe hands over a list"}
#: A message or a request may be one item, or hand over many, which are items of the run that its id names.
ITEMS_GIVEN, ONE_ITEM, ID_GIVEN, NAMED, UNNAMED = "ItemsGiven", "OneItem", "IdGiven", "NamedRun", "UnnamedRun"
OWNER_GIVEN, OWNED = "OwnerGiven", "OwnedRun"
#: An item with the id of its run: the program forms the id of the work of them.
_OF_RUN: Json = {"item_of_run.$": "$$.Map.Item.Value", "run.$": "$.run.id", "owner.$": "$.run.owner"}
_EXPRESS_WAITS_FOR_NONE = Text(
    "Express workflows do not wait for the end of a task or job. Use a Standard workflow.",
    "Express ワークフローはタスクやジョブの完了を待てません。標準ワークフローを使用してください。",
)
#: Workflow services whose node is a state machine of its own.
SERVICES = (step_functions_standard.TRAITS.service, step_functions_express.TRAITS.service, DISTRIBUTED)


@dataclass(frozen=True)
class Definition:
    """A state machine: `body` in Amazon States Language, and the values of its placeholders."""

    body: Json
    tokens: Mapping[str, Ref]

    def text(self) -> str:
        """Return the definition as a project keeps it: JSON, indented."""
        return json.dumps(self.body, indent=2, ensure_ascii=False) + "\n"


def path(node: Node) -> str:
    """Return where a project keeps the definition of a workflow."""
    return f"statemachine/{node.subject}.asl.json"


def definition(architecture: Architecture, node: Node) -> Definition:
    """Return the definition of a workflow. Raises Unsupported if a state or its target is not supported."""
    workers = _workers(architecture, node)
    worker = next(iter(workers.values()))
    number = parts(architecture, node, worker)
    bucket = bucket_of(architecture, node)
    brought = not (number or bucket)
    states = {state.id: parted(with_items_brought(state, brought=brought), number) for state in node.states}
    start = next(state for state in node.states if state.kind == "start").next[0]
    tokens = tokens_of(workers.values())
    steps = {pascal(id): state_of(node, workers, state) for id, state in states.items() if state.kind != "start"}
    steps, first = with_ends(node, _showing_results(node, steps)), pascal(start)
    steps = with_outcomes(architecture, node, workers, steps)
    steps = beginning(node, settling_effects(node, workers, steps))
    uploaded = started_by_object(architecture, node)
    if bucket and not uploaded:
        tokens["ItemsBucket"] = Ref(bucket, "name")
        steps = over_objects(steps, asked=takes_prefix(architecture, node))
    if node.service == DISTRIBUTED and any(state.kind == "map" for state in node.states):
        tokens[RESULTS_TOKEN] = Ref(node.id, "results-bucket")
        steps = past_failures(steps, combined=combines(node.states))
    if tellers := architecture.leaving(node.id, "publish"):
        tokens |= {_topic_token(edge): Ref(edge.target, "arn") for edge in tellers}
        steps = _telling(node, tellers, steps)
    if number:
        steps = {PARTS: {**numbers(number), "Next": first}, **steps}
        first = PARTS
    elif uploaded:
        steps, first = over_uploaded(steps, first)
    elif bucket and takes_prefix(architecture, node):
        steps, first = below_prefix(steps, first)
    elif any(state.get("ItemsPath") == "$.items" for state in steps.values()):
        steps, first = _itemised(steps, first)
    starting = [architecture.node(edge.source).service for edge in architecture.entering(node.id)]
    if eventbridge_pipes.TRAITS.service in starting:
        steps, first = _unpacking(steps, first, alone=len(set(starting)) == 1)
    body: Json = {
        "Comment": node.note.en or f"Workflow of {node.subject}",
        "StartAt": first,
        "TimeoutSeconds": settings.number(node, "timeout_s"),
        "States": steps,
    }
    if any(state.kind == "wait" for state in node.states):
        tokens[APPROVALS_TOKEN] = Ref(node.id, "approvals-arn")
    return Definition(body, tokens)


def _unpacking(steps: Json, first: str, *, alone: bool) -> tuple[Json, str]:
    """Return the states with one before them that takes the record out of the list of a pipe, and which state is first."""
    steps = {UNPACK: {**_UNPACKED, "Next": first}, **steps}
    if alone:
        return steps, UNPACK
    from_pipe = {"Variable": "$[0]", "IsPresent": True, "Next": UNPACK}
    return {TELL: {**_TOLD, "Choices": [from_pipe], "Default": first}, **steps}, TELL


def _itemised(steps: Json, first: str) -> tuple[Json, str]:
    """Return the states with those before them that make an input without items the only item, and which state is first.

    Items that are handed over are known by the id of the input, or by the name of the execution, and by their own: so a
    duplicate start repeats their work, and another run has work of its own for the same items. They have the owner of the
    input, if it has one: a caller whose request starts the run does not decide for whom its items are.
    """
    given = {"Variable": "$.items", "IsPresent": True, "Next": ID_GIVEN}
    name = [{"Variable": "$.id", "IsString": True}, {"Not": {"Variable": "$.id", "StringEquals": ""}}]
    choice = {"Type": "Choice", "Comment": "Items are handed over, or one", "Choices": [given], "Default": ONE_ITEM}
    one = {
        "Type": "Pass",
        "Comment": "What comes alone is the only item",
        "Parameters": {"items.$": "States.Array($)", "run": {"id": "", "owner": ""}},
        "Next": first,
    }
    named = {"And": [{"Variable": "$.id", "IsPresent": True}, *name], "Next": NAMED}
    asked = {"Type": "Choice", "Comment": "The input names the run", "Choices": [named], "Default": UNNAMED}
    mapped = {
        id: {**state, "ItemSelector": _OF_RUN} if state.get("ItemsPath") == "$.items" else state
        for id, state in steps.items()
    }
    return {ITEMS_GIVEN: choice, ID_GIVEN: asked, **_runs(first), ONE_ITEM: one, **mapped}, ITEMS_GIVEN


def _runs(first: str) -> Json:
    """Return the states that give a run its id, and the owner of the input."""
    runs: Json = {
        name: {"Type": "Pass", "Parameters": {"id.$": id, "owner": ""}, "ResultPath": "$.run", "Next": OWNER_GIVEN}
        for name, id in ((NAMED, "$.id"), (UNNAMED, "$$.Execution.Name"))
    }
    owned = [{"Variable": "$.owner", "IsPresent": True}, {"Variable": "$.owner", "IsString": True}]
    runs[OWNER_GIVEN] = {
        "Type": "Choice",
        "Comment": "Items have the owner of the input",
        "Choices": [{"And": owned, "Next": OWNED}],
        "Default": first,
    }
    own = {"id.$": "$.run.id", "owner.$": "$.owner"}
    runs[OWNED] = {"Type": "Pass", "Parameters": own, "ResultPath": "$.run", "Next": first}
    return runs


def _showing_results(node: Node, steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states of which one that asks a person also hands over what the step before it has returned, if it has."""
    before = before_approval(node.states)
    if before is None or steps[pascal(before.id)]["ResultPath"] != RESULT:
        return steps
    name = next(pascal(state.id) for state in node.states if state.kind == "wait")
    parameters = steps[name]["Parameters"]
    payload = {**parameters["Payload"], "result.$": f"{RESULT}.returned"}
    return {**steps, name: {**steps[name], "Parameters": {**parameters, "Payload": payload}}}


def _topic_token(edge: Edge) -> str:
    return f"{pascal(edge.target.partition('.')[0])}TopicArn"


def _telling(node: Node, tellers: Sequence[Edge], steps: dict[str, Json]) -> dict[str, Json]:
    """Return the states with one message to each topic before the end: people are notified once per run, not per item."""
    end = next(pascal(state.id) for state in node.states if state.kind == "end")
    names = [f"Tell{_topic_token(edge).removesuffix('TopicArn')}" for edge in tellers]
    led = {id: _led(state, end, names[0]) for id, state in steps.items()}
    for name, edge, following in zip(names, tellers, [*names[1:], end], strict=True):
        type = f"{node.subject}.done"
        news = {"id.$": "$$.Execution.Name", "type": type, "key.$": "$$.Execution.Name", "item": {"status": "done"}}
        led[name] = {
            "Type": "Task",
            "Comment": "Tell that the whole run is done",
            "Resource": "arn:aws:states:::sns:publish",
            "Parameters": {
                "TopicArn": f"${{{_topic_token(edge)}}}",
                "Message": news,
                "MessageAttributes": {"type": {"DataType": "String", "StringValue": type}},
            },
            "ResultPath": None,
            "Next": following,
        }
    return led


def _led(state: Json, end: str, first: str) -> Json:
    """Return a state that goes to the first message where it went to the end."""
    return {key: first if key in ("Next", "Default") and value == end else value for key, value in state.items()}


def _workers(architecture: Architecture, node: Node) -> dict[str, Node]:
    """Return the nodes that a workflow runs, by id: the work of its own component, or the components that it calls."""
    workers = {edge.target: architecture.node(edge.target) for edge in architecture.leaving(node.id, "run")}
    for edge in architecture.leaving(node.id, "run"):
        worker = workers[edge.target]
        if not traits_of(worker.service).state:
            raise Unsupported(
                edge.id, _text(f"In generated projects, Step Functions cannot run {worker.service}", worker.service)
            )
        if node.service == EXPRESS and traits_of(worker.service).state != "function":
            raise Unsupported(edge.id, _EXPRESS_WAITS_FOR_NONE)
    if not workers:
        raise Unsupported(node.id, Text("This workflow has no steps.", "このワークフローにはステップがありません。"))
    return workers


def _text(en: str, service: str) -> Text:
    return Text(f"{en}.", f"Step Functions から {service} を実行する部品がありません。")
