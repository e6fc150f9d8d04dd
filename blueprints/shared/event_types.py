"""The event types of a channel that routes: those that its publishers send, from which each rule or filter policy selects."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from blueprints.plan.plan import Plan
from blueprints.traits import traits_of
from blueprints.traits.item_results import receives_webhooks, results_in
from blueprints.traits.served_items import served

#: How events get on a bus from outside, with types that this project does not know.
_OUTSIDE = "emit"


def event_types(plan: Plan, channel: Node) -> tuple[str, ...]:
    """Return the event types that programs publish to a bus or topic that must route events.

    Empty for one that needs no routing, and for one with types that the project does not know.
    """
    answers = {subject.id: subject.answers for subject in plan.design.requirements.of_kind("channel")}
    publishers = [edge.source for edge in plan.architecture.entering(channel.id, "publish")]
    programs = {program.node.id: program for program in plan.programs}
    known = all(id in programs for id in publishers) and not plan.architecture.entering(channel.id, _OUTSIDE)
    if not known or answers.get(channel.subject, {}).get("routing") is not True:
        return ()
    found = (f"{programs[id].id}.{word}" for id in publishers for word in _words(plan.architecture, programs[id].node))
    return tuple(dict.fromkeys(found))


def _words(architecture: Architecture, program: Node) -> Iterator[str]:
    """Yield what a program tells about an item or a message, as the last word of its event types."""
    entries = [architecture.node(edge.source) for edge in architecture.entering(program.id, "invoke")]
    protocols = {traits_of(entry.service).protocol for entry in entries}
    if "websocket" in protocols:
        yield "said"
    elif protocols:
        yield "created"
        if receives_webhooks(architecture, program) and results_in(architecture, program):
            yield "reported"
        if served(architecture, program).changes:
            yield from ("replaced", "removed")
        if architecture.entering(program.id, "call"):
            yield "called"
    else:
        yield from ("done", "undone")
