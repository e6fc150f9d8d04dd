"""Functions that a rule of the event bus invokes for each new object of a bucket."""

from advisor.architecture import Edge
from prove.traffic import messages, stores
from prove.traffic.session import Session


def by_object(session: Session, edge: Edge) -> None:
    """Put an object into each bucket that emits events, and find the result of the function."""
    for emitted in session.architecture.entering(edge.source, "emit"):
        if session.node(emitted.source).service == "s3":
            mark = session.mark()
            stores.put_item(session, emitted.source, {"id": mark, "name": mark})
            if _results(session, edge.target, mark):
                session.record(emitted, "a new object is reported")
                session.record(edge, "the function is invoked for a new object")


def _results(session: Session, function: str, mark: str) -> bool:
    """Check each store of the function, and return whether it has stored results."""
    found = []
    for edge in session.architecture.leaving(function):
        if edge.verb in messages.STORING and session.node(edge.target).service in stores.READABLE:
            stored = session.wait_for(lambda one=edge: stores.holds(session, one.target, mark) or None)  # type: ignore[misc]
            found.append(session.check(edge, bool(stored), "the result is in the store"))
    for edge in session.architecture.leaving(function, "read") if any(found) else ():
        session.record(edge, "the work that reads it succeeded")
    return bool(found) and all(found)
