"""Programs that start a component's work for its callers, where the work itself cannot be called or must not be waited for."""

from collections.abc import Mapping
from dataclasses import replace

from advisor.architecture import Node, Value
from advisor.graph_builder.draft import GraphDraft
from advisor.sizing.durable import OWN, STARTING_S
from advisor.sizing.node_updates import is_durable
from advisor.text import Text


def is_resident(compute: Node | None) -> bool:
    """Return whether a container stays up, so that it starts its own workflows rather than being started by one."""
    return compute is not None and compute.settings.get("run") in ("service", "worker")


def split_resident(draft: GraphDraft, component: str) -> None:
    """Let a container that stays up and the task that a workflow runs be two programs: one starts, one works."""
    workflow, compute = draft.node_of(component, "workflow"), draft.node_of(component, "compute")
    if workflow is None or compute is None or compute.service != "ecs" or not is_resident(compute):
        return
    _add_starter(draft, compute, compute.settings)
    grounds = {name: ground for name, ground in compute.grounds.items() if name != "desired_count"}
    job_settings = {**compute.settings, "run": "job", "desired_count": 0}
    draft.nodes[compute.id] = replace(compute, settings=job_settings, grounds=grounds)


def _add_starter(draft: GraphDraft, compute: Node, settings: Mapping[str, Value]) -> Node:
    note = Text(f"{compute.note.en}: start", f"{compute.note.ja}の開始")
    starter = replace(compute, id=f"{compute.id}-starter", note=note, settings=settings)
    draft.nodes[starter.id] = starter
    return starter


def _durable_starter(draft: GraphDraft, compute: Node) -> Node:
    """Return the function that starts a durable function for callers that wait until their work is accepted.

    A front end, a queue and a stream would wait for its end, and wait for no longer than a plain function lasts.
    """
    if starter := draft.nodes.get(f"{compute.id}-starter"):
        return starter
    settings = {name: value for name, value in compute.settings.items() if name not in OWN}
    starter = _add_starter(draft, compute, {**settings, "image": False, "timeout_s": STARTING_S})
    grounds = {name: ground for name, ground in compute.grounds.items() if name not in (*OWN, "timeout_s")}
    starter = replace(starter, title=draft.dated.book.services["lambda"].name, icon="lambda", grounds=grounds)
    draft.nodes[starter.id] = starter
    draft.add_edge(starter.id, "call", compute.id)
    return starter


def receiver(draft: GraphDraft, component: str) -> Node | None:
    """Return the program that receives a component's requests and messages: the starter of its workflow, or its work."""
    return draft.node_of(component, "compute-starter") or draft.node_of(component, "compute")


def receiver_of_messages(draft: GraphDraft, component: str) -> str:
    """Return the id of the program that receives a component's messages; a durable function has a starter for them."""
    compute = draft.node_of(component, "compute")
    if compute is not None and is_durable(compute):
        return _durable_starter(draft, compute).id
    program = receiver(draft, component)
    return program.id if program else f"{component}.compute"


def receiver_of_requests(draft: GraphDraft, compute: Node, workflow: Node | None) -> Node:
    """Return what the entry hands requests to: the work itself, or a program that only starts its workflow.

    A function that did both would have two kinds of callers.
    """
    if is_durable(compute):
        return _durable_starter(draft, compute)
    program = receiver(draft, compute.subject) or compute
    alone = workflow is None or compute.service != "lambda"
    if program is compute and not alone:
        settings = {name: value for name, value in compute.settings.items() if name != "variant"}
        program = _add_starter(draft, compute, {**settings, "image": False})
    if workflow is not None and program is not compute:
        draft.add_edge(program.id, "call", workflow.id)
    return program


def start_target(draft: GraphDraft, component: str) -> str | None:
    """Return the id of what a schedule or an event starts: a program that stays up, the workflow, or the work."""
    program = receiver(draft, component)
    if program is not None and is_resident(program):
        return program.id
    return next((i for i in (f"{component}.workflow", f"{component}.compute") if i in draft.nodes), None)
