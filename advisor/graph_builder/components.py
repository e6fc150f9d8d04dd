"""Adds components to the graph: the nodes of their roles, front end, triggers and supporting services."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from advisor.architecture import Node
from advisor.architecture.balancing import verifies_tokens
from advisor.graph_builder.draft import OUTSIDE, SOURCES, GraphDraft
from advisor.graph_builder.sentences import connection_sentence
from advisor.graph_builder.starters import (
    is_resident,
    programs_of,
    receiver,
    receiver_of_messages,
    receiver_of_requests,
    split_resident,
    split_ways,
    start_target,
)
from advisor.requirements import Subject
from advisor.requirements.starts import REQUESTS, starts
from advisor.sizing.node_updates import is_durable
from advisor.text import EMPTY, Text, spaced

# A request, or a channel whose consumer is the program itself, leaves it to the program to start its workflow.
_STARTED_BY_PROGRAM = (*REQUESTS, "always-on", "message", "stream")
_CALLERS = {
    "public": Text("internet", "インターネット"),
    "private": Text("company network", "社内ネットワーク"),
    "partner": Text("partners", "パートナー"),
}
_SENDERS = Text("Webhook senders", "Webhook の送信元")


def add_component(draft: GraphDraft, subject: Subject) -> None:
    """Add the nodes of a component, and the connections between its own roles."""
    values = draft.facts[subject.id].values
    for role, service in draft.services_of(subject).items():
        # A durable function has its workflow in its own code.
        in_code = role == "workflow" and service == "lambda-durable"
        if service not in (None, "none") and role not in ("engine", "observability") and not in_code:
            draft.add_role(subject, role, str(service), values)
    split_resident(draft, subject.id)
    split_ways(draft, subject, values)
    if (compute := draft.node_of(subject.id, "compute")) is not None and is_durable(compute):
        draft.add_dead_letter_queue(compute)
    _connect_front_end(draft, subject, values)
    _connect_schedule(draft, subject)
    _connect_events(draft, subject, values)
    _connect_workflow(draft, subject, values)
    _connect_supporting_services(draft, subject, values)


_BY_TOKENS = Text(
    "{source} verifies the caller's token in each request",
    "{source}がリクエストごとに呼び出し元のトークンを検証する",
)


def _connect_front_end(draft: GraphDraft, subject: Subject, values: Mapping[str, Any]) -> None:
    entry, delivery = (draft.node_of(subject.id, role) for role in ("entry", "delivery"))
    if not starts(values, *REQUESTS) or (entry is None and delivery is None):
        return
    client = _caller(draft, values)
    if delivery is not None:
        _connect_delivery(draft, subject, values, client)
    if entry is None:
        return
    identity = f"workload.{values.get('identity')}"
    if values.get("identity") in ("cognito", "oidc"):
        draft.add_edge(client, "sign-in", identity)
    delivered = delivery is not None and bool(values.get("cdn"))
    if not delivered:
        draft.add_edge(client, "request", entry.id)
    if identity in draft.nodes:
        draft.add_edge(entry.id, "authorize", identity)
        if verifies_tokens(entry):
            _by_tokens(draft, f"{entry.id}>authorize>{identity}")
        if entry.settings.get("open_reads"):
            _only_of_writers(draft, f"{entry.id}>authorize>{identity}")
    # Content delivery, which has a web ACL, is the only way to an entry inside the VPC.
    if values.get("firewall") and not (delivered and entry.settings.get("private")):
        _filter(draft, entry, f"workload.{values['firewall']}")
    _hand_on(draft, subject.id, entry)


def _filter(draft: GraphDraft, entry: Node, firewall: str) -> None:
    """Connect an entry with its web ACL. One that has none is called by content delivery only, which has a web ACL."""
    if draft.has_connection(entry, "filter", draft.nodes[firewall]):
        draft.add_edge(entry.id, "filter", firewall)


def _hand_on(draft: GraphDraft, component: str, entry: Node) -> None:
    """Connect an entry with what handles its requests: a workflow, or a program, which verifies the senders' signatures."""
    workflow, compute = draft.node_of(component, "workflow"), draft.node_of(component, "compute")
    secret = draft.node_of(component, "identity")
    stays = compute is not None and is_resident(receiver(draft, component))
    if workflow and draft.has_connection(entry, "start", workflow) and not stays and secret is None:
        draft.add_edge(entry.id, "start", workflow.id)
    elif compute:
        program = receiver_of_requests(draft, compute, workflow).id
        draft.add_edge(entry.id, "invoke", program)
        if secret is not None:
            draft.add_edge(program, "verify", secret.id)


def _caller(draft: GraphDraft, values: Mapping[str, Any]) -> str:
    """Add those who call a component, and return their id: users, or the systems that sign webhooks, drawn as those of partners are."""
    exposure = values["exposure"]
    if values["authentication"] == "signature":
        return draft.add_outside(f"client.sender.{exposure}", "client", _CALLERS[exposure], _SENDERS, "partner-http")
    return draft.add_outside(f"client.{exposure}", "client", _CALLERS[exposure])


def _connect_delivery(draft: GraphDraft, subject: Subject, values: Mapping[str, Any], client: str) -> None:
    """Connect content delivery with its callers and with what it delivers: a site, an endpoint or buckets."""
    delivery, entry = f"{subject.id}.delivery", draft.node_of(subject.id, "entry")
    draft.add_edge(client, "load", delivery)
    through = bool(values.get("cdn")) and entry is not None
    if through or f"{subject.id}.hosting" not in draft.nodes:
        _load_of_requests(draft, f"{client}>load>{delivery}", client, delivery)
    if values.get("firewall"):
        draft.add_edge(delivery, "filter", _edge_firewall(draft, values["firewall"]))
    if f"{subject.id}.hosting" in draft.nodes:
        draft.add_edge(delivery, "fetch", f"{subject.id}.hosting")
    if through and entry is not None:
        draft.add_edge(delivery, "forward", entry.id)


