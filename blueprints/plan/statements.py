"""Grants: the IAM statements of the connections, identical for every target.

A statement belongs to the role of one node (its holder). Actions come from the edge; which resources an action names
comes from the traits of its service, because AWS accepts only certain resource kinds for each action. No action holds a wildcard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.architecture import Architecture, Edge, Node
from blueprints.naming import free, pascal
from blueprints.plan.callers.owners import OWNER_INDEX, found_by_owner
from blueprints.plan.kept_results import reads_before, records_arrivals
from blueprints.traits import NamedResource, Traits, arrivals, traits_of
from blueprints.traits.checked_versions import checked_version
from blueprints.traits.database_roles import PRIVILEGES, made_for, role_of
from blueprints.traits.efs import mounts
from blueprints.traits.item_results import LEADING
from blueprints.traits.open_connections import ACTIONS as KEEPING
from blueprints.traits.open_connections import OF_A_USER, OF_ALL, audience, found_by_user, keeps_connections
from blueprints.traits.open_connections import SID as KEEP_CONNECTIONS
from blueprints.traits.open_connections import TABLE_ARN as CONNECTIONS
from blueprints.traits.outside_effects import ACTIONS as EFFECT_ACTIONS
from blueprints.traits.outside_effects import SID as EFFECTS
from blueprints.traits.outside_effects import TABLE_ARN as EFFECTS_TABLE
from blueprints.traits.outside_effects import acts_once, asked_by
from blueprints.traits.sent_messages import (
    ACTIONS,
    DEVICES,
    NOTIFY,
    SID,
    TABLE_ARN,
    devices_register,
    sends_to_people,
)
from blueprints.traits.step_functions_distributed_map import (
    DISTRIBUTED,
    READING,
    READS_RESULTS,
    RESULTS_ARN,
    RESULTS_FOLDER,
    bucket_of,
    combining,
    started_by_object,
)
from blueprints.values.reference import Ref, attribute_of


@dataclass(frozen=True, slots=True)
class Statement:
    """One Allow statement of an identity policy. `edge` is its connection."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[Ref, ...]
    edge: str


@dataclass(frozen=True, slots=True)
class Admission:
    """A service that may put messages into a queue: the queue policy's statement.

    `principal` is the service ("sns.amazonaws.com"), `source` the resource on whose behalf it sends (a topic, or a
    rule: then `node` of the reference is the id of the rule's edge and its attribute is "rule-arn").
    """

    queue: str
    principal: str
    source: Ref
    edge: str


_ITSELF = (NamedResource("arn"),)


def statements(architecture: Architecture) -> dict[str, tuple[Statement, ...]]:
    """Return for every node that needs a role's permissions its statements, in the order of the edges."""
    by_holder: dict[str, list[Statement]] = {}
    for node in architecture.of_service(DISTRIBUTED):
        by_holder.setdefault(node.id, []).extend(_listing(architecture, node))
        if (run := combining(architecture, node)) is not None:
            listed = Ref(node.id, RESULTS_ARN, f"/{RESULTS_FOLDER}/*")
            by_holder.setdefault(run.target, []).append(Statement(READS_RESULTS, READING, (listed,), run.id))
    for edge in architecture.edges:
        resource = edge.source if edge.grantee == "target" else edge.target
        for holder in _holders(architecture, edge):
            by_holder.setdefault(holder, []).extend(_split(architecture, edge, _actions(architecture, edge), resource))
        if sends_to_people(architecture, edge):
            recording = Statement(SID, ACTIONS, (Ref(edge.target, TABLE_ARN),), edge.id)
            by_holder.setdefault(edge.source, []).append(recording)
        if keeps_connections(architecture, edge):
            by_holder.setdefault(edge.source, []).extend(_keeping(architecture, edge))
        if edge.verb == NOTIFY:
            by_holder.setdefault(edge.source, []).extend(_notifying(architecture, edge))
    for node in filter(acts_once, architecture.nodes):
        recording = Statement(EFFECTS, EFFECT_ACTIONS, (Ref(node.id, EFFECTS_TABLE),), asked_by(architecture, node).id)
        by_holder.setdefault(node.id, []).append(recording)
    for node in architecture.nodes:
        if records_arrivals(architecture, node):
            leading = next(edge for edge in architecture.entering(node.id) if edge.verb in LEADING)
            table = Ref(node.id, arrivals.TABLE_ARN)
            by_holder.setdefault(node.id, []).append(Statement(arrivals.SID, arrivals.ACTIONS, (table,), leading.id))
    return {node: _named(found) for node, found in by_holder.items()}


def admissions(architecture: Architecture) -> tuple[Admission, ...]:
    """Return the services that send to queues: topics and event rules, also to dead-letter queues."""
    admitted: list[Admission] = []
    for edge in architecture.edges:
        source, target = architecture.node(edge.source), architecture.node(edge.target)
        by = traits_of(source.service)
        if edge.verb == "deliver" and traits_of(target.service).queue:
            admitted.append(_admission(by, target.id, source.id, edge))
        if edge.verb == "dead-letter" and by.by_rules:
            rules = [e for e in architecture.leaving(source.id) if e.verb in ("deliver", "start", "consume")]
            admitted += [Admission(target.id, by.principal, Ref(rule.id, "rule-arn"), edge.id) for rule in rules]
        elif edge.verb == "dead-letter" and by.dead_letters_by == "rule":
            admitted.append(Admission(target.id, by.principal, Ref(edge.id, "rule-arn"), edge.id))
        elif edge.verb == "dead-letter" and by.principal:
            admitted.append(Admission(target.id, by.principal, Ref(source.id, "arn"), edge.id))
    return tuple(admitted)


