"""The stack of a plan: the parts of its nodes and edges, and shared resources. Every target is generated from it."""

from advisor.text import Lang
from blueprints.parts.ecs import roll_back_on_alarms
from blueprints.parts.sns import topic_policies
from blueprints.parts.sqs import queue_policies
from blueprints.plan import Plan
from blueprints.shared.alarms import add_alarms
from blueprints.shared.approvals import add_approvals
from blueprints.shared.dashboard import add_dashboard
from blueprints.shared.encryption import add_keys
from blueprints.shared.network import add_network
from blueprints.stack.registry import attributes, connection_fragment, service_fragment
from blueprints.stack.scope import Scope

#: Connections that change what others made, so they come after them.
LATE = ("sign-in", "emit", "dead-letter", "observe")


def stack_of(plan: Plan, lang: Lang) -> Scope:
    """Return the stack of a plan, without the connections that have no part: targets refuse those before."""
    scope = Scope(plan, lang, attributes())
    graph = plan.architecture
    add_network(scope)
    for node in graph.nodes:
        fragment = service_fragment(node.service)
        if fragment is not None and node.kind != "outside":
            fragment(scope, node)
    for edge in sorted(graph.edges, key=lambda connection: connection.verb in LATE):
        connect = connection_fragment(graph.key(edge))
        if connect is not None:
            connect(scope, edge)
    add_approvals(scope)
    queue_policies(scope)
    topic_policies(scope)
    add_keys(scope)
    with scope.composite("alarms"):
        add_alarms(scope)
        add_dashboard(scope)
    roll_back_on_alarms(scope)
    return scope
