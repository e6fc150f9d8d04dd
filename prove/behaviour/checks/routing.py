"""Listener rules: each request reaches the intended service, with that service's own sign-in.

* Two rules of a listener never have one priority, and a priority is 1 to 50000
  (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html).
* Rules with a sign-in of their own have session cookies of their own: a caller with the cookie of another service would be
  let in without the check of this one
  (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html).
* Health checks go to the target itself, past all rules, by the path that the target group states
  (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html).

All read 2026-11-27.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from advisor.requirements.model import Subject
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.invocation import verifies_signatures
from prove.behaviour.listening import ANY_PATH, Rule, prefix_of, prefixes, rules_of, taken_by
from prove.behaviour.programs import ContainerProgram, containers, variables_of
from prove.behaviour.reachability import BALANCER, LISTENER, LISTENER_RULE
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

LAST_PRIORITY = 50000
FUNCTION = "AWS::Lambda::Function"
_SIGN_INS = ("AuthenticateCognitoConfig", "AuthenticateOidcConfig")
_CHECKS = (*_SIGN_INS, "JwtValidationConfig")
#: The environment variable by which a program knows the path of its requests.
_PREFIX = "PATH_PREFIX"
#: The host name of a load balancer, or the parameter with its domain name, which is named after it.
_ADDRESS = re.compile(r"^https?://\$\{(\w+?)(\.DNSName|DomainName)\}(?:/(.*))?$")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield requests that reach nothing, or another than they are for, and sign-ins that another one opens."""
    stack = evidence.stack
    for listener in stack.of_type(LISTENER):
        rules = rules_of(stack, listener.id)
        if rules:
            yield from _priorities(rules)
            yield from _shadowed(stack, listener, rules)
            yield from _elsewhere(listener)
            yield from _sessions(listener, rules)
    for program in containers(evidence):
        yield from _answers_elsewhere(evidence, program)
    yield from _unsigned(evidence)
    yield from _called_in_vain(stack)
    yield from _unreachable(stack)


def _priorities(rules: list[Rule]) -> Iterator[Problem]:
    for rule in rules:
        if not 1 <= rule.priority <= LAST_PRIORITY:
            yield Problem("priority", rule.resource.id, f"{rule.priority} is no priority of a rule.", LISTENER_RULE)
    for priority, times in Counter(rule.priority for rule in rules).items():
        if times > 1:
            place = next(rule.resource.id for rule in rules if rule.priority == priority)
            yield Problem(
                "priority", place, f"{times} rules of its listener have the priority {priority}.", LISTENER_RULE
            )


def _shadowed(stack: Stack, listener: Resource, rules: list[Rule]) -> Iterator[Problem]:
    """Yield rules whose requests another rule takes before them."""
    for rule in (rule for rule in rules if not rule.hosts):
        wanted = f"{prefix_of(rule)}/{ANY_PATH}"
        taken = taken_by(stack, listener, wanted)
        if taken.id != rule.resource.id:
            message = f"{taken.id} takes {wanted} before it does."
            yield Problem("shadowed-rule", rule.resource.id, message, LISTENER_RULE)


def _elsewhere(listener: Resource) -> Iterator[Problem]:
    """Yield listeners that forward unmatched requests to a service."""
    actions = listener.properties.get("DefaultActions", ())
    if any(action.get("Type") == "forward" for action in actions):
        message = "Requests for none of its services reach one of them by the default action."
        yield Problem("default-forward", listener.id, message, LISTENER)


def _sessions(listener: Resource, rules: list[Rule]) -> Iterator[Problem]:
    named = [
        (rule.resource.id, str(action[key].get("SessionCookieName", "AWSELBAuthSessionCookie")))
        for rule in rules
        for action in rule.resource.properties["Actions"]
        for key in _SIGN_INS
        if key in action
    ]
    for cookie, times in Counter(name for _, name in named).items():
        if times > 1:
            place = next(id for id, name in named if name == cookie)
            message = f"{times} services of {listener.id} take the session cookie {cookie} for their own sign-in."
            yield Problem("shared-session", place, message, LISTENER_RULE)


