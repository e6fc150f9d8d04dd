"""Listener rules: route requests to the services behind one Application Load Balancer.

A service alone has the listener to itself. Where several share a load balancer, each has a rule for the path of its name,
with its own sign-in and target group, and what is for none of them is answered by the load balancer.
"""

import hashlib
from collections.abc import Iterable

from advisor.architecture import Edge, Node
from advisor.architecture.balancing import components_of, is_shared, path_before, path_of
from blueprints.stack.scope import Json, Scope
from blueprints.traits.alb import SESSION_S
from blueprints.values import Ref, Value, joined

LISTENER_RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
#: The most that the priority of a rule may be.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html (read 2026-11-27)
LAST_PRIORITY = 50000
_NOT_FOUND: Json = {
    "Type": "fixed-response",
    "Order": 1,
    "FixedResponseConfig": {
        "StatusCode": "404",
        "ContentType": "text/plain",
        "MessageBody": "There is no such service.",
    },
}


def listener_id(scope: Scope, node: str) -> str:
    """Return the logical id of the HTTPS listener of a load balancer."""
    return f"{scope.name(node)}Listener"


def rule_id(scope: Scope, edge: Edge) -> str:
    """Return the logical id of the rule by which a shared load balancer forwards to a service."""
    return f"{scope.name(edge.target)}Rule"


def priorities_of(services: Iterable[str]) -> dict[str, int]:
    """Return the priorities of the rules for services.

    Paths of services never meet, so that any order will do. Each service keeps its own when others come and go: two rules
    may never have one priority, not even while an update exchanges them.
    """
    taken: dict[str, int] = {}
    for service in sorted(services):
        priority = int(hashlib.sha256(service.encode()).hexdigest(), 16) % LAST_PRIORITY
        while priority + 1 in taken.values():
            priority = (priority + 1) % LAST_PRIORITY
        taken[service] = priority + 1
    return taken


def path_prefix(scope: Scope, node: Node) -> str:
    """Return the path under which a program gets its requests."""
    return path_before(scope.architecture, node.id)


def tell_apart(scope: Scope, node: Node, url: Value) -> None:
    """Add a rule for each service behind a shared load balancer with the address `url`."""
    listener = listener_id(scope, node.id)
    scope.properties(listener)["DefaultActions"].append(_NOT_FOUND)
    rules = scope.architecture.leaving(node.id, "invoke")
    priorities = priorities_of(edge.target for edge in rules)
    for edge in rules:
        path = path_of(edge)
        properties = {
            "ListenerArn": Ref(listener),
            "Priority": priorities[edge.target],
            "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": [path, f"{path}/*"]}}],
            "Actions": [],
        }
        scope.add(rule_id(scope, edge), LISTENER_RULE, properties, edge=edge.id)
        served = scope.architecture.node(edge.target)
        name = served.note.en if served.note.en.isascii() else served.subject
        scope.output(f"{scope.name(edge.target)}Url", joined(url, path), f"URL of {name}")


def forwarding(scope: Scope, edge: Edge) -> str:
    """Return the resource that forwards requests to a service: its rule, or the listener of its own load balancer."""
    shared = is_shared(scope.architecture.node(edge.source))
    return rule_id(scope, edge) if shared else listener_id(scope, edge.source)


def actions_of(scope: Scope, statement: str) -> list[Json]:
    """Return the actions of a listener or a rule, to be added to."""
    properties = scope.properties(statement)
    actions: list[Json] = properties["DefaultActions" if "DefaultActions" in properties else "Actions"]
    return actions


def checking(scope: Scope, edge: Edge) -> list[str]:
    """Return the resources that authenticate callers: the rules of such services, or the listener of a single one."""
    components = components_of(edge)
    if not components:
        return [listener_id(scope, edge.source)]
    invoked = scope.architecture.leaving(edge.source, "invoke")
    return [rule_id(scope, one) for one in invoked if scope.architecture.node(one.target).subject in components]


def authenticate_first(scope: Scope, edge: Edge, action: Json) -> None:
    """Sign callers in before requests are forwarded; each service with a session of its own, if there are several.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (2026-11-27)
    """
    for statement in checking(scope, edge):
        _insert(scope, statement, _with_session(action, statement, several=bool(components_of(edge))))
        scope.carry(statement, edge.id)


def verify_tokens(scope: Scope, edge: Edge) -> None:
    """Verify signature, issuer and expiry of the token in each request before it is forwarded, with the token as it is.

    The audience is no claim with one name and form: the programs check it, as the JWT authorizer of an HTTP API does.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html (read 2026-12-01)
    """
    config = {"Issuer": scope.of(edge.target, "issuer"), "JwksEndpoint": scope.of(edge.target, "keys")}
    for statement in checking(scope, edge):
        _insert(scope, statement, {"Type": "jwt-validation", "Order": 1, "JwtValidationConfig": dict(config)})
        scope.carry(statement, edge.id)


def _insert(scope: Scope, statement: str, first: Json) -> None:
    """Insert an action before those of a listener or a rule."""
    actions = actions_of(scope, statement)
    for later in actions:
        later["Order"] += 1
    actions.insert(0, first)


def _with_session(action: Json, name: str, *, several: bool) -> Json:
    """Return an action whose session lasts a working day, by default it is a week.

    Of several services each has a session cookie of its own: that of another service does not let its caller in.
    """
    config = next(key for key in action if key.endswith("Config"))
    # A rule has it as a number, and a listener as text.
    session: Json = {"SessionTimeout": SESSION_S if several else str(SESSION_S)}
    session |= {"SessionCookieName": f"{name}Session"} if several else {}
    return {**action, config: {**action[config], **session}}
