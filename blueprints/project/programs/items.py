"""The location of the items that a program processes: a mapped bucket, a partitioned store, or a change stream."""

from collections.abc import Sequence

from advisor.architecture import Architecture, Edge, Node
from blueprints.plan.owners import looked_up
from blueprints.project.programs.adapters import WRITING, ItemSource, is_store
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.traits.step_functions_distributed_map import bucket_of

#: How what happens in a store gets to a program.
_LEADING = ("emit", "stream", "start", "consume", "deliver", "run")


def item_source(
    architecture: Architecture, node: Node, entry_point: EntryPoint, reached: Sequence[tuple[Edge, Node]]
) -> ItemSource:
    """Return the location of the items that a program processes.

    An item with a permanent id is processed again if it has changed, or in the next run, so its result is written
    again. The result of a message is written once, under the id of the message.
    """
    workflow = entry_point.workflow
    listed = (bucket_of(architecture, workflow) or "") if workflow is not None and entry_point.listed else ""
    shared = _divided(reached) if entry_point.parts or entry_point.array else ""
    keyed = any(edge.verb in WRITING and looked_up(architecture, store.id) for edge, store in reached)
    return ItemSource(listed, shared, bool(listed or shared or keyed) or follows_store(architecture, node), keyed)


def _divided(reached: Sequence[tuple[Edge, Node]]) -> str:
    """Return the store whose items are divided among parts: one that is only read, before one that is written too."""
    stores = [(edge.verb, node.id) for edge, node in reached if edge.verb in ("read", "read-write") and is_store(node)]
    return next((id for wanted in ("read", "read-write") for verb, id in stores if verb == wanted), "")


def follows_store(architecture: Architecture, node: Node) -> bool:
    """Return whether changes of a store trigger a program, directly or indirectly."""
    seen, waiting = {node.id}, [node.id]
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            if edge.verb in _LEADING and source.id not in seen:
                if is_store(source):
                    return True
                seen.add(source.id)
                waiting.append(source.id)
    return False
