"""Notices without items: what outside parties get of a channel whose data they must not get.

Components of the workload may receive the same channel: its messages are then published twice, with the item for them and
without it for the parties, and each subscription or rule takes one of both.
"""

from advisor.architecture import Node
from blueprints.plan.plan import Plan

#: Outside parties that keep what they receive, and those of them at which people read.
_PARTIES, _PEOPLE = frozenset(("email", "sms", "push", "partner-http", "saas")), frozenset(("email", "sms"))
#: Parties to which programs send nothing of an item themselves, and not through a subscription.
_TOLD_BY_PROGRAMS = frozenset(("push",))
#: How recipients get the messages of a channel.
_RECEIVING = ("deliver", "start", "consume")
#: The message attribute of a notice and its value; what components receive has no such attribute.
AUDIENCE, OUTSIDE = "audience", "outside"
#: What the source of a notice on an event bus starts with.
NOTICES = "notices."


def leaves_items_out(plan: Plan, channel: str) -> bool:
    """Return whether the messages of a channel go to outside parties alone, who must not get the data of items.

    That is: the data must not leave its Region or is regulated, or it is confidential and people read it in emails or texts.
    """
    return _kept(plan, channel) and not _heard_inside(plan, channel)


def sent_apart(plan: Plan, channel: str) -> bool:
    """Return whether outside parties get notices of a channel, and components of the workload its items."""
    parties = {node.service for node in _reached(plan, channel)} & _PARTIES - _TOLD_BY_PROGRAMS
    return bool(parties) and _kept(plan, channel) and _heard_inside(plan, channel)


def gets_notices(node: Node) -> bool:
    """Return whether a recipient of a channel whose messages are sent apart is an outside party."""
    return node.service in _PARTIES


def audience_filter(plan: Plan, channel: str, recipient: Node) -> dict[str, list[object]]:
    """Return by which message attribute a subscription takes one of both messages; empty where there is only one.

    https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html (read 2026-12-01): what has no attribute at all does not
    match either, but all messages of programs have a type.
    """
    if not sent_apart(plan, channel):
        return {}
    return {AUDIENCE: [OUTSIDE if gets_notices(recipient) else {"exists": False}]}


def audience_sources(plan: Plan, channel: str, recipient: Node) -> list[object]:
    """Return from which sources a rule takes events; empty where all events of a bus are for all of its recipients."""
    if not sent_apart(plan, channel):
        return []
    notices = {"prefix": NOTICES}
    return [notices if gets_notices(recipient) else {"anything-but": notices}]


def senders_of_items(plan: Plan, channel: str) -> list[Node]:
    """Return what sends to a channel whose messages are sent apart, and is no program that could do so."""
    graph, programs = plan.architecture, {program.node.id for program in plan.programs}
    sending = [edge.source for edge in graph.entering(channel) if edge.verb in ("publish", "emit")]
    return [graph.node(id) for id in dict.fromkeys(sending) if id not in programs]


def _kept(plan: Plan, channel: str) -> bool:
    values = plan.design.verdict.workload.values
    services = {node.service for node in _reached(plan, channel)}
    kept = bool(values.get("data_stays")) or values.get("data_class") == "regulated"
    confidential = values.get("data_class") == "confidential" and not services.isdisjoint(_PEOPLE)
    return not services.isdisjoint(_PARTIES) and (kept or confidential)


def _heard_inside(plan: Plan, channel: str) -> bool:
    return any(node.kind != "outside" for node in _reached(plan, channel))


def _reached(plan: Plan, channel: str) -> list[Node]:
    leaving = plan.architecture.leaving(channel)
    return [plan.architecture.node(edge.target) for edge in leaving if edge.verb in _RECEIVING]
