"""The registry of lifts: by resource type, kind of composite, or variable of a shared value.

A module of `blueprints.cdk.lifts` registers its lifts by decorating them; nothing lists them by hand.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Absorption, CompositeLift, Lift, Lifted, Lifter, Lifts, Members, Shared
from blueprints.cdk.lifting.references import REF
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.tree import Statement
from blueprints.discovery import modules_below
from blueprints.values import Att, Ref

_LIFTS = Lifts()
_T = TypeVar("_T")
_Make = Callable[[Lifter], Iterator[Statement]]


def lift(
    type: str,
    *,
    ref: str,
    members: Members | None = None,
    absorbs: tuple[Absorption, ...] = (),
    partly: bool = False,
) -> Callable[[Lift], Lift]:
    """Register the lift of a resource type; `partly` if it prints some of its resources as their L1 class.

    `ref` and `members` say which member of its construct holds `Ref` and each attribute ("Arn"); a member may be a
    path ("secret.secret_arn"). `absorbs` finds the resources that the construct makes by itself.
    """

    def register(lift: Lift) -> Lift:
        _register(_LIFTS.types, type, Lifted(lift, {REF: ref, **(members or {})}, absorbs))
        if partly:
            _LIFTS.partly.add(type)
        return lift

    return register


def plain(type: str, why: Text) -> None:
    """Register why a type is printed as its L1 class although CDK has an L2 construct for it."""
    _register(_LIFTS.plain, type, why)


def composite(kind: str) -> Callable[[CompositeLift], CompositeLift]:
    """Register the lift of a composite, which makes all its resources from the plan and publishes those that others refer to."""

    def register(lift: CompositeLift) -> CompositeLift:
        _register(_LIFTS.composites, kind, lift)
        return lift

    return register


def shared(
    name: str, section: str, group: str, *, stands_for: tuple[str, Any] | None = None
) -> Callable[[_Make], _Make]:
    """Register a value that is made once, under this variable, when a statement uses it."""

    def register(make: _Make) -> _Make:
        _register(_LIFTS.shared, name, Shared(section, group, make, stands_for))
        return make

    return register


def naming(type: str, property: str) -> Absorption:
    """Return an absorption of the resources of a type whose property refers to the absorbing resource, alone or as its only entry."""

    def find(lifter: Lifter, resource: Resource) -> Iterator[Resource]:
        for candidate in lifter.of_type(type):
            value = candidate.properties.get(property)
            reference = value[0] if isinstance(value, list) and len(value) == 1 else value
            if (isinstance(reference, Ref) and reference.name == resource.id) or (
                isinstance(reference, Att) and reference.resource == resource.id
            ):
                yield candidate

    return find


@cache
def lifts() -> Lifts:
    """Return all lifts."""
    for _ in modules_below("blueprints.cdk.lifts"):
        pass
    return _LIFTS


def _register(registered: dict[str, _T], key: str, value: _T) -> None:
    if key in registered:
        raise ValueError(f"Two lifts are registered for {key}.")
    registered[key] = value
