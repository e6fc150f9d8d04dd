"""Programs that start the work of a component for its callers, if they cannot call it or must not wait for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.architecture import Node, Value
from advisor.graph_builder.draft import GraphDraft
from advisor.requirements import Subject
from advisor.requirements.starts import REQUESTS, RUNS
from advisor.sizing.compute_settings import run_kind
from advisor.sizing.durable import OWN, STARTING_S
from advisor.sizing.node_updates import is_durable
from advisor.text import Text

_RESIDENT = ("service", "worker")
_MESSAGES = ("message", "stream")
_WAYS = (REQUESTS, _MESSAGES, ("event",), RUNS, ("always-on",))
_WAY_NAMES = {"message": "messages", "stream": "messages", "event": "events", "schedule": "runs", "on-demand": "runs",
              "always-on": "worker"}  # fmt: skip
_WAY_WORDS = {
    "message": Text("messages", "メッセージ"),
    "stream": Text("records", "レコード"),
    "event": Text("events", "イベント"),
    "schedule": Text("scheduled runs", "定期実行"),
    "on-demand": Text("on demand", "手動・SDK"),
    "always-on": Text("worker", "ワーカー"),
}
#: Services of which one component can have several programs.
_SPLIT = ("lambda", "ecs", "eks", "batch")


def is_resident(compute: Node | None) -> bool:
    """Return whether a container stays up, so that it starts its own workflows rather than being started by one."""
    return compute is not None and compute.settings.get("run") in _RESIDENT


def split_resident(draft: GraphDraft, component: str) -> None:
    """Divide a long-running container with a workflow task into two programs: one starts the workflow, one does the work."""
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


def ways_to_start(values: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return the triggers of a component, grouped by the program that serves them; callers come first.

    An event that a channel carries arrives as a message does.
    """
    ways = [("event", *way) if way == _MESSAGES and values["listens_kind"] == "channel" else way for way in _WAYS]
    groups = (tuple(t for t in way if t in values["trigger"]) for way in ways)
    seen: set[str] = set()
    found = []
    for group in groups:
        if group and not seen.issuperset(group):
            found.append(tuple(t for t in group if t not in seen))
            seen.update(group)
    return tuple(found)


def split_ways(draft: GraphDraft, subject: Subject, values: Mapping[str, Any]) -> None:
    """Divide a component with several triggers into one program per trigger, with the same source and permissions.

    A workflow can be started in any of these ways without an addition; a durable function has a separate starter.
    """
    compute, ways = draft.node_of(subject.id, "compute"), ways_to_start(values)
    if compute is None or len(ways) == 1 or f"{subject.id}.workflow" in draft.nodes:
        return
    if compute.service not in _SPLIT or compute.settings.get("variant") not in (None, "lambda-managed-instances"):
        return
    for way in ways:
        sized = draft.sized(subject, "compute", {**values, "trigger": way})
        variant = {key: compute.settings[key] for key in ("variant",) if key in compute.settings}
        first = way == ways[0]
        words = Text.same("") if first else _WAY_WORDS[way[-1]]
        note = compute.note if first else Text(f"{compute.note.en}: {words.en}", f"{compute.note.ja}: {words.ja}")
        id = compute.id if first else f"{compute.id}-{_WAY_NAMES[way[-1]]}"
        draft.nodes[id] = replace(
            compute, id=id, note=note, settings={**sized.settings, **variant}, grounds=sized.grounds
        )


def programs_of(draft: GraphDraft, component: str) -> list[Node]:
    """Return the programs that do a component's work: one, or one for each way in which it is started."""
    ids = (f"{component}.compute", *(f"{component}.compute-{name}" for name in dict.fromkeys(_WAY_NAMES.values())))
    return [draft.nodes[id] for id in ids if id in draft.nodes]


def _program_for(draft: GraphDraft, component: str, *triggers: str) -> Node | None:
    """Return the program that only these triggers start, or None if the component has a single program."""
    programs = programs_of(draft, component)
    if len(programs) == 1:
        return None
    return next((p for p in programs if not {*triggers}.isdisjoint(_triggers(p))), None)


def _triggers(program: Node) -> tuple[str, ...]:
    trigger = program.settings.get("trigger", ())
    return trigger if isinstance(trigger, tuple) else (str(trigger),)


def receiver(draft: GraphDraft, component: str) -> Node | None:
    """Return the program that receives a component's requests and messages: the starter of its workflow, or its work."""
    return draft.node_of(component, "compute-starter") or draft.node_of(component, "compute")


def receiver_of_messages(draft: GraphDraft, component: str) -> str:
    """Return the id of the program that receives a component's messages; a durable function has a starter for them."""
    if (own := _program_for(draft, component, "message", "stream", "event")) is not None:
        return own.id
    compute = draft.node_of(component, "compute")
    if compute is not None and is_durable(compute):
        return _durable_starter(draft, compute).id
    program = receiver(draft, component)
    return program.id if program else f"{component}.compute"


def receiver_of_requests(draft: GraphDraft, compute: Node, workflow: Node | None) -> Node:
    """Return the target of the entry: the work itself, or a program that starts its workflow.

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


def _keeps_up(draft: GraphDraft, component: str, trigger: str) -> bool:
    """Return whether this trigger alone would keep a container up, so that it is the program that is started."""
    return run_kind({**draft.facts[component].values, "trigger": (trigger,)}) in _RESIDENT


def start_target(draft: GraphDraft, component: str, trigger: str) -> str | None:
    """Return the id of the target of a schedule or event: a long-running program, the workflow, or the work."""
    if (own := _program_for(draft, component, trigger)) is not None:
        return own.id
    program = receiver(draft, component)
    workflow = f"{component}.workflow" in draft.nodes
    if program is not None and is_resident(program) and not (workflow and not _keeps_up(draft, component, trigger)):
        return program.id
    return next((i for i in (f"{component}.workflow", f"{component}.compute") if i in draft.nodes), None)
