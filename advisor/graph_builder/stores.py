"""Adds stores to the graph, and connects components to their stores, channels and other components."""

from dataclasses import replace

from advisor.architecture.passing import WRITING
from advisor.graph_builder.draft import GraphDraft
from advisor.graph_builder.starters import programs_of, receiver
from advisor.requirements import Subject
from advisor.text import Text, spaced


def add_store(draft: GraphDraft, subject: Subject) -> None:
    """Add the nodes of a store."""
    values = draft.facts[subject.id].values
    for role, service in draft.services_of(subject).items():
        if service not in (None, "none"):
            draft.add_role(subject, role, str(service), values)
    if f"{subject.id}.proxy" in draft.nodes and f"{subject.id}.store" in draft.nodes:
        draft.add_edge(f"{subject.id}.proxy", "pool", f"{subject.id}.store")


def connect_dependencies(draft: GraphDraft, subject: Subject) -> None:
    """Add the stores, channels and components that a component reads, writes, publishes to and calls.

    Where no service fits the work, nothing uses them: another node of the component would be drawn to do so.
    """
    if draft.services_of(subject).get("compute", "none") is None:
        return
    for source in _acting_nodes(draft, subject.id):
        _connect_to_dependencies(draft, subject, source)
    _connect_uploads(draft, subject)
    reads, writes = (tuple(subject.answer(f) or ()) for f in ("reads", "writes"))  # type: ignore[arg-type]
    _connect_websocket_push(draft, subject, next((store for store in reads if store in writes), ""))


def _connect_to_dependencies(draft: GraphDraft, subject: Subject, source: str) -> None:
    reads, writes = (tuple(subject.answer(f) or ()) for f in ("reads", "writes"))  # type: ignore[arg-type]
    for store in dict.fromkeys((*reads, *writes)):
        target = _store_endpoint(draft, store)
        verb = "read-write" if store in reads and store in writes else "read" if store in reads else "write"
        if target in draft.nodes:
            draft.add_edge(source, verb, target)
    for channel in subject.answer("publishes") or ():  # type: ignore[union-attr]
        if f"{channel}.messaging" in draft.nodes:
            draft.add_edge(_publisher(draft, subject.id, source, channel), "publish", f"{channel}.messaging")
    for other in subject.answer("calls") or ():  # type: ignore[union-attr]
        if draft.nodes[source].role == "delivery":
            _call_from_pages(draft, subject, other)
        elif (waiting := _waiting(draft, subject, source, other)) is not None:
            draft.add_edge(source, "resume", waiting)
        elif (callee := _callee(draft, other)) is not None:
            draft.add_edge(source, "run" if draft.nodes[source].role == "workflow" else "call", callee)


def _call_from_pages(draft: GraphDraft, site: Subject, other: str) -> None:
    """State that the requests of users to a component come from the pages of a site, too."""
    received = (("request", f"{other}.entry"), ("load", f"{other}.delivery"))
    for id, edge in draft.edges.items():
        if (edge.verb, edge.target) in received:
            words = edge.sentence
            said = Text(
                f'{words.en}; the pages of "{site.name.en}" do so from the browser',
                f"{words.ja}（「{site.name.ja}」のページがブラウザから呼び出す）",
            )
            draft.edges[id] = replace(edge, sentence=spaced(said))


def _connect_uploads(draft: GraphDraft, subject: Subject) -> None:
    """Let clients upload to the component's bucket, with URLs that the program issues which answers them.

    That program stores nothing in the bucket itself: it reads there at most.
    """
    store, program = _upload_store(draft, subject), _answering(draft, subject)
    if store is None or program is None:
        return
    exposure = draft.facts[subject.id].values["exposure"]
    written = {verb: f"{program}>{verb}>{store}" for verb in WRITING}
    if draft.edges.pop(written["read-write"], None) is not None:
        draft.add_edge(program, "read", store)
    draft.edges.pop(written["write"], None)
    draft.add_edge(program, "presign", store)
    issued = f"{program}>presign>{store}"
    largest = int(draft.facts[draft.nodes[store].subject].values["item_bytes"])
    draft.edges[issued] = replace(draft.edges[issued], settings={"upload_bytes": largest})
    draft.add_edge(f"client.{exposure}", "upload", store)


