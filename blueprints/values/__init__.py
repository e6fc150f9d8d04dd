"""Values of a stack that only exist once it is deployed, and texts that contain them.

A stack is a tree of plain values and of these; no reference is hidden in a string. Each target's printer writes them
in its own form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
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
class Fn:
    """Any other function of CloudFormation, such as `Select [0, …]`."""

    name: str
    arguments: Value = field(hash=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A value under the name that a text uses for it, if a target cannot write the value in its place."""

    name: str
    value: Value


Part = str | Ref | Att | Fn | Named


@dataclass(frozen=True, slots=True)
class Joined:
    """A text joined from literals and values; literals are never interpreted as references."""

    parts: tuple[Part, ...]


REGION = Ref("AWS::Region")
ACCOUNT = Ref("AWS::AccountId")
PARTITION = Ref("AWS::Partition")
STACK = Ref("AWS::StackName")
#: The domain of AWS's own addresses, such as `amazonaws.com`.
DOMAIN = Ref("AWS::URLSuffix")
#: What tells a stack from every other, in lower case: its name need not be, and some services ask for it.
STACK_UUID = Fn("Select", [2, Fn("Split", ["/", Ref("AWS::StackId")])])
#: The first eight digits of it.
UNIQUE = Fn("Select", [0, Fn("Split", ["-", STACK_UUID])])


def parts(value: Value) -> tuple[Part, ...]:
    """Return the parts of a text. Raises TypeError if it is not a string."""
    if isinstance(value, Joined):
        return value.parts
    if isinstance(value, str | Ref | Att | Fn | Named):
        return (value,)
    raise TypeError(f"not a text: {value!r}")


def joined(*values: Value) -> Value:
    """Return values and texts put together: a string if all of them are, else a `Joined`."""
    merged = tuple(_merged(part for value in values for part in parts(value)))
    if all(isinstance(part, str) for part in merged):
        return "".join(str(part) for part in merged)
    return Joined(merged)


def _merged(sequence: Iterator[Part]) -> Iterator[Part]:
    """Yield parts with strings that follow each other as one, and without empty ones."""
    for words, run in groupby(sequence, key=lambda part: isinstance(part, str)):
        if not words:
            yield from run
        elif whole := "".join(str(part) for part in run):
            yield whole


def stack_name(name: str) -> Value:
    """Return a name that starts with that of the stack."""
    return joined(STACK, f"-{name}")


def family_name(name: str) -> Value:
    """Return the name of a family of revisions, which no other stack of the account and Region has.

    A second stack would add revisions to a family of the same name, and the first would run them. With a hyphen, `work` of
    the stack `shop-api` would be called as `api-work` of the stack `shop`; a stack's name holds no underscore:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html (read 2026-11-30)
    """
    return joined(STACK, f"_{name}")


def unique(name: str) -> Fn:
    """Return a name that no other deployment has."""
    return Fn("Join", ["-", [name, UNIQUE]])


def arn(service: str, resource: Value, *, region: Value = REGION, account: Value = ACCOUNT) -> Value:
    """Return the ARN of something, by default in this Region and account; empty where its service leaves them out."""
    return joined("arn:", PARTITION, f":{service}:", region, ":", account, ":", resource)


def account_root(account: Value = ACCOUNT) -> Value:
    """Return the ARN by which a policy names an account as a whole."""
    return arn("iam", "root", region="", account=account)


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A policy that AWS manages, such as `service-role/AWSLambdaBasicExecutionRole`."""

    name: str

    @property
    def arn(self) -> Value:
        """Its ARN."""
        return arn("iam", f"policy/{self.name}", region="", account="aws")


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a container: the logical id of its repository, and its tag."""

    repository: str
    tag: Value

    @property
    def uri(self) -> Value:
        """Its address."""
        return joined(Att(self.repository, "RepositoryUri"), ":", self.tag)


@dataclass(frozen=True, slots=True)
class MachineImage:
    """An image of hosts: the name of the SSM parameter that holds it, looked up whenever a host starts."""

    parameter: Value

    @property
    def reference(self) -> Value:
        """The form in which a launch template refers to the parameter."""
        return joined("resolve:ssm:", self.parameter)


@dataclass(frozen=True, slots=True)
class FileText:
    """The content of a project file, where CloudFormation requires the text itself."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class SecretValue:
    """A dynamic reference to a secret, which CloudFormation resolves at deployment."""

    secret: Value

    @property
    def reference(self) -> Value:
        """The dynamic reference by which CloudFormation looks it up."""
        return joined("{{resolve:secretsmanager:", self.secret, "}}")


def replaced(value: Value, wanted: Mapping[Ref, Ref]) -> Value:
    """Return a tree of values with references in place of others, at any depth."""
    if isinstance(value, Ref):
        return wanted.get(value, value)
    if isinstance(value, Mapping):
        return {key: replaced(inner, wanted) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, wanted) for inner in value]
    if isinstance(value, Joined):
        return Joined(tuple(replaced(part, wanted) for part in value.parts))
    if isinstance(value, Fn):
        return Fn(value.name, replaced(value.arguments, wanted))
    return value
