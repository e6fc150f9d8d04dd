"""What the README says of callers: who sends, who reads, how they sign in, and what they receive."""

from collections.abc import Iterator
from typing import Any

from advisor.architecture import Edge, Node
from advisor.graph_builder.unmatched_reads import UNMATCHED
from advisor.text import Lang, Text
from advisor.vocabulary.channel import CALLED_OVER_HTTPS
from advisor.vocabulary.formats import listed
from advisor.vocabulary.store import KEPT
from advisor.vocabulary.units import words
from blueprints import settings
from blueprints.parameters.deployment import APPROVER
from blueprints.plan import Plan
from blueprints.plan.callers.owners import isolated, read_by_people, readers_of
from blueprints.plan.callers.sign_in import sign_ins
from blueprints.project.programs.code import Code
from blueprints.shared.event_types import event_types
from blueprints.traits import (
    eventbridge_bus,
    sns,
    sns_fifo,
    traits_of,
)
from blueprints.traits.callbacks import RESUME


def shares_items(plan: Plan, code: Code) -> bool:
    """Whether callers with another kind of identity than those that send items to a program read all of them."""
    hooked = code.entry_point.webhook and code.can_create
    return (
        code.entry_point.shared or code.names_owners or (hooked and read_by_people(plan.architecture, code.plan.node))
    )


def senders_of(plan: Plan, code: Code) -> str:
    """Return who sends the items of a program that others read: `webhook`, `machines` for people, or `others`.

    It is `inside` for webhooks that callers with items of their own do not list.
    """
    if code.entry_point.webhook:
        return "inside" if code.names_owners else "webhook"
    signs = traits_of(code.entry_point.identity).identity == "credentials"
    return "machines" if signs and read_by_people(plan.architecture, code.plan.node) else "others"


def isolates_tenants(plan: Plan, code: Code) -> bool:
    """Whether tenants who are isolated from each other read what becomes of the items of a program's senders."""
    tenants = isolated(plan.design)
    return any(one.subject in tenants for one in readers_of(plan.architecture, code.plan.node))


def reading_parts(plan: Plan, codes: tuple[Code, ...], code: Code, lang: Lang) -> str:
    """Return the programs, or the APIs without one, whose callers read what becomes of the items of a program's own callers."""
    folders = {one.plan.node.id: one.folder for one in codes}
    nodes = readers_of(plan.architecture, code.plan.node)
    names = [f"`{folders.get(node.id, node.subject)}`" for node in nodes if node.id != code.plan.node.id]
    return listed([Text(name, name) for name in names]).in_(lang)


def unmatched_reads(plan: Plan, codes: tuple[Code, ...], lang: Lang) -> Iterator[tuple[str, str, bool]]:
    """Yield the programs that read a store by an id which none of its writers uses, with the sentence, and whether they serve items."""
    for warning in plan.design.decision.warnings:
        for code in codes if warning.id == UNMATCHED else ():
            if code.plan.node.subject == warning.subject:
                yield code.folder, warning.sentence.in_(lang), code.service == "items"
                break


def filed_items(plan: Plan, codes: tuple[Code, ...], lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield the programs that let callers delete items with files, with the buckets that keep the files, and how long in words, or ""."""
    for code in codes:
        if code.uploads is not None and code.uploads.of_item and code.can_change:
            kept_s = settings.number(plan.architecture.node(code.uploads.store), KEPT)
            yield code.folder, plan.name(code.uploads.store), words(kept_s, "s").in_(lang) if kept_s else ""


def awaiting_callbacks(plan: Plan, codes: tuple[Code, ...]) -> Iterator[tuple[str, str, str, int]]:
    """Yield the state machines that wait for a callback, with the folders of the programs that ask and that take the answers."""
    for code in codes:
        workflow = code.entry_point.workflow
        if workflow is not None and code.callback_env:
            answering = {edge.source for edge in plan.architecture.entering(workflow.id, RESUME)}
            for other in (other for other in codes if other.plan.node.id in answering):
                yield plan.name(workflow.id), code.folder, other.folder, code.largest_answer


def mailing_programs(codes: tuple[Code, ...]) -> dict[str, list[str]]:
    """Return the programs that send emails to the recipients of items, and those whose callers are their recipients, or nobody."""
    asked = [code for code in codes if code.reserves_recipients and code.takes_items]
    return {
        "mailing": [code.folder for code in codes if any(channel.addressed for channel in code.channels)],
        "addressed": [code.folder for code in asked if code.addressed],
        "unaddressed": [code.folder for code in asked if not code.addressed],
        "mails_no_undoing": [code.folder for code in codes if code.compensates and len(code.retracts) < len(code.told)],
    }


def balancer_sign_in(plan: Plan, codes: tuple[Code, ...]) -> dict[str, list[Any]]:
    """Return the programs behind load balancers that check callers.

    Those that verify the signature of the load balancer that signs their callers in, those that cannot, and those that check
    the tokens of their callers, each with whether it verifies their signature.
    """
    behind = [code for code in codes if any(sign_ins(plan.architecture, code.plan.node))]
    verifying = [code.folder for code in behind if code.entry_point.signed]
    tokened = [(code.folder, code.entry_point.reaches_keys) for code in codes if code.entry_point.tokened]
    trusting = [code.folder for code in behind if code.folder not in verifying]
    return {"verifying": verifying, "trusting": trusting, "tokened": tokened}


def called_with_keys(plan: Plan) -> Iterator[Edge]:
    """Yield the connections by which event buses call systems outside AWS, with an API key each."""
    graph = plan.architecture
    for bus in eventbridge_bus.TRAITS.nodes(graph):
        for edge in graph.leaving(bus.id, "deliver"):
            if graph.node(edge.target).service in eventbridge_bus.WITH_KEY:
                yield edge


def confirmed_subscriptions(plan: Plan) -> dict[str, Any]:
    """Return the parameters with what must confirm a subscription before it receives messages, and whether there are HTTPS endpoints."""
    graph = plan.architecture
    edges = [edge for node in sns.TRAITS.nodes(graph) for edge in graph.leaving(node.id, "deliver")]
    ends = [graph.node(edge.target) for edge in edges]
    found = {plan.parameter(end.id).id: end.service for end in ends if end.service in sns.CONFIRMING}
    approver = [APPROVER.id] if plan.approvals is not None else []
    over_https = any(service in CALLED_OVER_HTTPS for service in found.values())
    return {"confirmed": [*approver, *sorted(found)], "confirmed_https": over_https}


def registering_programs(codes: tuple[Code, ...], topic: Node) -> list[str]:
    """Return the folders of the programs that devices register with for the messages of a topic."""
    return [code.folder for code in codes if any(one.pushes and one.node.id == topic.id for one in code.channels)]


def routed_types(plan: Plan, node: Node) -> tuple[str, ...]:
    """Return the event types from which the rules of a bus or the filter policies of a topic select."""
    routing = (eventbridge_bus.TRAITS.service, sns.TRAITS.service, sns_fifo.TRAITS.service)
    return event_types(plan, node) if node.service in routing else ()