def _upload_store(draft: GraphDraft, subject: Subject) -> str | None:
    """Return the id of the bucket that clients of a component upload files to: the first that the component writes."""
    if not draft.facts[subject.id].values.get("direct_uploads"):
        return None
    stores = (f"{store}.store" for store in subject.answer("writes") or ())  # type: ignore[union-attr]
    return next((id for id in stores if id in draft.nodes and draft.nodes[id].service == "s3"), None)


def _answering(draft: GraphDraft, subject: Subject) -> str | None:
    """Return the id of the program that a component's entry invokes."""
    invoked = f"{subject.id}.entry>invoke>"
    return next((edge.target for edge in draft.edges.values() if edge.id.startswith(invoked)), None)


#: Destinations that people read.
_PEOPLE = ("email", "sms", "push")


def _publisher(draft: GraphDraft, component: str, program: str, channel: str) -> str:
    """Return the id of the node that publishes to a channel; for notifications about many items, the workflow.

    The program would send a message for each item, and no recipient reads thousands, so one message is sent for the
    whole run.
    """
    workflow, topic = draft.node_of(component, "workflow"), draft.nodes[f"{channel}.messaging"]
    mapped = workflow is not None and any(state.kind == "map" for state in workflow.states)
    if workflow is None or not mapped or not draft.has_connection(workflow, "publish", topic):
        return program
    heard = (draft.nodes[edge.target].service for edge in draft.edges.values() if edge.source == topic.id)
    return workflow.id if any(service in _PEOPLE for service in heard) else program


def _acting_nodes(draft: GraphDraft, component: str) -> list[str]:
    """Return the ids of the nodes that act for a component: its programs, otherwise its representative."""
    if programs := programs_of(draft, component):
        return [program.id for program in programs]
    first = ("workflow", "entry") if draft.facts[component].values["steps_called"] else ("entry", "workflow")
    ids = (f"{component}.{role}" for role in (*first, "events", "schedule", "delivery"))
    return [id for id in ids if id in draft.nodes][:1]


def _callee(draft: GraphDraft, component: str) -> str | None:
    """Return the id of the node by which other components call a component: its function itself, else its entry."""
    compute = draft.node_of(component, "compute")
    if compute is not None and compute.service == "lambda" and draft.node_of(component, "workflow") is None:
        return compute.id
    ids = (f"{component}.{role}" for role in ("entry", "workflow", "compute", "delivery"))
    return next((id for id in ids if id in draft.nodes), None)


def _waiting(draft: GraphDraft, subject: Subject, source: str, other: str) -> str | None:
    """Return the id of the workflow of another component that waits for the callbacks which a component receives."""
    workflow = draft.node_of(other, "workflow")
    if draft.facts[subject.id].values["trigger"] != ("callback",) or workflow is None:
        return None
    waits = any(state.kind == "callback" for state in workflow.states)
    return workflow.id if waits and draft.has_connection(draft.nodes[source], "resume", workflow) else None


def _store_endpoint(draft: GraphDraft, store: str) -> str:
    """Return the id of the node by which a store is reached."""
    return f"{store}.proxy" if f"{store}.proxy" in draft.nodes else f"{store}.store"


def _connect_websocket_push(draft: GraphDraft, subject: Subject, connection_store: str) -> None:
    """Let the handler of a WebSocket API push to its connections; a starter stores the connections itself."""
    entry, handler = draft.node_of(subject.id, "entry"), receiver(draft, subject.id)
    if entry is None or handler is None or entry.service != "api-gateway-websocket":
        return
    endpoint = _store_endpoint(draft, connection_store)
    if handler.id.endswith("-starter") and endpoint in draft.nodes:
        draft.add_edge(handler.id, "read-write", endpoint)
    draft.add_edge(handler.id, "push", entry.id)
    # Only the handler knows the open connections: what other triggers start is pushed through it. A starter has no part in the work.
    for program in programs_of(draft, subject.id):
        if handler.id == f"{subject.id}.compute" != program.id and draft.has_connection(program, "call", handler):
            draft.add_edge(program.id, "call", handler.id)