def _actions(architecture: Architecture, edge: Edge) -> tuple[str, ...]:
    """Return the actions of a connection, with those for the versions that the source reads, and for what it compares."""
    source, target = architecture.node(edge.source), architecture.node(edge.target)
    versions = edge.verb in ("read", "read-write") and checked_version(architecture, source, target)
    compared = reads_before(architecture, edge)
    first = (compared,) if compared else ()
    return (*first, *edge.actions, *([traits_of(target.service).version_action] if versions else []))


def _listing(architecture: Architecture, node: Node) -> Iterator[Statement]:
    """The statements of a map over the objects of a bucket, for the connection that runs the work."""
    bucket = bucket_of(architecture, node)
    listed = bucket and not started_by_object(architecture, node)
    for run in architecture.leaving(node.id, "run")[:1] if listed else ():
        yield Statement("ListItems", ("s3:ListBucket",), (Ref(str(bucket), "arn"),), run.id)


def _notifying(architecture: Architecture, edge: Edge) -> Iterator[Statement]:
    """The statements for sending to the devices of an application, and, where these register with the program, for that."""
    devices = Ref(edge.target, DEVICES, "/*")
    if devices_register(architecture, edge.source):
        yield Statement("RegisterDevice", ("sns:CreatePlatformEndpoint",), (Ref(edge.target, "arn"),), edge.id)
        yield Statement("EnableDevice", ("sns:SetEndpointAttributes",), (devices,), edge.id)
    yield Statement("SendToDevices", ("sns:Publish",), (devices,), edge.id)


def _admission(by: Traits, queue: str, source: str, edge: Edge) -> Admission:
    sender = Ref(edge.id, "rule-arn") if by.by_rules else Ref(source, "arn")
    return Admission(queue, by.principal, sender, edge.id)


def _holders(architecture: Architecture, edge: Edge) -> tuple[str, ...]:
    if not edge.actions:
        return ()
    if edge.verb == "dead-letter":
        return _failing(architecture, edge)
    if edge in mounts(architecture):
        return ()  # the driver mounts, by a role of its own
    return (edge.target if edge.grantee == "target" else edge.source,)


def _failing(architecture: Architecture, edge: Edge) -> tuple[str, ...]:
    """The roles that send to the dead-letter queue: those of the pipe, schedule or function, or of the functions on a stream."""
    by = traits_of(architecture.node(edge.source).service).dead_letters_by
    if by == "itself":
        return (edge.source,)
    if by == "reader":
        readers = [architecture.node(e.target) for e in architecture.leaving(edge.source, "consume")]
        return tuple(node.id for node in readers if traits_of(node.service).compute == "function")
    return ()


def _keeping(architecture: Architecture, edge: Edge) -> Iterator[Statement]:
    """Yield what a program does with the connections in an API's table; its index has those of a user."""
    table, heard = Ref(edge.target, CONNECTIONS), audience(architecture, edge)
    found = [action for action, is_used in ((OF_A_USER, heard.users), (OF_ALL, heard.everyone)) if is_used]
    index = (Ref(edge.target, CONNECTIONS, f"/index/{OWNER_INDEX}"),) if heard.users else ()
    yield Statement(KEEP_CONNECTIONS, (*KEEPING, *found), (table, *index), edge.id)


def _split(architecture: Architecture, edge: Edge, actions: tuple[str, ...], resource: str) -> list[Statement]:
    """Group the actions that name the same resources, so that no statement mixes kinds."""
    traits = traits_of(architecture.node(resource).service)
    indexed = found_by_owner(architecture, resource) or found_by_user(architecture, resource)
    less = traits.resources_by_verb.get(edge.verb)
    groups: dict[tuple[Ref, ...], list[str]] = {}
    for action in actions:
        kinds = (less,) if less else _present(indexed, traits.resources.get(action, _ITSELF))
        named = tuple(
            attribute_of(made_for(architecture, edge, kind.attribute), resource, kind.attribute, suffix)
            for kind in kinds
            for suffix in _suffixes(architecture, edge, kind)
        )
        # A proxy that no program uses signs in as nobody.
        if named:
            groups.setdefault(named, []).append(action)
    base = pascal(f"{edge.verb}.{architecture.node(resource).subject}")
    return [Statement(base, tuple(names), refs, edge.id) for refs, names in groups.items()]


def _present(indexed: bool, kinds: tuple[NamedResource, ...]) -> tuple[NamedResource, ...]:
    """Return the resources that a node has: only a table whose items are listed by owner has an index."""
    return tuple(kind for kind in kinds if indexed or not kind.suffix.startswith("/index/"))


def _suffixes(architecture: Architecture, edge: Edge, kind: NamedResource) -> tuple[str, ...]:
    """Return the suffix of a resource ARN: the database user of the program, or those behind a proxy."""
    if not kind.of_user:
        return (kind.suffix,)
    users = architecture.entering(edge.source) if edge.verb == "pool" else (edge,)
    return tuple(dict.fromkeys(f"/{role_of(architecture, user)}" for user in users if user.verb in PRIVILEGES))


def _named(statements: list[Statement]) -> tuple[Statement, ...]:
    """Make statement ids unique within a policy, by adding the actions, then the resource, of a second statement."""
    taken: set[str] = set()
    named = []
    for statement in statements:
        base = re.sub(r"[^A-Za-z0-9]", "", statement.sid)
        by_action = base + statement.actions[0].partition(":")[2]
        on = [pascal(f"{ref.node}.{ref.attribute}") for ref in statement.resources[:1]]
        wanted = next((sid for sid in (base, by_action) if sid not in taken), f"{by_action}On{''.join(on)}")
        sid = free(re.sub(r"[^A-Za-z0-9]", "", wanted), taken)
        taken.add(sid)
        named.append(Statement(sid, statement.actions, statement.resources, statement.edge))
    return tuple(named)