def _answers_elsewhere(evidence: Evidence, program: ContainerProgram) -> Iterator[Problem]:
    """Yield programs that expect requests under another path than the load balancer forwards."""
    expected = {*prefixes(evidence.stack, program.target_groups)}
    if not expected:
        return
    known = _environment(evidence, program).get(_PREFIX, "")
    if expected != {known}:
        message = (
            f"Its requests arrive under {', '.join(sorted(expected)) or '/'}, and {_PREFIX} says {known or 'nothing'}."
        )
        yield Problem("other-path", program.place, message)
    main = next((file for file in program.folder.glob("main.*") if file.suffix in (".py", ".ts")), None)
    if known and (main is None or _PREFIX not in main.read_text("utf-8")):
        yield Problem("other-path", program.place, f"{program.folder.name} takes no notice of {_PREFIX}.")
    for group in (evidence.stack.resources[id] for id in program.target_groups):
        checked = str(group.properties.get("HealthCheckPath", ""))
        if known and checked.startswith(f"{known}/"):
            message = f"Its health is asked under {checked}: the answer would depend on the rules of its callers."
            yield Problem("health-by-rule", group.id, message, group.type)


def _environment(evidence: Evidence, program: ContainerProgram) -> dict[str, Any]:
    service = evidence.stack.resources.get(program.place)
    if service is None or service.type != "AWS::ECS::Service":
        return {}
    return variables_of(evidence.stack, service)


def _unsigned(evidence: Evidence) -> Iterator[Problem]:
    """Yield rules and listeners that forward to a component whose callers have to sign in, without asking them."""
    components: Sequence[Subject] = evidence.requirements.components
    asked = [one for one in components if one.answer("authentication") not in (None, "none")]
    asking = {one.id for one in asked if not verifies_signatures(evidence, one)}
    for statement in evidence.stack.of_type(LISTENER, LISTENER_RULE):
        actions = statement.properties.get("Actions" if statement.type == LISTENER_RULE else "DefaultActions", ())
        for action in actions:
            for group in ids_in(action.get("TargetGroupArn", "")):
                resource = evidence.stack.resources[group]
                component = str(resource.owner).rsplit(">", 1)[-1].partition(".")[0]
                balanced = resource.properties.get("Protocol") == "HTTP"
                if balanced and component in asking and not any(key in one for one in actions for key in _CHECKS):
                    message = f"It forwards to {component} without a sign-in, which is asked for."
                    yield Problem("unsigned-rule", statement.id, message, statement.type)


def _called_in_vain(stack: Stack) -> Iterator[Problem]:
    """Yield load balancer addresses in the environment of programs that match no rule."""
    for service in stack.of_type("AWS::ECS::Service"):
        for name, value in variables_of(stack, service).items():
            matched = _ADDRESS.match(str(value))
            for listener in _secured(stack, matched[1]) if matched else ():
                rules = rules_of(stack, listener.id)
                path = f"/{matched[3] or ''}".rstrip("/") if matched else ""
                if rules and taken_by(stack, listener, f"{path}/{ANY_PATH}") is listener:
                    message = f"{name} is {value}, for which {listener.id} has no rule."
                    yield Problem("called-in-vain", service.id, message, service.type)


def _unreachable(stack: Stack) -> Iterator[Problem]:
    """Yield addresses of load balancers whose certificate a program cannot verify, or to which it has no way.

    A public certificate is never for a host name of AWS (https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html),
    and an internal load balancer answers inside its VPC only
    (https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html; 2026-11-29).
    """
    for program in stack.of_type(FUNCTION, "AWS::ECS::Service"):
        for name, value in variables_of(stack, program).items():
            matched = _ADDRESS.match(str(value))
            if matched is None or matched[1] not in stack.resources:
                continue
            if matched[2] == ".DNSName":
                message = f"{name} is {value}, a host name that no certificate is for."
                yield Problem("unverified-host", program.id, message, program.type)
            internal = stack.resources[matched[1]].properties.get("Scheme") == "internal"
            if internal and program.type == FUNCTION and not program.properties.get("VpcConfig"):
                message = f"{name} is {value}, which only programs in its VPC reach."
                yield Problem("no-way", program.id, message, program.type)


def _secured(stack: Stack, balancer: str) -> list[Resource]:
    known = stack.resources.get(balancer)
    if known is None or known.type != BALANCER:
        return []
    listeners = stack.of_type(LISTENER)
    return [
        one
        for one in listeners
        if balancer in ids_in(one.properties["LoadBalancerArn"]) and str(one.properties.get("Protocol")) == "HTTPS"
    ]
