"""Map states: every item is processed once, whether an object of a bucket or a numbered part."""

import re
from functools import partial

from advisor.architecture import Edge
from blueprints.traits import step_functions_distributed_map
from prove.traffic import messages, stores
from prove.traffic.session import Session

OBJECTS = 3


def mapped(session: Session, workflow: str) -> bool:
    """Return whether a workflow has a Map state."""
    return any(state.kind == "map" for state in session.node(workflow).states)


def distributed(session: Session, workflow: str) -> bool:
    """Return whether a workflow has a distributed Map state."""
    return session.node(workflow).service == step_functions_distributed_map.DISTRIBUTED


def seed(session: Session, workflow: str) -> None:
    """Put objects into the bucket of the items."""
    bucket = step_functions_distributed_map.bucket_of(session.architecture, session.node(workflow))
    listed = bucket and not step_functions_distributed_map.started_by_object(
        session.architecture, session.node(workflow)
    )
    for _ in range(OBJECTS - 1) if listed else ():
        mark = session.mark()
        stores.put_item(session, str(bucket), {"id": mark, "name": mark})


def done(session: Session, run: Edge) -> None:
    """Check that each store of the work has a result of every item."""
    workflow = session.node(run.source)
    over_objects = step_functions_distributed_map.bucket_of(session.architecture, workflow)
    if not over_objects and _divides(session, run):
        return  # Results belong to the items of the store, which each write is checked for, and not to the parts.
    alone = step_functions_distributed_map.started_by_object(session.architecture, workflow)
    item_count = 1 if alone else OBJECTS if over_objects else int(str(workflow.settings["parallel_items"]))
    for write in session.architecture.leaving(run.target):
        if write.verb in messages.STORING and session.node(write.target).service in stores.READABLE:
            complete = session.wait_for(partial(_complete, session, write, item_count, workflow.subject))
            session.check(
                write,
                bool(complete),
                f"each of {item_count} items has its result in the store",
                _numbers(session, write),
            )


def _divides(session: Session, run: Edge) -> bool:
    """Return whether the parts of the work divide the items of a store that it reads."""
    return any(edge.verb in ("read", "read-write") for edge in session.architecture.leaving(run.target))


def _complete(session: Session, write: Edge, item_count: int, subject: str) -> bool:
    """Return whether a store has a result of every part, or the item of another program shows that they are done."""
    shown = f'"{subject.replace("-", "_")}_result"'
    return _numbers(session, write) == set(range(item_count)) or any(
        shown in text and '"done"' in text for text in stores.contents(session, write.target)
    )


def _numbers(session: Session, write: Edge) -> set[int]:
    """Return the numbers of the items whose results are in a store; a table stores a number with its type."""
    texts = stores.contents(session, write.target)
    return {int(match[1]) for text in texts if (match := re.search(r'"index": ?(?:\{"N": ")?(\d+)', text))}
