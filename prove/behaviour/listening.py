"""Under which paths the requests of a program arrive: by the rules of a listener, or all of them by its default action.

Rules are tried in the order of their priorities, from the lowest to the highest, and the first that meets a request acts:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html (read 2026-11-27).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prove.behaviour.reachability import LISTENER, LISTENER_RULE, forwarding
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

#: A path that stands for every other in what a pattern lets through.
ANY_PATH = "items/x"


@dataclass(frozen=True, slots=True)
class Rule:
    """A listener rule: its resource, priority, and path and host patterns."""

    resource: Resource
    priority: int
    paths: tuple[str, ...]
    hosts: tuple[str, ...]

    def takes(self, path: str) -> bool:
        """Return whether a request for a path meets the rule's conditions on paths."""
        return not self.paths or any(_matches(pattern, path) for pattern in self.paths)


def rules_of(stack: Stack, listener: str) -> list[Rule]:
    """Return the rules of a listener, in the order in which they are tried."""
    rules = [
        Rule(one, int(one.properties["Priority"]), _values(one, "path-pattern"), _values(one, "host-header"))
        for one in stack.of_type(LISTENER_RULE)
        if listener in ids_in(one.properties["ListenerArn"])
    ]
    return sorted(rules, key=lambda rule: (rule.priority, rule.resource.id))


def prefix_of(rule: Rule) -> str:
    """Return the path below which a rule takes every request, such as `/orders` of `/orders/*`, or "" if it takes all."""
    below = [pattern.removesuffix("/*") for pattern in rule.paths if pattern.endswith("/*")]
    return below[0] if below else ""


def prefixes(stack: Stack, target_groups: Iterable[str]) -> Iterator[str]:
    """Yield the paths below which the requests of some target groups arrive; "" for all that a listener takes."""
    for group in target_groups:
        for listener, statement, _ in forwarding(stack, group):
            rules = {rule.resource.id: rule for rule in rules_of(stack, listener.id)}
            yield prefix_of(rules[statement.id]) if statement.type == LISTENER_RULE else ""


def taken_by(stack: Stack, listener: Resource, path: str) -> Resource:
    """Return the resource that handles a request for a path: the first matching rule, otherwise the listener."""
    assert listener.type == LISTENER
    return next((rule.resource for rule in rules_of(stack, listener.id) if rule.takes(path)), listener)


def _values(rule: Resource, field: str) -> tuple[str, ...]:
    key = {"path-pattern": "PathPatternConfig", "host-header": "HostHeaderConfig"}[field]
    return tuple(
        str(value)
        for condition in rule.properties.get("Conditions", ())
        if condition.get("Field") == field
        for value in condition.get(key, condition).get("Values", ())
    )


def _matches(pattern: str, path: str) -> bool:
    """Return whether a path matches a pattern: `*` matches any characters, `?` matches one."""
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.fullmatch("".join(parts), path) is not None


def attributes_of(stated: Any) -> Mapping[str, str]:
    """Return the attributes of a load balancer or target group, which templates state as a map or as a list of pairs."""
    if isinstance(stated, Mapping):
        return {str(key): str(value) for key, value in stated.items()}
    return {str(entry["Key"]): str(entry["Value"]) for entry in stated or ()}
