"""CloudFormation's functions as values, so that a template is a tree until it is printed."""

from dataclasses import dataclass
from typing import Any

Value = Any


@dataclass(frozen=True, slots=True)
class Ref:
    """`!Ref`: a parameter, a pseudo parameter, or what a resource calls its own id."""

    name: str


@dataclass(frozen=True, slots=True)
class Att:
    """`!GetAtt`: an attribute of a resource."""

    resource: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Sub:
    """`!Sub`: a text with `${Name}` and `${Name.Attribute}` in it."""

    text: str


@dataclass(frozen=True, slots=True)
class Fn:
    """Any other function in short form, such as `!Select [0, …]`."""

    name: str
    arguments: Value


REGION = Ref("AWS::Region")
ACCOUNT = Ref("AWS::AccountId")
_STACK_UUID = Fn("Select", [2, Fn("Split", ["/", Ref("AWS::StackId")])])
#: Eight digits that tell a stack from every other. Unlike its name they are in lower case, which some services ask for.
UNIQUE = Fn("Select", [0, Fn("Split", ["-", _STACK_UUID])])


def text(value: Value) -> str:
    """Return a value as it is written inside a `Sub`; TypeError for a function that has no such form."""
    if isinstance(value, Ref):
        return "${" + value.name + "}"
    if isinstance(value, Att):
        return "${" + f"{value.resource}.{value.attribute}" + "}"
    if isinstance(value, Sub):
        return value.text
    if isinstance(value, str):
        return value
    raise TypeError(f"no text form: {value!r}")


def joined(*parts: Value) -> Value:
    """Return values and texts put together: a text, or a `Sub`."""
    whole = "".join(text(part) for part in parts)
    return Sub(whole) if any(not isinstance(part, str) for part in parts) else whole


def unique(name: str) -> Fn:
    """Return a name that no other deployment has."""
    return Fn("Join", ["-", [name, UNIQUE]])


def arn(service: str, resource: Value, *, region: bool = True) -> Value:
    """Return the ARN of something in this account."""
    place = "${AWS::Region}" if region else ""
    return joined(Sub("arn:${AWS::Partition}:" + f"{service}:{place}:" + "${AWS::AccountId}:"), resource)


def managed(policy: str) -> Sub:
    """Return the ARN of a policy that AWS manages, such as `service-role/AWSLambdaBasicExecutionRole`."""
    return Sub("arn:${AWS::Partition}:iam::aws:policy/" + policy)