def _load_of_requests(draft: GraphDraft, id: str, client: str, delivery: str) -> None:
    """State that callers of an API, or of a bucket, load no site, or that they call the API of a site under its host name."""
    who, cdn = draft.nodes[client], draft.nodes[delivery].title
    if f"{delivery.removesuffix('.delivery')}.hosting" in draft.nodes:
        sentence = Text(
            f"{who.title.en} load the site from the nearest edge location of {cdn.en}, and its pages call the API under the same host name",
            f"{who.title.ja}が{cdn.ja}の最寄りのエッジロケーションからサイトを読み込み、サイトのページが同じホスト名で API を呼び出す",
        )
    else:
        sentence = Text(
            f"{who.title.en} send requests to the nearest edge location of {cdn.en}",
            f"{who.title.ja}が{cdn.ja}の最寄りのエッジロケーションにリクエストを送る",
        )
    draft.edges[id] = replace(draft.edges[id], sentence=spaced(sentence))


def _by_tokens(draft: GraphDraft, id: str) -> None:
    """State that an entry verifies the token in each request, and signs nobody in with a browser."""
    edge = draft.edges[id]
    sentence = connection_sentence(_BY_TOKENS, draft.nodes[edge.source], draft.nodes[edge.target])
    draft.edges[id] = replace(edge, sentence=sentence)


def _only_of_writers(draft: GraphDraft, id: str) -> None:
    """State that the authentication of callers does not apply to public reads."""
    edge = draft.edges[id]
    label = Text(f"{edge.label.en} (writes)", f"{edge.label.ja}（書き込み）")
    sentence = Text(f"{edge.sentence.en} (writes only)", f"{edge.sentence.ja}（書き込みのみ）")
    draft.edges[id] = replace(edge, label=label, sentence=sentence)


def _edge_firewall(draft: GraphDraft, firewall: str) -> str:
    """Add the web ACL of content delivery: it cannot be that of an entry, which has a Region."""
    regional = draft.nodes[f"workload.{firewall}"]
    at_edge = replace(regional, id=f"{regional.id}-edge", note=Text("in front of the CDN", "CDN に関連付け"))
    draft.nodes[at_edge.id] = at_edge
    return at_edge.id


def _connect_schedule(draft: GraphDraft, subject: Subject) -> None:
    target = start_target(draft, subject.id, "schedule")
    schedule = draft.node_of(subject.id, "schedule")
    if schedule is not None and target:
        draft.add_edge(schedule.id, "start", target)
        draft.add_dead_letter_queue(schedule)


def _connect_events(draft: GraphDraft, subject: Subject, values: Mapping[str, Any]) -> None:
    target = start_target(draft, subject.id, "event")
    router = draft.node_of(subject.id, "events")
    store = f"{values.get('listens_to')}.store"
    told = starts(values, "event")
    if told and values["listens_kind"] == "store" and store in draft.nodes:
        _connect_store_events(draft, store, router, target, subject.id)
    elif router is not None and told and values["listens_kind"] != "channel":
        source = SOURCES.get(values["event_source"], values["event_source"])
        origin = draft.add_outside(f"{subject.id}.source", source, EMPTY) if source in OUTSIDE else None
        if origin:
            draft.add_edge(origin, "emit", router.id)
    queue = draft.node_of(subject.id, "queue")
    if router is not None and queue is not None:
        draft.add_edge(router.id, "deliver", queue.id)
        draft.add_edge(queue.id, "consume", receiver_of_messages(draft, subject.id))
        draft.add_dead_letter_queue(queue)
    elif router is not None and target:
        draft.add_edge(router.id, "start", target)
        if told and values["listens_kind"] != "channel":  # a queue that a pipe reads has its own
            draft.add_dead_letter_queue(router)


def _connect_store_events(
    draft: GraphDraft, store: str, router: Node | None, target: str | None, component: str
) -> None:
    if router is not None:
        draft.add_edge(store, "emit" if router.service == "eventbridge-bus" else "stream", router.id)
    elif target:
        reader = receiver_of_messages(draft, component) if target == f"{component}.compute" else target
        draft.add_edge(store, "stream", reader)


def _connect_workflow(draft: GraphDraft, subject: Subject, values: Mapping[str, Any]) -> None:
    workflow, compute = draft.node_of(subject.id, "workflow"), draft.node_of(subject.id, "compute")
    if workflow is None or compute is None:
        return
    started = any(edge.target == workflow.id for edge in draft.edges.values())
    if not started and starts(values, *_STARTED_BY_PROGRAM):
        draft.add_edge(receiver_of_messages(draft, subject.id), "call", workflow.id)
    draft.add_edge(workflow.id, "run", compute.id)


def _connect_supporting_services(draft: GraphDraft, subject: Subject, values: Mapping[str, Any]) -> None:
    compute = draft.node_of(subject.id, "compute")
    if compute is None:
        return
    starter = draft.nodes.get(f"{compute.id}-starter")
    workers = programs_of(draft, subject.id)
    programs = [*workers, *([starter] if starter is not None and starter.service != "lambda" else [])]
    if values.get("registry"):
        for program in programs:
            draft.add_edge(program.id, "pull", f"workload.{values['registry']}")
    if values.get("secrets"):
        for program in workers:
            draft.add_edge(program.id, "get-secret", f"{subject.id}.secrets")
    if compute.service in ("ecs", "eks", "batch"):
        draft.add_role(subject, "observability", "cloudwatch", values)
        for program in programs:
            draft.add_edge(program.id, "observe", "workload.cloudwatch")
