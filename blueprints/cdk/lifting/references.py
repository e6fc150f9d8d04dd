"""Values of the stack as values of the program: references become members of constructs, functions calls of CDK's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from blueprints.cdk.lifting.resource import NotLifted
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import THIS, Attr, Call, Expr, ProjectText, Value, Words, walk
from blueprints.values import Att, FileText, Fn, Image, Joined, MachineImage, ManagedPolicy, Named, Ref, SecretValue
from blueprints.values.json_text import JsonText

REF = "Ref"
_PSEUDO: Mapping[str, str] = {
    "AWS::AccountId": "ACCOUNT_ID",
    "AWS::NoValue": "NO_VALUE",
    "AWS::Partition": "PARTITION",
    "AWS::Region": "REGION",
    "AWS::StackId": "STACK_ID",
    "AWS::StackName": "STACK_NAME",
    "AWS::URLSuffix": "URL_SUFFIX",
}
#: Functions of CloudFormation -> members of `cdk.Fn`. There is no `Sub`: a text with holes is text with expressions.
_FUNCTIONS: Mapping[str, str] = {
    "And": "condition_and",
    "Base64": "base64",
    "Cidr": "cidr",
    "Equals": "condition_equals",
    "FindInMap": "find_in_map",
    "GetAZs": "get_azs",
    "If": "condition_if",
    "Join": "join",
    "Not": "condition_not",
    "Or": "condition_or",
    "Select": "select",
    "Split": "split",
}


@dataclass(frozen=True, slots=True)
class References:
    """Resolves references of the stack in the program.

    `resolve` gives `Ref` or an attribute of the resource (or parameter) with an id; `published` the expression for a
    whole value, or None.
    """

    resolve: Callable[[str, str], Value]
    published: Callable[[Any], Value]


def translated(value: Any, references: References) -> Value:
    """Return any value of the stack as one of the program."""
    published = references.published(value)
    return _translated(value, references) if published is None else published


def _translated(value: Any, references: References) -> Value:
    if isinstance(value, Ref):
        return pseudo(value.name) or references.resolve(value.name, REF)
    if isinstance(value, Att):
        return references.resolve(value.resource, value.attribute)
    if isinstance(value, Joined):
        return joined_text([translated(part, references) for part in value.parts])
    if isinstance(value, Fn):
        return _function(value, references)
    if isinstance(value, JsonText):
        return THIS.to_json_string(translated(value.tree, references))
    if isinstance(value, Named):
        return translated(value.value, references)
    if isinstance(value, ManagedPolicy):
        return translated(value.arn, references)
    if isinstance(value, Image):
        return translated(value.uri, references)
    if isinstance(value, MachineImage | SecretValue):
        return translated(value.reference, references)
    if isinstance(value, FileText):
        return ProjectText(value.path)
    if isinstance(value, Mapping):
        return {_key(key): translated(inner, references) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [translated(inner, references) for inner in value]
    if isinstance(value, str | int | float | bool):
        return value
    raise NotLifted(f"{value!r} is no value of a stack")


def environment(variables: Value) -> Value:
    """Return environment variables of a program: a parameter that is a number is a text there."""
    assert isinstance(variables, Mapping)
    return {name: _as_text(value) for name, value in variables.items()}


def _as_text(value: Value) -> Value:
    return value._of.value_as_string if isinstance(value, Attr) and value._name == "value_as_number" else value


def pseudo(name: str) -> Expr | None:
    """Return the CDK expression of a pseudo parameter, or None for any other name."""
    if not name.startswith("AWS::"):
        return None
    if name not in _PSEUDO:
        raise NotLifted(f"CDK has no name for {name}")
    parameter: Expr = getattr(cdk.Aws, _PSEUDO[name])
    return parameter


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NotLifted(f"{key!r} is no key of an object")
    return key


def joined_text(parts: list[Value]) -> Value:
    """Return texts and expressions concatenated: a text, an expression, or an interpolated text."""
    segments: list[str | Expr] = []
    for part in parts:
        inner: tuple[Value, ...] = part._parts if isinstance(part, Words) else (part,)
        for piece in inner:
            if not isinstance(piece, str | Expr):
                raise NotLifted(f"{piece!r} cannot stand inside a text")
            if isinstance(piece, str) and segments and isinstance(segments[-1], str):
                segments[-1] += piece
            elif piece != "":
                segments.append(piece)
    if not segments:
        return ""
    if len(segments) == 1:
        return segments[0]
    # No quote may stand inside the braces of an f-string.
    if any(isinstance(piece, Expr) and _quotes(piece) for piece in segments):
        joined: Expr = cdk.Fn.join("", segments)
        return joined
    return Words(*segments)


def _quotes(expr: Expr) -> bool:
    calls = (inner for inner in walk(expr) if isinstance(inner, Call))
    return any(isinstance(argument, str | Mapping) for call in calls for argument in (*call._args, *call._options))


def _function(value: Fn, references: References) -> Value:
    if value.name not in _FUNCTIONS:
        raise NotLifted(f"{value!r} has no form in CDK")
    operands = value.arguments if isinstance(value.arguments, list) else [value.arguments]
    if value.name == "If":
        # The condition is named, and no reference.
        name, *operands = operands
        return _function_call("If", [name, *(translated(operand, references) for operand in operands)]).to_string()
    arguments = [translated(operand, references) for operand in operands]
    return _function_call(value.name, [] if value.name == "GetAZs" and arguments == [""] else arguments)


def condition_of(conditional: Expr) -> Expr:
    """Return `Fn.condition_if` as it is, for options that take no text."""
    assert isinstance(conditional, Call)
    assert isinstance(conditional._func, Attr)
    return conditional._func._of


def _function_call(name: str, arguments: list[Value]) -> Expr:
    call: Expr = getattr(cdk.Fn, _FUNCTIONS[name])(*arguments)
    return call
