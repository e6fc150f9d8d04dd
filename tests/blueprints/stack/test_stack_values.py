"""A stack holds values: no text of it hides a reference, a JSON object, an ARN or a look-up, whatever is designed."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import chain
from typing import Any

import pytest

from advisor.book import Book
from advisor.text import LANGS
from blueprints import values
from blueprints.plan import Plan
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from blueprints.traits.function_releases import ALIAS_PART
from blueprints.values import ACCOUNT, PARTITION, REGION, Att, FileText, Fn, Joined, Named, Ref, Value, arn, joined
from blueprints.values.json_text import JsonText
from prove.cases import stories, supplements
from prove.cases.pairwise import pairwise

_REFERENCE = re.compile(r"\$\{[A-Za-z0-9:.]+\}")
_ARN = re.compile(r"(?<![A-Za-z0-9:-])arn:")
_LOOKED_UP = re.compile(r"\{\{resolve:|^resolve:")
#: What a typed value is made of; a file's text is the file's own.
_INNER: Mapping[type, Callable[[Any], list[Value]]] = {
    values.ManagedPolicy: lambda one: [],
    values.Image: lambda one: [Ref(one.repository), one.tag],
    values.MachineImage: lambda one: [one.parameter],
    values.SecretValue: lambda one: [one.secret],
    FileText: lambda one: [],
    JsonText: lambda one: [one.tree],
    Named: lambda one: [one.value],
    Fn: lambda one: [one.arguments],
}


def inner(value: Value) -> list[Value]:
    """Return the values within a value. Raises TypeError for one of a kind that no stack may hold."""
    if isinstance(value, str | int | float | bool | None | Ref | Att):
        return []
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, Joined):
        return [part for part in value.parts if not isinstance(part, str)]
    if type(value) not in _INNER:
        raise TypeError(f"no stack may hold {value!r}")
    return _INNER[type(value)](value)


def within(value: Value) -> Iterator[Value]:
    """Yield a value and everything in it."""
    yield value
    for one in inner(value):
        yield from within(one)


def hidden(value: Value, plain: Collection[str] = ()) -> list[str]:
    """Return what texts of a tree hide; `plain` are texts that may stand as they are."""
    texts = (one for one in within(value) if isinstance(one, str | Joined) and one not in plain)
    return [f"{words}: {one!r}" for one in texts for words in _hides(one)]


def _hides(text: str | Joined) -> Iterator[str]:
    parts = text.parts if isinstance(text, Joined) else (text,)
    words = "".join(part if isinstance(part, str) else "0" for part in parts)
    if any(isinstance(part, str) and _REFERENCE.search(part) for part in parts):
        yield "a reference"
    if _is_json(words):
        yield "a JSON text"
    if _LOOKED_UP.search(words):
        yield "a look-up"
    for part, after in zip(parts, (*parts[1:], None), strict=True):
        typed = part == "arn:" and after == PARTITION
        if isinstance(part, str) and _ARN.search(part) and not typed:
            yield "an ARN"


def _is_json(words: str) -> bool:
    try:
        return isinstance(json.loads(words), dict | list)
    except ValueError:
        return False


def stack(scope: Scope) -> Value:
    return [scope.resources, scope.outputs, scope.conditions]


def dangling(scope: Scope) -> list[str]:
    """Return the ids that something refers to and that nothing in the stack has, nor what SAM makes of it."""
    known = {*scope.resources, *(one.id for one in scope.plan.parameters)}
    for id, resource in scope.resources.items():
        if resource["Type"].startswith("AWS::Serverless::"):
            known |= {f"{id}Role", f"{id}{ALIAS_PART}", f"{id}.Stage"}
    named = (one.resource if isinstance(one, Att) else one.name for one in within(stack(scope)) if _refers(one))
    return [id for id in named if id not in known and not id.startswith("AWS::")]


def _refers(value: Value) -> bool:
    return isinstance(value, Ref | Att)


@pytest.fixture(scope="module")
def plans(book: Book) -> dict[str, Plan]:
    return {one.name: one.plan for one in chain(stories(book), supplements(book), pairwise(book))}


@pytest.mark.parametrize("lang", LANGS)
def test_no_stack_hides_anything_in_a_text(plans: Mapping[str, Plan], lang: Any) -> None:
    assert len(plans) > 60
    for name, plan in plans.items():
        plain = {str(one.default) for one in plan.parameters}  # a condition compares with them
        assert not hidden(stack(stack_of(plan, lang)), plain), name


def test_every_reference_of_a_stack_names_something_in_it(plans: Mapping[str, Plan]) -> None:
    for name, plan in plans.items():
        assert not dangling(stack_of(plan, "en")), name


@pytest.mark.parametrize(
    "planted",
    [
        "${Table.Arn}/*",
        "in ${AWS::Region}",
        {"${Issuer}:aud": "sts.amazonaws.com"},
        joined("${Table.Arn}", REGION),
        '{"rules": []}',
        '[{"Rules": []}]',
        joined('{"TableName": "', Ref("Table"), '"}'),
        joined('{"a": ', Ref("Number"), "}"),
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        joined("arn:aws:sns:", REGION, ":", ACCOUNT, ":topic"),
        joined("arn:", REGION, ":sns"),
        joined("a,arn:", PARTITION, ":sns"),
        "{{resolve:secretsmanager:secret}}",
        joined("{{resolve:secretsmanager:", Ref("Secret"), "}}"),
        "resolve:ssm:/aws/service/image",
        [{"Deep": JsonText({"in": {"a": ["tree", "${AWS::Region}"]}})}],
        Fn("Join", ["-", ["name", Named("Unique", "${AWS::StackId}")]]),
        values.SecretValue("arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"),
        values.Image("Repository", "${ImageTag}"),
        values.MachineImage("${Path}"),
    ],
)
def test_a_text_that_hides_something_is_found(planted: Value) -> None:
    assert hidden({"Resources": {"One": {"Properties": {"Value": planted}}}})


@pytest.mark.parametrize(
    "allowed",
    [
        "$default",
        "$context.requestId",
        "$util.escapeJavaScript($input.body)",
        "{ statusCode: 200 }",
        "{}x",
        "the ARN of it",
        "kms:EncryptionContext:aws:logs:arn",
        arn("sns", "topic"),
        values.ManagedPolicy("ReadOnlyAccess"),
        JsonText({"rules": [Att("Table", "Arn")]}),
        FileText("graphql/item.js", "`${name}`"),
        7,
        None,
    ],
)
def test_words_and_typed_values_hide_nothing(allowed: Value) -> None:
    assert not hidden({"Value": allowed})


def test_a_stack_holds_no_value_of_an_unknown_kind() -> None:
    with pytest.raises(TypeError, match="no stack may hold"):
        hidden({"Value": {"a", "set"}})


def test_a_reference_to_nothing_is_found(plans: Mapping[str, Plan]) -> None:
    scope = stack_of(plans["web-application"], "en")
    body = scope.resources["Dashboard"]["Properties"]["DashboardBody"].tree
    body["widgets"][0]["properties"]["alarms"].append(Att("Nobody", "Arn"))
    assert dangling(scope) == ["Nobody"]
