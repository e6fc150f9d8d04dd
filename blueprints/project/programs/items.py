"""The location of the items that a program processes: a mapped bucket, a partitioned store, or a change stream."""

from collections.abc import Collection, Iterator, Sequence

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.passing import READING, WRITING
from blueprints.plan.kept_results import each_in, is_about_change, is_compared, is_keyed, latest_in
from blueprints.project.programs.adapters import ItemSource
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.traits import is_store, traits_of_node
from blueprints.traits.direct_uploads import takes_uploads
from blueprints.traits.item_messages import is_for_items
from blueprints.traits.item_results import LEADING, serves, sources
from blueprints.traits.served_items import holds_named_files, served
from blueprints.traits.step_functions_distributed_map import bucket_of

#: Sources outside the design whose events can be those of a bucket: nobody else may name Amazon S3 as the source of an event.
_OUTSIDE_EVENTS = ("aws-service", "other-account")
#: How an item gets from one program to the next, and to the stores of each.
PASSING = (*LEADING, *WRITING, "publish", "call", "invoke")


def item_source(
    architecture: Architecture, node: Node, entry_point: EntryPoint, reached: Sequence[tuple[Edge, Node]]
) -> ItemSource:
    """Return the location of the items that a program processes.

    An item with a permanent id is processed again if it has changed, or in the next run, so its result is written
    again. The result of a message is written once, under the id of the message.
    """
    workflow = entry_point.workflow
    listed = (bucket_of(architecture, workflow) or "") if workflow is not None and entry_point.listed else ""
    goes_over = entry_point.parts or entry_point.array
    shared = _divided(reached) if goes_over and not is_about_change(architecture, node) else ""
    keyed = is_keyed(architecture, node)
    compared = is_compared(architecture, node)
    latest = latest_in(architecture, node)
    each = each_in(architecture, node) if compared and not (listed or shared) else frozenset[str]()
    return ItemSource(listed, shared, bool(listed or shared) or compared, keyed, compared, latest, each)


def _divided(reached: Sequence[tuple[Edge, Node]]) -> str:
    """Return the store whose items are divided among parts: one that is only read, before one that is written too."""
    stores = [(edge.verb, node.id) for edge, node in reached if edge.verb in READING and is_store(node)]
    return next((id for wanted in READING for verb, id in stores if verb == wanted), "")


def after_uploads(architecture: Architecture, node: Node) -> bool:
    """Return whether uploads of clients trigger a program, directly or indirectly."""
    return any(takes_uploads(architecture, source.id) for source in sources(architecture, node))


def after_named_files(architecture: Architecture, node: Node) -> bool:
    """Return whether files trigger a program, directly or indirectly, that clients upload under ids that they know."""
    return any(holds_named_files(architecture, source.id) for source in sources(architecture, node))


def meets_objects(architecture: Architecture, node: Node) -> bool:
    """Return whether the events of a bucket get to a program as they are.

    It can be a bucket of the design, or one among the AWS services or other accounts whose events arrive.
    """
    seen, waiting = {node.id}, [node.id]
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            if edge.verb == "emit" and (is_store(source) or source.service in _OUTSIDE_EVENTS):
                return True
            starter = edge.verb == "call" and source.subject == node.subject
            if (starter or edge.verb in LEADING) and source.id not in seen:
                seen.add(source.id)
                waiting.append(source.id)
    return False


def hears_removals(architecture: Architecture, node: Node, working: Collection[str]) -> bool:
    """Return whether a program hears that items of callers were removed: by events, and not by work, of `working` channels."""
    seen, waiting = {node.id}, [node.id]
    while waiting:
        for edge in architecture.entering(waiting.pop()):
            source = architecture.node(edge.source)
            told = edge.verb == "publish" and architecture.node(edge.target).subject not in working
            if told and serves(architecture, source.id) and served(architecture, source).changes:
                return True
            if edge.verb in LEADING and source.id not in seen:
                seen.add(source.id)
                waiting.append(source.id)
    return False


def senders(architecture: Architecture, node: Node, programs: Collection[str]) -> set[tuple[str, str]]:
    """Return the programs that send to a program without another one between them, each with the channel or store it fills."""
    found, seen, waiting = set[tuple[str, str]](), {node.id}, [node.id]
    while waiting:
        one = waiting.pop()
        for edge in architecture.entering(one):
            filling = edge.verb in LEADING or (one != node.id and edge.verb in ("publish", *WRITING))
            starter = edge.verb == "call" and architecture.node(edge.source).subject == node.subject
            if filling and edge.source in programs:
                found.add((edge.source, one))
            elif (filling or starter) and edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
    return found


def largest_item(architecture: Architecture, node: Node) -> int:
    """Return the smallest limit for an item, in bytes of JSON, of all that a program passes it to; 0 if none has one.

    The consumers of its messages keep the item in stores of their own: an item that these refuse fails there in each retry.
    A consumer that looks the item up keeps it once more, beside that of the message. A program that goes over a store sends
    each item of it to its channels for items.
    """
    limits = [_limit(node)]
    reached, waiting = [node], [node]
    while waiting:
        source = waiting.pop()
        copies = 1 if source == node else 1 + sum(edge.verb == "read" for edge in architecture.leaving(source.id))
        for edge in architecture.leaving(source.id):
            target = architecture.node(edge.target)
            if edge.verb in PASSING:
                limits.append(_limit(target) // (copies if edge.verb in WRITING else 1))
                for found in (target, *_announced(architecture, target)):
                    limits.append(_limit(found) if found != target else 0)
                    if found not in reached:
                        reached.append(found)
                        waiting.append(found)
    return min((limit for limit in limits if limit), default=0)


def _announced(architecture: Architecture, store: Node) -> Iterator[Node]:
    """Yield the channels to which programs that go over a store send each item of it."""
    for read in architecture.entering(store.id):
        if read.verb in READING:
            for edge in architecture.leaving(read.source, "publish"):
                if is_for_items(channel := architecture.node(edge.target)):
                    yield channel


def _limit(node: Node) -> int:
    """Return the most bytes of an item that a store or channel takes, or 0 if it has no limit of its own."""
    client = traits_of_node(node).client
    return client.largest_item if client else 0
