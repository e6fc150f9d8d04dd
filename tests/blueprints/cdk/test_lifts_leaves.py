"""Nothing of a stack is lost on the way to a CDK program: when a leaf changes or an entry of a list is missing, the
program changes or a lift refuses.

The resources of composites are made from the plan, and not lifted: the read-back compares them with their constructs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import pytest

import rules
from advisor.book import Book
from blueprints.cdk.lifting.lifter import InSection, Lifter
from blueprints.cdk.lifting.registry import lifts
from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.python.printer import _Printer
from blueprints.cdk.tree import ProjectFile
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.values import Att, Fn, Joined, Named, Ref
from blueprints.values.json_text import JsonText
from prove.cases import stories

#: (type, property) -> why the program may stay as it is when this changes.
UNNOTICED: Mapping[tuple[str, str], str] = {
    ("AWS::ApiGatewayV2::Authorizer", "Name"): "CDK calls an authoriser by its own id",
    ("AWS::RDS::DBSubnetGroup", "DBSubnetGroupDescription"): "CDK describes it by the id of the database",
    ("AWS::SQS::QueuePolicy", "PolicyDocument.Statement.Sid"): "CDK would take it for a second statement",
}
Json = dict[str, Any]
#: What is changed of a resource: all but its type, and whose it is.
_PARTS = (
    "Properties",
    "DependsOn",
    "DeletionPolicy",
    "UpdateReplacePolicy",
    "CreationPolicy",
    "UpdatePolicy",
    "Condition",
)


class _Names(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key


def lines_of(scope: Scope, resources: Mapping[str, Json]) -> Iterator[str]:
    """Yield the program of these resources, a line for each statement and for each file that comes with it."""
    lifter = Lifter(scope, resources, lifts())
    printer = _Printer(_Names())
    for _, statements in lifter.run():
        for item in statements:
            place, statement = (item.section, item.statement) if isinstance(item, InSection) else ("", item)
            yield f"{place} {getattr(statement, 'name', '')} = {printer.flat(statement.value)}"
            files = (expr for expr in statement.expressions if isinstance(expr, ProjectFile))
            yield from (f"{file._path}: {file._text}" for file in files)


def printed(scope: Scope, resources: Mapping[str, Json]) -> list[str]:
    """Return the program of these resources, all of it."""
    return list(lines_of(scope, resources))


def is_printed(lines: Sequence[str], scope: Scope, resources: Mapping[str, Json]) -> bool:
    """Return whether these resources come to these lines; what follows a line that differs is not even lifted."""
    return all(line == other for line, other in zip_longest(lines, lines_of(scope, resources)))


def changes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path of each leaf of a value, and the value with that leaf changed; of a list, also without each entry."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            for where, changed in changes(inner, f"{path}.{key}"):
                yield where, {**value, key: changed}
    elif isinstance(value, list | tuple) and value:
        for number, inner in enumerate(value):
            for where, changed in changes(inner, path):
                yield where, type(value)([*value[:number], changed, *value[number + 1 :]])
            yield path.lstrip("."), type(value)([*value[:number], *value[number + 1 :]])
    elif isinstance(value, Joined):
        for where, changed in changes(value.parts, path):
            yield where, replace(value, parts=changed)
    elif isinstance(value, JsonText):
        for where, changed in changes(value.tree, path):
            yield where, replace(value, tree=changed)
    elif isinstance(value, Fn) and isinstance(value.arguments, list):
        for where, changed in changes(value.arguments, path):
            yield where, replace(value, arguments=changed)
    elif isinstance(value, Named):
        for where, changed in changes(value.value, path):
            yield where, replace(value, value=changed)
    else:
        yield path.lstrip("."), _other(value)


def _other(leaf: Any) -> Any:
    if isinstance(leaf, bool):
        return not leaf
    if isinstance(leaf, int | float):
        return leaf + 60
    if isinstance(leaf, str):
        return f"{leaf}X"
    return Ref("AWS::StackName") if isinstance(leaf, Att) else "changed"


def variants(resources: Mapping[str, Json], inside: set[str]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Yield the type and the path of each leaf of the resources outside composites, and the resources without it."""
    for id, resource in resources.items():
        parts = {name: resource[name] for name in _PARTS if name in resource}
        for path, changed in changes(parts) if id not in inside else ():
            yield resource["Type"], path.removeprefix("Properties."), {**resources, id: {**resource, **changed}}


@pytest.mark.parametrize("story", rules.STORIES)
def test_every_leaf_of_a_stack_counts(book: Book, story: str) -> None:
    (case,) = stories(book, [story])
    scope = stack_of(case.plan, "en")
    resources = resources_of(scope)
    inside = {id for composite in scope.composites for id in composite.resources}
    before = printed(scope, resources)
    unnoticed: Counter[tuple[str, str]] = Counter()
    for type, path, changed in variants(resources, inside):
        try:
            unnoticed[type, path] += is_printed(before, scope, changed)
        except NotLifted:
            continue
    assert len(unnoticed) > 20
    assert {leaf for leaf, times in unnoticed.items() if times} <= set(UNNOTICED)
