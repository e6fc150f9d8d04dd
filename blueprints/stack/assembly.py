"""The stack of a plan: the parts of its nodes and edges, and shared resources. Every target is generated from it."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from functools import partial

from advisor.text import Lang
from blueprints.parts.ecs import roll_back_on_alarms
from blueprints.parts.sns import topic_policies
from blueprints.parts.sqs import queue_policies
from blueprints.plan import Plan
from blueprints.shared.alarms import add_alarms
from blueprints.shared.approvals import add_approvals
from blueprints.shared.arrivals import add_arrival_tables
from blueprints.shared.dashboard import add_dashboard
from blueprints.shared.encryption import add_keys
from blueprints.shared.network import add_network
from blueprints.shared.outside_effects import add_effect_tables
from blueprints.shared.private_apis import add_private_api_endpoint
from blueprints.stack.registry import attributes, connection_fragment, service_fragment
from blueprints.stack.scope import Scope

#: Connections that change what others made, so they come after them.
LATE = ("sign-in", "emit", "dead-letter", "observe")


def stack_of(plan: Plan, lang: Lang, *, to_draw: bool = False) -> Scope:
    """Return the stack of a plan, without the connections that have no part: targets refuse those before.

    With `to_draw`, targets need not accept the plan: a step that fails is left out, and the other ones are made.
    """
    scope = Scope(plan, lang, attributes())
    for step in _steps(scope):
        # Parts take for granted what refusals check before, so a refused plan may fail in any way.
        with suppress(Exception) if to_draw else nullcontext():
            step()
    return scope


def _steps(scope: Scope) -> Iterator[Callable[[], None]]:
    """Yield what builds a stack, in order: the network, each node, each connection, and what several of them share."""
    graph = scope.architecture
    yield partial(add_network, scope)
    yield partial(add_private_api_endpoint, scope)
    for node in graph.nodes:
        fragment = service_fragment(node.service)
        if fragment is not None and node.kind != "outside":
            yield partial(fragment, scope, node)
    for edge in sorted(graph.edges, key=lambda connection: connection.verb in LATE):
        connect = connection_fragment(graph.key(edge))
        if connect is not None:
            yield partial(connect, scope, edge)
    for shared in (
        add_approvals, add_effect_tables, add_arrival_tables, queue_policies, topic_policies, add_keys, _add_alarms,
        roll_back_on_alarms,
    ):  # fmt: skip
        yield partial(shared, scope)


def _add_alarms(scope: Scope) -> None:
    with scope.composite("alarms"):
        add_alarms(scope)
        add_dashboard(scope)
