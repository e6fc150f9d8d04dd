"""Values of templates in the normal form, so that values with the same meaning are equal, and no others.

Treated as equal, and why:

* References and texts with references (`Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join`) are one text in the syntax of
  `Fn::Sub`: SAM writes `Fn::Sub`, CDK writes `Fn::Join`, CloudFormation evaluates both to the same text.
  A `${` that is no reference is written `${!`, as `Fn::Sub` has it, so that no text can pass for a reference.
* Numbers and booleans are their text: CloudFormation treats `"30"` as `30` and `"true"` as `true`.
* A text that contains JSON (state machines, dashboards, access policies) is its parsed value: blanks and the order of
  keys have no meaning there.

Everything else, above all the order of lists, stays unchanged.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]
#: A value in the normal form: texts, lists and mappings of them.
Value = Any
_REFERENCE = re.compile(r"\$\{(?!!)([^}.]+)((?:\.[^}]*)?)\}")


def canonical(value: Any) -> Value:
    """Return a value of a template in the normal form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else str(value)
    if isinstance(value, str):
        return _document(value.replace("${", "${!"))
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, Mapping):
        function = _function(value)
        return {str(key): canonical(item) for key, item in value.items()} if function is None else _document(function)
    return value


def _document(text: Value) -> Value:
    """Return the parsed value of a JSON text; other values unchanged."""
    if not isinstance(text, str) or not text.lstrip().startswith(("{", "[")) or text.lstrip().startswith("{{"):
        return text
    try:
        return _parsed(json.loads(text))
    except ValueError:
        return text


def _parsed(value: Any) -> Value:
    """Return a parsed JSON value in the normal form: its texts have the syntax of `Fn::Sub` already."""
    if isinstance(value, list):
        return [_parsed(item) for item in value]
    if isinstance(value, dict):
        return {key: _parsed(item) for key, item in value.items()}
    return value if isinstance(value, str) else canonical(value)


def _function(value: Mapping[str, Any]) -> Value | None:
    """Return an intrinsic function as a text; None for other mappings."""
    if len(value) != 1:
        return None
    ((name, argument),) = value.items()
    if name == "Ref":
        return f"${{{argument}}}"
    if name == "Fn::GetAtt":
        return f"${{{'.'.join(argument) if isinstance(argument, list) else argument}}}"
    if name == "Fn::Sub":
        return _substituted(argument)
    if name == "Fn::Join" and isinstance(argument[1], list):
        return str(argument[0]).join(_text(canonical_part(part)) for part in argument[1])
    return None


def canonical_part(value: Any) -> Value:
    """Return a part of a longer text in the normal form: it is not a document by itself."""
    if isinstance(value, str):
        return value.replace("${", "${!")
    if isinstance(value, Mapping) and (function_text := _function(value)) is not None:
        return function_text
    return canonical(value)


def _substituted(argument: Any) -> str:
    text, variables = (argument, {}) if isinstance(argument, str) else argument
    for name, value in variables.items():
        text = text.replace(f"${{{name}}}", _text(canonical_part(value)))
    return str(text)


def _text(value: Value) -> str:
    """Return a value as part of a text: an intrinsic function that is no text becomes its JSON.

    Its quotation marks are single ones, so that it can be part of a text in a JSON document.
    """
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True).replace('"', "'")


def references(value: Value) -> Iterator[tuple[str, str]]:
    """Yield the references of a value: the logical id, and the attribute with its dot (empty for `Ref`)."""
    for text in texts(value):
        for match in _REFERENCE.finditer(text):
            yield match[1], match[2]


def texts(value: Value) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def renamed(value: Value, name: Callable[[str, str], str]) -> Value:
    """Return a value with each reference (its logical id and attribute) renamed by `name`, also in keys."""

    def spell(text: str) -> str:
        return _REFERENCE.sub(lambda match: name(match[1], match[2]), text)

    if isinstance(value, str):
        return spell(value)
    if isinstance(value, list):
        return [renamed(item, name) for item in value]
    if isinstance(value, dict):
        return {spell(key): renamed(item, name) for key, item in value.items()}
    return value


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts in a value with their paths; an empty list or mapping counts as a text."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for number, item in enumerate(value):
            yield from leaves(item, f"{path}[{number}]")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)


#: Lists without an order: IAM reads them as sets, and rules and routes do not depend on each other.
UNORDERED = frozenset(
    {
        "Action", "NotAction", "Resource", "NotResource", "Statement", "Statements", "AWS", "Service", "Federated",
        "ManagedPolicyArns", "SecurityGroupIngress", "SecurityGroupEgress", "Routes", "RouteTableIds",
    }
)  # fmt: skip


def ordered(value: Value, key: str = "") -> Value:
    """Return a value with its unordered lists sorted."""
    if isinstance(value, dict):
        return {name: ordered(item, name) for name, item in value.items()}
    if isinstance(value, list):
        items = [ordered(item) for item in value]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if key in UNORDERED else items
    return value


def readable(value: Value) -> str | None:
    """Return a readable text of a value; of a statement its effect, actions, resources, principal and conditions."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict) and "Effect" in value:
        words = [value["Effect"], *(" ".join(value.get(key, ())) for key in ("Action", "NotAction"))]
        words += [f"on {' '.join(value[key])}" for key in ("Resource", "NotResource") if key in value]
        words += [f"to {json.dumps(value['Principal'], sort_keys=True)}"] if "Principal" in value else []
        words += [f"if {json.dumps(value['Condition'], sort_keys=True)}"] if "Condition" in value else []
        return " ".join(filter(None, words))
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
