"""What tests read from a template, whichever target it comes from."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def of_type(template: Json, *types: str) -> Iterator[tuple[str, Json]]:
    """Yield the resources of these types, with their properties."""
    for id, resource in template["Resources"].items():
        if resource["Type"] in types:
            yield id, resource.get("Properties", {})


def walk(value: Any) -> Iterator[Any]:
    """Yield a value and everything in it."""
    yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from walk(child)


def listed(value: Any) -> list[Any]:
    """Return what stands alone as a list."""
    return value if isinstance(value, list) else [value]


def identity_statements(template: Json) -> Iterator[tuple[str, Json]]:
    """Yield every statement of every role, with the role's id."""
    for id, role in of_type(template, "AWS::IAM::Role"):
        for policy in role.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                yield id, statement


def spelled(value: Any) -> str:
    """Return a value of a template as one text: `${Id}` for a reference, `${Id.Attribute}` for an attribute."""
    if isinstance(value, str):
        return value
    ((function, argument),) = value.items()
    if function == "Ref":
        return f"${{{argument}}}"
    if function == "Fn::GetAtt":
        return f"${{{'.'.join(listed(argument))}}}"
    if function == "Fn::Sub":
        text, values = (argument, {}) if isinstance(argument, str) else argument
        return re.sub(r"\$\{(\w+)\}", lambda found: spelled(values[found[1]]) if found[1] in values else found[0], text)
    if function == "Fn::Select":
        index, split = argument
        separator, whole = split["Fn::Split"]
        return f"{spelled(whole)}[{separator}][{index}]"
    assert function == "Fn::Join" and argument[0] == "", value  # noqa: PT018
    return "".join(spelled(part) for part in argument[1])
