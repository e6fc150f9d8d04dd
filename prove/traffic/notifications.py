"""Notifications of new objects, which a bucket sends directly to a queue."""

from advisor.architecture import Edge
from prove.traffic import messages, stores
from prove.traffic.session import Session


def of_object(session: Session, edge: Edge) -> None:
    """Put an object into a bucket, under a key that a notification encodes, and find the result of the program by this key."""
    mark = session.mark()
    item = {"id": f"{mark} 1+1", "name": mark}
    stores.put_item(session, edge.source, item)
    if not messages.arrives(session, edge, f"{item['id']}.json"):
        return
    for consumed in session.architecture.leaving(edge.target, "consume"):
        for read in session.architecture.leaving(consumed.target, "read"):
            if read.target == edge.source:
                session.record(read, "the work that reads it succeeded")
