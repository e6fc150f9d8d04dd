"""Values of templates in one spelling, so that what means the same compares as the same, and nothing else does.

What is taken as the same, and why:

* References and texts with references (`Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join` without a separator) are one text in
  the language of `Fn::Sub`: SAM writes `Fn::Sub`, CDK writes `Fn::Join`, CloudFormation makes the same text of both.
  A `${` that is no reference is written `${!`, as `Fn::Sub` has it, so that no text can pass for a reference.
* Numbers and truth values are their text: CloudFormation takes `"30"` for `30` and `"true"` for `true`.
* A text that holds JSON (state machines, dashboards, access policies) is what it holds: blanks and the order of keys
  have no meaning there.

Everything else, the order of lists above all, stays as it is.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = dict[str, Any]
#: A value in its one spelling: texts, lists and mappings of them.
Value = Any
_REFERENCE = re.compile(r"\$\{(?!!)([^}.]+)((?:\.[^}]*)?)\}")


def canonical(value: Any) -> Value:
    """Return a value of a template in its one spelling."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else str(value)
    if isinstance(value, str):
        return _document(value.replace("${", "${!"))
    if isinstance(value, list):
        return [canonical(one) for one in value]
    if isinstance(value, Mapping):
        function = _function(value)
        return {str(key): canonical(one) for key, one in value.items()} if function is None else _document(function)
    return value


def _document(text: Value) -> Value:
    """Return what a JSON text holds; other values as they are."""
    if not isinstance(text, str) or not text.lstrip().startswith(("{", "[")) or text.lstrip().startswith("{{"):
        return text
    try:
        return _plain(json.loads(text))
    except ValueError:
        return text


def _plain(value: Any) -> Value:
    """Spell what a JSON text holds: its texts stand in the language of `Fn::Sub` already."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value if isinstance(value, str) else canonical(value)


def _function(value: Mapping[str, Any]) -> Value | None:
    """Return a function of CloudFormation as a text, another one as its own mapping; None for a plain mapping."""
    if len(value) != 1:
        return None
    ((name, given),) = value.items()
    if name == "Ref":
        return f"${{{given}}}"
    if name == "Fn::GetAtt":
        return f"${{{'.'.join(given) if isinstance(given, list) else given}}}"
    if name == "Fn::Sub":
        return _substituted(given)
    if name == "Fn::Join" and isinstance(given[1], list):
        return str(given[0]).join(_text(canonical_part(part)) for part in given[1])
    return None


def canonical_part(value: Any) -> Value:
    """Return a part of a longer text: it is not a document by itself."""
    if isinstance(value, str):
        return value.replace("${", "${!")
    if isinstance(value, Mapping) and (found := _function(value)) is not None:
        return found
    return canonical(value)


def _substituted(given: Any) -> str:
    text, variables = (given, {}) if isinstance(given, str) else given
    for name, value in variables.items():
        text = text.replace(f"${{{name}}}", _text(canonical_part(value)))
    return str(text)


def _text(value: Value) -> str:
    """Return a value as part of a text: a function that is no text stands there as its JSON.

    Its quotation marks are single ones, so that it can stand within a text of a JSON document.
    """
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True).replace('"', "'")


def references(value: Value) -> Iterator[tuple[str, str]]:
    """Give everything that a value refers to: the logical id, and the attribute with its point (empty for `Ref`)."""
    for text in texts(value):
        for found in _REFERENCE.finditer(text):
            yield found[1], found[2]


def texts(value: Value) -> Iterator[str]:
    """Give every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def renamed(value: Value, name: Callable[[str, str], str]) -> Value:
    """Return a value with each reference (its logical id and attribute) spelled by `name`, in keys of conditions too."""

    def said(text: str) -> str:
        return _REFERENCE.sub(lambda found: name(found[1], found[2]), text)

    if isinstance(value, str):
        return said(value)
    if isinstance(value, list):
        return [renamed(one, name) for one in value]
    if isinstance(value, dict):
        return {said(key): renamed(one, name) for key, one in value.items()}
    return value


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, str]]:
    """Give the texts in a value with their paths; an empty list or mapping counts as a text."""
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from leaves(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for number, one in enumerate(value):
            yield from leaves(one, f"{path}[{number}]")
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
    """Return a value with the lists that have no order in one order."""
    if isinstance(value, dict):
        return {name: ordered(one, name) for name, one in value.items()}
    if isinstance(value, list):
        made = [ordered(one) for one in value]
        return sorted(made, key=lambda one: json.dumps(one, sort_keys=True)) if key in UNORDERED else made
    return value


def shown(value: Value) -> str | None:
    """Return a value as a person reads it; a statement as who may do what on what."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict) and "Effect" in value:
        said = [value["Effect"], *(" ".join(value.get(key, ())) for key in ("Action", "NotAction"))]
        said += [f"on {' '.join(value[key])}" for key in ("Resource", "NotResource") if key in value]
        said += [f"to {json.dumps(value['Principal'], sort_keys=True)}"] if "Principal" in value else []
        said += [f"if {json.dumps(value['Condition'], sort_keys=True)}"] if "Condition" in value else []
        return " ".join(filter(None, said))
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
